import type { LedgerLine } from '../../../src-preload/contract/index.ts';
import { firstIdAt } from '../message-id.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { LINES } from './messages.ts';

export interface NewLedgerLine { messageId: number; requestId: string; agent: string; limitId: string; limitName: string; currency: string | null; amount: number; what: string; why: string; approvedBy: string | null; reverses: number | null; promiseId: string | null }

export function insertLedgerLine(db: WriteDb, l: NewLedgerLine): void {
  db.run(
    'INSERT INTO ledger (message_id, request_id, agent, limit_id, limit_name, currency, amount, what, why, approved_by, reverses, promise_id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)',
    l.messageId, l.requestId, l.agent, l.limitId, l.limitName, l.currency, l.amount, l.what, l.why, l.approvedBy, l.reverses, l.promiseId,
  );
}
export const ledgerByRequest = (db: ReadDb, requestId: string): number | undefined => db.get<{ id: number }>('SELECT message_id AS id FROM ledger WHERE request_id = ?', requestId)?.id;

const SELECT = `SELECT l.message_id AS messageId, m.at, l.agent, l.limit_id AS limitId, l.limit_name AS limitName, l.currency, l.amount, l.what, l.why, l.approved_by AS approvedBy, l.reverses, l.promise_id AS promiseId,
  EXISTS (SELECT 1 FROM ledger r WHERE r.reverses = l.message_id) AS isReversed FROM ledger l JOIN message m ON m.id = l.message_id`;
type Row = Omit<LedgerLine, 'isReversed'> & { isReversed: number };
const toLine = (row: Row): LedgerLine => ({ ...row, isReversed: row.isReversed === 1 });

export const ledgerOf = (db: ReadDb, conversationId: string, limit: number): LedgerLine[] =>
  db.all<Row>(`${SELECT} WHERE l.message_id IN (SELECT id FROM message WHERE conversation_id = ? AND ${LINES}) ORDER BY l.message_id DESC LIMIT ?`, conversationId, limit).map(toLine);
export const ledgerLine = (db: ReadDb, messageId: number): (LedgerLine & { conversationId: string }) | undefined => {
  const row = db.get<Row>(`${SELECT} WHERE l.message_id = ?`, messageId);
  const place = row && db.get<{ id: string }>('SELECT conversation_id AS id FROM message WHERE id = ?', messageId);
  return row && place && { ...toLine(row), conversationId: place.id };
};

/**
 * Where the present case of a customer begins: behind the newest "done" after which they wrote again. A "done" alone begins none, or a limit
 * would be whole again with one key.
 */
export const caseStart = (db: ReadDb, conversationId: string): number =>
  db.get<{ id: number | null }>(
    `SELECT max(id) AS id FROM message WHERE conversation_id = ? AND ${LINES} AND json_extract(detail, '$.code') = 'done'
     AND id < (SELECT max(id) FROM message WHERE conversation_id = ? AND direction = 'inbound')`, conversationId, conversationId,
  )?.id ?? 0;

/** When more than a limit was first asked for in the present case; null when nothing is asked for. */
export const giftAskedAt = (db: ReadDb, conversationId: string): number | null => {
  const at = db.get<{ at: number | null }>('SELECT gift_asked_at AS at FROM conversation WHERE id = ?', conversationId)?.at ?? null;
  return at === null || firstIdAt(at) < caseStart(db, conversationId) ? null : at;
};
export function putGiftAskedAt(db: WriteDb, conversationId: string, at: number | null): void {
  db.run('UPDATE conversation SET gift_asked_at = ? WHERE id = ?', at, conversationId);
}

/** Given from a limit: to this case by anybody, and by one agent since a moment; what was taken back does not count. */
export const givenInCase = (db: ReadDb, conversationId: string, limitId: string): number =>
  db.get<{ sum: number | null }>(
    `SELECT sum(amount) AS sum FROM ledger WHERE limit_id = ? AND message_id > ? AND message_id IN (SELECT id FROM message WHERE conversation_id = ? AND ${LINES})`, limitId, caseStart(db, conversationId), conversationId,
  )?.sum ?? 0;
export const givenSince = (db: ReadDb, agent: string, limitId: string, since: number): number =>
  db.get<{ sum: number | null }>('SELECT sum(amount) AS sum FROM ledger WHERE agent = ? AND limit_id = ? AND message_id >= ?', agent, limitId, firstIdAt(since))?.sum ?? 0;

export const bookedPromises = (db: ReadDb, conversationId: string): string[] =>
  db.all<{ id: string }>(
    `SELECT l.promise_id AS id FROM ledger l WHERE l.promise_id IS NOT NULL AND l.message_id IN (SELECT id FROM message WHERE conversation_id = ? AND ${LINES})
     AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.reverses = l.message_id)`, conversationId,
  ).map((row) => row.id);

export function renameLedger(db: WriteDb, from: string, to: string): void {
  db.run('UPDATE ledger SET agent = ? WHERE agent = ?', to, from);
}
