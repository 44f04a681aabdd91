import type { Caller } from './auth.ts';
import { outOfCredits } from './errors.ts';
import type { RateWindow, XState } from './state.ts';
import { dailyLimits, dayMs, prices, rateLimits, type LimitGroup, type PricedAction } from './terms.ts';

function windowOf(state: XState, key: string, windowMs: number, nowMs: number): RateWindow {
  const old = state.windows[key];
  if (old && nowMs < old.startedAt + windowMs) return old;
  return (state.windows[key] = { startedAt: nowMs, used: 0 });
}

/** Counts one request. `ok: false` = over the limit; the headers say when it opens again (epoch seconds). */
export function takeFromLimit(state: XState, caller: Caller, group: LimitGroup, nowMs: number): { ok: boolean; headers: Record<string, string> } {
  const limit = rateLimits[group];
  const short = windowOf(state, `${caller.userId} ${group}`, limit.windowMs, nowMs);
  const perDay = dailyLimits[group];
  const long = perDay === undefined ? undefined : windowOf(state, `${caller.userId} ${group} day`, dayMs, nowMs);
  const ok = short.used < limit.max && (long === undefined || perDay === undefined || long.used < perDay);
  if (ok) {
    short.used += 1;
    if (long) long.used += 1;
  }
  const headers: Record<string, string> = {
    'x-rate-limit-limit': String(limit.max),
    'x-rate-limit-remaining': String(limit.max - short.used),
    'x-rate-limit-reset': String(Math.ceil((short.startedAt + limit.windowMs) / 1000)),
  };
  if (long && perDay !== undefined) {
    headers['x-user-limit-24hour-limit'] = String(perDay);
    headers['x-user-limit-24hour-remaining'] = String(perDay - long.used);
    headers['x-user-limit-24hour-reset'] = String(Math.ceil((long.startedAt + dayMs) / 1000));
  }
  return { ok, headers };
}

/** Refuses with 402 when nothing is left. */
export function needCredits(state: XState, caller: Caller): void {
  if (state.creditsUsd !== undefined && state.creditsUsd <= 0) throw outOfCredits(state.creditsShape, caller.userId);
}

/** Charges one priced action; with a `resource`, only once in 24 h. */
export function charge(state: XState, action: PricedAction, nowMs: number, resource?: string): void {
  if (resource !== undefined) {
    const last = state.billedAt[resource];
    if (last !== undefined && nowMs < last + dayMs) return;
    state.billedAt[resource] = nowMs;
  }
  state.bill[action] += 1;
  if (state.creditsUsd !== undefined) state.creditsUsd -= prices[action];
}

export type BillLine = { action: PricedAction; count: number; usd: number };
export type Bill = { lines: BillLine[]; totalUsd: number };

/** Everything charged so far. */
export function billOf(state: XState): Bill {
  const lines = (Object.keys(prices) as PricedAction[])
    .map(action => ({ action, count: state.bill[action], usd: round(state.bill[action] * prices[action]) }))
    .filter(line => line.count > 0);
  return { lines, totalUsd: round(lines.reduce((sum, line) => sum + line.usd, 0)) };
}

const round = (usd: number): number => Math.round(usd * 1e6) / 1e6;
