import { useState } from 'react';
import { MailPreview } from '../../composer/mail-preview.tsx';
import { t } from '../../locales/index.ts';
import { rememberSettings, saveSettings } from '../../state/preferences.ts';
import { getState, useApp } from '../../state/store.ts';
import { without } from '../../state/without.ts';
import { Field, PickField } from '../../ui/field.tsx';

/** For every mailbox that has no signature of its own. */
const ALL = 'all';

/** The agent's signature, for all mailboxes or one, as it will look; saved while it is written, however the dialog is left. */
export function SignatureSettings() {
  const mailboxes = useApp((state) => state.accounts).filter((account) => account.channel === 'email');
  const noQuote = useApp((state) => state.settings.noQuoteAccounts);
  const [mailbox, setMailbox] = useState(ALL);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() => ({ ...getState().settings.signatures, [ALL]: getState().settings.signature }));
  const text = texts[mailbox] ?? '';
  const write = (written: string): void => {
    const after = { ...texts, [mailbox]: written };
    setTexts(after);
    // An empty one of its own is none: the common one stands there again.
    if (mailbox === ALL) rememberSettings({ signature: written });
    else rememberSettings({ signatures: Object.fromEntries(Object.entries(without(after, ALL)).filter(([, own]) => own.trim() !== '')) });
  };
  const shown = text.trim() === '' ? (texts[ALL] ?? '') : text;
  return (
    <>
      {mailboxes.length > 1 && <PickField label={t('settings.signatureFor')} value={mailbox} options={[{ value: ALL, label: t('settings.allMailboxes') }, ...mailboxes.map((account) => ({ value: account.id, label: account.address }))]} onPick={setMailbox} />}
      <Field label={t('settings.signature')} hint={t('settings.signatureHint')}>
        {(props) => <textarea className="input is-area" dir="auto" {...props} value={text} placeholder={mailbox === ALL ? '' : t('settings.signatureAsAll')} onChange={(event) => write(event.target.value)} />}
      </Field>
      {shown.trim() !== '' && <MailPreview text={shown} mail={null} most={140} />}
      {mailboxes.length > 0 && <p className="hint">{t('settings.quoteHint')}</p>}
      {mailboxes.map((account) => (
        <label key={account.id} className="check">
          <input type="checkbox" checked={!noQuote.includes(account.id)} onChange={(event) => void saveSettings({ noQuoteAccounts: event.target.checked ? noQuote.filter((id) => id !== account.id) : [...noQuote, account.id] })} />{t('settings.quoteFrom', { address: account.address })}
        </label>
      ))}
    </>
  );
}
