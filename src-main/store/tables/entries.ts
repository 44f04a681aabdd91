import type { Entry, EntryDetail, PrivateReason } from '../../../src-preload/contract/index.ts';
import { firstIdAt } from '../message-id.ts';
import { marks, type ReadDb } from '../db.ts';
import { attachmentsOf } from './attachments.ts';
import { goneOf } from './mail-places.ts';
import { MESSAGE_COLUMNS, messagesBefore, messagesFrom, messagesOfKindBefore, type MessageRow } from './messages.ts';
import { deliveriesOf } from './outbox.ts';
import { actionsFor } from './post-actions.ts';
import { undeliveredOf } from './undelivered.ts';

/** Rows as the timeline shows them, oldest first. */
export function toEntries(db: ReadDb, rows: readonly MessageRow[]): Entry[] {
  const ids = rows.map((row) => row.id);
  const attachments = attachmentsOf(db, ids);
  const deliveries = deliveriesOf(db, ids);
  const undelivered = undeliveredOf(db, rows.filter((row) => row.kind === 'mail' && row.direction === 'outbound').map((row) => row.id));
  const gone = goneOf(db, rows.filter((row) => row.kind === 'mail').map((row) => row.id));
  const customers = new Map<string, string>();
  const customerOf = (conversationId: string): string => {
    const known = customers.get(conversationId) ?? db.get<{ id: string }>('SELECT customer_id AS id FROM conversation WHERE id = ?', conversationId)?.id ?? '';
    customers.set(conversationId, known);
    return known;
  };
  // Whom nobody had named when they wrote is called as they are known now.
  const writerOf = (row: MessageRow): { author: string; address: string | null } => {
    const known = row.author === row.address && row.kind === 'dm' && row.identity_id !== null ? db.get<{ display: string }>('SELECT display FROM identity WHERE id = ?', row.identity_id) : undefined;
    return known ? { author: known.display, address: known.display } : { author: row.author, address: row.address };
  };
  return rows
    .map((row): Entry => ({
      id: row.id, conversationId: row.conversation_id, customerId: customerOf(row.conversation_id), accountId: row.account_id, kind: row.kind, direction: row.direction,
      isPrivate: row.kind !== 'post', at: row.at, arrivedAt: row.arrived_at, ...writerOf(row), subject: row.subject, text: row.shown_text ?? row.text,
      isDeleted: row.deleted_at !== null, detail: JSON.parse(row.detail) as EntryDetail, attachments: attachments.get(row.id) ?? [], delivery: deliveries.get(row.id) ?? null, can: actionsFor(db, row),
      ...(row.thread === null ? {} : { thread: row.thread }), ...(undelivered.has(row.id) ? { undelivered: undelivered.get(row.id) ?? [] } : {}),
      ...(gone.has(row.id) ? { goneAt: gone.get(row.id) ?? 0 } : {}),
    }))
    .sort((a, b) => a.id - b.id);
}

const page = (db: ReadDb, rows: MessageRow[], limit: number): { entries: Entry[]; hasOlder: boolean } => ({ entries: toEntries(db, rows.slice(0, limit)), hasOlder: rows.length > limit });

export const entriesBefore = (db: ReadDb, conversationId: string, before: number | null, limit: number): { entries: Entry[]; hasOlder: boolean } =>
  page(db, messagesBefore(db, conversationId, before, limit + 1), limit);
export function entriesAfter(db: ReadDb, conversationId: string, after: number, limit: number): { entries: Entry[]; hasNewer: boolean } {
  const rows = messagesFrom(db, conversationId, after + 1, limit + 1);
  return { entries: toEntries(db, rows.slice(0, limit)), hasNewer: rows.length > limit };
}
/** What stands before and after a message, half each: where search lands. */
export function entriesAround(db: ReadDb, conversationId: string, messageId: number, limit: number): { entries: Entry[]; hasOlder: boolean; hasNewer: boolean } {
  const half = Math.ceil(limit / 2);
  const before = messagesBefore(db, conversationId, messageId, half + 1);
  const from = messagesFrom(db, conversationId, messageId, half + 1);
  return { entries: toEntries(db, [...before.slice(0, half), ...from.slice(0, half)]), hasOlder: before.length > half, hasNewer: from.length > half };
}
export const entriesOfKindBefore = (db: ReadDb, conversationId: string, kind: Entry['kind'] | null, before: number | null, limit: number): { entries: Entry[]; hasOlder: boolean } =>
  page(db, messagesOfKindBefore(db, conversationId, kind, before, limit + 1), limit);

export const entriesById = (db: ReadDb, ids: readonly number[]): Entry[] =>
  ids.length === 0 ? [] : toEntries(db, db.all<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM message WHERE id IN (${marks(ids.length)})`, ...ids));

/** Answers in public since `since` (ms UTC), and why others went private; the commonest reason first. */
export function privacyMeter(db: ReadDb, since: number): { publicAnswers: number; reasons: { reason: PrivateReason; count: number }[] } {
  const first = firstIdAt(since);
  return {
    publicAnswers: db.get<{ n: number }>(`SELECT count(*) AS n FROM message WHERE id >= ? AND kind = 'post' AND direction = 'outbound' AND json_extract(detail, '$.inReplyTo') IS NOT NULL`, first)?.n ?? 0,
    reasons: db.all(
      `SELECT json_extract(detail, '$.reason') AS reason, count(*) AS count FROM message WHERE id >= ? AND kind = 'system' AND json_extract(detail, '$.code') = 'went_private'
       GROUP BY reason ORDER BY count DESC, reason`, first,
    ),
  };
}
