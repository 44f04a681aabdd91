import { expect, test } from 'vitest';
import type { QuietHours } from '../../src-preload/contract/index.ts';
import { tables } from '../store/index.ts';
import { mailEvent, openTestDesk } from '../test-desk.ts';
import { changeSet } from '../ipc/feed.ts';
import { addAgent, claim, startAlarms, updateSettings } from './index.ts';
import { desktopAt, quietAt } from './quiet.ts';

const H = 60;
const every = [0, 1, 2, 3, 4, 5, 6];
const night: QuietHours = { isOn: true, from: 22 * H, to: 7 * H, days: every, evenOverdue: false };
const noon: QuietHours = { ...night, from: 12 * H, to: 13 * H };

test.each<[string, QuietHours, string, string, string | null]>([
  ['before the night', night, '2026-11-17T21:59:59+01:00', 'loud', '2026-11-17T22:00:00+01:00'],
  ['as the night begins', night, '2026-11-17T22:00:00+01:00', 'quiet', '2026-11-18T07:00:00+01:00'],
  ['after midnight', night, '2026-11-18T00:00:01+01:00', 'quiet', '2026-11-18T07:00:00+01:00'],
  ['as the night ends', night, '2026-11-18T07:00:00+01:00', 'loud', '2026-11-18T22:00:00+01:00'],
  ['in a pause by day', noon, '2026-11-18T12:30:00+01:00', 'quiet', '2026-11-18T13:00:00+01:00'],
  ['the night of Friday ends on Saturday', { ...night, days: [5] }, '2026-11-21T03:00:00+01:00', 'quiet', '2026-11-21T07:00:00+01:00'],
  ['the night after is not one of them', { ...night, days: [5] }, '2026-11-22T03:00:00+01:00', 'loud', '2026-11-27T22:00:00+01:00'],
  ['the night of Saturday goes into the week that begins', { ...night, days: [6] }, '2026-11-22T03:00:00+01:00', 'quiet', '2026-11-22T07:00:00+01:00'],
  ['whole days follow each other without a gap', { ...night, from: 0, to: 0, days: [0, 6] }, '2026-11-21T10:00:00+01:00', 'quiet', '2026-11-23T00:00:00+01:00'],
  ['a day from noon to noon', { ...night, from: 12 * H, to: 12 * H, days: [1] }, '2026-11-17T11:59:00+01:00', 'quiet', '2026-11-17T12:00:00+01:00'],
  ['the night in which clocks go forward is an hour shorter', night, '2027-03-27T23:00:00+01:00', 'quiet', '2027-03-28T07:00:00+02:00'],
  ['the night in which clocks go back is an hour longer', night, '2026-10-24T23:00:00+02:00', 'quiet', '2026-10-25T07:00:00+01:00'],
  ['a time that is shown twice begins it the first time', { ...night, from: 2.5 * H }, '2026-10-25T02:15:00+01:00', 'quiet', '2026-10-25T07:00:00+01:00'],
  ['a time that is skipped begins it as the clocks change', { ...night, from: 2.5 * H }, '2027-03-28T03:00:00+02:00', 'quiet', '2027-03-28T07:00:00+02:00'],
  ['switched off', { ...night, isOn: false }, '2026-11-18T00:00:00+01:00', 'loud', null],
  ['no day chosen', { ...night, days: [] }, '2026-11-18T00:00:00+01:00', 'loud', null],
  ['always', { ...night, from: 0, to: 0 }, '2026-11-18T00:00:00+01:00', 'quiet', null],
])('quiet hours: %s', (_, quiet, at, state, changesAt) => {
  const found = quietAt(quiet, 'Europe/Berlin', Date.parse(at));
  expect([found.isQuiet ? 'quiet' : 'loud', found.changesAt === null ? null : new Date(found.changesAt).toISOString()]).toEqual([state, changesAt === null ? null : new Date(changesAt).toISOString()]);
});

test.each<[string, { desktopNotices?: boolean; quiet?: Partial<QuietHours> }, string]>([
  ['by day everything', { quiet: { isOn: false } }, 'all'],
  ['in the quiet hours nothing', {}, 'nothing'],
  ['but what is overdue, where that is wanted', { quiet: { evenOverdue: true } }, 'overdue'],
  ['nothing at all where notices are switched off', { desktopNotices: false, quiet: { isOn: false } }, 'nothing'],
  ['not even what is overdue', { desktopNotices: false, quiet: { evenOverdue: true } }, 'nothing'],
])('on the desktop: %s', (_, { desktopNotices = true, quiet = {} }, told) => {
  expect(desktopAt({ desktopNotices, quiet: { ...night, ...quiet }, officeZone: 'UTC' }, Date.parse('2026-11-18T01:00:00Z'))).toBe(told);
});

test('quiet hours are of one agent; a colleague who chose none has none', () => {
  const desk = openTestDesk();
  const mike = desk.ids.next();
  desk.run(addAgent, { id: mike, seat: 2, name: 'Mike Kemp', initials: 'MK' });
  desk.run(updateSettings, { patch: { quiet: night } });
  expect([tables.settingsFor(desk.store.read, null).quiet.isOn, tables.settingsFor(desk.store.read, mike).quiet.isOn]).toEqual([true, false]);
  desk.run(updateSettings, { patch: { quiet: noon }, agentId: mike });
  expect([tables.settingsFor(desk.store.read, null).quiet.from, tables.settingsFor(desk.store.read, mike).quiet.from]).toEqual([22 * H, 12 * H]);
});

test('what becomes overdue is told once, to whoever has it', () => {
  const desk = openTestDesk();
  desk.run(updateSettings, { patch: { agentInitials: 'RB' } });
  desk.run(addAgent, { id: desk.ids.next(), seat: 2, name: 'Mike Kemp', initials: 'MK' });
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now()), mailEvent('bob@example.org', desk.clock.now())]);
  desk.run(claim, { conversationId: desk.conversation('ann@example.org').id, takeOver: false });
  const dueAt = desk.conversation('ann@example.org').dueAt ?? 0;
  const since = desk.store.seq();
  const stop = startAlarms(desk.store, desk.clock);
  const told = (from: number) => [1, 2].map((seat) => {
    const rows = desk.store.changesSince(from)?.rows;
    return rows == null ? null : changeSet(desk.store.read, { seq: desk.store.seq(), rows }, from, desk.clock.now())(seat).overdue.map((row) => row.customerName);
  });
  desk.clock.advance(dueAt - desk.clock.now() - 1);
  expect(told(since)).toEqual([[], []]);
  // The claim would have lapsed meanwhile.
  desk.run(claim, { conversationId: desk.conversation('ann@example.org').id, takeOver: false });
  desk.clock.advance(1);
  expect(told(since)).toEqual([['ann@example.org'], []]);
  const after = desk.store.seq();
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
  expect(told(after)).toEqual([[], []]);
  stop();
});
