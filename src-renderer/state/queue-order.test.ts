import { expect, test } from 'vitest';
import type { ConversationRow, QueueView } from '../../src-preload/contract/index.ts';
import { makeWorld } from '../dev/sample.ts';
import { belongs, compareRows, placeRows } from './queue-order.ts';

const NOW = Date.UTC(2026, 10, 17, 12);
const sample = [...makeWorld(NOW, 40, false).rows.values()];
const [first] = sample;
if (first === undefined) throw new Error('no sample');
const row = (patch: Partial<ConversationRow>): ConversationRow => ({ ...first, isVip: false, ...patch });
const byId = (rows: readonly ConversationRow[]): Record<string, ConversationRow> => Object.fromEntries(rows.map((one) => [one.id, one]));

test.each<[QueueView, Partial<ConversationRow>, boolean]>([
  ['open', {}, true], ['open', { state: 'done' }, false], ['open', { state: 'snoozed' }, false],
  ['mine', { owner: 'RB' }, true], ['mine', { owner: 'KM' }, false], ['mine', { owner: 'RB', state: 'done' }, false],
  ['mentioned', { mentions: ['KM', 'RB'] }, true], ['mentioned', { mentions: ['KM'] }, false], ['mentioned', { mentions: ['RB'], state: 'done' }, true],
  ['unassigned', { owner: null }, true], ['unassigned', { owner: 'RB' }, false],
  ['vip', { isVip: true }, true], ['vip', {}, false], ['overdue', { isOverdue: true }, true], ['overdue', {}, false],
  ['snoozed', { state: 'snoozed' }, true], ['snoozed', {}, false], ['done', { state: 'done' }, true], ['done', {}, false],
])('%s holds %o: %s', (view, patch, expected) => {
  expect(belongs(row(patch), { view, accountId: null, agentInitials: 'RB' })).toBe(expected);
});

test('one account can be shown alone', () => {
  expect(belongs(row({}), { view: 'open', accountId: first.accountId, agentInitials: 'RB' })).toBe(true);
  expect(belongs(row({}), { view: 'open', accountId: 'another', agentInitials: 'RB' })).toBe(false);
});

test('priority comes first, then the longest waiting; who waits for us not at all counts from the last message', () => {
  const a = row({ id: 'a', priority: 5, waitingSince: 200 });
  const b = row({ id: 'b', priority: 9, waitingSince: 900 });
  const c = row({ id: 'c', priority: 5, waitingSince: 100 });
  const d = row({ id: 'd', priority: 5, waitingSince: null, lastAt: 150 });
  expect([a, b, c, d].toSorted(compareRows('open', 'priority')).map((one) => one.id)).toEqual(['b', 'c', 'd', 'a']);
  expect([a, b, c, d].toSorted(compareRows('open', 'oldest')).map((one) => one.id)).toEqual(['c', 'd', 'a', 'b']);
});

test('snoozed rows come in the order they wake, done rows newest first', () => {
  const a = row({ id: 'a', snoozedUntil: 30, lastAt: 1 });
  const b = row({ id: 'b', snoozedUntil: 10, lastAt: 3 });
  expect([a, b].toSorted(compareRows('snoozed', 'priority')).map((one) => one.id)).toEqual(['b', 'a']);
  expect([a, b].toSorted(compareRows('done', 'oldest')).map((one) => one.id)).toEqual(['b', 'a']);
});

test('changing rows one by one leaves the list as if it had been sorted anew', () => {
  const compare = compareRows('open', 'priority');
  let rows = sample;
  let ids: readonly string[] = rows.toSorted(compare).map((one) => one.id);
  for (let step = 0; step < 300; step += 1) {
    const target = rows[(step * 17) % rows.length];
    if (target === undefined) continue;
    const changed: ConversationRow = { ...target, priority: (step * 31) % 97, state: step % 7 === 0 ? 'done' : 'open' };
    rows = rows.map((one) => (one.id === changed.id ? changed : one));
    ids = placeRows({ ids, changed: [changed], rows: byId(rows), sort: 'priority', hasMore: false, filter: { view: 'open', accountId: null, agentInitials: 'RB' } });
  }
  expect(ids).toEqual(rows.filter((one) => one.state === 'open').toSorted(compare).map((one) => one.id));
});

test('a row that belongs behind the last loaded page is not shown early', () => {
  const a = row({ id: 'a', priority: 9 });
  const b = row({ id: 'b', priority: 1 });
  const given = { ids: ['a'], changed: [b], rows: byId([a, b]), sort: 'priority' as const, filter: { view: 'open' as const, accountId: null, agentInitials: 'RB' } };
  expect(placeRows({ ...given, hasMore: true })).toBe(given.ids);
  expect(placeRows({ ...given, hasMore: false })).toEqual(['a', 'b']);
});

test('a change that moves nothing answers the same array', () => {
  const ids = ['a'];
  expect(placeRows({ ids, changed: [row({ id: 'a' })], rows: byId([row({ id: 'a' })]), sort: 'priority', hasMore: false, filter: { view: 'open', accountId: null, agentInitials: 'RB' } })).toBe(ids);
});
