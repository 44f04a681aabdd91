export interface Standing {
  todayUsd: number;
  monthUsd: number;
  limit: { dayUsd: number | null; monthUsd: number | null; allowedUntil: number };
  /** When the day and the month end in the office zone. */
  dayEndsAt: number;
  monthEndsAt: number;
  now: number;
}

export interface Left {
  /** US dollars until the tighter limit; Infinity when none holds. Never below 0. */
  usd: number;
  /** The limit that binds; null when none does. */
  by: 'day' | 'month' | null;
  limitUsd: number;
  spentUsd: number;
  /** When there is money again. */
  endsAt: number;
}

/** What may still be spent. A person's "go on for today" lifts both limits until the day ends. Pure. */
export function leftOf(s: Standing): Left {
  const none: Left = { usd: Infinity, by: null, limitUsd: Infinity, spentUsd: s.todayUsd, endsAt: s.now };
  if (s.limit.allowedUntil > s.now) return none;
  const day: Left = s.limit.dayUsd === null ? none : { usd: Math.max(0, s.limit.dayUsd - s.todayUsd), by: 'day', limitUsd: s.limit.dayUsd, spentUsd: s.todayUsd, endsAt: s.dayEndsAt };
  const month: Left = s.limit.monthUsd === null ? none : { usd: Math.max(0, s.limit.monthUsd - s.monthUsd), by: 'month', limitUsd: s.limit.monthUsd, spentUsd: s.monthUsd, endsAt: s.monthEndsAt };
  // Equally tight: the one that holds longer decides when it goes on.
  return month.usd <= day.usd ? month : day;
}

/** Whether one more dollar amount would go over; sums of tenths of a cent compare without their far digits. */
export const goesOver = (left: Left, usd: number): boolean => usd - left.usd > 1e-9;

export const dollars = (usd: number): string => `$${usd.toFixed(usd < 0.1 && usd > 0 ? 3 : 2)}`;
