import type { ReadDb, WriteDb } from '../db.ts';

/** What ties a mail to others of its conversation. */
export interface ThreadLinks {
  /** Its own Message-IDs and those it refers to. */
  keys: readonly string[];
  /** What is left of the subject without "Re:"; empty where a subject ties nothing. */
  subject: string;
  /** An answer that names no mail: only subject and time tell what it answers. */
  isLooseAnswer: boolean;
}

/** An answer without any reference belongs to mails of the same subject this long before it. */
const WINDOW_MS = 14 * 24 * 3_600_000;
const MOST_KEYS = 60;

const subjectKey = (kind: 'all' | 'loose', subject: string, at: number, id: number | ''): string => `~${kind}~${subject}~${String(at).padStart(15, '0')}~${id}`;

const near = (db: ReadDb, conversationId: string, kind: 'all' | 'loose', subject: string, from: number, to: number): number[] =>
  db.all<{ thread: number }>(`SELECT thread FROM thread_key WHERE conversation_id = ? AND key >= ? AND key < ?`, conversationId, subjectKey(kind, subject, from, ''), subjectKey(kind, subject, to + 1, '')).map((r) => r.thread);

/**
 * Puts a mail into its thread and joins threads it connects. A thread is a connected set of mails, so it does not depend on the order in
 * which they come. `within`: the conversation and those merged into it.
 */
export function joinThread(db: WriteDb, m: { id: number; conversationId: string; at: number }, links: ThreadLinks, within: readonly string[]): void {
  const keys = [...new Set(links.keys)].slice(0, MOST_KEYS);
  const found = new Set<number>();
  for (const conversationId of within) {
    for (const key of keys) {
      const thread = db.get<{ thread: number }>('SELECT thread FROM thread_key WHERE conversation_id = ? AND key = ?', conversationId, key)?.thread;
      if (thread !== undefined) found.add(thread);
    }
    if (links.subject === '') continue;
    if (links.isLooseAnswer) for (const thread of near(db, conversationId, 'all', links.subject, m.at - WINDOW_MS, m.at)) found.add(thread);
    for (const thread of near(db, conversationId, 'loose', links.subject, m.at, m.at + WINDOW_MS)) found.add(thread);
  }
  const [thread = m.id, ...others] = [...found].sort((a, b) => a - b);
  for (const other of others) {
    for (const conversationId of within) db.run('UPDATE message SET thread = ? WHERE conversation_id = ? AND thread = ?', thread, conversationId, other);
    for (const conversationId of within) db.run('UPDATE thread_key SET thread = ? WHERE conversation_id = ? AND thread = ?', thread, conversationId, other);
  }
  db.run('UPDATE message SET thread = ? WHERE id = ?', thread, m.id);
  const put = (key: string): void => void db.run('INSERT OR IGNORE INTO thread_key (conversation_id, key, thread) VALUES (?, ?, ?)', m.conversationId, key, thread);
  for (const key of keys) put(key);
  if (links.subject === '') return;
  put(subjectKey('all', links.subject, m.at, m.id));
  if (links.isLooseAnswer) put(subjectKey('loose', links.subject, m.at, m.id));
}

/** A mail has a further Message-ID: the server gave it another one than we did. */
export function addThreadKey(db: WriteDb, messageId: number, key: string): void {
  db.run('INSERT OR IGNORE INTO thread_key (conversation_id, key, thread) SELECT conversation_id, ?, thread FROM message WHERE id = ? AND thread IS NOT NULL', key, messageId);
}

/** Answers to mails that went with their customer are known where they are now. */
export function copyThreadKeys(db: WriteDb, from: string, to: string): void {
  db.run('INSERT OR IGNORE INTO thread_key (conversation_id, key, thread) SELECT ?, key, thread FROM thread_key WHERE conversation_id = ? AND thread IN (SELECT thread FROM message WHERE conversation_id = ?)', to, from, to);
}
/** A mail of ours that stands somewhere else now stays in its thread. */
export function keepThread(db: WriteDb, from: number, to: number): void {
  db.run('UPDATE message SET thread = (SELECT thread FROM message WHERE id = ?) WHERE id = ?', from, to);
}
