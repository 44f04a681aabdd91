import { useEffect } from 'react';
import { useApp } from '../state/store.ts';
import { useIsShown } from '../ui/is-shown.ts';

// Outlives a change of mode, which replaces the writer that shall take the focus.
let answered = 0;

/** Runs `focus` once for every time somebody asked for the composer. */
export function useFocusRequest(focus: () => void, on = true): void {
  const asked = useApp((state) => state.composerFocus);
  const isShown = useIsShown();
  useEffect(() => {
    if (!on || !isShown || asked <= answered) return;
    answered = asked;
    focus();
    // `focus` is new at every render; only the asking counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asked, isShown]);
}
