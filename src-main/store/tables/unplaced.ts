import type { Doubt, UnplacedRow } from '../../../src-preload/contract/index.ts';
import type { MessageEvent } from '../../channels/port.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { attachmentsById } from './attachments.ts';
import { conversationCore } from './conversations.ts';
import { customerRow, identityByValue } from './customers.ts';
import { messageByExternal } from './messages.ts';
import { rootOf } from './merges.ts';

/** A mail in the tray. Its event is whole, so that it can be placed as if it came now. */
export interface Unplaced {
  id: string; accountId: string; externalId: string; at: number; reason: Doubt; state: 'open' | 'dismissed' | 'placed'; event: Omit<MessageEvent, 'files'>; attachmentIds: string[];
  messageId: number | null; madeCustomerId: string | null;
  /** The conversation it was placed in was done before. */
  wasDone: boolean;
}
interface Row { id: string; account_id: string; external_id: string; at: number; reason: Doubt; state: Unplaced['state']; event: string; attachments: string; message_id: number | null; made_customer_id: string | null; was_done: number }
const COLUMNS = 'id, account_id, external_id, at, reason, state, event, attachments, message_id, made_customer_id, was_done';
const toUnplaced = (r: Row): Unplaced => ({
  id: r.id, accountId: r.account_id, externalId: r.external_id, at: r.at, reason: r.reason, state: r.state, event: JSON.parse(r.event) as Unplaced['event'], attachmentIds: JSON.parse(r.attachments) as string[],
  messageId: r.message_id, madeCustomerId: r.made_customer_id, wasDone: r.was_done === 1,
});

/** Senders that are people, or could be: once one of them is a customer, their mails go there. */
const PERSONAL: readonly Doubt[] = ['list', 'automatic', 'token', 'daemon'];
export const mayBeKnown = (reason: Doubt): boolean => PERSONAL.includes(reason);
export const mayBeCustomer = (reason: Doubt): boolean => reason === 'list' || reason === 'automatic' || reason === 'token';

export function insertUnplaced(db: WriteDb, u: Omit<Unplaced, 'state' | 'messageId' | 'madeCustomerId' | 'wasDone'>, arrivedAt: number): void {
  db.run(
    `INSERT INTO unplaced (id, account_id, external_id, at, arrived_at, reason, state, party, event, attachments) VALUES (?,?,?,?,?,?,'open',?,?,?)`,
    u.id, u.accountId, u.externalId, u.at, arrivedAt, u.reason, u.event.party.value, JSON.stringify(u.event), JSON.stringify(u.attachmentIds),
  );
  if (u.reason !== 'report') return;
  for (const key of u.event.references.filter((reference) => reference.startsWith('<'))) db.run('INSERT OR IGNORE INTO unplaced_key (key, unplaced_id) VALUES (?, ?)', key, u.id);
}

export const unplacedById = (db: ReadDb, id: string): Unplaced | undefined => {
  const row = db.get<Row>(`SELECT ${COLUMNS} FROM unplaced WHERE id = ?`, id);
  return row && toUnplaced(row);
};
const BY_EXTERNAL = `SELECT ${COLUMNS} FROM unplaced WHERE account_id = ? AND external_id = ?`;
export const unplacedByExternal = (db: ReadDb, accountId: string, externalId: string): Unplaced | undefined => {
  const row = db.get<Row>(BY_EXTERNAL, accountId, externalId);
  return row && toUnplaced(row);
};

const IS_HERE = 'SELECT 1 FROM message WHERE account_id = ? AND external_id = ? UNION ALL SELECT 1 FROM unplaced WHERE account_id = ? AND external_id = ? LIMIT 1';
/** Whether something is here under an id: a message, or a mail in the tray. */
export const isHere = (db: ReadDb, accountId: string, externalId: string): boolean => db.get(IS_HERE, accountId, externalId, accountId, externalId) !== undefined;

/** Open ones whose place is known by now: their sender is a customer, or the mail they speak of is here. */
export function placeableNow(db: ReadDb): Unplaced[] {
  const known = db.all<Row>(`SELECT ${COLUMNS.split(', ').map((c) => `u.${c}`).join(', ')} FROM unplaced u JOIN identity i ON i.kind = 'email' AND i.value = u.party WHERE u.state = 'open' AND u.reason IN (${PERSONAL.map((r) => `'${r}'`).join(', ')})`);
  const spokenOf = db.all<Row>(
    `SELECT DISTINCT ${COLUMNS.split(', ').map((c) => `u.${c}`).join(', ')} FROM unplaced u JOIN unplaced_key k ON k.unplaced_id = u.id JOIN message m ON m.account_id = u.account_id AND m.external_id = k.key
     WHERE u.state = 'open' AND m.direction = 'outbound'`,
  );
  return [...known, ...spokenOf].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).map(toUnplaced);
}

/** What else of a sender waits who could be a person, oldest first. */
export const waitingOf = (db: ReadDb, party: string): Unplaced[] =>
  db.all<Row>(`SELECT ${COLUMNS} FROM unplaced WHERE state = 'open' AND party = ? AND reason IN (${PERSONAL.map((r) => `'${r}'`).join(', ')}) ORDER BY at, id`, party).map(toUnplaced);

/** What was placed because a customer was made. */
export const placedWith = (db: ReadDb, madeCustomerId: string): string[] =>
  db.all<{ id: string }>(`SELECT id FROM unplaced WHERE state = 'placed' AND made_customer_id = ?`, madeCustomerId).map((row) => row.id);

export function setUnplaced(db: WriteDb, id: string, to: Pick<Unplaced, 'state' | 'messageId' | 'madeCustomerId' | 'wasDone'>, by: { at: number; agent: string }): void {
  db.run('UPDATE unplaced SET state = ?, message_id = ?, made_customer_id = ?, was_done = ?, decided_at = ?, decided_by = ? WHERE id = ?', to.state, to.messageId, to.madeCustomerId, Number(to.wasDone), by.at, by.agent, id);
}
export function setWasDone(db: WriteDb, id: string, wasDone: boolean): void {
  db.run('UPDATE unplaced SET was_done = ? WHERE id = ?', Number(wasDone), id);
}
export function deleteUnplaced(db: WriteDb, id: string): void {
  db.run('DELETE FROM unplaced WHERE id = ?', id);
}

const EXCERPT = 20_000;

/** Whose a mail may be: the customer of the mail it refers to, or the one a report names. */
function candidateOf(db: ReadDb, u: Unplaced): UnplacedRow['candidate'] {
  const named = (customerId: string | undefined): UnplacedRow['candidate'] => {
    const shown = customerId === undefined ? undefined : rootOf(db, customerId);
    const row = shown === undefined ? undefined : customerRow(db, shown);
    return shown === undefined || row === undefined ? null : { customerId: shown, name: row.name };
  };
  for (const reference of u.event.references) {
    const message = messageByExternal(db, u.accountId, reference);
    const core = message && conversationCore(db, message.conversation_id);
    if (core) return named(core.customerId);
  }
  const failures = u.event.detail.type === 'mail' ? (u.event.detail.failures ?? []) : [];
  for (const { recipient } of failures) {
    const identity = recipient === null ? undefined : identityByValue(db, 'email', recipient);
    if (identity) return named(identity.customerId);
  }
  return null;
}

export function unplacedRows(db: ReadDb, state: 'open' | 'dismissed', limit: number): UnplacedRow[] {
  return db.all<Row>(`SELECT ${COLUMNS} FROM unplaced WHERE state = ? ORDER BY at DESC, id LIMIT ?`, state, limit).map(toUnplaced).map((u) => {
    const detail = u.event.detail.type === 'mail' ? u.event.detail : null;
    return {
      id: u.id, accountId: u.accountId, at: u.at, reason: u.reason, state, author: u.event.author, address: detail?.from ?? u.event.party.display, to: detail?.to ?? [], subject: u.event.subject,
      text: u.event.text.slice(0, EXCERPT).toWellFormed(), unreadable: detail?.unreadable ?? null, failures: detail?.failures ?? [], attachments: attachmentsById(db, u.attachmentIds), candidate: candidateOf(db, u),
      mayBeCustomer: mayBeCustomer(u.reason),
    };
  });
}

export const unplacedCount = (db: ReadDb): number => db.get<{ n: number }>(`SELECT count(*) AS n FROM unplaced WHERE state = 'open'`)?.n ?? 0;

/** Mails in conversations not done that could not be read. */
export const unreadableCount = (db: ReadDb): number =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.kind = 'mail' AND json_extract(m.detail, '$.unreadable') IS NOT NULL AND c.state IN ('open', 'snoozed')`)?.n ?? 0;

/** Mails of the tray that name one of these addresses, and those an agent placed in one of these conversations. */
export function unplacedOf(db: ReadDb, conversations: readonly string[], words: readonly string[]): { id: string; attachmentIds: string[] }[] {
  const found = new Map<string, string[]>();
  const add = (rows: { id: string; attachments: string }[]): void => { for (const row of rows) found.set(row.id, JSON.parse(row.attachments) as string[]); };
  for (const id of conversations) add(db.all('SELECT u.id, u.attachments FROM unplaced u JOIN message m ON m.id = u.message_id WHERE m.conversation_id = ?', id));
  for (const word of words) add(db.all('SELECT id, attachments FROM unplaced WHERE instr(lower(event), ?) > 0', JSON.stringify(word.toLowerCase()).slice(1, -1)));
  return [...found].map(([id, attachmentIds]) => ({ id, attachmentIds }));
}

/** Takes a customer away of whom nothing is left but the record itself; false when there is more. */
export function removeIfEmpty(db: WriteDb, customerId: string): string | null {
  const conversation = db.get<{ id: string }>('SELECT id FROM conversation WHERE customer_id = ?', customerId);
  if (!conversation || db.get('SELECT 1 FROM message WHERE conversation_id = ? OR home_conversation_id = ? LIMIT 1', conversation.id, conversation.id)) return null;
  if (db.get('SELECT 1 FROM draft WHERE conversation_id = ?', conversation.id) || db.get('SELECT 1 FROM customer_merge WHERE survivor_id = ? OR merged_id = ?', customerId, customerId)) return null;
  db.run('DELETE FROM conversation WHERE id = ?', conversation.id);
  db.run('DELETE FROM identity WHERE customer_id = ?', customerId);
  db.run('DELETE FROM customer_tag WHERE customer_id = ?', customerId);
  db.run('DELETE FROM customer WHERE id = ?', customerId);
  return conversation.id;
}
