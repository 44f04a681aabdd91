import { z } from 'zod';
import { command, done, id, none, time } from '../common.ts';

const usd = z.number().nonnegative();
const period = z.strictObject({ usd, lines: z.array(z.strictObject({ action: z.string(), count: z.number().int(), each: usd, usd })) });

export const spendCommands = {
  /** What X has charged each account today and this month in the office zone, by action. */
  'spend.report': command(none, z.strictObject({
    accounts: z.array(z.strictObject({
      accountId: id, address: z.string(), ownsApp: z.boolean(), dayLimitUsd: usd.nullable(), monthLimitUsd: usd.nullable(),
      /** A person lets it go over its limit until then. */
      allowedUntil: time.nullable(),
      /** The limit that is used up. */
      over: z.enum(['day', 'month']).nullable(),
      today: period, month: period,
    })),
  })),
  'spend.limit': command(z.strictObject({ accountId: id, dayUsd: usd.max(1_000_000).nullable(), monthUsd: usd.max(1_000_000).nullable() }), done),
  /** Lets an account go on over its limit until midnight in the office zone. */
  'spend.allowToday': command(z.strictObject({ accountId: id }), done),
} as const;
