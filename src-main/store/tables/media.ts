import type { EntryDetail } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';

export interface WantedMedia { externalId: string; key: string; url: string; tries: number }

export function wantMedia(db: WriteDb, messageId: number, wanted: readonly { key: string; url: string }[]): void {
  for (const { key, url } of wanted) db.run('INSERT OR IGNORE INTO media_wanted (message_id, key, url) VALUES (?, ?, ?)', messageId, key, url);
}

/** Pictures to be fetched now, those of the newest messages first. */
export const wantedMedia = (db: ReadDb, accountId: string, now: number, limit: number): WantedMedia[] =>
  db.all<WantedMedia>(
    `SELECT m.external_id AS externalId, w.key, w.url, w.tries FROM media_wanted w JOIN message m ON m.id = w.message_id
     WHERE m.account_id = ? AND m.external_id IS NOT NULL AND w.retry_at <= ? ORDER BY w.message_id DESC, w.key LIMIT ?`,
    accountId, now, limit,
  );

export const postponeMedia = (db: WriteDb, messageId: number, key: string, retryAt: number): void =>
  void db.run('UPDATE media_wanted SET tries = tries + 1, retry_at = ? WHERE message_id = ? AND key = ?', retryAt, messageId, key);
/** True when it was still wanted. */
export const settleMedia = (db: WriteDb, messageId: number, key: string): boolean => db.run('DELETE FROM media_wanted WHERE message_id = ? AND key = ?', messageId, key).changes > 0;

/** Notes which other posts' words stand in an entry. */
export function setReferences(db: WriteDb, messageId: number, detail: EntryDetail): void {
  db.run('DELETE FROM post_reference WHERE message_id = ?', messageId);
  if (detail.type !== 'post') return;
  for (const other of [detail.quoted, detail.parent ?? null]) if (other) db.run('INSERT OR IGNORE INTO post_reference (post_id, message_id) VALUES (?, ?)', other.postId, messageId);
}

export const messagesReferring = (db: ReadDb, postId: string): number[] => db.all<{ id: number }>('SELECT message_id AS id FROM post_reference WHERE post_id = ?', postId).map((row) => row.id);

/** Other people's posts that stand in entries of conversations that are not done, newest entries first. */
export const recentReferences = (db: ReadDb, accountId: string, limit: number): string[] =>
  db.all<{ id: string }>(
    `SELECT r.post_id AS id FROM post_reference r JOIN message m ON m.id = r.message_id JOIN conversation c ON c.id = m.conversation_id
     WHERE m.account_id = ? AND c.state <> 'done' GROUP BY r.post_id ORDER BY max(m.id) DESC LIMIT ?`,
    accountId, Math.max(0, limit),
  ).map((row) => row.id);
