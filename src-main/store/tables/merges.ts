import { ParleyError } from '../../kernel/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { LINES } from './messages.ts';
import { customerRow, tagsOf, writeCustomer, type CustomerPatch } from './customers.ts';
import { combineParts, withPart } from './profile.ts';

/** What a customer is without anybody merged into it. */
export interface OwnFields { name: string; isNamed: boolean; isVip: boolean; vipNote: string | null; note: string | null; language: string | null; profile: string | null; tags: string[] }

/** What of the merged side an agent has taken off the survivor since: it stays off as long as they are merged. */
export interface Hidden { tags: string[]; fields: string[] }

/** Where a conversation stands, as it is written. */
export interface SideState { state: 'open' | 'snoozed' | 'done'; stateBy: string | null; owner: string | null; claimUntil: number | null; snoozedUntil: number | null; followUpNote: string | null; readUpTo: number }
export interface MergeStates { drafts: MergedDraft[] }
export interface MergedDraft { mode: string; survivor: DraftRow | null; merged: DraftRow; result: DraftRow }
export interface DraftRow { text: string; subject: string | null; recipients: string | null; attachments: string; updated_at: number }

export interface Merge { id: string; survivorId: string; mergedId: string; reason: string; mergedBy: string; at: number; lineId: number; states: MergeStates; hidden: Hidden; undoneAt: number | null }
interface Row { id: string; survivor_id: string; merged_id: string; reason: string; merged_by: string; at: number; line_id: number; states: string; hidden: string; undone_at: number | null }
const COLUMNS = 'id, survivor_id, merged_id, reason, merged_by, at, line_id, states, hidden, undone_at';
const toMerge = (r: Row): Merge => ({
  id: r.id, survivorId: r.survivor_id, mergedId: r.merged_id, reason: r.reason, mergedBy: r.merged_by, at: r.at, lineId: r.line_id,
  states: JSON.parse(r.states) as MergeStates, hidden: JSON.parse(r.hidden) as Hidden, undoneAt: r.undone_at,
});

export function insertMerge(db: WriteDb, m: Omit<Merge, 'hidden' | 'undoneAt'>): void {
  db.run(
    `INSERT INTO customer_merge (id, survivor_id, merged_id, reason, merged_by, at, line_id, states, hidden) VALUES (?,?,?,?,?,?,?,?,'{"tags":[],"fields":[]}')`,
    m.id, m.survivorId, m.mergedId, m.reason, m.mergedBy, m.at, m.lineId, JSON.stringify(m.states),
  );
}
export const mergeById = (db: ReadDb, id: string): Merge | undefined => {
  const row = db.get<Row>(`SELECT ${COLUMNS} FROM customer_merge WHERE id = ?`, id);
  return row && toMerge(row);
};
/** Who is merged into this customer right now, in the order it happened. */
const INTO = `SELECT ${COLUMNS} FROM customer_merge WHERE survivor_id = ? AND undone_at IS NULL`;
export const mergesInto = (db: ReadDb, survivorId: string): Merge[] =>
  // Sorted here: asked for every mail that comes in, and SQLite makes a sorter even for no rows.
  db.all<Row>(INTO, survivorId).map(toMerge).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
export function endMerge(db: WriteDb, id: string, at: number, by: string): void {
  db.run('UPDATE customer_merge SET undone_at = ?, undone_by = ? WHERE id = ?', at, by, id);
}
export function setMergedInto(db: WriteDb, id: string, into: string | null): void {
  db.run('UPDATE customer SET merged_into = ? WHERE id = ?', into, id);
}

/** The customer somebody is shown as: itself, or whom it was merged into. */
export function rootOf(db: ReadDb, id: string): string {
  for (let at = id, steps = 0; steps < 1_000; steps += 1) {
    const into = customerRow(db, at)?.merged_into ?? null;
    if (into === null) return at;
    at = into;
  }
  throw new Error('merges go round in a circle');
}

/** A customer and everybody merged into it, however deep. */
export const familyOf = (db: ReadDb, id: string): string[] => [id, ...mergesInto(db, id).flatMap((m) => familyOf(db, m.mergedId))];

export function ownFields(db: ReadDb, id: string): OwnFields {
  const row = customerRow(db, id);
  if (!row) throw new ParleyError('not_found', 'This customer is not here any more.');
  if (row.own !== null) return JSON.parse(row.own) as OwnFields;
  return { name: row.name, isNamed: row.is_named === 1, isVip: row.is_vip === 1, vipNote: row.vip_note, note: row.note, language: row.language, profile: row.profile, tags: tagsOf(db, id) };
}

/** Two customers as one. A name somebody gave beats one taken from an address; notes stand under each other; VIP wins. */
export function combineFields(own: OwnFields, other: OwnFields, hidden: Hidden): OwnFields {
  const isShown = (field: string): boolean => !hidden.fields.includes(field);
  const takesName = !own.isNamed && other.isNamed && isShown('name');
  return {
    name: takesName ? other.name : own.name, isNamed: own.isNamed || takesName,
    isVip: own.isVip || (other.isVip && isShown('isVip')),
    vipNote: own.vipNote ?? (isShown('vipNote') ? other.vipNote : null),
    note: !isShown('note') || other.note === null || other.note === own.note ? own.note : own.note === null ? other.note : `${own.note}\n\n${other.note}`,
    language: own.language ?? (isShown('language') ? other.language : null),
    profile: combineParts(own.profile, other.profile, (key) => isShown(`profile.${key}`)),
    tags: [...new Set([...own.tags, ...other.tags.filter((tag) => !hidden.tags.includes(tag))])].sort(),
  };
}

export const shownFields = (db: ReadDb, id: string): OwnFields =>
  mergesInto(db, id).reduce((fields, merge) => combineFields(fields, shownFields(db, merge.mergedId), merge.hidden), ownFields(db, id));

/** Writes what is shown of a customer from what is own and what is merged in; nobody merged in any more: both are the same again. */
export function showFields(db: WriteDb, id: string): void {
  const fields = shownFields(db, id);
  writeCustomer(db, id, fields);
  if (mergesInto(db, id).length === 0 && customerRow(db, id)?.merged_into === null) db.run('UPDATE customer SET own = NULL WHERE id = ?', id);
}

export function keepOwn(db: WriteDb, id: string, fields: OwnFields = ownFields(db, id)): void {
  db.run('UPDATE customer SET own = ? WHERE id = ?', JSON.stringify(fields), id);
}

/** A name somebody gave stays; one taken from a handle or an address gives way to a better one. `homeId` is whose name it is, `id` as whom they are shown. */
export function improveName(db: WriteDb, homeId: string, id: string, name: string): boolean {
  const row = customerRow(db, homeId);
  // Asked for every mail that comes in: most often the name is there.
  if (row?.own === null && row.is_named === 1) return false;
  const own = ownFields(db, homeId);
  if (own.isNamed) return false;
  if (row?.own === null) {
    writeCustomer(db, homeId, { name, isNamed: true });
    return true;
  }
  keepOwn(db, homeId, { ...own, name, isNamed: true });
  if (id !== homeId) showFields(db, homeId);
  showFields(db, id);
  return true;
}

/** Changes what is known about a customer. While others are merged in, the change is the survivor's own, and what it took off stays off. */
export function updateCustomer(db: WriteDb, id: string, patch: CustomerPatch): void {
  const row = customerRow(db, id);
  if (!row || row.own === null) return writeCustomer(db, id, patch);
  const own = ownFields(db, id);
  const shown = shownFields(db, id);
  const { tags, ...fields } = patch;
  const added = tags?.filter((tag) => !shown.tags.includes(tag)) ?? [];
  const removed = tags === undefined ? [] : shown.tags.filter((tag) => !tags.includes(tag));
  keepOwn(db, id, {
    ...own, ...fields, isNamed: own.isNamed || patch.name !== undefined,
    tags: [...new Set([...own.tags.filter((tag) => !removed.includes(tag)), ...added])].sort(),
  });
  for (const merge of mergesInto(db, id)) {
    const hidden: Hidden = {
      tags: [...new Set([...merge.hidden.tags, ...removed])],
      fields: [...new Set([...merge.hidden.fields, ...Object.keys(fields).filter((name) => fields[name as keyof typeof fields] !== undefined)])],
    };
    db.run('UPDATE customer_merge SET hidden = ? WHERE id = ?', JSON.stringify(hidden), merge.id);
  }
  showFields(db, id);
}

/** Changes what is known about somebody who may be shown as somebody else: it stays theirs, and is shown with the one they are shown as. */
export function updateAtHome(db: WriteDb, homeId: string, patch: CustomerPatch): void {
  if (customerRow(db, homeId)?.own === null) return writeCustomer(db, homeId, patch);
  const own = ownFields(db, homeId);
  keepOwn(db, homeId, { ...own, ...patch, isNamed: own.isNamed || patch.name !== undefined, tags: [...new Set(patch.tags ?? own.tags)].sort() });
  showUp(db, homeId);
}
export function tagAtHome(db: WriteDb, homeId: string, change: { add?: readonly string[]; remove?: readonly string[] }): void {
  const { tags, ...own } = ownFields(db, homeId);
  const changed = [...new Set([...tags, ...(change.add ?? [])])].filter((tag) => change.remove?.includes(tag) !== true).sort();
  if (customerRow(db, homeId)?.own === null) return writeCustomer(db, homeId, { tags: changed });
  keepOwn(db, homeId, { ...own, tags: changed });
  showUp(db, homeId);
}
/** Shows what is known about somebody anew, and with everybody they are shown as. */
function showUp(db: WriteDb, homeId: string): void {
  for (let id: string | null = homeId; id !== null; id = customerRow(db, id)?.merged_into ?? null) showFields(db, id);
}

/** Changes one part of a customer's profile. While others are merged in, the change is the survivor's own, and what it took off stays off. */
export function updateProfile(db: WriteDb, id: string, key: string, value: unknown): void {
  const row = customerRow(db, id);
  if (!row || row.own === null) return writeCustomer(db, id, { profile: withPart(row?.profile ?? null, key, value) });
  const own = ownFields(db, id);
  keepOwn(db, id, { ...own, profile: withPart(own.profile, key, value) });
  for (const merge of mergesInto(db, id)) {
    const hidden: Hidden = { ...merge.hidden, fields: [...new Set([...merge.hidden.fields, `profile.${key}`])] };
    db.run('UPDATE customer_merge SET hidden = ? WHERE id = ?', JSON.stringify(hidden), merge.id);
  }
  showFields(db, id);
}

export const denials = (db: ReadDb, customerId: string): { kind: string; value: string }[] => db.all('SELECT kind, value FROM identity_denial WHERE customer_id = ?', customerId);
export function insertDenial(db: WriteDb, customerId: string, kind: string, value: string, by: string, at: number): void {
  db.run('INSERT OR REPLACE INTO identity_denial (customer_id, kind, value, denied_by, at) VALUES (?,?,?,?,?)', customerId, kind, value, by, at);
}

export const identityHomes = (db: ReadDb, customerId: string): { id: string; kind: string; value: string; display: string; homeCustomerId: string }[] =>
  db.all('SELECT id, kind, value, display, coalesce(home_customer_id, customer_id) AS homeCustomerId FROM identity WHERE customer_id = ?', customerId);

// What moves with a merge and back. Promises and sends hang on a message and follow it.

/** What tells whose a message is. */
export interface Loose { id: number; identity_id: string | null; direction: string; kind: string; address: string | null; home_conversation_id: string | null }
const LOOSE = 'id, identity_id, direction, kind, address, home_conversation_id';
/** Messages that came to a conversation on their own account: no merge has brought them. */
export const atHome = (db: ReadDb, conversationId: string): Loose[] =>
  db.all(`SELECT ${LOOSE} FROM message WHERE conversation_id = ? AND home_conversation_id IS NULL ORDER BY id`, conversationId);
/** The newest ones of a conversation. */
export const newestLoose = (db: ReadDb, conversationId: string, limit: number): Loose[] => db.all(`SELECT ${LOOSE} FROM message WHERE conversation_id = ? ORDER BY id DESC LIMIT ?`, conversationId, limit);
export const looseById = (db: ReadDb, id: number): Loose | undefined => db.get(`SELECT ${LOOSE} FROM message WHERE id = ?`, id);
export function setHome(db: WriteDb, messageId: number, conversationId: string): void {
  db.run('UPDATE message SET home_conversation_id = ? WHERE id = ?', conversationId, messageId);
}
export function moveAll(db: WriteDb, from: string, to: string): void {
  db.run('UPDATE message SET home_conversation_id = coalesce(home_conversation_id, conversation_id), conversation_id = ? WHERE conversation_id = ?', to, from);
  db.run('UPDATE follow_up SET home_conversation_id = coalesce(home_conversation_id, conversation_id), conversation_id = ? WHERE conversation_id = ?', to, from);
  followMessages(db, from);
}
/** Messages at home in one of `homes` go from `from` to `to`; those at home there forget that they were away. */
export function moveHome(db: WriteDb, from: string, to: string, homes: readonly string[]): void {
  for (const table of ['message', 'follow_up']) {
    for (const home of homes) db.run(`UPDATE ${table} SET conversation_id = ?, home_conversation_id = nullif(home_conversation_id, ?) WHERE home_conversation_id = ? AND conversation_id = ?`, to, to, home, from);
  }
  followMessages(db, from);
}
function followMessages(db: WriteDb, from: string): void {
  for (const table of ['outbox', 'promise', 'rule_log']) {
    db.run(`UPDATE ${table} SET conversation_id = (SELECT m.conversation_id FROM message m WHERE m.id = ${table}.message_id) WHERE conversation_id = ? AND message_id IN (SELECT id FROM message WHERE conversation_id <> ?)`, from, from);
  }
}
export function moveIdentities(db: WriteDb, from: string, to: string): void {
  db.run('UPDATE identity SET home_customer_id = coalesce(home_customer_id, customer_id), customer_id = ? WHERE customer_id = ?', to, from);
}
export function moveIdentitiesHome(db: WriteDb, from: string, to: string, homes: readonly string[]): void {
  for (const home of homes) db.run('UPDATE identity SET customer_id = ?, home_customer_id = nullif(home_customer_id, ?) WHERE home_customer_id = ? AND customer_id = ?', to, to, home, from);
}
/** `mode` with the initials of who writes it, so that two agents' drafts never become one. */
export const draftRows = (db: ReadDb, conversationId: string): (DraftRow & { mode: string })[] =>
  db.all(`SELECT CASE agent WHEN '' THEN mode ELSE mode || '/' || agent END AS mode, text, subject, recipients, attachments, updated_at FROM draft WHERE conversation_id = ? ORDER BY 1`, conversationId);
export function putDraftRow(db: WriteDb, conversationId: string, mode: string, row: DraftRow | null): void {
  const [bare = '', agent = ''] = mode.split('/');
  db.run('DELETE FROM draft WHERE conversation_id = ? AND mode = ? AND agent = ?', conversationId, bare, agent);
  if (row !== null) db.run('INSERT INTO draft (conversation_id, mode, agent, text, subject, recipients, attachments, updated_at) VALUES (?,?,?,?,?,?,?,?)', conversationId, bare, agent, row.text, row.subject, row.recipients, row.attachments, row.updated_at);
}

export function setSide(db: WriteDb, conversationId: string, s: SideState): void {
  db.run('UPDATE conversation SET state=?, state_by=?, owner=?, claim_until=?, snoozed_until=?, follow_up_note=?, read_up_to=? WHERE id = ?', s.state, s.stateBy, s.owner, s.claimUntil, s.snoozedUntil, s.followUpNote, s.readUpTo, conversationId);
}
export function putAside(db: WriteDb, conversationId: string): void {
  db.run(`UPDATE conversation SET state = 'merged', snoozed_until = NULL, unread = 0, last_message_id = 0, last_inbound_id = 0, waiting_since = NULL, due_at = NULL, is_overdue = 0, is_vip = 0 WHERE id = ?`, conversationId);
}
/** The newest thing an agent (or the alarm) decided about a conversation's state, as its timeline says; merges aside. */
export const lastDecision = (db: ReadDb, conversationId: string): { code: string; at: number } | undefined =>
  db.get(
    `SELECT json_extract(detail, '$.code') AS code, arrived_at AS at FROM message WHERE conversation_id = ? AND ${LINES} AND home_conversation_id IS NULL
     AND json_extract(detail, '$.code') IN ('done', 'reopened', 'snoozed', 'woken') ORDER BY id DESC LIMIT 1`, conversationId,
  );
