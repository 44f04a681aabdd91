import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../test-desk.ts';
import { beginsGroup, groupLimits, isDue } from './group.ts';
import { tables, type Operation, type Touched } from './index.ts';
import { openReader } from './store.ts';

const by = { at: 1, agent: 'Parley' };
/** Writes a setting; `problem` is thrown after it. */
const put: Operation<{ name: string; problem?: string }, string> = {
  name: 'test.put',
  apply(tx, { name, problem }) {
    tables.putSetting(tx.db, `page-${name}`, name);
    tx.touch('settings', name);
    if (problem !== undefined) throw new Error(problem);
    return name;
  },
};
const kept = (db: TestDesk['store']['read']): string[] => db.all<{ value: string }>(`SELECT value FROM setting WHERE name LIKE 'page-%' ORDER BY value`).map((row) => row.value);

function open() {
  const desk = openTestDesk();
  const told: Touched[] = [];
  desk.store.onCommit((touched) => told.push(touched));
  const ended: string[] = [];
  const page = (name: string, isFollowed = true, problem?: string): Promise<void> =>
    desk.store.runInGroup(put, { name, ...(problem === undefined ? {} : { problem }) }, by, isFollowed).then(({ value, seq }) => void ended.push(`${value} ${seq - first}`), (error: Error) => void ended.push(`${name}: ${error.message}`));
  const first = desk.store.seq();
  return { ...desk, told, ended, page, elsewhere: openReader(join(desk.dir, 'parley.db')) };
}

test.each([
  [{ isFollowed: true, quietMs: Infinity }, true],
  [{ isFollowed: true, quietMs: groupLimits.quietMs }, true],
  [{ isFollowed: true, quietMs: groupLimits.quietMs - 1 }, false],
  [{ isFollowed: false, quietMs: Infinity }, false],
])('a group is begun where more follows and nobody has had to wait for one lately: %o', (page, begins) => {
  expect(beginsGroup(page)).toBe(begins);
});

test.each([
  [{ pages: 1, ageMs: 0, isFollowed: true }, false],
  [{ pages: groupLimits.pages - 1, ageMs: groupLimits.ageMs - 1, isFollowed: true }, false],
  [{ pages: groupLimits.pages, ageMs: 0, isFollowed: true }, true],
  [{ pages: 1, ageMs: groupLimits.ageMs, isFollowed: true }, true],
  [{ pages: 1, ageMs: 0, isFollowed: false }, true],
])('a group is committed when it is full, old, or nothing follows: %o', (group, due) => {
  expect(isDue(group)).toBe(due);
});

describe('pages of history', () => {
  test('share a COMMIT; before it nobody sees them, after it they are told of once', async () => {
    const { store, told, ended, page, elsewhere } = open();
    const [seq, pages] = [store.seq(), [page('a'), page('b')]];
    expect([kept(store.read), kept(elsewhere), store.seq() - seq, store.changesSince(seq)?.rows?.size, store.logLeft() > 0, told]).toEqual([[], [], 0, 0, true, []]);
    await Promise.all([...pages, page('c', false)]);
    expect([kept(store.read), kept(elsewhere), store.seq() - seq, ended]).toEqual([['a', 'b', 'c'], ['a', 'b', 'c'], 3, ['a 1', 'b 2', 'c 3']]);
    expect(told).toEqual([{ seq: seq + 3, rows: new Map([['settings', new Set(['a', 'b', 'c'])]]) }]);
    expect(store.changesSince(seq)).toEqual(told[0]);
  });
  test('are committed after a while when the next one does not come', async () => {
    const { store, page } = open();
    await page('a');
    expect(kept(store.read)).toEqual(['a']);
  });
  test('are committed when there are enough of them', async () => {
    const { store, page } = open();
    await Promise.all(Array.from({ length: groupLimits.pages }, (_, i) => page(String(i))));
    expect(kept(store.read)).toHaveLength(groupLimits.pages);
  });
  test('make way for whoever else writes: they are committed, then he has a transaction to himself', async () => {
    const { store, told, ended, page, elsewhere } = open();
    const pages = [page('a'), page('b')];
    expect(() => store.run(put, { name: 'z', problem: 'refused' }, by)).toThrow('refused');
    expect(kept(store.read)).toEqual(['a', 'b']);
    // He may write again: until he has not for a while, he finds no group to wait for.
    pages.push(page('c'));
    expect(kept(elsewhere)).toEqual(['a', 'b', 'c']);
    store.run(put, { name: 'z' }, by);
    expect(kept(store.read)).toEqual(['a', 'b', 'c', 'z']);
    expect(told.map(({ rows }) => [...(rows?.get('settings') ?? [])])).toEqual([['a', 'b'], ['c'], ['z']]);
    await Promise.all(pages);
    expect(ended).toEqual(['a 1', 'b 2', 'c 3']);
  });
  test('that come while a group is being committed are in the next one', async () => {
    const { store, told, page } = open();
    await Promise.all([page('a'), page('b', false), page('c'), page('d', false)]);
    expect([kept(store.read), told.map(({ seq }) => seq - (told[0]?.seq ?? 0))]).toEqual([['a', 'b', 'c', 'd'], [0, 2]]);
  });
  test('that wait for a group to be committed are taken in before the store is closed, in their order', async () => {
    const { store, elsewhere, page } = open();
    const pages = [page('a'), page('b', false), page('c'), page('d'), page('e', false)];
    store.close();
    expect(kept(elsewhere)).toEqual(['a', 'b', 'c', 'd', 'e']);
    await Promise.all(pages);
  });
  test('that wait do not keep anybody else waiting', async () => {
    const { store, ended, page } = open();
    const pages = [page('a'), page('b', false), page('c', false), page('d', false)];
    store.run(put, { name: 'z' }, by);
    expect(kept(store.read)).toEqual(['a', 'b', 'z']);
    await Promise.all(pages);
    expect(ended).toEqual(['a 1', 'b 2', 'c 4', 'd 5']);
  });
  test('fail for their own reason only, and those before and after are kept', async () => {
    const { store, ended, told, page } = open();
    await Promise.all([page('a'), page('b', true, 'bad page'), page('c'), page('d', false)]);
    expect([kept(store.read), ended, told.map(({ rows }) => [...(rows?.get('settings') ?? [])])]).toEqual([['a', 'c', 'd'], ['a 1', 'b: bad page', 'c 2', 'd 3'], [['a'], ['c', 'd']]]);
  });
  test('are taken back when the disk is full, and the next ones are not half of them', async () => {
    const { store, ended, page } = open();
    const size = store.read.get<{ n: number }>('SELECT page_count AS n FROM pragma_page_count')?.n ?? 0;
    const large: Operation<null, void> = {
      name: 'test.large',
      apply(tx) {
        tx.db.get(`PRAGMA max_page_count = ${size + 2}`);
        for (let i = 0; i < 50; i += 1) tables.putSetting(tx.db, `large-${i}`, 'x'.repeat(4_000));
      },
    };
    const first = page('a');
    await expect(store.runInGroup(large, null, by, true)).rejects.toThrow('The disk is full');
    await first;
    store.read.get('PRAGMA max_page_count = 1000000');
    await page('b', false);
    expect([kept(store.read), ended, store.read.all(`SELECT 1 FROM setting WHERE name LIKE 'large-%'`)]).toEqual([['a', 'b'], ['a 1', 'b 2'], []]);
  });
  test('cannot begin inside an operation, nor an operation inside them', async () => {
    const { store, page } = open();
    const nested: Operation<null, void> = { name: 'test.nested', apply: () => void store.run(put, { name: 'inner' }, by) };
    await expect(store.runInGroup(nested, null, by, true)).rejects.toThrow('started inside another one');
    await expect(Promise.all([page('a'), store.runInGroup(nested, null, by, true)])).rejects.toThrow('started inside another one');
    expect(kept(store.read)).toEqual(['a']);
  });
  test.each<[string, (desk: TestDesk) => unknown]>([
    ['a backup', ({ store, dir }) => store.backup(join(dir, 'copy.db'))],
    ['a scrub', ({ store }) => store.scrub()],
    ['a check of the indexes', ({ store }) => store.checkIndex('message_index')],
    ['settling', ({ store }) => store.settle()],
    ['closing', ({ store }) => store.close()],
  ])('are committed before %s', async (_, act) => {
    const { elsewhere, page, ...desk } = open();
    const waiting = page('a');
    act(desk);
    expect(kept(elsewhere)).toEqual(['a']);
    await waiting;
    if (existsSync(join(desk.dir, 'copy.db'))) expect(kept(openReader(join(desk.dir, 'copy.db')))).toEqual(['a']);
  });
});
