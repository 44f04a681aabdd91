import { expect, test } from 'vitest';
import { DAY, make, uuid } from '../../dev/sample.ts';
import { timelineItems } from './timeline-items.ts';

const NOW = Date.UTC(2026, 10, 17, 12);
const mail = (n: number, at: number, subject: string) => ({ ...make({ conversationId: uuid(1), customerId: uuid(2), at, n, kind: 'mail', author: 'x', address: null, text: '', subject }), id: n });
const entries = Object.fromEntries([mail(1, NOW - DAY, 'Refund'), mail(2, NOW, 'Re: Refund'), mail(3, NOW + 1, 'RE: Fwd: Refund'), mail(4, NOW + 2, 'Something else')].map((one) => [one.id, one]));

test('days are separated, the first unread is marked, and a subject shows once per thread', () => {
  const items = timelineItems([1, 2, 3, 4], entries, 'Europe/London', 3);
  expect(items.map((item) => (item.type === 'entry' ? `${item.id}${item.showSubject ? ' subject' : ''}` : item.type))).toEqual(['day', '1 subject', 'day', '2', 'new', '3', '4 subject']);
});

test('another exchange under the same subject shows it again', () => {
  const threads = { 1: { ...mail(1, NOW, 'Invoice'), thread: 1 }, 2: { ...mail(2, NOW + 1, 'Re: Invoice'), thread: 1 }, 3: { ...mail(3, NOW + 2, 'Invoice'), thread: 3 } };
  expect(timelineItems([1, 2, 3], threads, 'Europe/London', null).flatMap((item) => (item.type === 'entry' ? [item.showSubject] : []))).toEqual([true, false, true]);
});

test('every row has a key of its own', () => {
  const items = timelineItems([1, 2, 3, 4], entries, 'Europe/London', 1);
  expect(new Set(items.map((item) => item.key)).size).toBe(items.length);
});

test('days follow the office when it changes its zone', () => {
  const late = { 1: mail(1, Date.UTC(2026, 10, 17, 21), 'Refund'), 2: mail(2, Date.UTC(2026, 10, 17, 23), 'Refund') };
  const days = (zone: string): number => timelineItems([1, 2], late, zone, null).filter((item) => item.type === 'day').length;
  expect([days('Europe/London'), days('Asia/Kolkata'), days('Europe/Athens'), days('Europe/London')]).toEqual([1, 1, 2, 1]);
});
