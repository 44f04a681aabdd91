import { z } from 'zod';
import { command, done, duration, entryKind, id, identityBasis, identityKind, line, messageId, text, time } from '../common.ts';
import { attachment, callOutcome, entry, promiseKind, promiseRow, promiseState, suggestion } from '../rows.ts';

const mergeSide = z.strictObject({
  customerId: id, name: z.string(), isVip: z.boolean(), identities: z.array(z.string()), tags: z.array(z.string()), note: z.string().nullable(),
  messages: z.number().int(), notes: z.number().int(), promises: z.number().int(), drafts: z.number().int(), unfinishedSends: z.number().int(), snoozedUntil: time.nullable(), owner: z.string().nullable(), lastAt: time.nullable(),
});

export const customerCommands = {
  'call.log': command(z.strictObject({
    requestId: id,
    /** Where it belongs; without one the number decides, and an unknown number makes a new customer. */
    conversationId: id.nullable(), number: line, direction: z.enum(['inbound', 'outbound']), startedAt: time, durationMs: duration,
    outcome: callOutcome, disposition: line.nullable(), note: text,
    /** The call of the telephone system it is about: they become one entry. */
    callId: z.string().min(1).max(200).nullable().default(null),
    /** Lines of the note that must not be forgotten. */
    marks: z.array(z.strictObject({ kind: promiseKind, quote: z.string().min(1).max(2_000) })).max(20).default([]),
    callBackAt: time.nullable().default(null),
  }), z.strictObject({ seq: z.number().int(), messageId, conversationId: id, customerId: id })),
  /** Customers whose number, handle, address or name matches what was typed so far; best first. */
  'customer.find': command(z.strictObject({ text: line, limit: z.number().int().min(1).max(50) }), z.strictObject({ customers: z.array(z.strictObject({ id, name: z.string(), isVip: z.boolean(), match: z.string(), conversationId: id.nullable() })) })),
  'customer.update': command(z.strictObject({ customerId: id, name: line.min(1).optional(), isVip: z.boolean().optional(), vipNote: line.nullable().optional(), note: text.nullable().optional(), language: z.string().regex(/^[a-z]{2,3}$/).nullable().optional(), tags: z.array(line.min(1)).max(100).optional() }), done),
  /** Seconds an answer to this customer may take to read; null = as the channel has it. */
  'customer.limit': command(z.strictObject({ customerId: id, readSeconds: z.number().int().min(1).max(86_400).nullable() }), done),
  'customer.entries': command(z.strictObject({ customerId: id, kind: entryKind.nullable(), before: messageId.nullable(), limit: z.number().int().min(1).max(200) }), z.strictObject({ entries: z.array(entry), hasOlder: z.boolean() })),
  /** One part of the profile at a time; null takes it off. Answers the id of a date that is new. */
  'customer.profile': command(z.strictObject({ customerId: id, part: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('influence'), value: z.strictObject({ weight: z.number().int().min(1).max(3), reason: line }).nullable() }),
    z.strictObject({ type: z.literal('wish'), channel: z.enum(['post', 'dm', 'mail', 'call']), value: z.enum(['preferred', 'refused']).nullable() }),
    z.strictObject({ type: z.literal('date'), dateId: id.nullable(), value: z.strictObject({
      name: line.min(1), day: z.number().int().min(1).max(31), month: z.number().int().min(1).max(12), year: z.number().int().min(1850).max(2_200).nullable(), text: text.nullable(),
    }).nullable() }),
    z.strictObject({ type: z.literal('field'), fieldId: z.string().min(1).max(64), value: z.union([line, z.number()]).nullable() }),
  ]) }), z.strictObject({ seq: z.number().int(), dateId: id })),
  /** Files that came with messages or were sent with them, newest first. */
  'customer.files': command(z.strictObject({ customerId: id, before: messageId.nullable(), limit: z.number().int().min(1).max(200) }), z.strictObject({
    files: z.array(z.strictObject({ attachment, messageId, conversationId: id, at: time, kind: entryKind, author: z.string() })), hasOlder: z.boolean(),
  })),
  /** Saves everything about one person into the downloads folder: JSON, a readable page and the files. */
  'customer.export': command(z.strictObject({ customerId: id, as: z.enum(['folder', 'zip']) }), z.strictObject({ jobId: id })),
  'customer.erasePreview': command(z.strictObject({ customerId: id }), z.strictObject({
    name: z.string(), identities: z.array(z.string()), entries: z.number().int(), files: z.number().int(), drafts: z.number().int(), followUps: z.number().int(),
    /** Backups and exports made earlier, which keep what they hold. */
    copies: z.array(z.string()),
  })),
  /** Erases a person for good. `name` is typed by whoever does it, and must be theirs. */
  'customer.erase': command(z.strictObject({ customerId: id, name: line }), z.strictObject({ seq: z.number().int(), entries: z.number().int(), files: z.number().int(), copies: z.array(z.string()) })),
  /** Links a further handle, address or number, in any spelling, on a basis. One that belongs to somebody else answers `conflict` with `detail.customerId`. */
  'customer.link': command(z.strictObject({ customerId: id, kind: identityKind, text: line.min(1), basis: identityBasis }), done),
  /** Takes an identity off; its messages become a customer of their own again. */
  'customer.unlink': command(z.strictObject({ identityId: id }), z.strictObject({ seq: z.number().int(), customerId: id.nullable() })),
  'customer.mergePreview': command(z.strictObject({ survivorId: id, mergedId: id }), z.strictObject({
    survivor: mergeSide, merged: mergeSide,
    /** What will be shown of both together. */
    result: z.strictObject({ name: z.string(), isVip: z.boolean(), tags: z.array(z.string()), note: z.string().nullable() }),
  })),
  'customer.merge': command(z.strictObject({ survivorId: id, mergedId: id, reason: line }), z.strictObject({ seq: z.number().int(), mergeId: id, conversationId: id })),
  /** Both as if they had never been merged; what arrived since goes with the identity it arrived on. */
  'customer.unmerge': command(z.strictObject({ mergeId: id }), z.strictObject({ seq: z.number().int(), conversationId: id.nullable() })),
  /** Identities that may be this customer's, from signatures and addresses. */
  'customer.suggest': command(z.strictObject({ customerId: id }), z.strictObject({ suggestions: z.array(suggestion) })),
  'customer.deny': command(z.strictObject({ customerId: id, kind: identityKind, value: line }), done),
  'promise.add': command(z.strictObject({ messageId, kind: promiseKind, quote: z.string().min(1).max(2_000) }), z.strictObject({ seq: z.number().int(), promiseId: id })),
  'promise.settle': command(z.strictObject({ promiseId: id, state: promiseState }), done),
  'promise.remove': command(z.strictObject({ promiseId: id }), done),
  /** What customers said in the seven days before `before`, newest first. */
  'promise.said': command(z.strictObject({ before: time }), z.strictObject({ rows: z.array(z.strictObject({ promise: promiseRow, customerName: z.string() })) })),
} as const;
