import { marks, type WriteDb } from '../db.ts';
import { firstIdAt } from '../message-id.ts';

/** What ties a mail to others of its conversation. */
export interface ThreadLinks {
  /** Its own Message-IDs and those it refers to. */
  keys: readonly string[];
  /** What is left of the subject without "Re:"; empty where a subject ties nothing. */
  subject: string;
  /** Whether a subject as it is stored is the same without its "Re:". */
  isSubject(stored: string | null): boolean;
  /** An answer that names no mail: only subject and time tell what it answers. */
  isLooseAnswer: boolean;
}

/** An answer without any reference belongs to mails of the same subject this long before it. */
const WINDOW_MS = 14 * 24 * 3_600_000;
const MOST_KEYS = 60;

/** An answer without any reference, by its subject and time. */
const looseKey = (subject: string, at: number, id: number | ''): string => `~loose~${subject}~${String(at).padStart(15, '0')}~${id}`;

// One key after the other: SQLite takes twice as long for a list of keys and a span in one statement.
const BY_KEY = 'SELECT thread FROM thread_key WHERE conversation_id = ? AND key = ?';
const BY_SPAN = 'SELECT thread FROM thread_key WHERE conversation_id = ? AND key >= ? AND key < ?';
// Looked for among the mails themselves: a key of each mail's subject was half of all keys, for the few answers that name no mail.
const BY_TIME = `SELECT thread, subject FROM message WHERE conversation_id = ? AND id >= ? AND id < ? AND at >= ? AND at <= ? AND kind = 'mail' AND thread IS NOT NULL AND json_extract(detail, '$.automatic') = 'no'`;
/** Ids of one millisecond can spill into the next ones. */
const SPILL_MS = 60_000;

/**
 * Where threads are joined, the one most is known of keeps its name: of a mailbox read from its newest mail back each older one that joins
 * would otherwise have all those after it written again.
 */
function largestFirst(db: WriteDb, threads: readonly number[], within: readonly string[]): number[] {
  const sizes = new Map<number, number>();
  for (const conversationId of within) {
    for (const { thread, n } of db.all<{ thread: number; n: number }>(`SELECT thread, count(*) AS n FROM thread_key WHERE conversation_id = ? AND thread IN (${marks(threads.length)}) GROUP BY thread`, conversationId, ...threads)) {
      sizes.set(thread, (sizes.get(thread) ?? 0) + n);
    }
  }
  return threads.toSorted((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || a - b);
}

/** The thread a mail belongs to (null: it begins one), and by which of its keys nothing is known in its conversation yet. */
export interface FoundThread { thread: number | null; newKeys: readonly string[] }

/**
 * Finds the thread of a mail and joins threads it connects. A thread is a connected set of mails, so it does not depend on the order in
 * which they come. `within`: the conversation and those merged into it.
 */
export function findThread(db: WriteDb, m: { conversationId: string; at: number }, links: ThreadLinks, within: readonly string[]): FoundThread {
  const keys = [...new Set(links.keys)].slice(0, MOST_KEYS);
  const known = new Set<string>();
  const found = new Set<number>();
  for (const conversationId of within) {
    for (const key of keys) {
      const thread = db.get<{ thread: number }>(BY_KEY, conversationId, key)?.thread;
      if (thread === undefined) continue;
      found.add(thread);
      if (conversationId === m.conversationId) known.add(key);
    }
    if (links.subject === '') continue;
    for (const { thread } of db.all<{ thread: number }>(BY_SPAN, conversationId, looseKey(links.subject, m.at, ''), looseKey(links.subject, m.at + WINDOW_MS + 1, ''))) found.add(thread);
    if (!links.isLooseAnswer) continue;
    const since = m.at - WINDOW_MS;
    const mails = db.all<{ thread: number; subject: string | null }>(BY_TIME, conversationId, firstIdAt(since), firstIdAt(m.at + SPILL_MS), since, m.at);
    for (const { thread, subject } of mails) if (links.isSubject(subject)) found.add(thread);
  }
  const [thread = null, ...others] = found.size < 2 ? found : largestFirst(db, [...found], within);
  for (const other of others) {
    for (const conversationId of within) db.run('UPDATE message SET thread = ? WHERE conversation_id = ? AND thread = ?', thread, conversationId, other);
    for (const conversationId of within) db.run('UPDATE thread_key SET thread = ? WHERE conversation_id = ? AND thread = ?', thread, conversationId, other);
  }
  return { thread, newKeys: keys.filter((key) => !known.has(key)) };
}

/** Notes by what later mails are known to belong to the thread of a mail that is stored. */
export function putThreadKeys(db: WriteDb, m: { id: number; conversationId: string; at: number }, links: ThreadLinks, { thread, newKeys }: FoundThread): void {
  const put = (key: string): void => void db.run('INSERT OR IGNORE INTO thread_key (conversation_id, key, thread) VALUES (?, ?, ?)', m.conversationId, key, thread ?? m.id);
  for (const key of newKeys) put(key);
  if (links.subject !== '' && links.isLooseAnswer) put(looseKey(links.subject, m.at, m.id));
}

/** Puts a mail that is stored already into its thread. */
export function joinThread(db: WriteDb, m: { id: number; conversationId: string; at: number }, links: ThreadLinks, within: readonly string[]): void {
  const found = findThread(db, m, links, within);
  db.run('UPDATE message SET thread = ? WHERE id = ?', found.thread ?? m.id, m.id);
  putThreadKeys(db, m, links, found);
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
