import type { ReadDb, WriteDb } from '../db.ts';

/** Takes note of the folders there are. The first list is what a person finds; what comes later is new to them. Returns whether anything changed. */
export function putFolders(db: WriteDb, accountId: string, paths: readonly string[]): boolean {
  const known = db.all<{ path: string }>('SELECT path FROM mailbox_folder WHERE account_id = ?', accountId).map((row) => row.path);
  const hasListed = known.length > 0;
  const fresh = paths.filter((path) => !known.includes(path));
  const over = known.filter((path) => path !== LISTED && !paths.includes(path));
  const put = (path: string, isNew: boolean): void => void db.run('INSERT INTO mailbox_folder (account_id, path, is_new) VALUES (?, ?, ?)', accountId, path, Number(isNew));
  if (!hasListed) put(LISTED, false);
  for (const path of fresh) put(path, hasListed);
  for (const path of over) db.run('DELETE FROM mailbox_folder WHERE account_id = ? AND path = ?', accountId, path);
  return !hasListed || fresh.length + over.length > 0;
}
/** No folder has this name: it says that a list was taken, even an empty one. */
const LISTED = '';

export const newFolders = (db: ReadDb, accountId: string): string[] =>
  db.all<{ path: string }>('SELECT path FROM mailbox_folder WHERE account_id = ? AND is_new = 1 ORDER BY path', accountId).map((row) => row.path);

/** A person has seen them all. */
export const foldersSeen = (db: WriteDb, accountId: string): void => void db.run('UPDATE mailbox_folder SET is_new = 0 WHERE account_id = ?', accountId);

/** A folder is read no more: read again one day, it is read from the beginning. Its mails stay, and are not gone for that. */
export function stopFolder(db: WriteDb, accountId: string, path: string): void {
  db.run(`DELETE FROM cursor WHERE account_id = ? AND substr(name, 1, length(?) + 1) = ? || ':' AND substr(name, length(?) + 2) NOT GLOB '*[^0-9]*'`, accountId, path, path, path);
  db.run('DELETE FROM mail_place WHERE folder_id IN (SELECT id FROM mail_folder WHERE account_id = ? AND path = ?)', accountId, path);
}
