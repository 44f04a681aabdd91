import { useState } from 'react';
import { MailPreview } from '../../../composer/mail/mail-preview.tsx';
import { t } from '../../../locales/index.ts';
import { rememberSettings, saveSettings } from '../../../state/preferences.ts';
import { getState, useApp } from '../../../state/store.ts';
import { without } from '../../../state/without.ts';
import { Field, PickField } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';

/** For every mailbox that has no signature of its own. */
const ALL = 'all';

type Way = 'all' | 'own' | 'none';
const ways = (['all', 'own', 'none'] as const).map((value) => ({ value, label: t(`settings.signatureWay.${value}`) }));

/** The agent's signature, for all mailboxes or one, as it will look; saved while it is written, however the dialog is left. */
export function SignatureSettings() {
  const mailboxes = useApp((state) => state.accounts).filter((account) => account.channel === 'email');
  const noQuote = useApp((state) => state.settings.noQuoteAccounts);
  const [mailbox, setMailbox] = useState(ALL);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() => ({ ...getState().settings.signatures, [ALL]: getState().settings.signature }));
  const own = texts[mailbox];
  const [way, setWay] = useState<Way>('all');
  const keep = (after: Readonly<Record<string, string>>): void => {
    setTexts(after);
    rememberSettings({ signature: after[ALL] ?? '', signatures: without(after, ALL) });
  };
  const pick = (id: string): void => {
    setMailbox(id);
    setWay(id === ALL || texts[id] === undefined ? 'all' : texts[id].trim() === '' ? 'none' : 'own');
  };
  const pickWay = (to: Way): void => {
    setWay(to);
    keep(to === 'all' ? without(texts, mailbox) : { ...texts, [mailbox]: to === 'none' ? '' : own === undefined || own === '' ? (texts[ALL] ?? '') : own });
  };
  const shown = way === 'none' ? '' : ((mailbox === ALL ? undefined : own) ?? texts[ALL] ?? '');
  return (
    <>
      {mailboxes.length > 1 && <PickField label={t('settings.signatureFor')} value={mailbox} options={[{ value: ALL, label: t('settings.allMailboxes') }, ...mailboxes.map((account) => ({ value: account.id, label: account.address }))]} onPick={pick} />}
      {mailbox !== ALL && <Segmented label={t('settings.signatureFor')} value={way} options={ways} onPick={pickWay} />}
      {(mailbox === ALL || way === 'own') && (
        <Field label={t('settings.signature')} hint={t('settings.signatureHint')}>
          {(props) => <textarea className="input is-area" dir="auto" {...props} value={own ?? ''} onChange={(event) => keep({ ...texts, [mailbox]: event.target.value })} />}
        </Field>
      )}
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
