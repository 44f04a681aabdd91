import { z } from 'zod';
import { command, done, id, line, none } from '../common.ts';

/** Who works in which window. `agentId` null is the first agent of the desk. */
const agent = z.strictObject({ agentId: id.nullable(), name: z.string(), initials: z.string(), isHere: z.boolean() });

export const agentCommands = {
  'agent.list': command(none, z.strictObject({ agents: z.array(agent) })),
  'agent.add': command(z.strictObject({ name: line.min(1).max(80), initials: z.string().trim().min(1).max(4) }), done),
  /** Somebody else works in this window from now on; it is told to read everything anew. */
  'agent.use': command(z.strictObject({ agentId: id.nullable() }), done),
  'notice.seen': command(z.strictObject({ noticeId: z.number().int() }), done),
  'window.open': command(none, none),
} as const;
