import type { Clock } from '../kernel/index.ts';
import type { Reader } from './reader.ts';
import type { Store } from './store.ts';

/** Nothing was committed for this long: between two groups of history, too; an import of pages that follow at once goes on without. */
const REST_MS = 100;
/** 8 MB of pages: half of what a commit leaves before it copies them itself. Copied more often, pages written again and again would be copied more often, too. */
const WORTH_COPYING = 2_000;

export interface Checkpoints {
  /** Resolves when the copying that is under way has ended. */
  settled(): Promise<void>;
  stop(): void;
}

/**
 * Has the log copied into the database while nothing else is committed, on the thread of the reader: the commit that finds 16 MB of log copies
 * them itself, and a message that has just come in would wait for it. Where it cannot be copied here (disk full, another process), that
 * commit still does.
 */
export function startCheckpoints(store: Store, reader: Pick<Reader, 'copyLog'>, clock: Clock): Checkpoints {
  let running: Promise<void> | null = null;
  let cancel = (): void => {};
  const copy = (): void => {
    if (running !== null || store.logLeft() < WORTH_COPYING) return;
    running = reader.copyLog().catch(() => undefined).finally(() => (running = null));
  };
  const stopListening = store.onCommit(() => {
    cancel();
    cancel = clock.after(REST_MS, copy);
  });
  return {
    settled: () => running ?? Promise.resolve(),
    stop() {
      stopListening();
      cancel();
    },
  };
}
