import { expect, test } from 'vitest';
import { mailEvent, openTestDesk } from '../../test-desk.ts';
import { tables } from '../index.ts';

test('from any message of a long conversation paging both ways reads every entry once, in order', () => {
  const desk = openTestDesk();
  const start = desk.clock.now() - 1_000 * 60_000;
  desk.take(desk.accounts.email, Array.from({ length: 301 }, (_, i) => mailEvent('ann@example.org', start + i * 60_000)), { origin: 'import' });
  const { id } = desk.conversation('ann@example.org');
  const db = desk.store.read;
  const all = tables.entriesBefore(db, id, null, 500).entries.map((entry) => entry.id);
  for (const at of [0, 1, 7, 150, 299, 300]) {
    const around = tables.entriesAround(db, id, all[at] ?? 0, 20);
    const ids = around.entries.map((entry) => entry.id);
    expect(ids).toContain(all[at]);
    expect([around.hasOlder, around.hasNewer]).toEqual([at > 10, at + 10 < all.length]);
    for (let more = around.hasOlder; more;) {
      const page = tables.entriesBefore(db, id, ids[0] ?? 0, 33);
      ids.unshift(...page.entries.map((entry) => entry.id));
      more = page.hasOlder;
    }
    for (let more = around.hasNewer; more;) {
      const page = tables.entriesAfter(db, id, ids.at(-1) ?? 0, 33);
      ids.push(...page.entries.map((entry) => entry.id));
      more = page.hasNewer;
    }
    expect(ids).toEqual(all);
  }
  expect(tables.entriesAround(db, id, (all[5] ?? 0) + 1, 4).entries.map((entry) => entry.id)).toEqual(all.slice(4, 8));
});
