import { z } from 'zod';
import { command, done, id, line, messageId, none, text, time } from '../common.ts';
import { composerMode, draft, draftProblem, outboxRow } from '../rows.ts';

export const composerCommands = {
  'draft.save': command(z.strictObject({
    conversationId: id, mode: composerMode, text, subject: line.nullable(),
    to: z.array(line).max(50).nullable(), cc: z.array(line).max(50).nullable(), bcc: z.array(line).max(50).nullable().default(null), attachmentIds: z.array(id).max(50),
    forwards: messageId.optional(), quotes: z.boolean().optional(),
  }), done),
  'draft.discard': command(z.strictObject({ conversationId: id, mode: composerMode }), done),
  'reply.send': command(z.strictObject({
    /** One intent, one id: the same requestId is never sent twice. */
    requestId: id, conversationId: id, mode: z.enum(['reply', 'post', 'dm', 'mail']), accountId: id, to: z.array(line).max(50), cc: z.array(line).max(50), bcc: z.array(line).max(50).default([]),
    /** The mail passed on, and whether the mail answered stands under the text; absent = as the account has it. */
    forwards: messageId.optional(), quotes: z.boolean().optional(),
    /** Empty only in a mail passed on, and beside files on X. */
    subject: line.nullable(), text, inReplyTo: messageId.nullable(), attachmentIds: z.array(id).max(50),
    /** When the newest of the messages the writer had on screen arrived. One that came later answers `stale`, unless `evenIfStale`. */
    seenAt: time, evenIfStale: z.boolean(),
    /** Over the account's spending limit it answers `refused` with detail.reason `spend_limit`, unless a person said "send anyway". */
    evenOverLimit: z.boolean().default(false),
    /** The writer has read the text once more after a `guarded` answer of the watch list. */
    readAgain: z.boolean().optional(),
    /** A text too long for one post leaves as several, with or without "2/3" at their ends. */
    split: z.enum(['plain', 'numbered']).optional(),
    /** An amount or decision other than a pinned promise's answers `differs`, unless this is true. */
    evenIfDiffers: z.boolean().optional(),
    /** Leaves then instead of now, if nothing speaks against it then. */
    schedule: z.strictObject({ at: time, endsOnReply: z.boolean() }).optional(),
  }), z.strictObject({
    seq: z.number().int(), outboxId: id, messageId, heldUntil: time,
    /** Of several posts: the entries of the others. */
    otherIds: z.array(messageId),
  })),
  /** What would stop this text from being sent, worst first; asked while it is written. */
  'draft.check': command(z.strictObject({ mode: composerMode, text, accountId: id.nullable().optional(), attachmentIds: z.array(id).max(50).optional() }), z.strictObject({ problems: z.array(draftProblem) })),
  /** The posts a text becomes, initials included, and what each costs in US dollars. */
  'draft.parts': command(z.strictObject({ mode: z.enum(['reply', 'post']), text, isNumbered: z.boolean(), inReplyTo: messageId.nullable() }), z.strictObject({ parts: z.array(z.strictObject({ text: z.string(), weight: z.number().int(), usd: z.number() })) })),
  /** Gives the draft back; null for an action on a post, which has none. */
  'outbox.undo': command(z.strictObject({ outboxId: id }), z.strictObject({ seq: z.number().int(), draft: draft.nullable() })),
  'outbox.sendNow': command(z.strictObject({ outboxId: id }), done),
  'outbox.retry': command(z.strictObject({ outboxId: id }), done),
  'outbox.discard': command(z.strictObject({ outboxId: id }), z.strictObject({ seq: z.number().int(), draft: draft.nullable() })),
  /** A person looked at the other side and says whether it arrived. */
  'outbox.settle': command(z.strictObject({ outboxId: id, arrived: z.boolean() }), done),
  /** A new draft with the text, recipients and files of a mail that did not reach somebody. */
  'outbox.again': command(z.strictObject({ messageId }), z.strictObject({ seq: z.number().int(), draft })),
  /** What a guest wants to send, as a colleague reads and changes it. */
  'outbox.look': command(z.strictObject({ outboxId: id }), z.strictObject({ askedBy: z.string(), mode: outboxRow.shape.mode, text: z.string(), original: z.string().nullable() })),
  /** A colleague says yes, to the words as they are or with words of their own. What was written since the guest asked answers `stale`, unless the colleague has seen it. */
  'outbox.approve': command(z.strictObject({
    outboxId: id, text: text.nullable(), seenAt: time, evenIfStale: z.boolean(), evenIfDiffers: z.boolean().default(false), readAgain: z.boolean().default(false), evenOverLimit: z.boolean().default(false),
  }), done),
  /** The words are the guest's draft again, exactly; `word` says why. */
  'outbox.giveBack': command(z.strictObject({ outboxId: id, word: z.string().trim().max(1_000) }), done),
  'outbox.list': command(none, z.strictObject({ rows: z.array(outboxRow) })),
  'note.add': command(z.strictObject({ requestId: id, conversationId: id, text: text.min(1) }), z.strictObject({ seq: z.number().int(), messageId })),
} as const;
