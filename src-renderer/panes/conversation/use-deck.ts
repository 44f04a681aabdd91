import { useLayoutEffect } from 'react';
import { flushSync } from 'react-dom';
import { create } from 'zustand';
import { afterFrame } from '../../state/after-frame.ts';
import { getState, useApp } from '../../state/store.ts';
import { isUnsettled, prepared, settled, turned, type Sheet } from './deck.ts';

/** Rest after the last key before anything is made ahead. */
const QUIET_MS = 40;

const useSheets = create<readonly Sheet[]>(() => []);

let keys = 0;
const newKey = (): number => (keys += 1);

function put(next: readonly Sheet[]): void {
  const before = useSheets.getState();
  if (next === before) return;
  useSheets.setState(next, true);
  if (next.some(isUnsettled) && !before.some(isUnsettled)) afterFrame(settle);
}

const settle = (): void => flushSync(() => put(settled(useSheets.getState())));

/** Follows what is open, at once, and what will be, while nobody waits for anything. */
function startDeck(): () => void {
  let timer = 0;
  let idle = 0;
  let lastKey = 0;
  const next = (): readonly Sheet[] => prepared(useSheets.getState(), getState(), newKey);
  const prepare = (): void => {
    timer = 0;
    const rest = lastKey + QUIET_MS - performance.now();
    if (rest > 0) timer = window.setTimeout(prepare, rest);
    else idle = requestIdleCallback(() => {
      idle = 0;
      put(next());
      look();
    });
  };
  const look = (): void => {
    const sheets = useSheets.getState();
    if (timer === 0 && idle === 0 && !sheets.some(isUnsettled) && next() !== sheets) timer = window.setTimeout(prepare, QUIET_MS);
  };
  const follow = (): void => {
    put(turned(useSheets.getState(), getState(), newKey));
    look();
  };
  const onKey = (): void => { lastKey = performance.now(); };
  window.addEventListener('keydown', onKey, true);
  const stops = [useApp.subscribe(follow), useSheets.subscribe(look)];
  follow();
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('keydown', onKey, true);
    clearTimeout(timer);
    cancelIdleCallback(idle);
    useSheets.setState([], true);
  };
}

/** The sheets there are, the open conversation's among them. */
export function useDeck(): readonly Sheet[] {
  useLayoutEffect(startDeck, []);
  return useSheets();
}
