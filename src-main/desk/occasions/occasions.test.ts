import { describe, expect, test } from 'vitest';
import { tables } from '../../store/index.ts';
import { mailEvent, openTestDesk, postEvent } from '../../test-desk.ts';
import { setProfilePart, startAlarms, updateSettings } from '../index.ts';
import { daysOn, daysToRaise } from './days.ts';
import { greetingMode } from './raise.ts';

const DAY = 86_400_000;
const date = (text: string) => { const [year = 0, month = 0, day = 0] = text.split('-').map(Number); return { year, month, day }; };
const noWishes = { post: null, dm: null, mail: null, call: null };

describe('the days of dates', () => {
  test.each([['2027-02-28', ['02-28', '02-29']], ['2028-02-28', ['02-28']], ['2028-02-29', ['02-29']], ['2026-05-14', ['05-14']]])('%s', (day, keys) => expect(daysOn(date(day))).toEqual(keys));
  test.each([
    [null, '2026-11-22', ['2026-11-22']], ['2026-11-22', '2026-11-22', []], ['2026-11-19', '2026-11-22', ['2026-11-20', '2026-11-21', '2026-11-22']],
    ['2026-10-01', '2026-11-22', ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22']],
  ])('after %s, on %s', (last, today, days) => expect(daysToRaise(last, date(today))).toEqual(days.map(date)));
});

test.each([
  ['on the preferred channel', { ...noWishes, dm: 'preferred' as const }, ['mail', 'dm'], 'dm'], ['else where they wrote last, in private', noWishes, ['post', 'mail'], 'mail'],
  ['never on a refused one', { ...noWishes, mail: 'refused' as const }, ['mail', 'post'], 'reply'], ['nor to somebody who has only called', noWishes, ['call'], null],
])('a greeting is prepared %s', (_, wishes, wroteOn, mode) => expect(greetingMode(wishes, wroteOn)).toBe(mode));

test('on the day the customer is in the queue with the greeting prepared, once, and nothing was sent', () => {
  const desk = openTestDesk();
  desk.run(updateSettings, { patch: { officeZone: 'UTC' } });
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now(), { author: 'Ann Lee', party: { kind: 'email', value: 'ann@example.org', display: 'ann@example.org', name: 'Ann Lee' } })]);
  const ann = desk.conversation('ann@example.org');
  const in2Days = new Date(desk.clock.now() + 2 * DAY);
  const dateId = desk.ids.next();
  desk.run(setProfilePart, { customerId: ann.customerId, dateId, part: { type: 'date', dateId, value: { name: 'Birthday', day: in2Days.getUTCDate(), month: in2Days.getUTCMonth() + 1, year: 1980, text: 'Dear {first_name}, all the best!' } } });
  const stop = startAlarms(desk.store, desk.clock);
  desk.clock.advance(DAY);
  expect(tables.followUpsOfCustomer(desk.store.read, ann.customerId)).toEqual([]);
  desk.clock.advance(DAY + 12 * 3_600_000);
  expect(tables.followUpsOfCustomer(desk.store.read, ann.customerId)).toMatchObject([{ state: 'due', note: 'Birthday', isOccasion: true, draft: { mode: 'mail', text: 'Dear Ann, all the best!' } }]);
  expect(desk.conversation('ann@example.org')).toMatchObject({ state: 'open', reasons: [{ code: 'follow_up', detail: 'Birthday' }, {}] });
  expect(tables.outboxViews(desk.store.read, 'unfinished')).toEqual([]);
  desk.clock.advance(30 * DAY);
  expect(tables.followUpsOfCustomer(desk.store.read, ann.customerId)).toHaveLength(1);
  stop();
});

test('an influencer note with a weight lifts the open row at once and says why', () => {
  const desk = openTestDesk();
  const at = desk.clock.now();
  desk.take(desk.accounts.x, [postEvent('1', '@ann', at - 1_000, 'first'), postEvent('2', '@bob', at, 'second')]);
  const { customerId } = desk.conversation('2');
  desk.run(setProfilePart, { customerId, dateId: '', part: { type: 'influence', value: { weight: 2, reason: '210,000 followers' } } });
  const { rows } = tables.queuePage(desk.store.read, { view: 'open', sort: 'priority', accountId: null, me: 'RB', after: null, limit: 10 });
  expect(rows.map((r) => [r.customerName, r.reasons])).toEqual([['@bob', [{ code: 'influencer', detail: '210,000 followers' }]], ['@ann', []]]);
});

test('fields of the desk take only what they are for', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'hi')]);
  const { customerId } = desk.conversation('1');
  desk.run(updateSettings, { patch: { customFields: [{ id: 'plan', name: 'Plan', type: 'choice', choices: ['S', 'L'] }, { id: 'lines', name: 'Lines', type: 'number', choices: [] }, { id: 'since', name: 'Since', type: 'date', choices: [] }] } });
  const set = (fieldId: string, value: string | number | null) => () => desk.run(setProfilePart, { customerId, dateId: '', part: { type: 'field', fieldId, value } });
  expect(set('plan', 'XL')).toThrow('Plan is one of: S, L.');
  expect(set('lines', '3')).toThrow('Lines is a number.');
  expect(set('since', '2026-13-40')).toThrow('Since is a date.');
  expect(set('gone', 'x')).toThrow('not there any more');
  for (const [field, value] of [['plan', 'L'], ['lines', 3], ['since', '2026-01-31']] as const) set(field, value)();
  set('lines', null)();
  expect(tables.customerView(desk.store.read, customerId)?.profile.fields).toEqual({ plan: 'L', since: '2026-01-31' });
});
