import type { Clock } from '../kernel/index.ts';

/** How often something that died may be started again: more in a short time means it will not get better. */
export interface RestartBudget {
  /** Takes one restart; false when there is none left. */
  take(): boolean;
}

export function createRestartBudget(clock: Clock, most = 3, withinMs = 5 * 60_000): RestartBudget {
  let taken: number[] = [];
  return {
    take() {
      const now = clock.now();
      taken = taken.filter((at) => now - at < withinMs);
      if (taken.length >= most) return false;
      taken.push(now);
      return true;
    },
  };
}
