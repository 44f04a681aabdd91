import { useEffect, useRef, useState } from 'react';

/** A choice that is shown at once, before the core has said so: the next key counts from it. */
export function usePicked<V>(value: V, save: (picked: V) => Promise<boolean>): [shown: V, pick: (picked: V) => void] {
  const [picked, setPicked] = useState<{ value: V } | null>(null);
  const latest = useRef(0);
  useEffect(() => setPicked((old) => (old !== null && old.value === value ? null : old)), [value]);
  const pick = (next: V): void => {
    latest.current += 1;
    const mine = latest.current;
    setPicked({ value: next });
    void save(next).then((isKept) => { if (!isKept && latest.current === mine) setPicked(null); });
  };
  return [picked === null ? value : picked.value, pick];
}
