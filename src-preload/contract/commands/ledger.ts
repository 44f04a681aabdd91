import { z } from 'zod';
import { command, done, id, line, messageId, time } from '../common.ts';
import { gift } from '../rows.ts';
import { pin } from './agent.ts';

const ledgerLine = z.strictObject({ ...gift.shape, messageId, at: time, agent: z.string(), limitId: z.string(), promiseId: id.nullable(), isReversed: z.boolean() });
export type LedgerLine = z.infer<typeof ledgerLine>;

/** `case`: to this customer since they last came back; `day`: by this agent today. `left` is what may be given now without asking; null = no limit. */
const room = z.strictObject({
  limitId: z.string(), name: z.string(), currency: z.string().nullable(), perCase: z.number().int().nullable(), perDay: z.number().int().nullable(),
  usedCase: z.number().int(), usedDay: z.number().int(), leftCase: z.number().int().nullable(), leftDay: z.number().int().nullable(), left: z.number().int().nullable(),
});
export type LedgerRoom = z.infer<typeof room>;

const offer = z.strictObject({ promiseId: id, quote: z.string(), limitId: z.string(), amount: z.number().int(), currency: z.string() });
const approver = z.strictObject({ agentId: id.nullable(), name: z.string(), initials: z.string() });

export const ledgerCommands = {
  /** What is left, what was given, promised amounts that are not booked, and who may say yes to more. */
  'ledger.open': command(z.strictObject({ conversationId: id }), z.strictObject({ rooms: z.array(room), lines: z.array(ledgerLine), offers: z.array(offer), approvers: z.array(approver) })),
  /** Above the limit it answers `refused` with detail.reason `limit`, unless a second agent says yes with their PIN. */
  'ledger.give': command(z.strictObject({
    requestId: id, conversationId: id, limitId: z.string().min(1).max(64), amount: z.number().int().min(1).max(1_000_000_000), what: line.min(1), why: line, promiseId: id.nullable().default(null),
    approver: z.strictObject({ agentId: id.nullable(), pin }).nullable().default(null),
  }), z.strictObject({ seq: z.number().int(), messageId })),
  /** A line of its own that gives the room back. */
  'ledger.takeBack': command(z.strictObject({ requestId: id, messageId, why: line }), done),
} as const;
