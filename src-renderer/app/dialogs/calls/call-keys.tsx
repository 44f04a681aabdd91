import { useEffect, useState, type KeyboardEvent } from 'react';
import type { GlobalShortcut } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';

const NAMED: Record<string, string> = { ' ': 'Space', ArrowUp: 'Up', ArrowDown: 'Down', ArrowLeft: 'Left', ArrowRight: 'Right' };

/** What was pressed in Electron's words; null while only Ctrl, Alt or Shift are down. */
function keysOf({ nativeEvent: event }: KeyboardEvent): string | null {
  if (['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'Dead'].includes(event.key)) return null;
  // By its place: with Shift the key itself is another one.
  const key = /^(?:Key|Digit)(.)$/u.exec(event.code)?.[1] ?? NAMED[event.key] ?? event.key;
  return [...(event.ctrlKey ? ['Control'] : []), ...(event.metaKey ? ['Super'] : []), ...(event.altKey ? ['Alt'] : []), ...(event.shiftKey ? ['Shift'] : []), key].join('+');
}

/** The keys that open the call pad from any program; nothing where the shell cannot have any. */
export function CallKeys() {
  const [shortcut, setShortcut] = useState<GlobalShortcut | null>(null);
  const [isEditing, setEditing] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  useEffect(() => {
    let isGone = false;
    void ask('phone.shortcut', {}).then((answer) => { if (answer.ok && !isGone) setShortcut(answer.value.shortcut); });
    return () => { isGone = true; };
  }, []);
  if (shortcut === null) return null;
  const save = async (keys: string | null): Promise<void> => {
    setEditing(false);
    const answer = await ask('phone.saveShortcut', { keys });
    setRefused(answer.ok ? null : answer.error.message);
    if (answer.ok) setShortcut(answer.value.shortcut);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setEditing(false);
    if (event.key === 'Backspace' || event.key === 'Delete') return void save(null);
    const keys = keysOf(event);
    if (keys !== null) void save(keys);
  };
  const problem = refused ?? shortcut.problem;
  const shown = shortcut.keys?.replace('CommandOrControl', /Mac/u.test(navigator.userAgent) ? 'Cmd' : 'Ctrl').replace('Control', 'Ctrl').replaceAll('+', ' ') ?? t('settings.noKey');
  return (
    <div className="phone-source" data-test="call-keys">
      <div className="key-row is-plain">
        <span>{t('phone.keys')}</span>
        <span className="spacer" />
        <button type="button" className={`key-button${isEditing ? ' is-editing' : ''}`} aria-label={t('settings.changeKey', { action: t('phone.keys'), keys: shown })} onClick={() => setEditing(true)} onBlur={() => setEditing(false)} {...(isEditing ? { onKeyDown } : {})}>{isEditing ? t('settings.pressKey') : shown}</button>
      </div>
      {problem === null ? <p className="hint">{t('phone.keysHint')}</p> : <p className="hint is-bad" role="alert">{problem}</p>}
    </div>
  );
}
