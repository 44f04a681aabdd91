import type { Random } from './ids.ts';

/** Full-jitter exponential back-off: a time in (0, min(capMs, baseMs * 2^attempt)], never under a tenth of it. `attempt` counts from 0. */
export function backoffMs(attempt: number, random: Random, baseMs = 1_000, capMs = 5 * 60_000): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30));
  return Math.round(ceiling * (0.1 + 0.9 * random.unit()));
}
