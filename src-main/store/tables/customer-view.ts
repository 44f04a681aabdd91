import type { Customer } from '../../../src-preload/contract/index.ts';
import type { ReadDb } from '../db.ts';
import { customerRow, identitiesOf, tagsOf } from './customers.ts';
import { followUpsOfCustomer } from './follow-ups.ts';
import { mergesInto } from './merges.ts';
import { OF_OTHER_KIND } from './messages.ts';
import { profileOf } from './profile.ts';
import { promisesOf } from './promises.ts';

export function customerView(db: ReadDb, id: string): Customer | undefined {
  const row = customerRow(db, id);
  if (!row) return undefined;
  const contacts = contactsOf(db, id);
  return {
    id, name: row.name, isVip: row.is_vip === 1, vipNote: row.vip_note, note: row.note, language: row.language, profile: profileOf(row.profile),
    tags: tagsOf(db, id),
    identities: identitiesOf(db, id), ...contacts,
    followUps: followUpsOfCustomer(db, id),
    merges: familyMerges(db, id), promises: promisesOf(db, id),
  };
}

const OTHER_KINDS = ['post', 'dm', 'call', 'note', 'system'] as const;

/** Counted for every push about a customer: an index answers, and no message is read but the first and the last of each kind. */
function contactsOf(db: ReadDb, customerId: string): Pick<Customer, 'counts' | 'firstAt' | 'lastAt' | 'lastBy'> {
  const counts = { post: 0, dm: 0, mail: 0, call: 0, note: 0 };
  const conversation = db.get<{ id: string }>('SELECT id FROM conversation WHERE customer_id = ?', customerId)?.id ?? '';
  const edge = (of: string, order: 'ASC' | 'DESC', ...params: string[]): number => db.get<{ id: number }>(`SELECT id FROM message WHERE conversation_id = ? AND ${of} ORDER BY id ${order} LIMIT 1`, conversation, ...params)?.id ?? 0;
  const spanOf = (of: string, n: number, ...params: string[]): { n: number; first: number; last: number } => ({ n, first: edge(of, 'ASC', ...params), last: edge(of, 'DESC', ...params) });
  // Kind by kind: one statement for all, grouped, took 0.8 ms in a conversation of 5,000, a count alone 0.2.
  const others = OTHER_KINDS.flatMap((kind) => {
    const n = db.get<{ n: number }>(`SELECT count(*) AS n FROM message WHERE conversation_id = ? AND ${OF_OTHER_KIND}`, conversation, kind)?.n ?? 0;
    return n === 0 ? [] : [{ kind, ...spanOf(OF_OTHER_KIND, n, kind) }];
  });
  const all = db.get<{ n: number }>('SELECT count(*) AS n FROM message WHERE conversation_id = ?', conversation)?.n ?? 0;
  const mails = all - others.reduce((sum, { n }) => sum + n, 0);
  const kinds = mails === 0 ? others : [...others, { kind: 'mail' as const, ...spanOf("kind = 'mail'", mails) }];
  const message = (id: number): Customer['lastBy'][number] | undefined => db.get('SELECT kind, at, direction FROM message WHERE id = ?', id);
  let firstAt: number | null = null;
  const lastBy: Customer['lastBy'] = [];
  for (const { kind, n, first, last } of kinds) {
    if (kind === 'system') continue;
    counts[kind] = n;
    const begun = message(first)?.at ?? Infinity;
    firstAt = Math.min(firstAt ?? begun, begun);
    const newest = message(last);
    if (newest) lastBy.push(newest);
  }
  lastBy.sort((a, b) => b.at - a.at);
  return { counts, firstAt, lastAt: lastBy[0]?.at ?? null, lastBy };
}

/** Every merge that made this customer, nested ones included, newest first. */
function familyMerges(db: ReadDb, id: string): Customer['merges'] {
  return mergesInto(db, id).flatMap((m) => {
    const own = customerRow(db, m.mergedId)?.own;
    return [{ id: m.id, customerId: m.mergedId, name: own === null || own === undefined ? '' : (JSON.parse(own) as { name: string }).name, by: m.mergedBy, at: m.at, reason: m.reason }, ...familyMerges(db, m.mergedId)];
  }).sort((a, b) => b.at - a.at);
}
