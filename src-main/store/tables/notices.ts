import type { Notice } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';

export function insertNotice(db: WriteDb, n: { agent: string; by: string; code: Notice['code']; conversationId: string; word: string; messageId?: number }, at: number): void {
  db.run('INSERT INTO notice (agent, by_agent, code, conversation_id, word, at, message_id) VALUES (?, ?, ?, ?, ?, ?, ?)', n.agent, n.by, n.code, n.conversationId, n.word, at, n.messageId ?? null);
}
/** Most words shown at once; the rest come as these are read. */
const SHOWN = 20;

/** What colleagues have told an agent and they have not read yet, oldest first. */
export const unseenNotices = (db: ReadDb, agent: string): Notice[] =>
  db.all<Notice>(
    `SELECT n.id, n.by_agent AS by, n.code, v.id AS conversationId, c.name AS customerName, n.word, n.at, n.message_id AS messageId FROM notice n LEFT JOIN message m ON m.id = n.message_id
     JOIN conversation v ON v.id = coalesce(m.conversation_id, n.conversation_id) JOIN customer c ON c.id = v.customer_id WHERE n.agent = ? AND n.seen_at IS NULL ORDER BY n.at, n.id LIMIT ?`, agent, SHOWN,
  );
export const noticesOf = (db: ReadDb, conversationId: string): { at: number; by: string; to: string; code: Notice['code']; word: string }[] =>
  db.all('SELECT at, by_agent AS by, agent AS "to", code, word FROM notice WHERE conversation_id = ? ORDER BY at, id', conversationId);
export function markNoticeSeen(db: WriteDb, id: number, agent: string, at: number): void {
  db.run('UPDATE notice SET seen_at = ? WHERE id = ? AND agent = ? AND seen_at IS NULL', at, id, agent);
}
/** Where an unread notice says that an agent was named; what is unread is little, messages are many. */
const MENTIONS = `notice n INDEXED BY notice_mention CROSS JOIN message nm ON nm.id = n.message_id WHERE n.code = 'mentioned' AND n.seen_at IS NULL`;
/** Initials of the agents a conversation `v` waits for because a note names them, as JSON. */
export const MENTIONED = `(SELECT json_group_array(DISTINCT n.agent) FROM ${MENTIONS} AND nm.conversation_id = v.id)`;
export const mentionedIn = (me: string): { sql: string; params: string[] } => ({ sql: `v.id IN (SELECT nm.conversation_id FROM ${MENTIONS} AND n.agent = ?)`, params: [me] });
export const mentionCount = (db: ReadDb, me: string): number => db.get<{ n: number }>(`SELECT count(DISTINCT nm.conversation_id) AS n FROM ${MENTIONS} AND n.agent = ?`, me)?.n ?? 0;
export const markMentionsSeen = (db: WriteDb, conversationId: string, agent: string, at: number): number =>
  db.run(`UPDATE notice SET seen_at = ? WHERE id IN (SELECT n.id FROM ${MENTIONS} AND nm.conversation_id = ? AND n.agent = ?)`, at, conversationId, agent).changes;
export const noticeConversation = (db: ReadDb, id: number): string | undefined => db.get<{ id: string }>('SELECT m.conversation_id AS id FROM notice n JOIN message m ON m.id = n.message_id WHERE n.id = ?', id)?.id;
export function renameNotices(db: WriteDb, from: string, to: string): void {
  db.run('UPDATE notice SET agent = ? WHERE agent = ?', to, from);
}
