import type { Settings } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { changeProfile } from '../../state/actions/profile-actions.ts';
import { getState, useApp } from '../../state/store.ts';
import { toast } from '../../state/toasts.ts';
import { useEdited } from './use-edited.ts';

type Field = Settings['customFields'][number];
const LANGUAGES = ['en', 'hi', 'bn', 'ms', 'pt', 'ar', 'de', 'es', 'fr', 'gu', 'id', 'it', 'ja', 'kn', 'ko', 'ml', 'mr', 'nl', 'pa', 'pl', 'ru', 'ta', 'te', 'th', 'tr', 'uk', 'ur', 'vi', 'zh'];
const languageNames = new Intl.DisplayNames('en', { type: 'language' });
const languageName = (code: string): string => languageNames.of(code) ?? code;

async function setLanguage(customerId: string, language: string | null): Promise<void> {
  const customer = getState().customers[customerId];
  if (customer === undefined || (await call('customer.update', { customerId, language })) === null) return;
  toast(t('profile.saved', { name: customer.name }), 'plain', { label: t('common.undo'), run: () => void call('customer.update', { customerId, language: customer.language }) });
}

/** The language, and what this desk keeps about its customers beside everything else. */
export function OwnFields({ customerId }: { customerId: string }) {
  const fields = useApp((state) => state.settings.customFields);
  const language = useApp((state) => state.customers[customerId]?.language ?? null);
  const codes = language === null || LANGUAGES.includes(language) ? LANGUAGES : [language, ...LANGUAGES];
  return (
    <section className="facts" data-test="own-fields">
      <h3>{t('profile.fields')}</h3>
      <div className="own-fields">
        <label className="own-field"><span>{t('profile.language')}</span>
          <select className="bare-select" value={language ?? ''} onChange={(event) => void setLanguage(customerId, event.target.value === '' ? null : event.target.value)}>
            <option value="">{t('profile.unknown')}</option>{codes.map((code) => <option key={code} value={code}>{languageName(code)}</option>)}
          </select>
        </label>
        {fields.map((field) => <OwnField key={field.id} customerId={customerId} field={field} />)}
      </div>
    </section>
  );
}

function OwnField({ customerId, field }: { customerId: string; field: Field }) {
  const value = useApp((state) => state.customers[customerId]?.profile.fields[field.id]);
  const save = (text: string): void => void changeProfile(customerId, { type: 'field', fieldId: field.id, value: text === '' ? null : field.type === 'number' ? Number(text.replace(',', '.')) : text });
  const edited = useEdited(value === undefined ? '' : String(value), save);
  return (
    <label className="own-field"><span title={field.name}>{field.name}</span>
      {field.type === 'choice'
        ? <select className="bare-select" value={String(value ?? '')} onChange={(event) => save(event.target.value)}>
            <option value="">{t('profile.unknown')}</option>
            {[...new Set([...(typeof value === 'string' ? [value] : []), ...field.choices])].map((choice) => <option key={choice} value={choice}>{choice}</option>)}
          </select>
        : <input
            className="bare-input" dir="auto" type={field.type === 'date' ? 'date' : 'text'} inputMode={field.type === 'number' ? 'decimal' : 'text'} value={edited.text} placeholder={t('profile.unknown')}
            onChange={(event) => edited.setText(event.target.value)} onBlur={() => { if (field.type === 'number' && edited.text.trim() !== '' && Number.isNaN(Number(edited.text.replace(',', '.')))) edited.cancel(); else edited.commit(); }}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              if (event.key === 'Enter') event.currentTarget.blur();
              if (event.key === 'Escape') { event.stopPropagation(); edited.cancel(); }
            }}
          />}
    </label>
  );
}
