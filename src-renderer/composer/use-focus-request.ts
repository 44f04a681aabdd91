import { useEffect } from 'react';
import { useApp } from '../state/store.ts';

// Outlives a change of mode, which replaces the writer that shall take the focus.
let answered = 0;

/** Runs `focus` once for every time somebody asked for the composer. */
export function useFocusRequest(focus: () => void, on = true): void {
  const asked = useApp((state) => state.composerFocus);
  useEffect(() => {
    if (!on || asked <= answered) return;
    answered = asked;
    focus();
    // `focus` is new at every render; only the asking counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asked]);
}
