import type { Attachment, EntryKind } from '../../../src-preload/contract/index.ts';
import type { StoredFile } from '../../channels/port.ts';
import { marks, type ReadDb, type WriteDb } from '../db.ts';

interface Row { id: string; message_id: number | null; name: string; type: string; size: number; sha256: string; content_id: string | null; alt: string | null }
const COLUMNS = 'id, message_id, name, type, size, sha256, content_id, alt';

/** The picture of a post carries its media key as content id: what is shown beside the text is found by it. */
const MEDIA = 'x-media:';

export const toAttachment = (row: Row): Attachment => ({
  id: row.id, name: row.name, type: row.type, size: row.size, alt: row.alt, ...(row.content_id?.startsWith(MEDIA) ? { mediaKey: row.content_id.slice(MEDIA.length) } : {}),
});
const toFile = (row: Row): StoredFile => ({ sha256: row.sha256, name: row.name, type: row.type, size: row.size, contentId: row.content_id, alt: row.alt });

/** `messageId` null: staged by an agent, not sent yet. */
export function insertAttachment(db: WriteDb, id: string, messageId: number | null, file: StoredFile, at: number): void {
  db.run(`INSERT INTO attachment (${COLUMNS}, created_at) VALUES (?,?,?,?,?,?,?,?,?)`, id, messageId, file.name, file.type, file.size, file.sha256, file.contentId, file.alt, at);
}

export function attachmentsOf(db: ReadDb, messageIds: readonly number[]): Map<number, Attachment[]> {
  const byMessage = new Map<number, Attachment[]>();
  if (messageIds.length === 0) return byMessage;
  for (const row of db.all<Row>(`SELECT ${COLUMNS} FROM attachment WHERE message_id IN (${marks(messageIds.length)}) ORDER BY id`, ...messageIds)) {
    if (row.message_id === null) continue;
    byMessage.set(row.message_id, [...(byMessage.get(row.message_id) ?? []), toAttachment(row)]);
  }
  return byMessage;
}

/** A customer's files, newest first. The body of a formatted mail is no file to its reader. */
export const filesOfConversation = (db: ReadDb, conversationId: string, before: number | null, limit: number): { attachment: Attachment; messageId: number; at: number; kind: EntryKind; author: string }[] =>
  db.all<Row & { message_id: number; at: number; kind: EntryKind; author: string }>(
    `SELECT a.id, a.message_id, a.name, a.type, a.size, a.sha256, a.content_id, a.alt, m.at, m.kind, m.author FROM attachment a JOIN message m ON m.id = a.message_id
     WHERE m.conversation_id = ? AND m.id < ? AND NOT (a.type = 'text/html' AND a.name = 'message.html') ORDER BY m.id DESC, a.id LIMIT ?`, conversationId, before ?? Number.MAX_SAFE_INTEGER, limit,
  ).map((row) => ({ attachment: toAttachment(row), messageId: row.message_id, at: row.at, kind: row.kind, author: row.author }));

const rowsById = (db: ReadDb, ids: readonly string[]): Row[] => {
  const rows = new Map(ids.length === 0 ? [] : db.all<Row>(`SELECT ${COLUMNS} FROM attachment WHERE id IN (${marks(ids.length)})`, ...ids).map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
};

export const attachmentById = (db: ReadDb, id: string): (Attachment & { sha256: string }) | undefined => rowsById(db, [id]).map((row) => ({ ...toAttachment(row), sha256: row.sha256 }))[0];
/** In the order asked; ids that are not there are left out. */
export const attachmentsById = (db: ReadDb, ids: readonly string[]): Attachment[] => rowsById(db, ids).map(toAttachment);
export const filesById = (db: ReadDb, ids: readonly string[]): StoredFile[] => rowsById(db, ids).map(toFile);

/** What came with a message or was sent with it. */
export const filesOfMessage = (db: ReadDb, messageId: number): StoredFile[] => db.all<Row>(`SELECT ${COLUMNS} FROM attachment WHERE message_id = ? ORDER BY id`, messageId).map(toFile);

/** Takes the rows of a message's files away; answers the contents that no other row needs any more, and lists them until they are off the disk. */
export function dropFilesOf(db: WriteDb, messageId: number, at: number): string[] {
  const contents = new Set(filesOfMessage(db, messageId).map((file) => file.sha256));
  db.run('DELETE FROM attachment WHERE message_id = ?', messageId);
  const unused = [...contents].filter((sha256) => !isFileUsed(db, sha256));
  for (const sha256 of unused) db.run('INSERT OR IGNORE INTO file_left (sha256, at) VALUES (?, ?)', sha256, at);
  return unused;
}

/** Whether some row still needs the bytes of a file. */
export const isFileUsed = (db: ReadDb, sha256: string): boolean => db.get('SELECT 1 FROM attachment WHERE sha256 = ? LIMIT 1', sha256) !== undefined;

/** Describes a file that was not sent yet; false when it is not there or has left. */
export const describeStaged = (db: WriteDb, id: string, alt: string | null): boolean => db.run('UPDATE attachment SET alt = ? WHERE id = ? AND message_id IS NULL', alt, id).changes > 0;

export function attachTo(db: WriteDb, ids: readonly string[], messageId: number | null): void {
  for (const id of ids) db.run('UPDATE attachment SET message_id = ? WHERE id = ?', messageId, id);
}

/** Bytes that no message needed any more when they were listed. */
export const filesLeft = (db: ReadDb): string[] => db.all<{ sha256: string }>('SELECT sha256 FROM file_left ORDER BY at LIMIT 500').map((row) => row.sha256);

export function forgetFileLeft(db: WriteDb, sha256: string): void {
  db.run('DELETE FROM file_left WHERE sha256 = ?', sha256);
}
