import type { Customer, Identity, IdentityBasis, IdentityKind } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';

interface CustomerRow { id: string; name: string; is_vip: number; vip_note: string | null; note: string | null; language: string | null; is_named: number }
interface IdentityRow { id: string; customer_id: string; kind: IdentityKind; value: string; display: string; basis: IdentityBasis; linked_by: string; linked_at: number }

export interface NewIdentity { id: string; customerId: string; kind: IdentityKind; value: string; display: string; basis: IdentityBasis; linkedBy: string; linkedAt: number }

export function insertCustomer(db: WriteDb, c: { id: string; name: string; isNamed: boolean; createdAt: number }): void {
  db.run('INSERT INTO customer (id, name, is_named, created_at) VALUES (?, ?, ?, ?)', c.id, c.name, Number(c.isNamed), c.createdAt);
}

export function insertIdentity(db: WriteDb, i: NewIdentity): void {
  db.run('INSERT INTO identity (id, customer_id, kind, value, display, basis, linked_by, linked_at) VALUES (?,?,?,?,?,?,?,?)', i.id, i.customerId, i.kind, i.value, i.display, i.basis, i.linkedBy, i.linkedAt);
}

export const identityByValue = (db: ReadDb, kind: IdentityKind, value: string): { id: string; customerId: string; display: string } | undefined =>
  db.get('SELECT id, customer_id AS customerId, display FROM identity WHERE kind = ? AND value = ?', kind, value);

export const identitiesOf = (db: ReadDb, customerId: string): Identity[] =>
  db.all<IdentityRow>('SELECT id, customer_id, kind, value, display, basis, linked_by, linked_at FROM identity WHERE customer_id = ? ORDER BY linked_at, id', customerId)
    .map((row) => ({ id: row.id, kind: row.kind, value: row.value, display: row.display, basis: row.basis, linkedBy: row.linked_by, linkedAt: row.linked_at }));

export const customerRow = (db: ReadDb, id: string): CustomerRow | undefined =>
  db.get<CustomerRow>('SELECT id, name, is_vip, vip_note, note, language, is_named FROM customer WHERE id = ?', id);

/** A name somebody gave stays; one taken from a handle or an address gives way to a better one. */
export function improveName(db: WriteDb, id: string, name: string): boolean {
  return db.run('UPDATE customer SET name = ?, is_named = 1 WHERE id = ? AND is_named = 0', name, id).changes > 0;
}

export function updateDisplay(db: WriteDb, identityId: string, display: string): void {
  db.run('UPDATE identity SET display = ? WHERE id = ?', display, identityId);
}

export function updateCustomer(db: WriteDb, id: string, patch: { name?: string; isVip?: boolean; vipNote?: string | null; note?: string | null; language?: string | null; tags?: readonly string[] }): void {
  if (patch.name !== undefined) db.run('UPDATE customer SET name = ?, is_named = 1 WHERE id = ?', patch.name, id);
  if (patch.isVip !== undefined) db.run('UPDATE customer SET is_vip = ? WHERE id = ?', Number(patch.isVip), id);
  if (patch.vipNote !== undefined) db.run('UPDATE customer SET vip_note = ? WHERE id = ?', patch.vipNote, id);
  if (patch.note !== undefined) db.run('UPDATE customer SET note = ? WHERE id = ?', patch.note, id);
  if (patch.language !== undefined) db.run('UPDATE customer SET language = ? WHERE id = ?', patch.language, id);
  if (patch.tags !== undefined) {
    db.run('DELETE FROM customer_tag WHERE customer_id = ?', id);
    for (const tag of new Set(patch.tags)) db.run('INSERT INTO customer_tag (customer_id, tag) VALUES (?, ?)', id, tag);
  }
}

export function customerView(db: ReadDb, id: string): Customer | undefined {
  const row = customerRow(db, id);
  if (!row) return undefined;
  const counts = { post: 0, dm: 0, mail: 0, call: 0, note: 0 };
  let firstAt: number | null = null;
  let lastAt: number | null = null;
  for (const group of db.all<{ kind: string; n: number; first_at: number; last_at: number }>(
    `SELECT m.kind, count(*) AS n, min(m.at) AS first_at, max(m.at) AS last_at FROM message m JOIN conversation c ON c.id = m.conversation_id
     WHERE c.customer_id = ? AND m.kind <> 'system' GROUP BY m.kind`, id,
  )) {
    if (group.kind in counts) counts[group.kind as keyof typeof counts] = group.n;
    firstAt = Math.min(firstAt ?? group.first_at, group.first_at);
    lastAt = Math.max(lastAt ?? group.last_at, group.last_at);
  }
  return {
    id, name: row.name, isVip: row.is_vip === 1, vipNote: row.vip_note, note: row.note, language: row.language,
    tags: db.all<{ tag: string }>('SELECT tag FROM customer_tag WHERE customer_id = ? ORDER BY tag', id).map((t) => t.tag),
    identities: identitiesOf(db, id), counts, firstAt, lastAt,
    lastBy: db.all<Customer['lastBy'][number]>(
      `SELECT kind, at, direction FROM (SELECT m.kind, m.at, m.direction, row_number() OVER (PARTITION BY m.kind ORDER BY m.id DESC) AS nth
       FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE c.customer_id = ? AND m.kind <> 'system') WHERE nth = 1 ORDER BY at DESC`, id,
    ),
    followUps: db.all<Customer['followUps'][number]>(
      'SELECT id AS conversationId, snoozed_until AS at, follow_up_note AS note FROM conversation WHERE customer_id = ? AND snoozed_until IS NOT NULL ORDER BY snoozed_until', id,
    ),
  };
}

/** Customers with an identity or name that starts with (or, for numbers, ends in) what was typed. */
export const findCustomers = (db: ReadDb, patterns: { prefix: string; digits: string | null }, limit: number): { id: string; name: string; is_vip: number; match: string; conversation_id: string | null }[] =>
  db.all(
    `SELECT c.id, c.name, c.is_vip, found.match, (SELECT v.id FROM conversation v WHERE v.customer_id = c.id LIMIT 1) AS conversation_id FROM (
       SELECT customer_id, min(match) AS match FROM (
         SELECT customer_id, display AS match FROM identity WHERE display LIKE ?1 || '%' ESCAPE '\\' OR display LIKE '@' || ?1 || '%' ESCAPE '\\'
         UNION ALL SELECT customer_id, display FROM identity WHERE ?2 IS NOT NULL AND kind = 'phone' AND value LIKE '%' || ?2 || '%'
         UNION ALL SELECT id, name FROM customer WHERE name LIKE ?1 || '%' ESCAPE '\\' OR name LIKE '% ' || ?1 || '%' ESCAPE '\\'
       ) GROUP BY customer_id LIMIT 500
     ) found JOIN customer c ON c.id = found.customer_id ORDER BY c.is_vip DESC, c.name LIMIT ?3`,
    patterns.prefix, patterns.digits, limit,
  );

/** Seconds an answer to this customer may take to read; null = the channel's own limit. */
export const readLimitOf = (db: ReadDb, customerId: string): number | null =>
  db.get<{ read_seconds: number }>('SELECT read_seconds FROM customer_limit WHERE customer_id = ?', customerId)?.read_seconds ?? null;
export function putReadLimit(db: WriteDb, customerId: string, seconds: number | null): void {
  if (seconds === null) db.run('DELETE FROM customer_limit WHERE customer_id = ?', customerId);
  else db.run('INSERT INTO customer_limit (customer_id, read_seconds) VALUES (?, ?) ON CONFLICT (customer_id) DO UPDATE SET read_seconds = excluded.read_seconds', customerId, seconds);
}
