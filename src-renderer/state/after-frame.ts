const waiting = new Set<() => void>();

/** Runs what waits, now. */
export function catchUp(): void {
  for (const work of [...waiting]) {
    waiting.delete(work);
    work();
  }
}

/** A window nobody sees draws no frames. */
const MOST_MS = 100;

/** Leaves to a key's own frame what is seen: the rest follows when it is drawn, in the order it came, before the next key or click at the latest. */
export function afterFrame(work: () => void): void {
  const run = (): void => { if (waiting.delete(work)) work(); };
  waiting.add(work);
  // A hand that is quicker than the screen meets everything as it will be. Asked for again, a listener stays one.
  window.addEventListener('keydown', catchUp, true);
  window.addEventListener('pointerdown', catchUp, true);
  requestAnimationFrame(() => requestIdleCallback(run));
  setTimeout(run, MOST_MS);
}

/** Whether a frame is being drawn that everything else waits for. */
export const isDrawing = (): boolean => waiting.size > 0;

export const drawn = (): Promise<void> => new Promise((resolve) => afterFrame(resolve));
