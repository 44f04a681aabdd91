import type { ReadDb, WriteDb } from '../db.ts';

/** Midnights of all time zones fall on quarters of an hour. */
const SLOT_MS = 900_000;

export function addSpend(db: WriteDb, accountId: string, spent: { at: number; action: string; usd: number; count: number }): void {
  db.run(
    'INSERT INTO spend (account_id, slot, action, usd, n) VALUES (?, ?, ?, ?, ?) ON CONFLICT (slot, account_id, action) DO UPDATE SET usd = usd + excluded.usd, n = n + excluded.n',
    accountId, Math.floor(spent.at / SLOT_MS), spent.action, spent.usd, spent.count,
  );
}

// Sums of tenths of a cent as doubles drift in the far digits; money is shown and compared without them.
const round = (usd: number): number => Math.round(usd * 1e6) / 1e6;

/** US dollars spent by every account since `since` (ms UTC, a quarter of an hour). */
export const spentSince = (db: ReadDb, since: number): number => round(db.get<{ usd: number | null }>('SELECT sum(usd) AS usd FROM spend WHERE slot >= ?', Math.floor(since / SLOT_MS))?.usd ?? 0);

export const spentByAccount = (db: ReadDb, accountId: string, since: number): number =>
  round(db.get<{ usd: number | null }>('SELECT sum(usd) AS usd FROM spend WHERE slot >= ? AND account_id = ?', Math.floor(since / SLOT_MS), accountId)?.usd ?? 0);

export interface SpendLine { action: string; count: number; usd: number }
export const spendLines = (db: ReadDb, accountId: string, since: number): SpendLine[] =>
  db.all<SpendLine>('SELECT action, sum(n) AS count, sum(usd) AS usd FROM spend WHERE slot >= ? AND account_id = ? GROUP BY action ORDER BY sum(usd) DESC, action', Math.floor(since / SLOT_MS), accountId)
    .map((line) => ({ ...line, usd: round(line.usd) }));

export interface SpendLimit { dayUsd: number | null; monthUsd: number | null; /** The person lets it go on until then (ms UTC). */ allowedUntil: number }

export function spendLimit(db: ReadDb, accountId: string): SpendLimit {
  const row = db.get<{ day_usd: number | null; month_usd: number | null; allowed_until: number }>('SELECT day_usd, month_usd, allowed_until FROM spend_limit WHERE account_id = ?', accountId);
  return { dayUsd: row?.day_usd ?? null, monthUsd: row?.month_usd ?? null, allowedUntil: row?.allowed_until ?? 0 };
}

export function putSpendLimit(db: WriteDb, accountId: string, limit: SpendLimit): void {
  db.run(
    'INSERT INTO spend_limit (account_id, day_usd, month_usd, allowed_until) VALUES (?, ?, ?, ?) ON CONFLICT (account_id) DO UPDATE SET day_usd = excluded.day_usd, month_usd = excluded.month_usd, allowed_until = excluded.allowed_until',
    accountId, limit.dayUsd, limit.monthUsd, limit.allowedUntil,
  );
}
