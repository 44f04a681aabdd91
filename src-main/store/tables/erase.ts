import { marks, type ReadDb, type WriteDb } from '../db.ts';
import { familyOf } from './merges.ts';
import { messageById, removeMessage } from './messages.ts';
import { unplacedOf } from './unplaced.ts';

/** Everything that belongs to one person, by id, and the words by which they can be found anywhere else. */
export interface PersonScope {
  customers: string[]; conversations: string[]; identities: { id: string; kind: string; value: string; display: string }[]; messages: number[]; outbox: string[];
  attachments: { id: string; sha256: string }[];
  /** Mails of the tray that name them. */
  unplaced: string[];
  /** Ids, addresses, numbers, handles and names. */
  needles: string[];
}

/** A name this short is a part of too many other words. */
const SHORTEST_NAME = 4;

export function personScope(db: ReadDb, customerId: string): PersonScope {
  const customers = familyOf(db, customerId);
  const within = marks(customers.length);
  const conversations = db.all<{ id: string }>(`SELECT id FROM conversation WHERE customer_id IN (${within})`, ...customers).map((r) => r.id);
  const identities = db.all<PersonScope['identities'][number]>(`SELECT id, kind, value, display FROM identity WHERE customer_id IN (${within})`, ...customers);
  const inside = marks(conversations.length);
  const messages = db.all<{ id: number }>(`SELECT id FROM message WHERE conversation_id IN (${inside})`, ...conversations).map((r) => r.id);
  const outbox = db.all<{ id: string; request_id: string; draft: string }>(`SELECT id, request_id, draft FROM outbox WHERE conversation_id IN (${inside})`, ...conversations);
  const staged = [
    ...db.all<{ attachments: string }>(`SELECT attachments FROM draft WHERE conversation_id IN (${inside})`, ...conversations).flatMap((r) => JSON.parse(r.attachments) as string[]),
    ...outbox.flatMap((r) => (JSON.parse(r.draft) as { attachments: { id: string }[] }).attachments.map((a) => a.id)),
  ];
  const attachments = [
    ...db.all<PersonScope['attachments'][number]>(`SELECT a.id, a.sha256 FROM attachment a JOIN message m ON m.id = a.message_id WHERE m.conversation_id IN (${inside})`, ...conversations),
    ...staged.flatMap((id) => db.get<PersonScope['attachments'][number]>('SELECT id, sha256 FROM attachment WHERE id = ?', id) ?? []),
  ];
  const unplaced = unplacedOf(db, conversations, identities.filter((i) => i.kind === 'email').flatMap((i) => [i.value, i.display]));
  for (const id of unplaced.flatMap((u) => u.attachmentIds)) attachments.push(...db.all<PersonScope['attachments'][number]>('SELECT id, sha256 FROM attachment WHERE id = ?', id));
  const names = db.all<{ name: string; own: string | null }>(`SELECT name, own FROM customer WHERE id IN (${within})`, ...customers)
    .flatMap((r) => [r.name, ...(r.own === null ? [] : [(JSON.parse(r.own) as { name: string }).name])]).filter((name) => name.length >= SHORTEST_NAME);
  return {
    customers, conversations, identities, messages, outbox: outbox.map((o) => o.id), attachments, unplaced: unplaced.map((u) => u.id),
    needles: [...new Set([...customers, ...conversations, ...identities.flatMap((i) => [i.id, i.value, i.display]), ...outbox.flatMap((o) => [o.id, o.request_id]), ...names])],
  };
}

/** Deletes every row of a person, and every trace of them in logs and in rows of others that name their number or account. */
export function erasePerson(db: WriteDb, scope: PersonScope): void {
  const drop = (table: string, column: string, ids: readonly (string | number)[]): void => {
    for (const id of ids) db.run(`DELETE FROM ${table} WHERE ${column} = ?`, id);
  };
  drop('outbox', 'conversation_id', scope.conversations);
  drop('promise', 'conversation_id', scope.conversations);
  drop('draft', 'conversation_id', scope.conversations);
  drop('follow_up', 'conversation_id', scope.conversations);
  drop('notice', 'conversation_id', scope.conversations);
  drop('mail_gone', 'message_id', scope.messages);
  drop('incident_report', 'message_id', scope.messages);
  drop('incident_answer', 'message_id', scope.messages);
  drop('ledger', 'message_id', scope.messages);
  for (const id of scope.messages) {
    const row = messageById(db, id);
    if (row) removeMessage(db, row);
  }
  drop('unplaced', 'id', scope.unplaced);
  drop('attachment', 'id', scope.attachments.map((a) => a.id));
  drop('conversation', 'id', scope.conversations);
  drop('identity_denial', 'customer_id', scope.customers);
  drop('side_event', 'customer_id', scope.customers);
  drop('customer_merge', 'merged_id', scope.customers);
  drop('customer_merge', 'survivor_id', scope.customers);
  drop('identity', 'id', scope.identities.map((i) => i.id));
  drop('customer_day', 'customer_id', scope.customers);
  drop('customer_tag', 'customer_id', scope.customers);
  for (const id of scope.customers) db.run('UPDATE customer SET merged_into = NULL WHERE merged_into = ?', id);
  drop('customer', 'id', scope.customers);
  for (const { kind, value, display } of scope.identities) {
    db.run('DELETE FROM identity_denial WHERE kind = ? AND value = ?', kind, value);
    // A call logged with somebody else from this telephone keeps its words and loses the number.
    if (kind === 'phone') db.run(`UPDATE message SET address = NULL, detail = json_set(detail, '$.number', '') WHERE kind = 'call' AND address = ?`, display);
    if (kind === 'x') db.run('DELETE FROM heard WHERE instr(event, ?) > 0 OR instr(event, ?) > 0', JSON.stringify(value), JSON.stringify(display));
  }
  for (const needle of scope.needles) {
    // As JSON writes it: quotes and backslashes in a name are escaped there.
    db.run('UPDATE operation SET args = NULL WHERE instr(args, ?) > 0', JSON.stringify(needle).slice(1, -1));
    db.run('DELETE FROM change WHERE id = ? OR id LIKE ?', needle, `${needle}/%`);
  }
  for (const id of scope.messages) db.run('DELETE FROM change WHERE entity IN (?, ?) AND id = ?', 'message', 'removed_message', String(id));
}

export function forgetChanges(db: WriteDb, ids: readonly string[]): void {
  for (const id of ids) db.run('DELETE FROM change WHERE id = ?', id);
}
