import { marks, type ReadDb, type WriteDb } from '../db.ts';

/** One thing that happened to a customer while shown together with others; `what` is told by whoever decides where conversations stand. */
export interface SideEvent<W> { id: number; customerId: string; at: number; agent: string; what: W }

/** Whether a customer is shown with somebody else right now. */
export const isShownWithOthers = (db: ReadDb, customerId: string): boolean => db.get('SELECT 1 FROM customer WHERE id = ? AND own IS NOT NULL', customerId) !== undefined;

export function addSideEvent(db: WriteDb, customerId: string, what: unknown, by: { at: number; agent: string }): void {
  db.run('INSERT INTO side_event (customer_id, at, agent, what) VALUES (?, ?, ?, ?)', customerId, by.at, by.agent, JSON.stringify(what));
}
export const sideEvents = <W>(db: ReadDb, customerIds: readonly string[]): SideEvent<W>[] =>
  db.all<{ id: number; customer_id: string; at: number; agent: string; what: string }>(`SELECT id, customer_id, at, agent, what FROM side_event WHERE customer_id IN (${marks(customerIds.length)}) ORDER BY id`, ...customerIds)
    .map((r) => ({ id: r.id, customerId: r.customer_id, at: r.at, agent: r.agent, what: JSON.parse(r.what) as W }));
/** How far somebody was read while shown with others. */
export const keptReadUpTo = (db: ReadDb, customerId: string): number =>
  db.get<{ id: number | null }>(`SELECT max(json_extract(what, '$.upTo')) AS id FROM side_event WHERE customer_id = ? AND json_extract(what, '$.type') = 'read'`, customerId)?.id ?? 0;
/** Everybody of whom something is kept. */
export const customersWithSideEvents = (db: ReadDb): string[] => db.all<{ id: string }>('SELECT DISTINCT customer_id AS id FROM side_event').map((r) => r.id);
export function dropSideEvents(db: WriteDb, customerId: string): void {
  db.run('DELETE FROM side_event WHERE customer_id = ?', customerId);
}
export function dropMergeEvent(db: WriteDb, mergeId: string): void {
  db.run(`DELETE FROM side_event WHERE json_extract(what, '$.type') = 'merged' AND json_extract(what, '$.mergeId') = ?`, mergeId);
}
