import type { HeardRow } from '../../../src-preload/contract/index.ts';
import type { MessageEvent } from '../../channels/port.ts';
import type { ReadDb, WriteDb } from '../db.ts';

export interface HeardRecord { accountId: string; postId: string; at: number; word: string; event: MessageEvent }
interface Row { account_id: string; post_id: string; at: number; word: string; event: string }
const COLUMNS = 'account_id, post_id, at, word, event';
const toRecord = (r: Row): HeardRecord => ({ accountId: r.account_id, postId: r.post_id, at: r.at, word: r.word, event: JSON.parse(r.event) as MessageEvent });

/** False when it was here already, whatever became of it. */
export function insertHeard(db: WriteDb, h: HeardRecord, at: number): boolean {
  return db.run(`INSERT OR IGNORE INTO heard (${COLUMNS}, state, arrived_at) VALUES (?, ?, ?, ?, ?, 'open', ?)`, h.accountId, h.postId, h.at, h.word, JSON.stringify(h.event), at).changes > 0;
}

export function openHeard(db: ReadDb, limit: number): Omit<HeardRow, 'subject'>[] {
  return db.all<Row>(`SELECT ${COLUMNS} FROM heard WHERE state = 'open' ORDER BY at DESC, post_id LIMIT ?`, limit).map(toRecord).map(({ event, ...h }) => ({
    postId: h.postId, accountId: h.accountId, at: h.at, word: h.word, author: event.author, handle: event.party.display, text: event.text,
    url: event.detail.type === 'post' ? event.detail.url : '', replyAllowed: event.detail.type === 'post' && event.detail.replyAllowed,
  }));
}

export const heardCount = (db: ReadDb): number => db.get<{ n: number }>(`SELECT count(*) AS n FROM heard WHERE state = 'open'`)?.n ?? 0;

export const heardById = (db: ReadDb, postId: string): HeardRecord | undefined => {
  const row = db.get<Row>(`SELECT ${COLUMNS} FROM heard WHERE post_id = ? AND state = 'open'`, postId);
  return row && toRecord(row);
};

/** What was dismissed or taken keeps only its id, so that it is not heard again. */
export function closeHeard(db: WriteDb, postId: string, state: 'dismissed' | 'taken'): void {
  db.run(`UPDATE heard SET state = ?, word = '', event = '{}' WHERE post_id = ?`, state, postId);
}

/** Gone at its source: true when something of it was here. */
export const dropHeard = (db: WriteDb, postId: string): boolean => db.run(`UPDATE heard SET state = 'deleted', word = '', event = '{}' WHERE post_id = ? AND state = 'open'`, postId).changes > 0;

export const openHeardIds = (db: ReadDb, accountId: string, limit: number): string[] =>
  db.all<{ post_id: string }>(`SELECT post_id FROM heard WHERE state = 'open' AND account_id = ? ORDER BY at DESC LIMIT ?`, accountId, limit).map((row) => row.post_id);
