import type { PromiseKind, PromiseRow, PromiseState } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';

const SELECT = `SELECT p.id, p.message_id AS messageId, p.conversation_id AS conversationId, p.kind, p.quote, p.state, m.kind AS source, m.at, p.made_by AS madeBy, p.made_at AS madeAt
  FROM promise p CROSS JOIN message m ON m.id = p.message_id`;

export function insertPromise(db: WriteDb, p: { id: string; messageId: number; conversationId: string; kind: PromiseKind; quote: string }, by: string, at: number): void {
  db.run(`INSERT INTO promise (id, message_id, conversation_id, kind, quote, state, made_by, made_at) VALUES (?,?,?,?,?,'open',?,?)`, p.id, p.messageId, p.conversationId, p.kind, p.quote, by, at);
}
export function settlePromise(db: WriteDb, id: string, state: PromiseState, by: string, at: number): void {
  db.run('UPDATE promise SET state = ?, state_by = ?, state_at = ? WHERE id = ?', state, by, at, id);
}
export function removePromise(db: WriteDb, id: string): void {
  db.run('DELETE FROM promise WHERE id = ?', id);
}
/** What was marked in an entry that stands somewhere else now. */
export function movePromises(db: WriteDb, from: number, to: number): void {
  db.run('UPDATE promise SET message_id = ? WHERE message_id = ?', to, from);
}
export const promiseById = (db: ReadDb, id: string): PromiseRow | undefined => db.get<PromiseRow>(`${SELECT} WHERE p.id = ?`, id);
/** Everything marked with this customer, newest first. */
export const promisesOf = (db: ReadDb, customerId: string): PromiseRow[] =>
  db.all<PromiseRow>(`${SELECT} WHERE p.conversation_id = (SELECT v.id FROM conversation v WHERE v.customer_id = ?) ORDER BY m.at DESC, p.id DESC LIMIT 500`, customerId);
/** What may contradict a draft in this conversation. */
export const openPromises = (db: ReadDb, conversationId: string): PromiseRow[] =>
  db.all<PromiseRow>(`${SELECT} WHERE p.conversation_id = ? AND p.state = 'open' AND p.kind <> 'said' ORDER BY m.at DESC, p.id DESC`, conversationId);
export const saidBetween = (db: ReadDb, from: number, to: number): { promise: PromiseRow; customerName: string }[] =>
  db.all<PromiseRow & { customerName: string }>(
    `SELECT p.id, p.message_id AS messageId, p.conversation_id AS conversationId, p.kind, p.quote, p.state, m.kind AS source, m.at, p.made_by AS madeBy, p.made_at AS madeAt, c.name AS customerName
     FROM promise p CROSS JOIN message m ON m.id = p.message_id CROSS JOIN conversation v ON v.id = p.conversation_id CROSS JOIN customer c ON c.id = v.customer_id
     WHERE p.kind = 'said' AND p.made_at >= ? AND p.made_at < ? ORDER BY p.made_at DESC LIMIT 1000`, from, to,
  ).map(({ customerName, ...promise }) => ({ promise, customerName }));
