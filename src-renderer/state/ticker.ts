import { useSyncExternalStore } from 'react';

/** One interval for everything on screen that tells an age; it stops when nobody looks. */
function createTicker(everyMs: number): () => number {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | null = null;
  let now = Date.now();
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    timer ??= setInterval(() => {
      now = Date.now();
      for (const tell of listeners) tell();
    }, everyMs);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && timer !== null) {
        clearInterval(timer);
        timer = null;
      }
    };
  };
  const snapshot = (): number => {
    // Between ticks it must not change, or React would render without end; after a pause it may be old by one tick at most.
    if (Date.now() - now > everyMs) now = Date.now();
    return now;
  };
  return () => useSyncExternalStore(subscribe, snapshot);
}

// Half a minute, so that "1m" is never wrong by more than that.
export const useMinute = createTicker(30_000);
export const useSecond = createTicker(1_000);
