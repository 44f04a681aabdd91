import { useLayoutEffect } from 'react';
import { flushSync } from 'react-dom';
import { create } from 'zustand';
import { afterFrame, isDrawing } from '../../state/after-frame.ts';
import { getState, useApp } from '../../state/store.ts';
import { isUnsettled, prepared, settled, turned, type Sheet } from './deck.ts';

/** Rest after the last key before anything is made ahead. */
const QUIET_MS = 40;
const AGAIN_MS = 8;
/** Rest after a click somewhere else in the list: whoever looks around clicks far away again, and what follows there is not looked at. */
const LOOKS_AROUND_MS = 700;

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
  let quietUntil = 0;
  let byPointer = false;
  const next = (): readonly Sheet[] => prepared(useSheets.getState(), getState(), newKey);
  const prepare = (): void => {
    timer = 0;
    const rest = quietUntil - performance.now();
    // What a key left to be done comes first.
    if (rest > 0 || isDrawing()) timer = window.setTimeout(prepare, Math.max(rest, AGAIN_MS));
    else {
      put(next());
      look();
    }
  };
  const look = (): void => {
    const sheets = useSheets.getState();
    if (timer === 0 && !sheets.some(isUnsettled) && next() !== sheets) timer = window.setTimeout(prepare, QUIET_MS);
  };
  const follow = (): void => {
    const before = useSheets.getState();
    const sheets = turned(before, getState(), newKey);
    if (sheets !== before) {
      if (byPointer && sheets.some((sheet) => sheet.use === 'open' && !before.includes(sheet))) quietUntil = performance.now() + LOOKS_AROUND_MS;
      put(sheets);
    }
    look();
  };
  const onKey = (): void => {
    byPointer = false;
    quietUntil = performance.now() + QUIET_MS;
  };
  const onPointer = (): void => { byPointer = true; };
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('pointerdown', onPointer, true);
  const stops = [useApp.subscribe(follow), useSheets.subscribe(look)];
  follow();
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('pointerdown', onPointer, true);
    clearTimeout(timer);
    useSheets.setState([], true);
  };
}

/** The sheets there are, the open conversation's among them. */
export function useDeck(): readonly Sheet[] {
  useLayoutEffect(startDeck, []);
  return useSheets();
}
