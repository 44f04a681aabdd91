import { expect, test } from 'vitest';
import { snoozePresets } from '../../app/dialogs/conversation/snooze-presets.ts';
import { countWords, hasLink, readingMs } from './reading.ts';
import { age, clockTime, dayLabel, officeTime, readStopwatch, roughSpan, span, stopwatch, whenLabel } from './time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = Date.UTC(2026, 10, 17, 14, 32);

test('547 words read "2 min 53 s"', () => {
  const text = Array.from({ length: 547 }, (_, n) => `word${n}`).join(' ');
  expect(countWords(text)).toBe(547);
  expect(span(readingMs(547))).toBe('2 min 53 s');
});

test('words are counted in every script, and signs alone are none', () => {
  expect(countWords('दो हफ़्ते से मेरा ऑर्डर नहीं आया।')).toBe(7);
  expect(countWords('আমার টাকা দুইবার কাটা হয়েছে')).toBe(5);
  expect(countWords('  – … !  ')).toBe(0);
  expect(countWords('')).toBe(0);
});

test.each([['see https://acme.example/help', true], ['www.acme.example', true], ['acme.com/help', true], ['e.g. this one', false], ['version 1.2', false]])('%s has a link: %s', (text, expected) => expect(hasLink(text)).toBe(expected));

test('times are told in the office zone', () => {
  expect(clockTime(at, 'Europe/London')).toBe('14:32');
  expect(clockTime(at, 'Asia/Kolkata')).toBe('20:02');
  expect(dayLabel(at, at, 'Europe/London')).toBe('Today · Tuesday 17 November');
  expect(dayLabel(at - DAY, at, 'Europe/London')).toContain('Yesterday');
  expect(dayLabel(at - 400 * DAY, at, 'Europe/London')).toContain('2025');
  expect(whenLabel(at, at, 'Europe/London')).toBe('14:32');
  expect(whenLabel(at + DAY, at, 'Europe/London')).toBe('Wed 14:32');
});

test.each([[0, 'now'], [59_000, 'now'], [MINUTE, '1m'], [59 * MINUTE, '59m'], [HOUR, '1h'], [47 * HOUR, '1d'], [6 * DAY, '6d'], [8 * DAY, '9 Nov']])('an age of %d ms reads %s', (past, expected) => expect(age(at - past, at, 'Europe/London')).toBe(expected));

test('spans use two units at most', () => {
  expect(span(59_000)).toBe('59 s');
  expect(span(120_000)).toBe('2 min');
  expect(span(HOUR + 5 * MINUTE)).toBe('1 h 5 min');
  expect(roughSpan(12 * MINUTE + 40_000)).toBe('12 min');
  expect(roughSpan(3 * DAY + 2 * HOUR)).toBe('3 d 2 h');
});

test('a call is as long as it was typed', () => {
  expect(stopwatch(185_000)).toBe('3:05');
  expect(stopwatch(3_727_000)).toBe('1:02:07');
  expect(readStopwatch('3:05')).toBe(185_000);
  expect(readStopwatch('1:02:07')).toBe(3_727_000);
  expect(readStopwatch('4')).toBe(240_000);
  expect(readStopwatch('90s')).toBe(90_000);
  expect(readStopwatch('3:99')).toBeNull();
  expect(readStopwatch('soon')).toBeNull();
});

test('tomorrow at nine is nine on the office clock, also over a change of the clocks', () => {
  const saturday = Date.UTC(2026, 9, 24, 20);
  expect(new Date(officeTime(saturday, 'Europe/London', 1, 9)).toISOString()).toBe('2026-10-25T09:00:00.000Z');
  expect(new Date(officeTime(saturday, 'Europe/London', 0, 9)).toISOString()).toBe('2026-10-24T08:00:00.000Z');
  expect(new Date(officeTime(saturday, 'Asia/Kolkata', 1, 9)).toISOString()).toBe('2026-10-26T03:30:00.000Z');
});

test('every snooze preset lies ahead, and next Monday is a Monday', () => {
  for (let hour = 0; hour < 24 * 8; hour += 1) {
    const now = at + hour * HOUR;
    for (const preset of snoozePresets(now, 'Europe/London')) expect(preset.at).toBeGreaterThan(now);
    const monday = snoozePresets(now, 'Europe/London').find((preset) => preset.id === 'monday');
    expect(new Date(monday?.at ?? 0).getUTCDay()).toBe(1);
  }
});
