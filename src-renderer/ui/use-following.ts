import { startTransition, useEffect, useRef, useState } from 'react';
import { afterFrame, isDrawing } from '../state/after-frame.ts';

/** Between two keys of a hand that goes on without a look. */
const HURRY_MS = 300;
const RESTS_MS = 250;

/** The value for what a person looks at second: it follows once the key's own frame is on screen, gives way to the next key, and in a hurry waits for the hand to rest. */
export function useFollowing<T>(value: T): T {
  const [shown, setShown] = useState(value);
  const changedAt = useRef(-Infinity);
  useEffect(() => {
    const isHurry = performance.now() - changedAt.current < HURRY_MS;
    changedAt.current = performance.now();
    const follow = (): void => startTransition(() => setShown(value));
    if (isHurry) {
      const timer = setTimeout(follow, RESTS_MS);
      return () => clearTimeout(timer);
    }
    if (isDrawing()) afterFrame(follow);
    else follow();
    return undefined;
  }, [value]);
  return shown;
}
