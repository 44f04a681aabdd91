import { z } from 'zod';
import { command, done, id, line, none } from '../common.ts';
import { agentRole } from '../rows.ts';

/** Goes in, never out. */
export const pin = z.string().regex(/^\d{4,12}$/);

/** Who works in which window. `agentId` null is the first agent of the desk. */
const agent = z.strictObject({ agentId: id.nullable(), name: z.string(), initials: z.string(), isHere: z.boolean(), role: agentRole, hasPin: z.boolean() });

/** A senior agent's yes: needed to add an agent, set a first PIN, take off a forgotten one or change a role once any senior agent has a PIN. */
const senior = z.strictObject({ agentId: id.nullable(), pin }).nullable().default(null);

export const agentCommands = {
  'agent.list': command(none, z.strictObject({ agents: z.array(agent) })),
  'agent.add': command(z.strictObject({ name: line.min(1).max(80), initials: z.string().trim().min(1).max(4), senior }), done),
  /** Somebody else works in this window from now on; it is told to read everything anew. Somebody with a PIN is asked for it. */
  'agent.use': command(z.strictObject({ agentId: id.nullable(), pin: pin.optional() }), done),
  'agent.role': command(z.strictObject({ agentId: id.nullable(), role: agentRole, senior }), done),
  /** `old` is needed where there is a PIN, unless a senior agent takes a forgotten one off. */
  'agent.pin': command(z.strictObject({ agentId: id.nullable(), pin: pin.nullable(), old: pin.nullable(), senior }), done),
  /** Whoever works in this window shows by their PIN that it is them. */
  'agent.prove': command(z.strictObject({ pin }), none),
  'notice.seen': command(z.strictObject({ noticeId: z.number().int() }), done),
  /** Whoever works in this window has dealt with the notes that name them in a conversation. */
  'mention.seen': command(z.strictObject({ conversationId: id }), done),
  'window.open': command(none, none),
} as const;
