import { z } from 'zod';
import { channel, command, direction, duration, entryKind, id, messageId, none, time } from './common.ts';
import {
  accountRow, attachment, callOutcome, capability, composerMode, conversationRow, counts, customer, draft, entry, job, outboxRow,
  queueSort, queueView, settings,
} from './rows.ts';
import { push } from './changes.ts';

const text = z.string().max(200_000);
const line = z.string().max(1_000);
const done = z.strictObject({ seq: z.number().int() });

/** Where in a sorted queue a page ends: the sort key and the id of its last row. */
const queueCursor = z.strictObject({ key: z.number(), tie: z.number(), id });
const queuePage = z.strictObject({ rows: z.array(conversationRow), next: queueCursor.nullable() });

const openConversation = z.strictObject({
  conversation: conversationRow, customer, entries: z.array(entry), hasOlder: z.boolean(),
  drafts: z.array(draft), capabilities: z.array(capability),
});

const mailAccount = z.strictObject({
  channel: z.literal('email'), name: line, address: z.email(), displayName: line,
  imap: z.strictObject({ host: line, port: z.number().int().min(1).max(65535), security: z.enum(['tls', 'starttls', 'none']) }),
  smtp: z.strictObject({ host: line, port: z.number().int().min(1).max(65535), security: z.enum(['tls', 'starttls', 'none']) }),
  user: line, password: z.string().max(10_000), keepSentCopy: z.boolean(),
});
const xAccount = z.strictObject({
  channel: z.literal('x'), name: line, apiBase: z.url(),
  tokens: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('oauth2'), accessToken: z.string().min(1).max(10_000), refreshToken: z.string().max(10_000).nullable(), clientId: z.string().max(1_000).nullable() }),
    z.strictObject({ type: z.literal('oauth1'), appKey: z.string().min(1), appSecret: z.string().min(1), accessToken: z.string().min(1), accessSecret: z.string().min(1) }),
  ]),
});
export const accountInput = z.discriminatedUnion('channel', [mailAccount, xAccount]);
export type AccountInput = z.infer<typeof accountInput>;

/** One step of a connection test, in the order tried; a failed step ends the test. */
const testStep = z.strictObject({ step: z.string(), ok: z.boolean(), message: z.string() });
export type TestStep = z.infer<typeof testStep>;

export const commands = {
  'app.snapshot': command(none, z.strictObject({
    seq: z.number().int(), version: z.string(), workspace: z.strictObject({ id, name: z.string(), isDemo: z.boolean(), hasAccounts: z.boolean(), isEmpty: z.boolean() }),
    shell: z.enum(['electron', 'chromium', 'headless']), settings, counts, accounts: z.array(accountRow), queue: queuePage,
    outbox: z.array(outboxRow), jobs: z.array(job), today: z.strictObject({ answered: z.number().int(), done: z.number().int(), calls: z.number().int() }), now: time,
  })),
  'app.openDemo': command(none, done),
  'app.leaveDemo': command(none, done),
  'changes.since': command(z.strictObject({ seq: z.number().int() }), push),

  'queue.page': command(z.strictObject({ view: queueView, sort: queueSort, accountId: id.nullable(), after: queueCursor.nullable(), limit: z.number().int().min(1).max(200) }), queuePage),

  'conversation.open': command(z.strictObject({ conversationId: id, limit: z.number().int().min(1).max(500) }), openConversation),
  'conversation.older': command(z.strictObject({ conversationId: id, before: messageId, limit: z.number().int().min(1).max(500) }), z.strictObject({ entries: z.array(entry), hasOlder: z.boolean() })),
  'conversation.markRead': command(z.strictObject({ conversationId: id, upTo: messageId }), done),

  'desk.claim': command(z.strictObject({ conversationId: id, takeOver: z.boolean() }), done),
  'desk.release': command(z.strictObject({ conversationId: id }), done),
  'desk.assign': command(z.strictObject({ conversationId: id, owner: line }), done),
  'desk.done': command(z.strictObject({ conversationId: id }), done),
  'desk.reopen': command(z.strictObject({ conversationId: id }), done),
  'desk.snooze': command(z.strictObject({ conversationId: id, until: time, note: line.nullable() }), done),
  /** Reads "tomorrow 9", "next Tuesday 10:00", "in 2 hours" in the office zone; null when it says no future time. */
  'desk.parseTime': command(z.strictObject({ text: line }), z.strictObject({ at: time.nullable() })),

  'draft.save': command(z.strictObject({
    conversationId: id, mode: composerMode, text, subject: line.nullable(),
    to: z.array(line).max(50).nullable(), cc: z.array(line).max(50).nullable(), attachmentIds: z.array(id).max(50),
  }), done),
  'draft.discard': command(z.strictObject({ conversationId: id, mode: composerMode }), done),
  'reply.send': command(z.strictObject({
    /** One intent, one id: the same requestId is never sent twice. */
    requestId: id, conversationId: id, mode: z.enum(['reply', 'dm', 'mail']), accountId: id, to: z.array(line).min(1).max(50), cc: z.array(line).max(50),
    subject: line.nullable(), text: text.min(1), inReplyTo: messageId.nullable(), attachmentIds: z.array(id).max(50),
    /** The newest message the writer had on screen. A newer inbound one answers `stale`, unless `evenIfStale`. */
    seenMessageId: messageId, evenIfStale: z.boolean(),
  }), z.strictObject({ seq: z.number().int(), outboxId: id, messageId, heldUntil: time })),
  'outbox.undo': command(z.strictObject({ outboxId: id }), z.strictObject({ seq: z.number().int(), draft })),
  'outbox.sendNow': command(z.strictObject({ outboxId: id }), done),
  'outbox.retry': command(z.strictObject({ outboxId: id }), done),
  'outbox.discard': command(z.strictObject({ outboxId: id }), z.strictObject({ seq: z.number().int(), draft })),
  /** A person looked at the other side and says whether it arrived. */
  'outbox.settle': command(z.strictObject({ outboxId: id, arrived: z.boolean() }), done),
  'outbox.list': command(none, z.strictObject({ rows: z.array(outboxRow) })),
  'note.add': command(z.strictObject({ requestId: id, conversationId: id, text: text.min(1) }), z.strictObject({ seq: z.number().int(), messageId })),

  'call.log': command(z.strictObject({
    requestId: id,
    /** Where it belongs; without one the number decides, and an unknown number makes a new customer. */
    conversationId: id.nullable(), number: line, direction: z.enum(['inbound', 'outbound']), startedAt: time, durationMs: duration,
    outcome: callOutcome, disposition: line.nullable(), note: text,
  }), z.strictObject({ seq: z.number().int(), messageId, conversationId: id, customerId: id })),
  /** Customers whose number, handle, address or name matches what was typed so far; best first. */
  'customer.find': command(z.strictObject({ text: line, limit: z.number().int().min(1).max(50) }), z.strictObject({ customers: z.array(z.strictObject({ id, name: z.string(), isVip: z.boolean(), match: z.string(), conversationId: id.nullable() })) })),
  'customer.update': command(z.strictObject({ customerId: id, name: line.min(1).optional(), isVip: z.boolean().optional(), vipNote: line.nullable().optional(), note: text.nullable().optional(), tags: z.array(line.min(1)).max(100).optional() }), done),
  'customer.entries': command(z.strictObject({ customerId: id, kind: entryKind, before: messageId.nullable(), limit: z.number().int().min(1).max(200) }), z.strictObject({ entries: z.array(entry), hasOlder: z.boolean() })),

  'search.query': command(z.strictObject({ text: line, before: messageId.nullable(), limit: z.number().int().min(1).max(100) }), z.strictObject({
    hits: z.array(z.strictObject({
      messageId, conversationId: id, customerId: id, customerName: z.string(), kind: entryKind, channel, direction, isPrivate: z.boolean(), at: time,
      subject: z.string().nullable(),
      /** Excerpt around the first match; `marks` are [start, end) offsets into it (UTF-16). */
      excerpt: z.string(), marks: z.array(z.tuple([z.number().int(), z.number().int()])),
    })), next: messageId.nullable(), tookMs: z.number(),
    /** What could not be understood in the query, in one sentence. */
    problem: z.string().nullable(),
  })),

  'account.add': command(z.strictObject({ account: accountInput }), z.strictObject({ seq: z.number().int(), accountId: id })),
  'account.test': command(z.strictObject({ account: accountInput }), z.strictObject({ ok: z.boolean(), steps: z.array(testStep) })),
  'account.remove': command(z.strictObject({ accountId: id }), done),
  'account.sync': command(z.strictObject({ accountId: id }), none),

  'import.start': command(z.strictObject({ path: z.string().min(1).max(4_096) }), z.strictObject({ jobId: id })),
  'job.cancel': command(z.strictObject({ jobId: id }), none),

  /** Takes a file of this machine as an attachment to be; content is copied at once. */
  'attachment.stage': command(z.strictObject({ path: z.string().min(1).max(4_096) }), z.strictObject({ attachment })),
  /** Saves into the downloads folder under a free name; never opened, never executed. */
  'attachment.save': command(z.strictObject({ attachmentId: id }), z.strictObject({ path: z.string() })),
  /** A picture small enough to show, as a data: URL; null when it is no picture we show. */
  'attachment.preview': command(z.strictObject({ attachmentId: id }), z.strictObject({ dataUrl: z.string().nullable() })),

  'settings.update': command(z.strictObject({ patch: settings.partial() }), done),
  /** Opens http, https, mailto, tel and sip links in the person's own program. */
  'link.open': command(z.strictObject({ url: z.string().min(1).max(8_000) }), none),
} as const satisfies Record<string, ReturnType<typeof command>>;

export type Commands = typeof commands;
export type CommandName = keyof Commands;
export type Input<N extends CommandName> = z.input<Commands[N]['input']>;
export type Output<N extends CommandName> = z.output<Commands[N]['output']>;
