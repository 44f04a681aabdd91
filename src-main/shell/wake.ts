import type { Clock } from '../kernel/index.ts';

const CHECK_EVERY_MS = 15_000;
const ASLEEP_AFTER_MS = 45_000;

/** Calls `onWake` when far more time passed between two checks than should: the machine slept. Returns the function that stops. */
export function watchSleep(clock: Clock, onWake: () => void): () => void {
  let stop: () => void = () => {};
  const arm = (): void => {
    const before = clock.now();
    stop = clock.after(CHECK_EVERY_MS, () => {
      if (clock.now() - before > ASLEEP_AFTER_MS) onWake();
      arm();
    });
  };
  arm();
  return () => stop();
}
