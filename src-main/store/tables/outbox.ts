import type { Delivery, Draft, Input, OutboxRow, OutboxState, WaitReason } from '../../../src-preload/contract/index.ts';
import type { OutgoingItem, OutgoingMode } from '../../channels/port.ts';
import { marks, type ReadDb, type WriteDb } from '../db.ts';

/** What a guest asked for, and what became of the words on the way. */
export interface Look {
  /** As it was asked for; null for something to be done to a post. */
  input: Input<'reply.send'> | null;
  /** The guest's words, where a colleague has changed them. */
  original: string | null;
}

/** One send, whole: what leaves, what it was made from, and how far it is. */
export interface OutboxRecord {
  id: string; requestId: string; idempotencyKey: string; messageId: number; conversationId: string; accountId: string;
  mode: OutgoingMode; state: OutboxState; item: OutgoingItem; draft: Draft;
  /** Inbound messages that arrived later than this (ms UTC) were not seen by the writer. */
  seenAt: number; attempt: number;
  heldUntil: number | null; retryAt: number | null; waitsFor: WaitReason | null; problem: string | null; notFoundAt: number | null; createdAt: number;
  /** Initials of who sent it. */
  agent: string;
  endsOnReply: boolean;
  /** Set when it may leave only once a colleague has looked at it. */
  look: Look | null;
  /** Initials of who looked and said yes. */
  lookedBy: string | null;
}

interface Row {
  id: string; request_id: string; idempotency_key: string; message_id: number; conversation_id: string; account_id: string; mode: OutboxRecord['mode']; state: OutboxState;
  item: string; draft: string; seen_at: number; attempt: number; held_until: number | null; retry_at: number | null; waits_for: WaitReason | null;
  problem: string | null; not_found_at: number | null; created_at: number; agent: string; ends_on_reply: number; look: string | null; looked_by: string | null;
}
const COLUMNS = 'id, request_id, idempotency_key, message_id, conversation_id, account_id, mode, state, item, draft, seen_at, attempt, held_until, retry_at, waits_for, problem, not_found_at, created_at, agent, ends_on_reply, look, looked_by';

const toRecord = (r: Row): OutboxRecord => ({
  id: r.id, requestId: r.request_id, idempotencyKey: r.idempotency_key, messageId: r.message_id, conversationId: r.conversation_id, accountId: r.account_id, mode: r.mode,
  state: r.state, item: { ...(JSON.parse(r.item) as OutgoingItem), attempt: r.attempt }, draft: JSON.parse(r.draft) as Draft, seenAt: r.seen_at, attempt: r.attempt,
  heldUntil: r.held_until, retryAt: r.retry_at, waitsFor: r.waits_for, problem: r.problem, notFoundAt: r.not_found_at, createdAt: r.created_at, agent: r.agent, endsOnReply: r.ends_on_reply === 1,
  look: r.look === null ? null : (JSON.parse(r.look) as Look), lookedBy: r.looked_by,
});

export function insertOutbox(db: WriteDb, o: OutboxRecord, at: number): void {
  db.run(
    `INSERT INTO outbox (${COLUMNS}, updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    o.id, o.requestId, o.idempotencyKey, o.messageId, o.conversationId, o.accountId, o.mode, o.state, JSON.stringify(o.item), JSON.stringify(o.draft), o.seenAt,
    o.attempt, o.heldUntil, o.retryAt, o.waitsFor, o.problem, o.notFoundAt, o.createdAt, o.agent, o.endsOnReply ? 1 : 0, o.look === null ? null : JSON.stringify(o.look), o.lookedBy, at,
  );
}

export type OutboxPatch = Pick<OutboxRecord, 'state' | 'attempt' | 'heldUntil' | 'retryAt' | 'waitsFor' | 'problem' | 'notFoundAt' | 'seenAt' | 'lookedBy'>;

export function updateOutbox(db: WriteDb, id: string, p: OutboxPatch, at: number): void {
  db.run(
    'UPDATE outbox SET state=?, attempt=?, held_until=?, retry_at=?, waits_for=?, problem=?, not_found_at=?, seen_at=?, looked_by=?, updated_at=? WHERE id=?',
    p.state, p.attempt, p.heldUntil, p.retryAt, p.waitsFor, p.problem, p.notFoundAt, p.seenAt, p.lookedBy, at, id,
  );
}

export const setOutboxItem = (db: WriteDb, id: string, item: OutgoingItem): void => void db.run('UPDATE outbox SET item = ? WHERE id = ?', JSON.stringify(item), id);

const one = (db: ReadDb, where: string, value: string): OutboxRecord | undefined => {
  const row = db.get<Row>(`SELECT ${COLUMNS} FROM outbox WHERE ${where} = ?`, value);
  return row && toRecord(row);
};
export const outboxById = (db: ReadDb, id: string): OutboxRecord | undefined => one(db, 'id', id);
export const outboxByRequest = (db: ReadDb, requestId: string): OutboxRecord | undefined => one(db, 'request_id', requestId);
export const outboxByKey = (db: ReadDb, key: string): OutboxRecord | undefined => one(db, 'idempotency_key', key);

export const outboxByMessage = (db: ReadDb, messageId: number): OutboxRecord | undefined => {
  const row = db.get<Row>(`SELECT ${COLUMNS} FROM outbox WHERE message_id = ?`, messageId);
  return row && toRecord(row);
};

export function deleteOutbox(db: WriteDb, id: string): void {
  db.run('DELETE FROM outbox WHERE id = ?', id);
}

/** What guests had written of sends still waiting, before a colleague changed it. */
export const changedWords = (db: ReadDb, conversationId: string): { askedBy: string; text: string }[] =>
  db.all(`SELECT agent AS askedBy, json_extract(look, '$.original') AS text FROM outbox WHERE conversation_id = ? AND json_extract(look, '$.original') <> ''`, conversationId);

/** That the words were changed stays known, not what they were. */
const EMPTIED = `json_object('input', NULL, 'original', iif(json_extract(look, '$.original') IS NULL, NULL, ''))`;
/** What a guest asked for is over: the words stand in the message that left. */
export function forgetLook(db: WriteDb, id: string): void {
  db.run(`UPDATE outbox SET look = ${EMPTIED} WHERE id = ? AND look IS NOT NULL`, id);
}

/** Those that wait for their time in a conversation, or for a colleague before it, oldest first. */
export const scheduledIn = (db: ReadDb, conversationId: string): OutboxRecord[] =>
  db.all<Row>(`SELECT ${COLUMNS} FROM outbox WHERE conversation_id = ? AND state IN ('scheduled', 'review') ORDER BY created_at, id`, conversationId).map(toRecord);

/** Its time has come: the entry it stands for now, and the time it says it was written. */
export function setOutboxMessage(db: WriteDb, id: string, messageId: number, at: number): void {
  db.run(`UPDATE outbox SET message_id = ?, item = json_set(item, '$.enqueuedAt', ?) WHERE id = ?`, messageId, at, id);
}

/** Everything not finished, oldest first: the order in which a conversation's sends leave. */
export const unfinished = (db: ReadDb): OutboxRecord[] => db.all<Row>(`SELECT ${COLUMNS} FROM outbox WHERE state NOT IN ('sent', 'undone') ORDER BY created_at, id`).map(toRecord);

/** Whether something is being done to a post. */
export const actionOn = (db: ReadDb, accountId: string, externalId: string): boolean =>
  db.get(
    `SELECT 1 FROM outbox WHERE state NOT IN ('sent', 'undone') AND mode IN ('delete', 'hide', 'unhide') AND account_id = ? AND json_extract(item, '$.inReplyTo') = ?`, accountId, externalId,
  ) !== undefined;

/** Takes the words of a message that is gone out of what it was sent with. */
export function forgetOutboxText(db: WriteDb, messageId: number): void {
  db.run(
    `UPDATE outbox SET item = json_remove(json_set(item, '$.text', '', '$.subject', NULL, '$.files', json('[]')), '$.quoted'), draft = json_set(draft, '$.text', '', '$.subject', NULL, '$.attachments', json('[]')),
     look = iif(look IS NULL, NULL, ${EMPTIED}) WHERE message_id = ?`, messageId,
  );
}

const toDelivery = (o: OutboxRecord): Delivery => ({
  outboxId: o.id, state: o.state, heldUntil: o.heldUntil, endsOnReply: o.endsOnReply, retryAt: o.retryAt, waitsFor: o.waitsFor, attempt: o.attempt, problem: o.problem,
  ...(o.look === null ? {} : { look: { askedBy: o.agent, lookedBy: o.lookedBy, isChanged: o.look.original !== null } }),
  ...(o.item.thread ? { part: { n: o.item.thread.part + 1, of: o.item.thread.ids.length } } : {}),
});

export function deliveriesOf(db: ReadDb, messageIds: readonly number[]): Map<number, Delivery> {
  if (messageIds.length === 0) return new Map();
  return new Map(db.all<Row>(`SELECT ${COLUMNS} FROM outbox WHERE message_id IN (${marks(messageIds.length)})`, ...messageIds).map((r) => [r.message_id, toDelivery(toRecord(r))]));
}

export function outboxViews(db: ReadDb, ids: readonly string[] | 'unfinished'): OutboxRow[] {
  const records = ids === 'unfinished' ? unfinished(db) : ids.flatMap((id) => outboxById(db, id) ?? []);
  return records.map((o) => ({
    id: o.id, conversationId: o.conversationId, messageId: o.messageId, mode: o.mode,
    customerName: db.get<{ name: string }>('SELECT c.name FROM conversation v JOIN customer c ON c.id = v.customer_id WHERE v.id = ?', o.conversationId)?.name ?? '',
    excerpt: o.item.text.slice(0, 120), delivery: toDelivery(o),
  }));
}

export const outboxCounts = (db: ReadDb): { outboxWaiting: number; outboxFailed: number } => {
  const row = db.get<{ waiting: number | null; failed: number | null }>(
    `SELECT sum(state IN ('scheduled', 'held', 'queued', 'sending')) AS waiting, sum(state IN ('refused', 'unknown')) AS failed FROM outbox WHERE state NOT IN ('sent', 'undone')`,
  );
  return { outboxWaiting: row?.waiting ?? 0, outboxFailed: row?.failed ?? 0 };
};

/** Sends that wait for a second look, without those of an agent, or only theirs; several posts that follow each other count once. */
export const reviewCount = (db: ReadDb, of: { by: string } | { notBy: string }): number =>
  db.get<{ n: number }>(
    `SELECT count(*) AS n FROM outbox WHERE state = 'review' AND coalesce(json_extract(item, '$.thread.part'), 0) = 0 AND (agent = ?) = ?`, 'by' in of ? of.by : of.notBy, 'by' in of ? 1 : 0,
  )?.n ?? 0;
