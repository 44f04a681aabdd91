import type { Clock } from '../kernel/index.ts';
import type { ContentStore } from './files.ts';
import type { Operation, Store } from './store.ts';
import * as tables from './tables/index.ts';

/** Bytes put this short ago may be about to get a row: they are looked at again later. */
const SETTLING_MS = 60_000;

const forget: Operation<{ sha256: string[] }, void> = {
  name: 'files.swept',
  apply(tx, { sha256 }) {
    for (const one of sha256) tables.forgetFileLeft(tx.db, one);
  },
};

/** Takes off the disk what deleted messages left, unless something else needs it. True when nothing is left to do. */
export function sweepFiles(store: Store, files: ContentStore, now: number): boolean {
  if (tables.filesLeft(store.read).length === 0) return true;
  // A mail that is not committed yet may need one of them.
  store.settle();
  const left = tables.filesLeft(store.read);
  const swept = left.filter((sha256) => {
    if (tables.isFileUsed(store.read, sha256)) return true;
    if ((files.putAt(sha256) ?? 0) > now - SETTLING_MS) return false;
    files.remove(sha256);
    return true;
  });
  if (swept.length > 0) store.run(forget, { sha256: swept }, { at: now, agent: 'Parley' });
  return swept.length === left.length;
}

/** Sweeps at start, whenever something was deleted, and later what could not be swept yet. Returns the function that stops. */
export function startSweeping(store: Store, files: ContentStore, clock: Clock): () => void {
  let cancel = (): void => {};
  const sweep = (): void => {
    cancel();
    cancel = sweepFiles(store, files, clock.now()) ? () => {} : clock.after(SETTLING_MS, sweep);
  };
  sweep();
  const stopListening = store.onCommit((touched) => {
    if (touched.rows === null || touched.rows.has('file')) {
      cancel();
      cancel = clock.after(0, sweep);
    }
  });
  return () => {
    stopListening();
    cancel();
  };
}
