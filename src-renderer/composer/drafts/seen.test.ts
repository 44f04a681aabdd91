import { expect, test } from 'vitest';
import { make, uuid } from '../../dev/sample.ts';
import { arrivedSince, newestArrival, seenUpTo } from './seen.ts';

const entry = (id: number, direction: 'inbound' | 'outbound' | 'internal', arrivedAt = id * 1000) =>
  ({ ...make({ conversationId: uuid(1), customerId: uuid(2), at: id * 1000, n: 0, kind: 'dm', author: 'x', address: null, text: '', direction }), id, arrivedAt });
const byId = (...list: ReturnType<typeof entry>[]) => Object.fromEntries(list.map((one) => [one.id, one]));
const entries = byId(entry(1, 'inbound'), entry(2, 'outbound'), entry(3, 'internal'), entry(4, 'inbound'), entry(5, 'outbound'));
const ids = [1, 2, 3, 4, 5];

test('what the writer sent is seen; what others wrote after the last key is not', () => {
  expect(seenUpTo(ids, entries, 1_000, new Set([2]))).toBe(2_000);
  expect(seenUpTo(ids, entries, 1_000, new Set())).toBe(1_000);
  expect(seenUpTo(ids, entries, 4_000, new Set([5]))).toBe(5_000);
  expect(seenUpTo(ids, entries, 1_000, new Set([2, 5]))).toBe(2_000);
});

test('a mail that stands above a line of the console because its clock is slow is still the last to have come', () => {
  const late = byId(entry(1, 'inbound'), entry(2, 'inbound', 9_000), entry(3, 'internal'));
  expect(newestArrival([1, 3], late)).toBe(1_000);
  expect(arrivedSince([1, 2, 3], late, 1_000).map(({ id }) => id)).toEqual([2]);
  expect(seenUpTo([1, 2, 3], late, 1_000, new Set())).toBe(1_000);
  expect(newestArrival([1, 2, 3], late)).toBe(9_000);
});
