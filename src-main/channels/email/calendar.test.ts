import { expect, test } from 'vitest';
import type { Invitation } from '../../../src-preload/contract/index.ts';
import { readInvitation } from './calendar.ts';

const read = (lines: string, method = 'REQUEST'): Invitation | null => readInvitation([{ type: 'text/calendar', bytes: Buffer.from(`BEGIN:VCALENDAR\r\nMETHOD:${method}\r\n${lines.replaceAll('\n', '\r\n')}\r\nEND:VCALENDAR\r\n`) }]);
const event = (lines: string): string => `BEGIN:VEVENT\nUID:1\nSUMMARY:Visit\n${lines}\nEND:VEVENT`;
const ZONE = 'BEGIN:VTIMEZONE\nTZID:Office\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:19700329T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n';

test.each<[string, string, number | null, number | null]>([
  ['UTC', 'DTSTART:20260105T100000Z\nDTEND:20260105T113000Z', Date.UTC(2026, 0, 5, 10), Date.UTC(2026, 0, 5, 11, 30)],
  ['a zone by its name', 'DTSTART;TZID=Europe/Berlin:20260705T100000\nDURATION:PT1H', Date.UTC(2026, 6, 5, 8), Date.UTC(2026, 6, 5, 9)],
  ['no zone (UTC on every desk)', 'DTSTART:20260105T100000', Date.UTC(2026, 0, 5, 10), null],
  ['an end before its beginning', 'DTSTART:20260105T100000Z\nDTEND:20250105T100000Z', Date.UTC(2026, 0, 5, 10), null],
  ['a zone nobody knows', 'DTSTART;TZID=Nowhere:20260105T100000', Date.UTC(2026, 0, 5, 10), null],
])('times with %s', (_, lines, startsAt, endsAt) => expect(read(event(lines))).toMatchObject({ what: 'Visit', startsAt, endsAt, isAllDay: false }));

test.each<[string, number]>([['20260105T100000', Date.UTC(2026, 0, 5, 9)], ['20260705T100000', Date.UTC(2026, 6, 5, 8)]])('a zone the part defines itself, on both sides of its change: %s', (time, at) => {
  expect(read(`${ZONE}${event(`DTSTART;TZID=Office:${time}`)}`)).toMatchObject({ startsAt: at });
});

test('whole days, place, organiser and repeats', () => {
  expect(read(event('DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260107\nLOCATION:Room 1\\, upstairs\nORGANIZER;CN=Maria:mailto:maria@example.org\nRRULE:FREQ=WEEKLY'))).toEqual({
    method: 'request', what: 'Visit', where: 'Room 1, upstairs', organizer: 'Maria', startsAt: Date.UTC(2026, 0, 5), endsAt: Date.UTC(2026, 0, 7), isAllDay: true, repeats: true, answer: null,
  });
});

test('a cancellation and an answer say so', () => {
  expect(read(event('DTSTART:20260105T100000Z'), 'CANCEL')?.method).toBe('cancel');
  expect(read(event('DTSTART:20260105T100000Z\nATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example'), 'REPLY')).toMatchObject({ method: 'reply', answer: 'declined' });
});

test('a zone that changes every second for ever is not worked out', () => {
  const started = performance.now();
  expect(read(`${ZONE.replaceAll('FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'FREQ=SECONDLY')}${event('DTSTART;TZID=Office:20350105T100000')}`)?.startsAt).toBe(Date.UTC(2035, 0, 5, 10));
  expect(performance.now() - started).toBeLessThan(2_000);
});

test.each(['', 'BEGIN:VEVENT', 'BEGIN:VTODO\nEND:VTODO', event('DTSTART:99999999T999999'), event('DTSTART;TZID=:::20260105')])('a broken part stops no mail: %j', (lines) => {
  expect(() => read(lines)).not.toThrow();
});
