import { describe, expect, test } from 'vitest';
import type { SlaCalendar, SlaPolicy } from '../../../src-preload/contract/index.ts';
import { mailEvent, openTestDesk, postEvent } from '../../test-desk.ts';
import { tables } from '../../store/index.ts';
import { addNote, claim, logCall, markDone, reopen, startAlarms, updateCustomer, updateSettings } from '../index.ts';
import { addOpenTime, instantOf, isOpenAt } from './business-time.ts';
import { policyFor, type DueFacts } from './due.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const span = (from: number, to: number) => ({ from: from * 60, to: to * 60 });
const office: SlaCalendar = { id: 'o', name: 'Office', zone: 'Europe/Berlin', week: [[], ...Array.from({ length: 5 }, () => [span(9, 12.5), span(13.5, 18)]), []], holidays: [{ date: '2026-12-25', name: 'Christmas' }] };
const always: SlaCalendar = { id: 'a', name: 'Every day', zone: 'Europe/Berlin', week: Array.from({ length: 7 }, () => [span(0, 24)]), holidays: [] };
const at = (text: string): number => Date.parse(text);

describe('opening time', () => {
  test.each<[string, string, number, string]>([
    ['within an interval', '2026-11-17T09:00:00+01:00', 60, '2026-11-17T10:00:00+01:00'],
    ['lunch does not count', '2026-11-17T12:00:00+01:00', 60, '2026-11-17T14:00:00+01:00'],
    ['the evening does not count', '2026-11-17T17:30:00+01:00', 60, '2026-11-18T09:30:00+01:00'],
    ['the weekend does not count', '2026-11-20T17:30:00+01:00', 60, '2026-11-23T09:30:00+01:00'],
    ['a holiday does not count', '2026-12-24T17:30:00+01:00', 60, '2026-12-28T09:30:00+01:00'],
    ['a message in the night waits for the morning', '2026-11-17T03:00:00+01:00', 60, '2026-11-17T10:00:00+01:00'],
    ['exactly to the end of a day', '2026-11-17T16:00:00+01:00', 120, '2026-11-17T18:00:00+01:00'],
    ['a message at closing time belongs to the next day', '2026-11-17T18:00:00+01:00', 1, '2026-11-18T09:01:00+01:00'],
    ['five days of eight hours', '2026-11-17T09:00:00+01:00', 8 * 60 * 5, '2026-11-23T18:00:00+01:00'],
    ['seconds are kept', '2026-11-17T09:00:30+01:00', 60, '2026-11-17T10:00:30+01:00'],
  ])('%s', (_, start, minutes, due) => {
    const found = addOpenTime(office, 'UTC', at(start), minutes * MINUTE);
    expect(found === null ? null : new Date(found).toISOString()).toBe(new Date(at(due)).toISOString());
  });
  test('a calendar that never opens promises nothing, no calendar is around the clock', () => {
    const never = { ...office, week: Array.from({ length: 7 }, () => []) };
    expect(addOpenTime(never, 'UTC', 0, MINUTE)).toBeNull();
    expect(addOpenTime(null, 'UTC', 5, MINUTE)).toBe(5 + MINUTE);
    expect([isOpenAt(never, 'UTC', 0), isOpenAt(null, 'UTC', 0)]).toEqual([false, true]);
  });
  test('an empty zone is the office’s own', () => {
    expect(addOpenTime({ ...office, zone: '' }, 'Asia/Kolkata', at('2026-11-17T03:00:00+05:30'), HOUR)).toBe(at('2026-11-17T10:00:00+05:30'));
  });
});

describe('when the clocks change', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29T00:00:00+01:00', 23], ['Europe/Berlin', '2026-10-25T00:00:00+02:00', 25], ['America/New_York', '2026-03-08T00:00:00-05:00', 23], ['America/New_York', '2026-11-01T00:00:00-04:00', 25],
    ['Australia/Lord_Howe', '2026-10-04T00:00:00+10:30', 23.5], ['Australia/Lord_Howe', '2026-04-05T00:00:00+11:00', 24.5], ['America/Santiago', '2026-09-06T04:00:00Z', 23], ['America/Santiago', '2026-04-04T00:00:00-03:00', 25],
  ])('in %s the day that begins at %s is %d hours long', (zone, start, hours) => {
    const day = { ...always, zone };
    expect(addOpenTime(day, 'UTC', at(start), hours * HOUR)).toBe(at(start) + hours * HOUR);
    const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short' }).format(at(start) + 12 * HOUR);
    const oneDay = { ...day, week: day.week.map((intervals, weekday) => (['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][weekday] === name ? intervals : [])) };
    expect(isOpenAt(oneDay, 'UTC', at(start) + hours * HOUR - MINUTE)).toBe(true);
    expect(isOpenAt(oneDay, 'UTC', at(start) + hours * HOUR)).toBe(false);
  });
  test.each([
    ['skipped: the change itself', 'Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00:00Z'], ['shown twice: the first', 'Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00Z'],
    ['half an hour skipped', 'Australia/Lord_Howe', '2026-10-04T02:10', '2026-10-03T15:30:00Z'], ['midnight skipped', 'America/Santiago', '2026-09-06T00:00', '2026-09-06T04:00:00Z'], ['nothing special', 'America/New_York', '2026-07-01T09:00', '2026-07-01T13:00:00Z'],
  ])('%s', (_, zone, wall, expected) => expect(new Date(instantOf(zone, at(`${wall}:00Z`))).toISOString()).toBe(new Date(at(expected)).toISOString()));

  /** The same, minute by minute, by what a clock on the wall shows. */
  function reference(calendar: SlaCalendar, start: number, minutes: number): number {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone: calendar.zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    let left = minutes;
    for (let now = start; ; now += MINUTE) {
      const parts = Object.fromEntries(format.formatToParts(now).map((p) => [p.type, p.value]));
      const weekday = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(parts['weekday'] ?? '');
      const minute = Number(parts['hour']) * 60 + Number(parts['minute']);
      if ((calendar.week[weekday] ?? []).some((i) => minute >= i.from && minute < i.to)) left -= 1;
      if (left === 0) return now + MINUTE;
    }
  }
  const shifts = Array.from({ length: 7 }, () => [span(0, 5), span(6, 11.5), span(12, 20)]);
  test.each([
    ['Europe/Berlin', '2026-03-28T12:00:00Z'], ['Europe/Berlin', '2026-10-24T12:00:00Z'], ['America/New_York', '2026-03-07T12:00:00Z'], ['America/New_York', '2026-10-31T12:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T06:00:00Z'], ['Australia/Lord_Howe', '2026-10-03T06:00:00Z'], ['America/Santiago', '2026-04-04T12:00:00Z'], ['America/Santiago', '2026-09-05T12:00:00Z'],
  ])('in %s from %s every due time equals one counted minute by minute', (zone, from) => {
    const calendar: SlaCalendar = { ...always, zone, week: shifts };
    for (let hour = 0; hour < 24; hour += 3) for (const minutes of [1, 45, 240, 700]) {
      const start = at(from) + hour * HOUR;
      expect(new Date(addOpenTime(calendar, 'UTC', start, minutes * MINUTE) ?? 0).toISOString(), `${hour} h, ${minutes} min`).toBe(new Date(reference(calendar, start, minutes)).toISOString());
    }
  });
});

const policy = (over: Partial<SlaPolicy>): SlaPolicy => ({ id: over.name ?? 'p', name: 'p', channels: [], segment: 'any', tag: '', onlyUrgent: false, calendarId: null, firstMinutes: 60, nextMinutes: 120, warnMinutes: 10, ...over });

describe('which promise holds', () => {
  const policies = [policy({ name: 'urgent vip', segment: 'vip', onlyUrgent: true }), policy({ name: 'vip', segment: 'vip' }), policy({ name: 'business on x', segment: 'tag', tag: 'business', channels: ['x'] }), policy({ name: 'mail', channels: ['email'] })];
  const facts: Pick<DueFacts, 'channel' | 'isVip' | 'tags' | 'isUrgent'> = { channel: 'email', isVip: false, tags: [], isUrgent: false };
  test.each<[Partial<typeof facts>, string | null]>([
    [{}, 'mail'], [{ isVip: true }, 'vip'], [{ isVip: true, isUrgent: true }, 'urgent vip'], [{ isUrgent: true }, 'mail'], [{ channel: 'x' }, null], [{ channel: 'x', tags: ['business'] }, 'business on x'], [{ tags: ['business'] }, 'mail'], [{ channel: 'phone', isVip: true }, 'vip'],
  ])('%j', (over, name) => expect(policyFor(policies, { ...facts, ...over })?.name ?? null).toBe(name));
});

describe('on the desk', () => {
  const open = () => {
    const desk = openTestDesk(); // Monday 5 January 2026, 9:00 UTC
    desk.run(updateSettings, { patch: { officeZone: 'UTC', sla: { calendars: [{ ...office, zone: '' }], policies: [policy({ name: 'vip', segment: 'vip', firstMinutes: 30 }), policy({ name: 'all', calendarId: 'o' })] } } });
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
    return { desk, row: () => desk.conversation('ann@example.org') };
  };
  test('first and next answer have their own times, and what was closed begins anew', () => {
    const { desk, row } = open();
    expect(row().dueAt).toBe(desk.clock.now() + HOUR);
    const answer = (): void => {
      desk.run(logCall, { requestId: desk.ids.next(), conversationId: row().id, accountId: desk.accounts.phone, party: null, at: desk.clock.now(), author: 'Ruth', text: '', ids: desk.ids, detail: { type: 'call', number: '', callDirection: 'outbound', startedAt: 0, durationMs: 1, outcome: 'answered', agent: 'RB', disposition: null } });
      desk.clock.advance(MINUTE);
    };
    desk.clock.advance(MINUTE);
    answer();
    expect(row()).toMatchObject({ dueAt: null, waitingSince: null }); // her turn: nothing runs
    desk.clock.advance(3 * DAY);
    expect(row().dueAt).toBeNull();
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
    expect(row().dueAt).toBe(addOpenTime({ ...office, zone: '' }, 'UTC', desk.clock.now(), 2 * HOUR));
    answer();
    desk.run(markDone, { conversationId: row().id });
    desk.clock.advance(MINUTE);
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
    expect(row().dueAt).toBe(addOpenTime({ ...office, zone: '' }, 'UTC', desk.clock.now(), HOUR));
  });
  test('due times are stored and follow a changed policy, a VIP mark and a changed office zone', () => {
    const { desk, row } = open();
    const began = desk.clock.now();
    const { sla } = tables.settingsOf(desk.store.read);
    desk.run(updateSettings, { patch: { sla: { ...sla, policies: sla.policies.map((p) => ({ ...p, firstMinutes: p.firstMinutes * 4 })) } } });
    expect(row().dueAt).toBe(began + 5 * HOUR); // over lunch
    desk.run(updateCustomer, { customerId: row().customerId, isVip: true });
    expect(row().dueAt).toBe(began + 2 * HOUR);
    desk.run(updateCustomer, { customerId: row().customerId, isVip: false });
    desk.run(updateSettings, { patch: { officeZone: 'America/New_York' } });
    expect(row().dueAt).toBe(at('2026-01-05T14:30:00-05:00') - 30 * MINUTE);
  });
  test('the row says "due soon" at its minute and "overdue" at the next, without anybody writing', () => {
    const { desk, row } = open();
    const stop = startAlarms(desk.store, desk.clock);
    desk.clock.advance(49 * MINUTE);
    expect(row().reasons).toEqual([]);
    desk.clock.advance(MINUTE);
    expect(row()).toMatchObject({ reasons: [{ code: 'due_soon', detail: '' }], isOverdue: false });
    desk.clock.advance(10 * MINUTE);
    expect(row()).toMatchObject({ reasons: [{ code: 'overdue', detail: '' }], isOverdue: true });
    stop();
    expect(desk.clock.pending()).toBe(0);
  });
  test('notes, claims and reopening change no promise', () => {
    const { desk, row } = open();
    const due = row().dueAt;
    desk.clock.advance(5 * MINUTE);
    desk.run(addNote, { requestId: desk.ids.next(), conversationId: row().id, text: 'looking', author: 'Ruth' });
    desk.run(claim, { conversationId: row().id, takeOver: false });
    desk.run(reopen, { conversationId: row().id });
    expect(row().dueAt).toBe(due);
    desk.take(desk.accounts.x, [postEvent('9', '@bob', desk.clock.now(), 'hi')]);
    expect(row().dueAt).toBe(due);
  });
});
