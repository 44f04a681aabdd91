import { useEffect, useRef, useState } from 'react';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { saveSettings } from '../../../state/preferences.ts';
import { useApp } from '../../../state/store.ts';
import { Field } from '../../../ui/field.tsx';

const MOST = 50;
const LONGEST = 300;
const linesOf = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''))];

/** What is listened for on X where we are not addressed, and what that costs. */
export function ListeningSettings() {
  const words = useApp((state) => state.settings.listenWords);
  const [text, setText] = useState(words.join('\n'));
  const [eachUsd, setEachUsd] = useState<number | null>(null);
  useEffect(() => void ask('heard.list', { limit: 1 }).then((answer) => { if (answer.ok) setEachUsd(answer.value.eachUsd); }), []);
  const lines = linesOf(text);
  const error = lines.length > MOST ? t('heard.tooMany', { count: MOST }) : lines.some((line) => line.length > LONGEST) ? t('heard.tooLong', { count: LONGEST }) : null;
  const leave = (): void => { if (error === null && lines.join('\n') !== words.join('\n')) void saveSettings({ listenWords: lines }); };
  const keep = useRef(leave);
  useEffect(() => { keep.current = leave; });
  // Escape closes the dialog without the field ever being left.
  useEffect(() => () => keep.current(), []);
  return (
    <div className="modal-form">
      <Field label={t('heard.wordsLabel')} hint={t('heard.wordsHint', { price: eachUsd === null ? '…' : `$${eachUsd.toFixed(3)}` })} error={error}>
        {(props) => <textarea className="input is-area" dir="auto" rows={6} spellCheck={false} {...props} value={text} onChange={(event) => setText(event.target.value)} onBlur={leave} />}
      </Field>
    </div>
  );
}
