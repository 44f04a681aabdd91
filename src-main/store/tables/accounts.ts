import type { Channel } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';

export interface AccountRecord { id: string; channel: Channel; name: string; address: string; config: Record<string, unknown>; isConnected: boolean }
interface Row { id: string; channel: Channel; name: string; address: string; config: string; is_connected: number }
const COLUMNS = 'id, channel, name, address, config, is_connected';
const toRecord = (r: Row): AccountRecord => ({ id: r.id, channel: r.channel, name: r.name, address: r.address, config: JSON.parse(r.config) as Record<string, unknown>, isConnected: r.is_connected === 1 });

export const accounts = (db: ReadDb): AccountRecord[] => db.all<Row>(`SELECT ${COLUMNS} FROM account WHERE removed_at IS NULL ORDER BY created_at, id`).map(toRecord);
export const accountById = (db: ReadDb, id: string): AccountRecord | undefined => {
  const row = db.get<Row>(`SELECT ${COLUMNS} FROM account WHERE id = ?`, id);
  return row && toRecord(row);
};
/** Who is known by this address on a channel: connected, else the one removed last. Connected again it has its history and is not read twice. */
export const accountByAddress = (db: ReadDb, channel: Channel, address: string): AccountRecord | undefined => {
  const row = db.get<Row>(`SELECT ${COLUMNS} FROM account WHERE channel = ? AND lower(address) = lower(?) AND address <> '' ORDER BY removed_at IS NOT NULL, removed_at DESC, created_at LIMIT 1`, channel, address);
  return row && toRecord(row);
};
export function putAccount(db: WriteDb, a: AccountRecord, at: number): void {
  db.run(
    `INSERT INTO account (${COLUMNS}, created_at) VALUES (?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET
     name = excluded.name, address = excluded.address, config = excluded.config, is_connected = excluded.is_connected, removed_at = NULL`,
    a.id, a.channel, a.name, a.address, JSON.stringify(a.config), Number(a.isConnected), at,
  );
}
/** History keeps its account; only the connection and its secrets go. */
export function removeAccount(db: WriteDb, id: string, at: number): void {
  db.run('UPDATE account SET removed_at = ?, is_connected = 0 WHERE id = ?', at, id);
  db.run('DELETE FROM account_secret WHERE account_id = ?', id);
}

/** Only for an account nothing refers to yet. */
export function dropAccount(db: WriteDb, id: string): void {
  for (const table of ['account_secret', 'cursor', 'spend', 'spend_limit', 'mailbox_folder']) db.run(`DELETE FROM ${table} WHERE account_id = ?`, id);
  db.run('DELETE FROM account WHERE id = ?', id);
}

export const sealedSecret = (db: ReadDb, accountId: string): Uint8Array | null => db.get<{ sealed: Uint8Array }>('SELECT sealed FROM account_secret WHERE account_id = ?', accountId)?.sealed ?? null;
export function putSealedSecret(db: WriteDb, accountId: string, sealed: Uint8Array | null): void {
  if (sealed === null) db.run('DELETE FROM account_secret WHERE account_id = ?', accountId);
  else db.run('INSERT INTO account_secret (account_id, sealed) VALUES (?, ?) ON CONFLICT (account_id) DO UPDATE SET sealed = excluded.sealed', accountId, sealed);
}

export const cursor = (db: ReadDb, accountId: string, name: string): string | null =>
  db.get<{ value: string }>('SELECT value FROM cursor WHERE account_id = ? AND name = ?', accountId, name)?.value ?? null;
export const cursorsOf = (db: ReadDb, accountId: string): Record<string, string> =>
  Object.fromEntries(db.all<{ name: string; value: string }>('SELECT name, value FROM cursor WHERE account_id = ?', accountId).map(({ name, value }) => [name, value]));
/** The largest mail an account's server takes, as it said itself; null when nobody knows. */
export const mailLimitOf = (db: ReadDb, accountId: string): number | null => Number(cursor(db, accountId, 'smtp-size') ?? 0) || null;
export function putCursor(db: WriteDb, accountId: string, name: string, value: string): void {
  db.run('INSERT INTO cursor (account_id, name, value) VALUES (?, ?, ?) ON CONFLICT (account_id, name) DO UPDATE SET value = excluded.value', accountId, name, value);
}
