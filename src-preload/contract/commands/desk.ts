import { z } from 'zod';
import { command, done, id, line, messageId, time } from '../common.ts';
import { decisionTree, privateReason, resolvedWay, satisfaction, treeOutcome } from '../rows.ts';

const figure = z.number().int();
const outcomeFigure = z.strictObject({ way: resolvedWay, satisfied: figure, neutral: figure, dissatisfied: figure, unmarked: figure });
export type OutcomeFigure = z.infer<typeof outcomeFigure>;
const outcomeRow = z.strictObject({ messageId, conversationId: id, customerName: z.string(), at: time, by: z.string(), way: resolvedWay, mark: satisfaction.nullable() });
export type OutcomeRow = z.infer<typeof outcomeRow>;

export const deskCommands = {
  /** `word` goes to whoever had it. */
  'desk.claim': command(z.strictObject({ conversationId: id, takeOver: z.boolean(), word: line.nullable().default(null) }), done),
  'desk.release': command(z.strictObject({ conversationId: id }), done),
  'desk.assign': command(z.strictObject({ conversationId: id, owner: line, word: line.nullable().default(null) }), done),
  /** The conversation is on this window's screen: a claim of its agent goes on. */
  'desk.keep': command(z.strictObject({ conversationId: id }), done),
  'desk.done': command(z.strictObject({ conversationId: id }), done),
  'desk.reopen': command(z.strictObject({ conversationId: id }), done),
  'desk.snooze': command(z.strictObject({ conversationId: id, until: time, note: line.nullable() }), done),
  /** Walks the decision tree and writes the path into the timeline. */
  'desk.evaluate': command(z.strictObject({ conversationId: id, answers: z.array(z.boolean()).min(1).max(5) }), z.strictObject({ seq: z.number().int(), outcome: treeOutcome })),
  /** Why a tree could not be walked, in one sentence, and the places of questions no answer leads to. */
  'desk.checkTree': command(z.strictObject({ tree: decisionTree }), z.strictObject({ problem: z.string().nullable(), unreached: z.array(z.number().int()) })),
  'desk.goPrivate': command(z.strictObject({ conversationId: id, reason: privateReason }), done),
  /** Answers in public, and why others were private, of the last days. */
  'desk.meter': command(z.strictObject({ days: z.number().int().min(1).max(3_660) }), z.strictObject({ publicAnswers: z.number().int(), reasons: z.array(z.strictObject({ reason: privateReason, count: z.number().int() })) })),
  /** How satisfied the customer is with the present matter; null takes the mark off. */
  'desk.mark': command(z.strictObject({ conversationId: id, mark: satisfaction.nullable() }), done),
  /** Matters marked or closed in the last days, by where they were resolved, and each of them. */
  'desk.outcomes': command(z.strictObject({ days: z.number().int().min(1).max(3_660) }), z.strictObject({ figures: z.array(outcomeFigure), rows: z.array(outcomeRow) })),
  /** Reads "tomorrow 9", "next Tuesday 10:00", "in 2 hours" in the office zone; null when it says no future time. */
  'desk.parseTime': command(z.strictObject({ text: line }), z.strictObject({ at: time.nullable() })),
} as const;
