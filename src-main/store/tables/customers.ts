import type { Identity, IdentityBasis, IdentityKind } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { indexDays } from './profile.ts';

export interface CustomerRow { id: string; name: string; is_vip: number; vip_note: string | null; note: string | null; language: string | null; is_named: number; profile: string | null; own: string | null; merged_into: string | null }
interface IdentityRow { id: string; customer_id: string; kind: IdentityKind; value: string; display: string; basis: IdentityBasis; linked_by: string; linked_at: number }

export interface NewIdentity { id: string; customerId: string; homeCustomerId?: string | null; kind: IdentityKind; value: string; display: string; basis: IdentityBasis; linkedBy: string; linkedAt: number }

export function insertCustomer(db: WriteDb, c: { id: string; name: string; isNamed: boolean; createdAt: number }): void {
  db.run('INSERT INTO customer (id, name, is_named, created_at) VALUES (?, ?, ?, ?)', c.id, c.name, Number(c.isNamed), c.createdAt);
  indexName(db, c.id, '', c.name);
}

const wordsOf = (name: string): string[] => [...new Set(name.split(/\s+/).filter((w) => w !== ''))];

/** Words by which a customer is found. The words of the name before are taken off one by one: looking for a customer's words would read all of them. */
function indexName(db: WriteDb, id: string, before: string, name: string): void {
  for (const word of wordsOf(before)) db.run('DELETE FROM customer_word WHERE word = ? AND customer_id = ?', word, id);
  for (const word of wordsOf(name)) db.run('INSERT OR IGNORE INTO customer_word (word, customer_id) VALUES (?, ?)', word, id);
}

const reversed = (value: string): string => [...value.replace(/\D/g, '')].reverse().join('');

export function insertIdentity(db: WriteDb, i: NewIdentity): void {
  db.run('INSERT INTO identity (id, customer_id, kind, value, display, basis, linked_by, linked_at, home_customer_id) VALUES (?,?,?,?,?,?,?,?,?)', i.id, i.customerId, i.kind, i.value, i.display, i.basis, i.linkedBy, i.linkedAt, i.homeCustomerId ?? null);
  if (i.kind === 'phone') db.run('INSERT INTO identity_tail (tail, identity_id) VALUES (?, ?)', reversed(i.value), i.id);
}

export interface KnownIdentity {
  id: string; customerId: string; homeCustomerId: string; display: string;
  /** 1: its customer is shown with nobody and has a name somebody gave, which no message changes. */
  isNamed: number;
}
export const identityByValue = (db: ReadDb, kind: IdentityKind, value: string): KnownIdentity | undefined =>
  db.get(
    `SELECT id, customer_id AS customerId, coalesce(home_customer_id, customer_id) AS homeCustomerId, display,
     (SELECT c.own IS NULL AND c.is_named = 1 FROM customer c WHERE c.id = coalesce(home_customer_id, customer_id)) AS isNamed FROM identity WHERE kind = ? AND value = ?`, kind, value,
  );

export const identityByHandle = (db: ReadDb, handle: string): Omit<KnownIdentity, 'isNamed'> | undefined =>
  db.get(`SELECT id, customer_id AS customerId, coalesce(home_customer_id, customer_id) AS homeCustomerId, display FROM identity WHERE display COLLATE NOCASE = ? AND kind = 'x'`, handle);

/** Whose whole address, number or handle this is. */
export const identityTyped = (db: ReadDb, text: string, number: string | null): string | undefined =>
  db.get<{ id: string }>('SELECT customer_id AS id FROM identity WHERE value COLLATE NOCASE = ? OR display COLLATE NOCASE = ? OR value COLLATE NOCASE = ? LIMIT 1', text, text, number ?? text)?.id;

export const identityById = (db: ReadDb, id: string): { id: string; customerId: string; homeCustomerId: string; kind: IdentityKind; value: string; display: string } | undefined =>
  db.get('SELECT id, customer_id AS customerId, coalesce(home_customer_id, customer_id) AS homeCustomerId, kind, value, display FROM identity WHERE id = ?', id);

export function setIdentityValue(db: WriteDb, id: string, value: string, display: string): void {
  db.run('UPDATE identity SET value = ?, display = ? WHERE id = ?', value, display, id);
}
export function removeIdentity(db: WriteDb, id: string): void {
  db.run('DELETE FROM identity WHERE id = ?', id);
}
/** Hands an identity and every message of it, and what was sent to it, to another customer for good. */
export function splitIdentity(db: WriteDb, i: { id: string; display: string; value: string }, from: string, to: { customerId: string; conversationId: string }): number {
  db.run(`UPDATE identity SET customer_id = ?, basis = 'contact' WHERE id = ?`, to.customerId, i.id);
  const moved = db.run(
    `UPDATE message SET conversation_id = ? WHERE conversation_id = ? AND home_conversation_id IS NULL
     AND (identity_id = ? OR (identity_id IS NULL AND direction = 'outbound' AND address COLLATE NOCASE IN (?, ?)))`, to.conversationId, from, i.id, i.display, i.value,
  ).changes;
  for (const table of ['outbox', 'promise']) db.run(`UPDATE ${table} SET conversation_id = ? WHERE conversation_id = ? AND message_id IN (SELECT id FROM message WHERE conversation_id = ?)`, to.conversationId, from, to.conversationId);
  return moved;
}
export const hasMessages = (db: ReadDb, identityId: string): boolean => db.get('SELECT 1 FROM message WHERE identity_id = ? LIMIT 1', identityId) !== undefined;
/** Addresses that are the same but for what follows a plus sign. */
export const plusTwins = (db: ReadDb, local: string, domain: string): { customerId: string; value: string; display: string }[] =>
  db.all<{ customerId: string; value: string; display: string }>(
    `SELECT customer_id AS customerId, value, display FROM identity WHERE kind = 'email' AND (value = ? OR (value COLLATE NOCASE >= ? AND value COLLATE NOCASE < ?)) LIMIT 20`, `${local}@${domain}`, `${local}+`, `${local}+\u{10FFFF}`,
  ).filter((row) => row.value.endsWith(`@${domain}`));

export const identitiesOf = (db: ReadDb, customerId: string): Identity[] =>
  db.all<IdentityRow>('SELECT id, customer_id, kind, value, display, basis, linked_by, linked_at FROM identity WHERE customer_id = ? ORDER BY linked_at, id', customerId)
    .map((row) => ({ id: row.id, kind: row.kind, value: row.value, display: row.display, basis: row.basis, linkedBy: row.linked_by, linkedAt: row.linked_at }));

export const customerRow = (db: ReadDb, id: string): CustomerRow | undefined =>
  db.get<CustomerRow>('SELECT id, name, is_vip, vip_note, note, language, is_named, profile, own, merged_into FROM customer WHERE id = ?', id);

export const tagsOf = (db: ReadDb, id: string): string[] => db.all<{ tag: string }>('SELECT tag FROM customer_tag WHERE customer_id = ? ORDER BY tag', id).map((t) => t.tag);

export function updateDisplay(db: WriteDb, identityId: string, display: string): void {
  db.run('UPDATE identity SET display = ? WHERE id = ?', display, identityId);
}

export interface CustomerPatch { name?: string; isVip?: boolean; vipNote?: string | null; note?: string | null; language?: string | null; profile?: string | null; tags?: readonly string[] }

/** Writes the columns as they are shown; whoever takes part in a merge is written through `customers.changeCustomer`, which knows what is own. */
export function writeCustomer(db: WriteDb, id: string, patch: CustomerPatch & { isNamed?: boolean }): void {
  if (patch.name !== undefined) {
    const before = customerRow(db, id)?.name ?? '';
    db.run('UPDATE customer SET name = ?, is_named = ? WHERE id = ?', patch.name, Number(patch.isNamed ?? true), id);
    indexName(db, id, before, patch.name);
  }
  if (patch.isVip !== undefined) db.run('UPDATE customer SET is_vip = ? WHERE id = ?', Number(patch.isVip), id);
  if (patch.vipNote !== undefined) db.run('UPDATE customer SET vip_note = ? WHERE id = ?', patch.vipNote, id);
  if (patch.note !== undefined) db.run('UPDATE customer SET note = ? WHERE id = ?', patch.note, id);
  if (patch.language !== undefined) db.run('UPDATE customer SET language = ? WHERE id = ?', patch.language, id);
  if (patch.profile !== undefined) {
    db.run('UPDATE customer SET profile = ? WHERE id = ?', patch.profile, id);
    indexDays(db, id, patch.profile);
  }
  if (patch.tags !== undefined) {
    db.run('DELETE FROM customer_tag WHERE customer_id = ?', id);
    for (const tag of new Set(patch.tags)) db.run('INSERT INTO customer_tag (customer_id, tag) VALUES (?, ?)', id, tag);
  }
}

/** Past every text that begins with `prefix`, in SQLite's order of bytes. */
const after = (prefix: string): string => `${prefix}\u{10FFFF}`;

export interface FindPatterns {
  /** As typed, without blanks around it. */
  text: string;
  /** What it is as a number: the whole number if it is one, and the digits it ends in. */
  number: { value: string; digits: string[] } | null;
}

/**
 * Customers with a number that is or ends in what was typed, or with a handle, an address or a word of their name that begins with it.
 * Every branch walks an index and takes at most `limit` rows, so that the answer does not get slower with the number of customers.
 */
export function findCustomers(db: ReadDb, find: FindPatterns, limit: number): { id: string; name: string; is_vip: number; match: string; conversation_id: string | null }[] {
  const found = new Map<string, string>();
  const take = (rows: readonly { id: string; match: string }[]): void => {
    for (const row of rows) if (!found.has(row.id)) found.set(row.id, row.match);
  };
  type Hit = { id: string; match: string };
  if (find.number !== null) {
    take(db.all<Hit>(`SELECT customer_id AS id, display AS match FROM identity WHERE kind = 'phone' AND value = ?`, find.number.value));
    for (const tail of found.size > 0 ? [] : find.number.digits.map(reversed).filter((digits) => digits.length >= 4)) {
      take(db.all<Hit>('SELECT i.customer_id AS id, i.display AS match FROM identity_tail t CROSS JOIN identity i ON i.id = t.identity_id WHERE t.tail >= ? AND t.tail < ? LIMIT ?', tail, after(tail), limit));
      take(db.all<Hit>(`SELECT customer_id AS id, display AS match FROM identity WHERE value COLLATE NOCASE >= ? AND value COLLATE NOCASE < ? AND +kind = 'phone' LIMIT ?`, find.number.value, after(find.number.value), limit));
    }
    // A whole number is that of its owner; whoever else has one that ends so is not meant.
    if (found.size > 0) return shown(db, [...found], limit);
  }
  for (const prefix of [find.text, ...(find.text.startsWith('@') ? [] : [`@${find.text}`])]) {
    take(db.all<Hit>('SELECT customer_id AS id, display AS match FROM identity WHERE display COLLATE NOCASE >= ? AND display COLLATE NOCASE < ? ORDER BY display COLLATE NOCASE LIMIT ?', prefix, after(prefix), limit));
  }
  take(db.all<Hit>('SELECT id, name AS match FROM customer WHERE name COLLATE NOCASE >= ? AND name COLLATE NOCASE < ? AND merged_into IS NULL ORDER BY name COLLATE NOCASE LIMIT ?', find.text, after(find.text), limit));
  if (!/\s/.test(find.text)) {
    take(db.all<Hit>('SELECT c.id, c.name AS match FROM customer_word w CROSS JOIN customer c ON c.id = w.customer_id WHERE w.word >= ? AND w.word < ? AND c.merged_into IS NULL ORDER BY w.word LIMIT ?', find.text, after(find.text), limit));
  }
  return shown(db, [...found], limit);
}

const shown = (db: ReadDb, found: readonly [id: string, match: string][], limit: number): { id: string; name: string; is_vip: number; match: string; conversation_id: string | null }[] =>
  found.slice(0, limit * 4).flatMap(([id, match]) => {
    const row = db.get<{ name: string; is_vip: number; conversation_id: string | null }>('SELECT name, is_vip, (SELECT v.id FROM conversation v WHERE v.customer_id = customer.id) AS conversation_id FROM customer WHERE id = ?', id);
    return row ? [{ id, name: row.name, is_vip: row.is_vip, match, conversation_id: row.conversation_id }] : [];
  }).sort((a, b) => b.is_vip - a.is_vip).slice(0, limit);

/** Seconds an answer to this customer may take to read; null = the channel's own limit. */
export const readLimitOf = (db: ReadDb, customerId: string): number | null =>
  db.get<{ read_seconds: number }>('SELECT read_seconds FROM customer_limit WHERE customer_id = ?', customerId)?.read_seconds ?? null;
export function putReadLimit(db: WriteDb, customerId: string, seconds: number | null): void {
  if (seconds === null) db.run('DELETE FROM customer_limit WHERE customer_id = ?', customerId);
  else db.run('INSERT INTO customer_limit (customer_id, read_seconds) VALUES (?, ?) ON CONFLICT (customer_id) DO UPDATE SET read_seconds = excluded.read_seconds', customerId, seconds);
}
