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
    id, name: row.name, isVip: row.is_vip === 1, vipNote: row.vip_note, note: row.note, language: row.language, profile: profileOf(row.profile),
    tags: tagsOf(db, id),
    identities: identitiesOf(db, id), counts, firstAt, lastAt,
    lastBy: db.all<Customer['lastBy'][number]>(
      `SELECT kind, at, direction FROM (SELECT m.kind, m.at, m.direction, row_number() OVER (PARTITION BY m.kind ORDER BY m.id DESC) AS nth
       FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE c.customer_id = ? AND m.kind <> 'system') WHERE nth = 1 ORDER BY at DESC`, id,
    ),
    followUps: followUpsOfCustomer(db, id),
    merges: familyMerges(db, id), promises: promisesOf(db, id),
  };
}

/** Every merge that made this customer, nested ones included, newest first. */
function familyMerges(db: ReadDb, id: string): Customer['merges'] {
  return mergesInto(db, id).flatMap((m) => {
    const own = customerRow(db, m.mergedId)?.own;
    return [{ id: m.id, customerId: m.mergedId, name: own === null || own === undefined ? '' : (JSON.parse(own) as { name: string }).name, by: m.mergedBy, at: m.at, reason: m.reason }, ...familyMerges(db, m.mergedId)];
  }).sort((a, b) => b.at - a.at);
}
