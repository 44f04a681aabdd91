import type { Clock } from '../kernel/index.ts';
import { tables, type Store } from '../store/index.ts';
import { wake } from './operations.ts';

/** Wakes conversations at the minute they are due, also after sleep. Returns the function that stops it. */
export function startAlarms(store: Store, clock: Clock): () => void {
  let cancel = (): void => {};
  let armedFor: number | null = null;
  const arm = (): void => {
    const next = tables.nextAlarm(store.read);
    if (next === armedFor) return;
    cancel();
    armedFor = next;
    if (next !== null) cancel = clock.after(Math.max(0, next - clock.now()), ring);
  };
  const ring = (): void => {
    armedFor = null;
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
