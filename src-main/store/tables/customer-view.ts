import type { Customer } from '../../../src-preload/contract/index.ts';
import type { ReadDb } from '../db.ts';
import { customerRow, identitiesOf, tagsOf } from './customers.ts';
import { followUpsOfCustomer } from './follow-ups.ts';
import { mergesInto } from './merges.ts';
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

const KINDS = ['post', 'dm', 'mail', 'call', 'note'] as const;

/** Counted for every push about a customer: kind by kind, so that an index answers and no message is read but the first and the last. */
function contactsOf(db: ReadDb, customerId: string): Pick<Customer, 'counts' | 'firstAt' | 'lastAt' | 'lastBy'> {
  const counts = { post: 0, dm: 0, mail: 0, call: 0, note: 0 };
  const lastBy: Customer['lastBy'] = [];
  const conversation = db.get<{ id: string }>('SELECT id FROM conversation WHERE customer_id = ?', customerId);
  let firstAt: number | null = null;
  for (const kind of conversation === undefined ? [] : KINDS) {
    const of = (what: string, order = ''): Customer['lastBy'][number] & { n: number } | undefined => db.get(`SELECT ${what} FROM message WHERE conversation_id = ? AND kind = ? ${order}`, conversation?.id ?? '', kind);
    counts[kind] = of('count(*) AS n')?.n ?? 0;
    if (counts[kind] === 0) continue;
    const first = of('at', 'ORDER BY id LIMIT 1')?.at ?? Infinity;
    const last = of('kind, at, direction', 'ORDER BY id DESC LIMIT 1');
    firstAt = Math.min(firstAt ?? first, first);
    if (last) lastBy.push(last);
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
