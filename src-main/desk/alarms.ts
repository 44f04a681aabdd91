import type { Clock } from '../kernel/index.ts';
import { tables, type Store } from '../store/index.ts';
import { nextOccasions, raiseOccasions } from './occasions/raise.ts';
import { wake } from './operations.ts';

/** Wakes conversations at the minute they are due, also after sleep. Returns the function that stops it. */
export function startAlarms(store: Store, clock: Clock): () => void {
  let cancel = (): void => {};
  let armedFor: number | null = null;
  const arm = (): void => {
    const times = [tables.nextAlarm(store.read), nextOccasions(store.read, clock.now())].filter((at) => at !== null);
    const next = times.length === 0 ? null : Math.min(...times);
    if (next === armedFor) return;
    cancel();
    armedFor = next;
    if (next !== null) cancel = clock.after(Math.max(0, next - clock.now()), ring);
  };
  const ring = (): void => {
    armedFor = null;
    const occasions = nextOccasions(store.read, clock.now());
    if (occasions !== null && occasions <= clock.now()) store.run(raiseOccasions, {}, { at: clock.now(), agent: 'Parley' });
    store.run(wake, { until: clock.now() }, { at: clock.now(), agent: 'Parley' });
    arm();
  };
  const stop = store.onCommit(arm);
  arm();
  return () => {
    stop();
    cancel();
  };
}
