import { Worker } from 'node:worker_threads';
import { keepThreadsSmall } from '../kernel/index.ts';

/** Where threads of one kind come from. */
export interface ThreadSource {
  /** Starts one ahead of whoever needs it first: it loads what it runs while this thread does the same. */
  warm(): void;
  /** The one started ahead, or a new one. */
  take(): Worker;
}

/** New objects of a thread. */
const YOUNG_MB = 12;

/** `memoryMb`: a thread that wants more has gone astray, and ends. */
export function threadSource(url: URL, memoryMb: number): ThreadSource {
  let spare: Worker | null = null;
  const nothing = (): void => {};
  const gone = (): void => void (spare = null);
  const made = (): Worker => {
    keepThreadsSmall(YOUNG_MB);
    return new Worker(url, { resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: YOUNG_MB } });
  };
  return {
    warm() {
      if (spare !== null) return;
      const ahead = made();
      // Nobody waits for it yet: it keeps no process alive, and whoever takes another one hears why that fails.
      ahead.unref();
      ahead.on('error', nothing);
      ahead.on('exit', gone);
      spare = ahead;
    },
    take() {
      const ahead = spare;
      spare = null;
      if (ahead === null) return made();
      ahead.off('error', nothing);
      ahead.off('exit', gone);
      ahead.ref();
      return ahead;
    },
  };
}
