import type { Clock } from '../../kernel/index.ts';
import type { ChannelEvent } from '../port.ts';
import { dayMs, prices, type PricedAction } from './prices.ts';

export type Spent = Extract<ChannelEvent, { type: 'spent' }>;

/**
 * Counts what X bills. Reads: every resource once in 24 hours. The memory is this process's: after a restart a resource may be
 * counted twice, never too little.
 */
export interface Ledger {
  /** `resources` like "post 123", "user 5": those not billed in the last 24 hours become one event. */
  read(action: PricedAction, resources: readonly string[]): void;
  write(action: PricedAction): void;
  /** Events not handed in yet. They leave the list by `settle`, once they are committed. */
  pending(): readonly Spent[];
  settle(count: number): void;
}

export function createLedger(clock: Clock): Ledger {
  const billedAt = new Map<string, number>();
  const events: Spent[] = [];
  const add = (action: PricedAction, count: number): void =>
    void events.push({ type: 'spent', at: clock.now(), usd: Math.round(count * prices[action] * 1e6) / 1e6, action, count });
  return {
    read(action, resources) {
      const now = clock.now();
      // In order of insertion, which is the order of time: the oldest lie in front.
      for (const [key, at] of billedAt) {
        if (at + dayMs > now) break;
        billedAt.delete(key);
      }
      const fresh = [...new Set(resources)].filter((key) => !billedAt.has(key));
      for (const key of fresh) billedAt.set(key, now);
      if (fresh.length > 0) add(action, fresh.length);
    },
    write: (action) => add(action, 1),
    pending: () => [...events],
    settle: (count) => void events.splice(0, count),
  };
}
