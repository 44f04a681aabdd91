/** The only source of time in domains. Times are ms since 1970 UTC. */
export interface Clock {
  now(): number;
  /** Calls `run` once, not earlier than `delayMs` from now. Returns the function that cancels it. Never keeps the process alive. */
  after(delayMs: number, run: () => void): () => void;
}

/** setTimeout overflows above 2^31-1 ms and fires at once; longer waits are cut into pieces. */
const LONGEST_TIMEOUT_MS = 2_147_000_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    let timer: NodeJS.Timeout;
    const arm = (left: number): void => {
      const piece = Math.min(left, LONGEST_TIMEOUT_MS);
      timer = setTimeout(() => (left > piece ? arm(left - piece) : run()), Math.max(0, piece));
      timer.unref();
    };
    arm(delayMs);
    return () => clearTimeout(timer);
  },
};

export interface ManualClock extends Clock {
  /** Moves time on and runs what falls due, in order. */
  advance(ms: number): void;
  /** Number of timers not yet run: a test can prove that none is left. */
  pending(): number;
}

export function manualClock(startAt = Date.UTC(2026, 0, 5, 9)): ManualClock {
  let now = startAt;
  let lastId = 0;
  const timers = new Map<number, { at: number; run: () => void }>();
  return {
    now: () => now,
    after(delayMs, run) {
      lastId += 1;
      const id = lastId;
      timers.set(id, { at: now + Math.max(0, delayMs), run });
      return () => void timers.delete(id);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const due = [...timers].filter(([, t]) => t.at <= end).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
        if (!due) break;
        timers.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].run();
      }
      now = end;
    },
    pending: () => timers.size,
  };
}

/** Resolves after `delayMs`; rejects with the signal's reason when it is aborted first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = (): void => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Lets whatever else waits for this thread have its turn. */
export const oneTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
