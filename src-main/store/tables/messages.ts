import type { Direction, EntryDetail, EntryKind } from '../../../src-preload/contract/index.ts';
import { marks, type ReadDb, type WriteDb } from '../db.ts';
import { forgetOutboxText } from './outbox.ts';
import { firstIdAt, timeOfId } from '../message-id.ts';
import { normaliseForSearch } from '../normalise.ts';
import { dropFilesOf } from './attachments.ts';
import { setReferences } from './media.ts';

export interface NewMessage {
  conversationId: string;
  identityId: string | null;
  accountId: string | null;
  externalId: string | null;
  kind: EntryKind;
  direction: Direction;
  at: number;
  author: string;
  address: string | null;
  subject: string | null;
  text: string;
  detail: EntryDetail;
  /** Message-IDs for a References header, oldest first. */
  refs: string[] | null;
  requestId: string | null;
  /** When it came to this desk: a mail can be older than messages that were here before it. */
  arrivedAt: number;
  /** The thread of a mail; 'own': it begins one. */
  thread?: number | 'own' | null;
}

export interface MessageRow {
  id: number;
  conversation_id: string;
  identity_id: string | null;
  account_id: string | null;
  external_id: string | null;
  kind: EntryKind;
  direction: Direction;
  at: number;
  author: string;
  address: string | null;
  subject: string | null;
  text: string;
  shown_text: string | null;
  detail: string;
  refs: string | null;
  request_id: string | null;
  arrived_at: number;
  deleted_at: number | null;
  thread: number | null;
}

export const MESSAGE_COLUMNS = 'id, conversation_id, identity_id, account_id, external_id, kind, direction, at, author, address, subject, text, shown_text, detail, refs, request_id, arrived_at, deleted_at, thread';

// Put together once: texts made at each call would have to be looked through at each call to find their statements.
const INSERT = `INSERT INTO message (${MESSAGE_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,NULL,?)`;
const BY_EXTERNAL = `SELECT ${MESSAGE_COLUMNS} FROM message WHERE account_id = ? AND external_id = ?`;

/** Stores and indexes a message; returns its id, the first free one at its time. */
export function insertMessage(db: WriteDb, m: NewMessage): number {
  const id = freeId(db, m.at);
  const text = normaliseForSearch(m.text);
  const subject = m.subject === null ? null : normaliseForSearch(m.subject);
  db.run(
    INSERT, id, m.conversationId, m.identityId, m.accountId, m.externalId, m.kind, m.direction, m.at, m.author, m.address,
    subject, text, text === m.text ? null : m.text, JSON.stringify(m.detail), m.refs === null ? null : JSON.stringify(m.refs), m.requestId, m.arrivedAt, m.thread === 'own' ? id : (m.thread ?? null),
  );
  index(db, id);
  if (m.detail.type === 'post') setReferences(db, id, m.detail);
  return id;
}

// Full 1,024 places in one millisecond spill into the next one.
function freeId(db: ReadDb, at: number): number {
  const first = firstIdAt(at);
  const taken = db.get<{ id: number | null }>('SELECT max(id) AS id FROM message WHERE id >= ? AND id < ?', first, first + 1024)?.id;
  if (taken === null || taken === undefined) return first;
  if (taken + 1 < first + 1024) return taken + 1;
  return freeId(db, timeOfId(first) + 1);
}

interface Indexed { id: number; subject: string | null; text: string }

const INDEXES = ['message_index', 'message_typing'];
const INDEX_ALL = INDEXES.map((table) => `INSERT INTO ${table} (rowid, subject, text) SELECT m.id, m.subject, m.text FROM json_each(?) j CROSS JOIN message m ON m.id = j.value`);
const INDEX_ONE = INDEXES.map((table) => `INSERT INTO ${table} (rowid, subject, text) VALUES (?, ?, ?)`);
const UNINDEX_ONE = INDEXES.map((table) => `INSERT INTO ${table} (${table}, rowid, subject, text) VALUES ('delete', ?, ?, ?)`);

/** Rows whose index entries this transaction changes, with what the indexes hold of them; null for what is new. */
const reindexed = (db: WriteDb): Map<number, Indexed | null> => db.atEnd('reindexed', () => new Map<number, Indexed | null>(), (rows) => writeIndexes(db, rows));

/** New rows indexed at a time: some 10 ms. */
const AT_A_TIME = 250;

/** Index after index (each fills a memory of its own), rows in ascending order: FTS5 writes out what it has gathered when a row is smaller than the one before. */
function* writeIndexes(db: WriteDb, rows: ReadonlyMap<number, Indexed | null>): Iterable<void> {
  const ids = [...rows.keys()].sort((a, b) => a - b);
  const isNewOnly = ids.every((id) => rows.get(id) === null);
  for (const i of INDEXES.keys()) {
    if (isNewOnly) {
      // From the rows themselves: handing over their texts once more for each index took longer than the insert around it.
      for (let at = 0; at < ids.length; at += AT_A_TIME) {
        db.run(INDEX_ALL[i] ?? '', JSON.stringify(ids.slice(at, at + AT_A_TIME)));
        yield;
      }
      continue;
    }
    for (const id of ids) {
      const before = rows.get(id);
      if (before) db.run(UNINDEX_ONE[i] ?? '', id, before.subject, before.text);
      const now = db.get<Indexed>('SELECT id, subject, text FROM message WHERE id = ?', id);
      if (now) db.run(INDEX_ONE[i] ?? '', id, now.subject, now.text);
    }
    yield;
  }
}

function index(db: WriteDb, id: number): void {
  const rows = reindexed(db);
  if (!rows.has(id)) rows.set(id, null);
}

// FTS5 with external content forgets a row only when told exactly what it indexed.
function reindex(db: WriteDb, { id, subject, text }: MessageRow): void {
  const rows = reindexed(db);
  if (!rows.has(id)) rows.set(id, { id, subject, text });
}

export const messageById = (db: ReadDb, id: number): MessageRow | undefined => db.get<MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM message WHERE id = ?`, id);

export const messageByExternal = (db: ReadDb, accountId: string, externalId: string): MessageRow | undefined =>
  db.get<MessageRow>(BY_EXTERNAL, accountId, externalId);

/** A post by any of its ids, under whichever of our accounts it lies: the id is the same for all of them. */
export const postByIds = (db: ReadDb, ids: readonly string[]): MessageRow | undefined =>
  db.get<MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM message WHERE account_id IN (SELECT id FROM account WHERE channel = 'x') AND external_id IN (${marks(ids.length)}) AND kind = 'post' LIMIT 1`, ...ids);

export function setAccount(db: WriteDb, id: number, accountId: string): void {
  db.run('UPDATE message SET account_id = ? WHERE id = ?', accountId, id);
}

export const messageByRequest = (db: ReadDb, requestId: string): MessageRow | undefined =>
  db.get<MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM message WHERE request_id = ?`, requestId);

/** Of a kind that is no mail, which is said for the index of what is none: SQLite takes it only where its own words stand. */
export const OF_OTHER_KIND = `kind = ? AND kind <> 'mail'`;

/** The console's own lines, by the same index. */
export const LINES = `kind = 'system' AND kind <> 'mail'`;

/** Whether the customer has called in vain after a message. */
export const missedCallAfter = (db: ReadDb, conversationId: string, id: number): boolean =>
  db.get(`SELECT 1 FROM message WHERE conversation_id = ? AND kind = 'call' AND kind <> 'mail' AND id > ? AND direction = 'inbound' AND json_extract(detail, '$.outcome') IN ('missed', 'voicemail') LIMIT 1`, conversationId, id) !== undefined;

/** What decides whose turn it is, of the newest messages before `before` (exclusive), newest first. */
export const turnsBefore = (db: ReadDb, conversationId: string, before: number, limit: number): Pick<MessageRow, 'id' | 'account_id' | 'kind' | 'direction' | 'at' | 'subject' | 'text' | 'shown_text' | 'detail' | 'deleted_at'>[] =>
  db.all('SELECT id, account_id, kind, direction, at, subject, text, shown_text, detail, deleted_at FROM message WHERE conversation_id = ? AND id < ? ORDER BY id DESC LIMIT ?', conversationId, before, limit);

/** The newest messages of a conversation before `before` (exclusive), newest first. */
export const messagesBefore = (db: ReadDb, conversationId: string, before: number | null, limit: number): MessageRow[] =>
  before === null
    ? db.all<MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM message WHERE conversation_id = ? ORDER BY id DESC LIMIT ?`, conversationId, limit)
    : db.all<MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM message WHERE conversation_id = ? AND id < ? ORDER BY id DESC LIMIT ?`, conversationId, before, limit);

/** From a message on, oldest first; the message itself is the first where it is there. */
export const messagesFrom = (db: ReadDb, conversationId: string, from: number, limit: number): MessageRow[] =>
  db.all<MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM message WHERE conversation_id = ? AND id >= ? ORDER BY id LIMIT ?`, conversationId, from, limit);

export const messagesOfKindBefore = (db: ReadDb, conversationId: string, kind: EntryKind | null, before: number | null, limit: number): MessageRow[] =>
  db.all<MessageRow>(
    // Without a kind: every contact, and a note is none.
    `SELECT ${MESSAGE_COLUMNS} FROM message WHERE conversation_id = ? AND ${kind === null ? `kind NOT IN ('system', 'note') AND ? IS NULL` : kind === 'mail' ? 'kind = ?' : OF_OTHER_KIND} AND id < ? ORDER BY id DESC LIMIT ?`,
    conversationId, kind, before ?? Number.MAX_SAFE_INTEGER, limit,
  );

export function setExternal(db: WriteDb, id: number, externalId: string, detail: EntryDetail): void {
  db.run('UPDATE message SET external_id = ?, detail = ? WHERE id = ?', externalId, JSON.stringify(detail), id);
}

export function clearExternal(db: WriteDb, id: number): void {
  db.run('UPDATE message SET external_id = NULL WHERE id = ?', id);
}

export function setHidden(db: WriteDb, id: number, hidden: boolean): void {
  db.run(`UPDATE message SET detail = json_set(detail, '$.hidden', json(?)) WHERE id = ?`, hidden ? 'true' : 'false', id);
}

/** Posts of others under a post of ours, oldest first. */
export const repliesTo = (db: ReadDb, accountId: string, postId: string, limit: number): MessageRow[] =>
  db.all<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM message WHERE kind = 'post' AND json_extract(detail, '$.conversationId') = ? AND account_id = ? AND direction = 'inbound' ORDER BY id LIMIT ?`, postId, accountId, limit,
  );

/** Another wording under another id: an edited post. */
export function rewriteMessage(db: WriteDb, row: MessageRow, next: { externalId: string; text: string; detail: EntryDetail }): void {
  reindex(db, row);
  const text = normaliseForSearch(next.text);
  db.run('UPDATE message SET external_id = ?, text = ?, shown_text = ?, detail = ? WHERE id = ?', next.externalId, text, text === next.text ? null : next.text, JSON.stringify(next.detail), row.id);
  setReferences(db, row.id, next.detail);
}

export function setDetail(db: WriteDb, id: number, detail: EntryDetail): void {
  db.run('UPDATE message SET detail = ? WHERE id = ?', JSON.stringify(detail), id);
  setReferences(db, id, detail);
}

/** What a post or message quotes, answers, shows and said before lies in its detail. */
function emptied(detail: EntryDetail): EntryDetail {
  if (detail.type === 'dm') {
    const { media: _, ...rest } = detail;
    return rest;
  }
  if (detail.type !== 'post') return detail;
  const { media: _media, edits: _edits, counts: _counts, parent: _parent, ...rest } = detail;
  return { ...rest, quoted: null };
}

/** Takes text, index entries and files of a message away; the row stays to say that something was here. Answers the contents nobody needs any more. */
export function tombstone(db: WriteDb, row: MessageRow, at: number): string[] {
  reindex(db, row);
  const detail = emptied(JSON.parse(row.detail) as EntryDetail);
  db.run(`UPDATE message SET subject = NULL, text = '', shown_text = NULL, detail = ?, deleted_at = ? WHERE id = ?`, JSON.stringify(detail), at, row.id);
  setReferences(db, row.id, detail);
  db.run('DELETE FROM media_wanted WHERE message_id = ?', row.id);
  forgetOutboxText(db, row.id);
  // A mark quotes the text: it goes with it.
  db.run('DELETE FROM promise WHERE message_id = ?', row.id);
  return dropFilesOf(db, row.id, at);
}

/** A call is written down while it runs and told by the telephone system when it ends: one entry, changed by both. */
export function rewriteCall(db: WriteDb, row: MessageRow, call: { author: string; text: string; detail: EntryDetail; requestId?: string }): void {
  reindex(db, row);
  const text = normaliseForSearch(call.text);
  db.run('UPDATE message SET author = ?, text = ?, shown_text = ?, detail = ?, request_id = coalesce(request_id, ?) WHERE id = ?', call.author, text, text === call.text ? null : call.text, JSON.stringify(call.detail), call.requestId ?? null, row.id);
}

export function removeMessage(db: WriteDb, row: MessageRow): void {
  reindex(db, row);
  db.run('DELETE FROM attachment WHERE message_id = ?', row.id);
  db.run('DELETE FROM promise WHERE message_id = ?', row.id);
  db.run('DELETE FROM message WHERE id = ?', row.id);
}

/** Public threads in conversations that are not done, each with a customer who wrote in it, newest first. */
export const openThreads = (db: ReadDb, accountId: string, limit: number): { conversationId: string; userId: string }[] =>
  db.all<{ conversationId: string; userId: string }>(
    `SELECT json_extract(m.detail, '$.conversationId') AS conversationId, i.value AS userId FROM message m
     JOIN conversation c ON c.id = m.conversation_id JOIN identity i ON i.id = m.identity_id
     WHERE m.account_id = ? AND m.kind = 'post' AND m.direction = 'inbound' AND m.deleted_at IS NULL AND c.state <> 'done' AND i.kind = 'x'
     GROUP BY 1, 2 ORDER BY max(m.id) DESC LIMIT ?`,
    accountId, limit,
  );

/** External ids of the newest messages of a kind in conversations that are not done. */
export const recentExternalIds = (db: ReadDb, accountId: string, kind: EntryKind, limit: number): string[] =>
  db.all<{ external_id: string }>(
    `SELECT m.external_id FROM message m JOIN conversation c ON c.id = m.conversation_id
     WHERE m.account_id = ? AND m.kind = ? AND m.external_id IS NOT NULL AND m.deleted_at IS NULL AND c.state <> 'done' ORDER BY m.id DESC LIMIT ?`,
    accountId, kind, limit,
  ).map((row) => row.external_id);
