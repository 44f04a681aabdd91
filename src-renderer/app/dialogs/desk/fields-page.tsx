import { useState } from 'react';
import { Plus, Trash2 } from 'lucide-react';
import type { Settings } from '../../../../src-preload/contract/index.ts';
import { t } from '../../../locales/index.ts';
import { saveSettings } from '../../../state/preferences.ts';
import { useApp } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { PickField, TextField } from '../../../ui/field.tsx';

type Field = Settings['customFields'][number];
const types = ['text', 'number', 'date', 'choice'] as const satisfies readonly Field['type'][];

/** Which fields of its own this desk keeps about every customer. */
export function FieldsPage() {
  const fields = useApp((state) => state.settings.customFields);
  const save = (customFields: Settings['customFields']): void => void saveSettings({ customFields });
  const change = (id: string, patch: Partial<Field>): void => save(fields.map((field) => (field.id === id ? { ...field, ...patch } : field)));
  const remove = (field: Field): void => {
    save(fields.filter((other) => other.id !== field.id));
    toast(t('fields.removed', { name: field.name }), 'plain', { label: t('common.undo'), run: () => save(fields) });
  };
  return (
    <div className="modal-form" data-test="fields-page">
      <p className="hint">{t('fields.lead')}</p>
      <ul className="fields-list">
        {fields.map((field) => (
          <li key={field.id} className="fields-line">
            <Kept label={t('fields.name')} value={field.name} save={(name) => change(field.id, { name })} />
            <PickField label={t('fields.type')} value={field.type} options={types.map((value) => ({ value, label: t(`fields.types.${value}`) }))} onPick={(type) => change(field.id, { type })} />
            {field.type === 'choice' ? <Kept label={t('fields.choices')} value={field.choices.join(', ')} save={(text) => change(field.id, { choices: [...new Set(text.split(',').map((one) => one.trim()).filter((one) => one !== ''))] })} /> : <span />}
            <IconButton label={t('fields.remove', { name: field.name })} onClick={() => remove(field)}><Trash2 size={14} aria-hidden="true" /></IconButton>
          </li>
        ))}
      </ul>
      <footer className="modal-foot is-start"><Button small onClick={() => save([...fields, { id: crypto.randomUUID(), name: t('fields.fresh', { count: fields.length + 1 }), type: 'text', choices: [] }])} data-action="fields.add"><Plus size={14} aria-hidden="true" />{t('fields.add')}</Button></footer>
    </div>
  );
}

function Kept({ label, value, save }: { label: string; value: string; save: (text: string) => void }) {
  const [text, setText] = useState<string | null>(null);
  return <TextField label={label} value={text ?? value} onText={setText} dir="auto" onFocus={(event) => event.target.select()} onBlur={() => { if (text !== null && text.trim() !== '' && text.trim() !== value) save(text.trim()); setText(null); }} />;
}
