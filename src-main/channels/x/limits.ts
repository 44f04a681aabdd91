import type { Clock } from '../../kernel/index.ts';
import type { XHeaders } from './client.ts';
import { rateLimits, rateWindowMs, type LimitGroup } from './prices.ts';

/** What is left of X's windows, from the headers of its answers; where they are missing, from our own count against the table. */
export interface Limits {
  /** When the next request of this group is allowed, ms UTC; null = now. `keep` requests are left for others. */
  waitUntil(group: LimitGroup, keep?: number): number | null;
  note(group: LimitGroup, headers: XHeaders): void;
  /** What is left of this group's window, and until when. */
  room(group: LimitGroup): { remaining: number; resetAt: number };
  /** X answered 429. */
  block(group: LimitGroup, until: number): void;
}

interface Window { remaining: number; resetAt: number }

export function createLimits(clock: Clock): Limits {
  const windows = new Map<string, Window>();
  const live = (key: string): Window | null => {
    const window = windows.get(key);
    return window && window.resetAt > clock.now() ? window : null;
  };
  return {
    waitUntil(group, keep = 0) {
      const short = live(group);
      const day = live(`${group} day`);
      const until = [short && short.remaining <= keep ? short.resetAt : 0, day && day.remaining <= keep ? day.resetAt : 0];
      const latest = Math.max(...until);
      return latest > 0 ? latest : null;
    },
    note(group, headers) {
      const told = windowIn(headers, 'x-rate-limit');
      const counted = live(group) ?? { remaining: rateLimits[group], resetAt: clock.now() + rateWindowMs };
      windows.set(group, told ?? { ...counted, remaining: counted.remaining - 1 });
      const day = windowIn(headers, 'x-user-limit-24hour');
      if (day) windows.set(`${group} day`, day);
    },
    room: (group) => live(group) ?? { remaining: rateLimits[group], resetAt: clock.now() + rateWindowMs },
    block: (group, until) => void windows.set(group, { remaining: 0, resetAt: until }),
  };
}

function windowIn(headers: XHeaders, name: string): Window | null {
  const remaining = Number(headers[`${name}-remaining`] ?? NaN);
  const reset = Number(headers[`${name}-reset`] ?? NaN);
  return Number.isFinite(remaining) && Number.isFinite(reset) ? { remaining, resetAt: reset * 1_000 } : null;
}
