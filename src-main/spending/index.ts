import type { Output } from '../../src-preload/contract/index.ts';
import { startOfDay, startOfMonth } from '../desk/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation, type ReadDb } from '../store/index.ts';
import { dollars, goesOver, leftOf, type Left } from './limits.ts';

export { type Left } from './limits.ts';

const LONGEST_DAY_MS = 26 * 3_600_000;

interface Office { zone: string; now: number }
const officeOf = (db: ReadDb, now: number): Office => ({ zone: tables.settingsOf(db).officeZone, now });
const endOfDay = ({ zone, now }: Office): number => startOfDay(zone, startOfDay(zone, now) + LONGEST_DAY_MS);
const endOfMonth = ({ zone, now }: Office): number => startOfMonth(zone, startOfMonth(zone, now) + 32 * 24 * 3_600_000);

/** What this account may still spend. */
export function leftFor(db: ReadDb, accountId: string, now: number): Left {
  const office = officeOf(db, now);
  return leftOf({
    todayUsd: tables.spentByAccount(db, accountId, startOfDay(office.zone, now)), monthUsd: tables.spentByAccount(db, accountId, startOfMonth(office.zone, now)),
    limit: tables.spendLimit(db, accountId), dayEndsAt: endOfDay(office), monthEndsAt: endOfMonth(office), now,
  });
}

/** One sentence for the account's row. */
export const pausedSentence = (left: Left): string =>
  `Reading is paused: ${dollars(left.spentUsd)} of the ${left.by === 'month' ? 'month’s' : 'day’s'} limit of ${dollars(left.limitUsd)} is spent.`;

/** A paid write over the limit asks first. Sends that wait count as spent. Throws ParleyError `refused` with the figures. */
export function assertWithinLimit(db: ReadDb, send: { accountId: string; usd: number }, priceOf: (waiting: tables.OutboxRecord) => number, now: number): void {
  const left = leftFor(db, send.accountId, now);
  if (left.by === null) return;
  const waiting = tables.unfinished(db).filter((o) => o.accountId === send.accountId && o.state !== 'refused').reduce((sum, o) => sum + priceOf(o), 0);
  if (!goesOver(left, send.usd + waiting)) return;
  throw new ParleyError('refused', `This costs ${dollars(send.usd)}. It would go over the ${left.by === 'month' ? 'month’s' : 'day’s'} limit of ${dollars(left.limitUsd)}: ${dollars(left.spentUsd + waiting)} is spent.`, {
    detail: { reason: 'spend_limit', period: left.by, usd: send.usd, spentUsd: left.spentUsd + waiting, limitUsd: left.limitUsd },
  });
}

/** Everything about the money of the X accounts, for the panel. */
export function spendReport(db: ReadDb, accounts: readonly { id: string; address: string; ownsApp: boolean }[], prices: Readonly<Record<string, number>>, now: number): Output<'spend.report'> {
  const { zone } = officeOf(db, now);
  const period = (accountId: string, since: number): { usd: number; lines: Output<'spend.report'>['accounts'][number]['today']['lines'] } => ({
    usd: tables.spentByAccount(db, accountId, since),
    lines: tables.spendLines(db, accountId, since).map((line) => ({ ...line, each: prices[line.action] ?? line.usd / Math.max(1, line.count) })),
  });
  return {
    accounts: accounts.map(({ id, address, ownsApp }) => {
      const limit = tables.spendLimit(db, id);
      const left = leftFor(db, id, now);
      return {
        accountId: id, address, ownsApp, dayLimitUsd: limit.dayUsd, monthLimitUsd: limit.monthUsd, allowedUntil: limit.allowedUntil > now ? limit.allowedUntil : null,
        over: left.by !== null && left.usd <= 0 ? left.by : null,
        today: period(id, startOfDay(zone, now)), month: period(id, startOfMonth(zone, now)),
      };
    }),
  };
}

const changeLimit = <A extends { accountId: string }>(name: string, change: (limit: tables.SpendLimit, args: A) => tables.SpendLimit): Operation<A, void> => ({
  name,
  apply(tx, args) {
    if (!tables.accountById(tx.db, args.accountId)) throw new ParleyError('not_found', 'This account is not connected.');
    tables.putSpendLimit(tx.db, args.accountId, change(tables.spendLimit(tx.db, args.accountId), args));
    tx.touch('account', args.accountId);
  },
});

export const setLimit = changeLimit<{ accountId: string; dayUsd: number | null; monthUsd: number | null }>('spend.limit', (limit, { dayUsd, monthUsd }) => ({ ...limit, dayUsd, monthUsd }));
const allowUntil = changeLimit<{ accountId: string; until: number }>('spend.allow', (limit, { until }) => ({ ...limit, allowedUntil: until }));

/** The person lets this account go on until the office's midnight. */
export const allowToday = (db: ReadDb, accountId: string, now: number): { operation: typeof allowUntil; args: { accountId: string; until: number } } =>
  ({ operation: allowUntil, args: { accountId, until: endOfDay(officeOf(db, now)) } });
