import { z } from 'zod';
import { callRow, callSources } from './calls.ts';
import { id, time } from './common.ts';
import { access, accountRow, conversationRow, counts, customer, draft, entry, job, notice, outboxRow, settings } from './rows.ts';

/**
 * What changed, merged per row, in commit order. `seq` is the newest operation it contains and `since` the one before the oldest:
 * a receiver whose own seq is lower than `since` has missed something and asks `changes.since`.
 */
export const changeSet = z.strictObject({
  type: z.literal('changes'),
  since: z.number().int(),
  seq: z.number().int(),
  conversations: z.array(conversationRow),
  entries: z.array(entry),
  removedEntries: z.array(z.number().int()),
  customers: z.array(customer),
  outbox: z.array(outboxRow),
  /** Sends taken back: their draft is in `drafts` again. */
  removedOutbox: z.array(id),
  drafts: z.array(draft),
  removedDrafts: z.array(z.strictObject({ conversationId: id, mode: z.string() })),
  /** Conversations whose entries moved: read them again if they are loaded. */
  reread: z.array(id),
  /** Conversations that are no longer there by themselves, and where their entries are now. */
  goneConversations: z.array(z.strictObject({ id, into: id.nullable() })),
  settings: settings.nullable(),
  /** With the settings: a role may have changed. */
  access: access.nullable(),
  /** Everything this window's agent has not read yet; null when nothing about it changed. */
  notices: z.array(notice).nullable(),
  counts: counts.nullable(),
  /** Conversations of this window's agent whose answer became overdue. */
  overdue: z.array(z.strictObject({ conversationId: id, customerName: z.string(), dueAt: time })),
  /** What of all this may be told on the desktop now. */
  desktop: z.enum(['all', 'overdue', 'nothing']),
});
export type ChangeSet = z.infer<typeof changeSet>;

export const push = z.discriminatedUnion('type', [
  changeSet,
  /** Too much changed to list (an import, another workspace): ask for a snapshot again. */
  z.strictObject({ type: z.literal('reset'), seq: z.number().int(), reason: z.enum(['bulk', 'workspace', 'agent']) }),
  z.strictObject({ type: z.literal('accounts'), accounts: z.array(accountRow) }),
  z.strictObject({ type: z.literal('job'), job }),
  /** The calls of this moment, all of them, and what tells of them. */
  z.strictObject({ type: z.literal('calls'), calls: z.array(callRow), sources: callSources }),
  /** A telephone link from another program: its number, or why it is not followed. */
  z.strictObject({ type: z.literal('dial'), number: z.string().nullable(), problem: z.string().nullable() }),
  /** The menu, a deep link or a second start asks the window to do something. */
  z.strictObject({ type: z.literal('menu'), action: z.string() }),
]);
export type Push = z.infer<typeof push>;
