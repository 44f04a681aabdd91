import { useState } from 'react';
import { t } from '../../../locales/index.ts';
import { Field, TextField } from '../../../ui/field.tsx';

/** A text that is checked while it is typed and taken over when its field is left. */
export function Kept<V>({ label, value, read, save, hint, area = false }: { label: string; value: string; read: (text: string) => V | null; save: (value: V) => void; hint?: string; area?: boolean }) {
  const [text, setText] = useState<string | null>(null);
  const isBad = text !== null && read(text) === null;
  const leave = (): void => {
    const got = text === null ? null : read(text);
    if (text === null || got === null) return;
    if (text !== value) save(got);
    setText(null);
  };
  if (!area) return <TextField label={label} value={text ?? value} onText={setText} onBlur={leave} error={isBad ? t('settings.bad') : null} {...(hint === undefined ? {} : { hint })} />;
  return (
    <Field label={label} error={isBad ? t('settings.bad') : null} {...(hint === undefined ? {} : { hint })}>
      {(props) => <textarea {...props} className="input is-area" spellCheck={false} value={text ?? value} onChange={(event) => setText(event.target.value)} onBlur={leave} />}
    </Field>
  );
}
