import { expect, test } from 'vitest';
import { goesOver, leftOf, type Standing } from './limits.ts';

const standing = (todayUsd: number, monthSpent: number, dayUsd: number | null, monthUsd: number | null, allowedUntil = 0): Standing => ({ dayEndsAt: 100, monthEndsAt: 1_000, now: 10, todayUsd, monthUsd: monthSpent, limit: { dayUsd, monthUsd, allowedUntil } });

test.each([
  ['no limit', standing(9, 90, null, null), Infinity, null, 10],
  ['the day’s rest', standing(1, 1, 5, null), 4, 'day', 100],
  ['the month is tighter', standing(1, 99, 5, 100), 1, 'month', 1_000],
  ['the day is tighter', standing(4.5, 10, 5, 100), 0.5, 'day', 100],
  ['both are used up: it goes on when both do', standing(5, 100, 5, 100), 0, 'month', 1_000],
  ['over it there is nothing, not less', standing(7, 7, 5, null), 0, 'day', 100],
  ['allowed for today', standing(7, 107, 5, 100, 50), Infinity, null, 10],
  ['allowed until now is over', standing(7, 7, 5, null, 10), 0, 'day', 100],
  ['a limit of nothing', standing(0, 0, 0, null), 0, 'day', 100],
])('%s', (_name, given, usd, by, endsAt) => {
  expect(leftOf(given)).toMatchObject({ usd, by, endsAt });
});

test('reaching the limit is allowed, going over it is not, whatever doubles do', () => {
  const left = leftOf(standing(0.1 + 0.2, 0.3, 0.31, null));
  expect([goesOver(left, 0.01), goesOver(left, 0.011)]).toEqual([false, true]);
});
