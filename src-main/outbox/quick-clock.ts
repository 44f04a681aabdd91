import { systemClock, type Clock } from '../kernel/index.ts';

/** A day that passes `times` as fast since a moment (ms UTC): the same one in every process of a test, and at its server. */
export interface Quick { since: number; times: number }

export const quickClock = ({ since, times }: Quick): Clock => ({
  now: () => Math.floor(since + (systemClock.now() - since) * times),
  after: (delayMs, run) => systemClock.after(delayMs / times, run),
});
