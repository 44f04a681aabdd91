import { z } from 'zod';
import { command, done, id, line, time } from '../common.ts';
import { followUp, followUpEnds, preparedDraft } from '../rows.ts';

export const followUpCommands = {
  /** With an id it is changed (and waits again), without one it is new and the conversation leaves the queue until then. */
  'followup.save': command(z.strictObject({
    followUpId: id.nullable(), conversationId: id, at: time, ends: followUpEnds, note: line.nullable(), draft: preparedDraft.nullable(),
  }), z.strictObject({ seq: z.number().int(), followUpId: id })),
  'followup.done': command(z.strictObject({ followUpId: id }), done),
  /** Takes "done" back. */
  'followup.reopen': command(z.strictObject({ followUpId: id }), done),
  /** As if it had never been made; the conversation is back in the queue. */
  'followup.drop': command(z.strictObject({ followUpId: id }), done),
  /** What has come first, then what is to come. `mine`: made by the agent or about conversations of theirs. */
  'followup.list': command(z.strictObject({ scope: z.enum(['mine', 'all']) }), z.strictObject({ rows: z.array(followUp) })),
} as const;
