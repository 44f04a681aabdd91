import { expect, test } from 'vitest';
import { hoursText, readClock, readHolidays, readHours } from './hours-text.ts';

test.each([
  ['9-12:30, 13:30-18', '09:00–12:30, 13:30–18:00'], ['13-18,9–12', '09:00–12:00, 13:00–18:00'], ['00:00-24:00', '00:00–24:00'], ['', ''], ['9', null], ['18-9', null], ['9-25', null], ['9:70-10', null], ['nine to five', null],
])('%j are the hours %j', (text, shown) => {
  const read = readHours(text);
  expect(read === null ? null : hoursText(read)).toBe(shown);
});

test.each([['2026-12-25 Christmas\n2027-01-01', [{ date: '2026-12-25', name: 'Christmas' }, { date: '2027-01-01', name: '' }]], ['25.12.2026', null], ['2026-02-30', null], ['', []]])('%j are holidays', (text, days) => expect(readHolidays(text)).toEqual(days));

test.each([['22', 1_320], ['7:30', 450], [' 07.05 ', 425], ['24:00', 0], ['0:00', 0], ['24:01', null], ['7:60', null], ['', null], ['noon', null]])('the time %j is minute %j of the day', (text, minutes) => expect(readClock(text)).toBe(minutes));
