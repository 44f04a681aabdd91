import { marks, type ReadDb, type WriteDb } from '../db.ts';

/** A mail in a folder of its server: the UID counts within the folder's numbering (UIDVALIDITY). */
export interface Place { path: string; epoch: string; uid: number }
/** What a server is still to be told about mails of one folder. */
export interface Owed { path: string; epoch: string; uid: number; isSeen: boolean; isAnswered: boolean }

const READ = 1;
const ANSWERED = 2;

const folderOf = (db: ReadDb, accountId: string, path: string, epoch: string): number | undefined =>
  db.get<{ id: number }>('SELECT id FROM mail_folder WHERE account_id = ? AND path = ? AND epoch = ?', accountId, path, epoch)?.id;

/** Remembers where a mail lies. A mail known from elsewhere (moved, copied, or its folder numbered anew) hands on what is owed for it. Returns whether it had been gone. */
export function putPlace(db: WriteDb, accountId: string, place: Place, messageId: number, isSeen: boolean, isKnown: boolean): boolean {
  let owes = 0;
  if (isKnown) {
    owes = db.get<{ owes: number | null }>('SELECT max(owes) AS owes FROM mail_place WHERE message_id = ?', messageId)?.owes ?? 0;
    db.run('DELETE FROM mail_place WHERE message_id = ? AND folder_id IN (SELECT id FROM mail_folder WHERE account_id = ? AND path = ? AND epoch <> ?)', messageId, accountId, place.path, place.epoch);
  }
  const put = (): boolean => db.run(
    `INSERT INTO mail_place (folder_id, uid, message_id, is_seen, owes) SELECT id, ?, ?, ?, ? FROM mail_folder WHERE account_id = ? AND path = ? AND epoch = ?
     ON CONFLICT (folder_id, uid) DO UPDATE SET message_id = excluded.message_id, is_seen = excluded.is_seen`,
    place.uid, messageId, Number(isSeen), owes, accountId, place.path, place.epoch,
  ).changes > 0;
  if (!put()) {
    db.run('INSERT INTO mail_folder (account_id, path, epoch) VALUES (?, ?, ?)', accountId, place.path, place.epoch);
    put();
  }
  return isKnown && db.run('DELETE FROM mail_gone WHERE message_id = ?', messageId).changes > 0;
}

/** Numbers of mails in a folder, by its numberings. */
export function placesOf(db: ReadDb, accountId: string, path: string): { epoch: string; keys: number[] }[] {
  const rows = db.all<{ epoch: string; uid: number }>('SELECT f.epoch, p.uid FROM mail_folder f JOIN mail_place p ON p.folder_id = f.id WHERE f.account_id = ? AND f.path = ? ORDER BY f.id, p.uid', accountId, path);
  return [...Map.groupBy(rows, (row) => row.epoch)].map(([epoch, of]) => ({ epoch, keys: of.map((row) => row.uid) }));
}

/** Some mails of a folder, the newest first, by the ids they bear themselves. */
export const someMails = (db: ReadDb, accountId: string, path: string, limit: number): { epoch: string; key: number; externalId: string }[] =>
  db.all(
    `SELECT f.epoch, p.uid AS key, m.external_id AS externalId FROM mail_folder f JOIN mail_place p ON p.folder_id = f.id JOIN message m ON m.id = p.message_id
     WHERE f.account_id = ? AND f.path = ? AND m.external_id LIKE '<%>' ORDER BY f.id DESC, p.uid DESC LIMIT ?`, accountId, path, limit,
  );

export const foldersOf = (db: ReadDb, accountId: string): string[] => db.all<{ path: string }>('SELECT DISTINCT path FROM mail_folder WHERE account_id = ?', accountId).map((row) => row.path);

/** Mails are not at these places any more. Those that lie nowhere else in their mailbox are gone: returned, and marked. */
function leave(db: WriteDb, folderId: number, uids: readonly number[], at: number): number[] {
  if (uids.length === 0) return [];
  const left = db.all<{ id: number }>(`SELECT DISTINCT message_id AS id FROM mail_place WHERE folder_id = ? AND uid IN (${marks(uids.length)})`, folderId, ...uids).map((row) => row.id);
  db.run(`DELETE FROM mail_place WHERE folder_id = ? AND uid IN (${marks(uids.length)})`, folderId, ...uids);
  return left.filter((id) => db.run('INSERT INTO mail_gone (message_id, at) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM mail_place WHERE message_id = ?) ON CONFLICT DO NOTHING', id, at, id).changes > 0);
}

export function leavePlaces(db: WriteDb, accountId: string, path: string, epoch: string, uids: readonly number[], at: number): number[] {
  const folderId = folderOf(db, accountId, path, epoch);
  return folderId === undefined ? [] : leave(db, folderId, uids, at);
}

const AT_ONCE = 500;

/** All of a folder is known under this numbering: what is known by older numbers only is not there. */
export function leaveOldNumbers(db: WriteDb, accountId: string, path: string, epoch: string, at: number): number[] {
  const gone: number[] = [];
  for (const { id } of db.all<{ id: number }>('SELECT id FROM mail_folder WHERE account_id = ? AND path = ? AND epoch <> ?', accountId, path, epoch)) {
    const uids = db.all<{ uid: number }>('SELECT uid FROM mail_place WHERE folder_id = ?', id).map((row) => row.uid);
    for (let from = 0; from < uids.length; from += AT_ONCE) gone.push(...leave(db, id, uids.slice(from, from + AT_ONCE), at));
  }
  return gone;
}

/** When each of these mails was noticed to be gone from its mailbox. */
export const goneOf = (db: ReadDb, ids: readonly number[]): Map<number, number> =>
  new Map(ids.length === 0 ? [] : db.all<{ id: number; at: number }>(`SELECT message_id AS id, at FROM mail_gone WHERE message_id IN (${marks(ids.length)})`, ...ids).map((row) => [row.id, row.at]));

/** Takes note that mails count as read at their server; returns the customers' ones among them that did not before. */
export function seenAtSource(db: WriteDb, accountId: string, path: string, epoch: string, uids: readonly number[]): { id: number; conversationId: string }[] {
  const folderId = folderOf(db, accountId, path, epoch);
  if (folderId === undefined || uids.length === 0) return [];
  const fresh = db.all<{ id: number; conversationId: string; direction: string }>(
    `SELECT m.id, m.conversation_id AS conversationId, m.direction FROM mail_place p JOIN message m ON m.id = p.message_id
     WHERE p.folder_id = ? AND p.is_seen = 0 AND p.uid IN (${marks(uids.length)})`, folderId, ...uids,
  );
  db.run(`UPDATE mail_place SET is_seen = 1, owes = owes & ~${READ} WHERE folder_id = ? AND uid IN (${marks(uids.length)})`, folderId, ...uids);
  return fresh.filter((row) => row.direction === 'inbound').map(({ id, conversationId }) => ({ id, conversationId }));
}

/** Customers' mails in (after, upTo] were read by an agent; returns whether a server has to be told. */
export const oweRead = (db: WriteDb, conversationId: string, after: number, upTo: number): boolean =>
  db.run(
    `UPDATE mail_place SET owes = owes | ${READ} WHERE is_seen = 0 AND message_id IN
     (SELECT id FROM message WHERE conversation_id = ? AND id > ? AND id <= ? AND kind = 'mail' AND direction = 'inbound')`, conversationId, after, upTo,
  ).changes > 0;

/** A mail was answered by an agent, so it was read, too; returns whether a server has to be told. */
export const oweAnswered = (db: WriteDb, messageId: number): boolean =>
  db.run(`UPDATE mail_place SET owes = owes | ${ANSWERED} | CASE WHEN is_seen = 0 THEN ${READ} ELSE 0 END WHERE message_id = ?`, messageId).changes > 0;

export const owedTo = (db: ReadDb, accountId: string, limit: number): Owed[] =>
  db.all<{ path: string; epoch: string; uid: number; owes: number }>(
    'SELECT f.path, f.epoch, p.uid, p.owes FROM mail_folder f JOIN mail_place p ON p.folder_id = f.id WHERE f.account_id = ? AND p.owes > 0 ORDER BY f.id, p.uid LIMIT ?', accountId, limit,
  ).map(({ path, epoch, uid, owes }) => ({ path, epoch, uid, isSeen: (owes & READ) > 0, isAnswered: (owes & ANSWERED) > 0 }));

/** The server was told. What became owed meanwhile stays. */
export function settleOwed(db: WriteDb, accountId: string, told: { path: string; epoch: string; uids: readonly number[]; isSeen: boolean; isAnswered: boolean }): void {
  const folderId = folderOf(db, accountId, told.path, told.epoch);
  if (folderId === undefined || told.uids.length === 0) return;
  const bits = (told.isSeen ? READ : 0) | (told.isAnswered ? ANSWERED : 0);
  db.run(`UPDATE mail_place SET owes = owes & ~${bits}, is_seen = max(is_seen, ?) WHERE folder_id = ? AND uid IN (${marks(told.uids.length)})`, Number(told.isSeen), folderId, ...told.uids);
}
