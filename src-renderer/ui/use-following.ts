import { startTransition, useEffect, useState } from 'react';
import { afterFrame, isDrawing } from '../state/after-frame.ts';

/** The value for what a person looks at second: it follows once the key's own frame is on screen, and gives way to the next key. */
export function useFollowing<T>(value: T): T {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    const follow = (): void => startTransition(() => setShown(value));
    if (isDrawing()) afterFrame(follow);
    else follow();
  }, [value]);
  return shown;
}
