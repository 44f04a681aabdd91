const waiting = new Set<() => void>();
/** The frame they wait for. */
let frame: symbol | null = null;

/** Runs what waits, now. */
export function catchUp(): void {
  frame = null;
  for (const work of [...waiting]) {
    waiting.delete(work);
    work();
  }
}

/** From the page's own part of a frame to the screen: it is rastered and put together by others, as fast as the page leaves them a processor. */
const TO_SCREEN_MS = 20;
/** A window nobody sees draws no frames. */
const MOST_MS = 100;

/** Leaves to a key's own frame what is seen: the rest follows when it is on screen, in the order it came, before the next key or click at the latest. */
export function afterFrame(work: () => void): void {
  waiting.add(work);
  // A hand that is quicker than the screen meets everything as it will be. Asked for again, a listener stays one.
  window.addEventListener('keydown', catchUp, true);
  window.addEventListener('pointerdown', catchUp, true);
  if (frame !== null) return;
  const mine = Symbol('frame');
  frame = mine;
  /** Each a task of its own, so that a key finds its place between them. */
  const next = (): void => {
    const [first] = waiting;
    if (frame !== mine || first === undefined) return;
    waiting.delete(first);
    if (waiting.size === 0) frame = null;
    else setTimeout(next);
    first();
  };
  requestAnimationFrame(() => setTimeout(() => requestIdleCallback(next), TO_SCREEN_MS));
  setTimeout(next, MOST_MS);
}

/** Whether a frame is being drawn that everything else waits for. */
export const isDrawing = (): boolean => waiting.size > 0;

/** In a moment of rest: behind the frame that is being drawn, else as soon as nothing else is to be done. */
export function atRest(work: () => void): void {
  if (isDrawing()) afterFrame(work);
  else requestIdleCallback(work, { timeout: MOST_MS });
}

export const drawn = (): Promise<void> => new Promise((resolve) => afterFrame(resolve));
