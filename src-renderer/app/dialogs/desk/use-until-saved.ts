import { useEffect, useRef, useState } from 'react';

/**
 * What a person has just chosen, until the core says the same. Two fields left in one breath: the second change is made to the first one,
 * not to what the core has told so far.
 */
export function useUntilSaved<V>(saved: V): { now: V; latest: () => V; show: (next: V) => void; drop: () => void } {
  const [mine, setMine] = useState<{ value: V } | null>(null);
  const newest = useRef<{ value: V } | null>(null);
  const put = (next: { value: V } | null): void => {
    newest.current = next;
    setMine(next);
  };
  const told = JSON.stringify(saved);
  useEffect(() => {
    if (newest.current !== null && JSON.stringify(newest.current.value) === told) put(null);
  }, [told]);
  return { now: mine === null ? saved : mine.value, latest: () => (newest.current === null ? saved : newest.current.value), show: (value) => put({ value }), drop: () => put(null) };
}
