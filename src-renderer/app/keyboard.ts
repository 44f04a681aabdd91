import { useEffect } from 'react';
import { matchShortcut, type KeyPress } from '../state/shortcuts.ts';
import { getState, setState } from '../state/store.ts';
import { isMac } from '../ui/keys.tsx';
import { runCommand } from './commands.ts';

const CHORD_MS = 1_200;
const typesText = new Set(['text', 'search', 'email', 'url', 'tel', 'password', 'number', 'date', 'time']);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && typesText.has(target.type);
}

const pressOf = (event: KeyboardEvent): KeyPress => ({
  key: event.key, ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey, shiftKey: event.shiftKey, isComposing: event.isComposing, keyCode: event.keyCode,
  isTyping: isTyping(event.target), altGraph: event.getModifierState('AltGraph'),
});

/** Enter and Space belong to the control that has the focus. */
const isOwnKey = (event: KeyboardEvent): boolean =>
  (event.key === 'Enter' || event.key === ' ') && event.target instanceof HTMLElement && event.target.closest('button, a, [role=tab], [role=menuitem], [role=option], [role=radio], [role=switch]') !== null;

/** Menus stand in layers beside the page itself, which has thousands of elements to search. */
const hasMenu = (): boolean => [...document.body.children].some((layer) => layer.id !== 'root' && layer.querySelector('[role=menu]') !== null);

/** Keys that come between the palette's key and the caret in its field are meant for it; its box has the focus for a moment before. */
function keepForPalette(event: KeyboardEvent, text: string): void {
  if (document.activeElement?.closest('.palette input, .palette button') != null || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key.length === 1) setState({ dialog: { type: 'palette', text: text + event.key } });
  else if (event.key === 'Backspace') setState({ dialog: { type: 'palette', text: text.slice(0, -1) } });
  else if (event.key === 'Escape') setState({ dialog: null });
  event.preventDefault();
  event.stopPropagation();
}

/** The one listener for shortcuts of the window. Dialogs and menus keep their keys to themselves. */
export function useKeyboard(): void {
  useEffect(() => {
    let prefix: string | null = null;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const forget = (): void => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      prefix = null;
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat && !['j', 'k'].includes(event.key)) return;
      const { phase, dialog, settings, drawer } = getState();
      if (phase !== 'ready' || dialog !== null || hasMenu()) return;
      if (event.key === 'Escape' && drawer !== null) {
        setState({ drawer: null });
        return;
      }
      if (isOwnKey(event)) return;
      const match = matchShortcut(pressOf(event), { custom: settings.shortcuts, on: settings.shortcutsOn, prefix, isMac });
      forget();
      if (match.type === 'none') return;
      event.preventDefault();
      if (match.type === 'run') runCommand(match.action);
      else {
        prefix = match.prefix;
        timer = setTimeout(forget, CHORD_MS);
      }
    };
    // Before anything else sees them: the list of conversations takes Space and Enter for itself.
    const onEarlyKey = (event: KeyboardEvent): void => {
      const { dialog } = getState();
      if (dialog?.type === 'palette') keepForPalette(event, dialog.text);
    };
    window.addEventListener('keydown', onEarlyKey, true);
    window.addEventListener('keydown', onKeyDown);
    return () => {
      forget();
      window.removeEventListener('keydown', onEarlyKey, true);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
