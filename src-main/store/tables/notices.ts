import type { Notice } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';

export function insertNotice(db: WriteDb, n: { agent: string; by: string; code: Notice['code']; conversationId: string; word: string }, at: number): void {
  db.run('INSERT INTO notice (agent, by_agent, code, conversation_id, word, at) VALUES (?, ?, ?, ?, ?, ?)', n.agent, n.by, n.code, n.conversationId, n.word, at);
}
/** Most words shown at once; the rest come as these are read. */
const SHOWN = 20;

/** What colleagues have told an agent and they have not read yet, oldest first. */
export const unseenNotices = (db: ReadDb, agent: string): Notice[] =>
  db.all<Notice>(
    `SELECT n.id, n.by_agent AS by, n.code, n.conversation_id AS conversationId, c.name AS customerName, n.word, n.at FROM notice n
     JOIN conversation v ON v.id = n.conversation_id JOIN customer c ON c.id = v.customer_id WHERE n.agent = ? AND n.seen_at IS NULL ORDER BY n.at, n.id LIMIT ?`, agent, SHOWN,
  );
export const noticesOf = (db: ReadDb, conversationId: string): { at: number; by: string; to: string; code: Notice['code']; word: string }[] =>
  db.all('SELECT at, by_agent AS by, agent AS "to", code, word FROM notice WHERE conversation_id = ? ORDER BY at, id', conversationId);
export function markNoticeSeen(db: WriteDb, id: number, agent: string, at: number): void {
  db.run('UPDATE notice SET seen_at = ? WHERE id = ? AND agent = ? AND seen_at IS NULL', at, id, agent);
}
export function renameNotices(db: WriteDb, from: string, to: string): void {
  db.run('UPDATE notice SET agent = ? WHERE agent = ?', to, from);
}
