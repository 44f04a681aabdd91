import { useState, type ReactNode } from 'react';
import { ExternalLink } from 'lucide-react';
import type { AccountRow } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { SignInWaiting, useSignIn } from './sign-in-waiting.tsx';

export interface XPlace { readonly apiBase: string; readonly authorizeBase: string }

const X_SITE = 'https://x.com';
const X_API = 'https://api.x.com';
/** As the core listens: X compares them to the letter. */
const CALLBACKS = [23717, 23718, 23719].map((port) => `http://127.0.0.1:${port}/callback`);
const isWeb = (text: string): boolean => URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol);

/** The developer app's own token: with it X says at once that something came. `isKept`: one given before stays where this is left empty. */
export function AppBearer({ value, onText, isKept = false }: { value: string; onText: (text: string) => void; isKept?: boolean }) {
  return <TextField label={t('account.x.appBearer')} type="password" value={value} onText={onText} hint={t(isKept ? 'account.appBearerKept' : 'account.appBearerHint')} />;
}

/** Sign-in on X's own page. While it is open there, this window waits and can give up. */
export function XSignIn({ again, onClose, children }: { again: AccountRow | null; onClose: () => void; children?: ReactNode }) {
  const known = useApp((state) => again ?? state.accounts.find((account) => account.x !== null && account.x.clientId !== '') ?? null);
  const isFirst = useApp((state) => !state.accounts.some((account) => account.channel === 'x'));
  const [clientId, setClientId] = useState(known?.x?.clientId ?? '');
  const [name, setName] = useState(again?.name ?? '');
  const [place, setPlace] = useState<XPlace>({ apiBase: known?.x?.apiBase ?? X_API, authorizeBase: known?.x?.authorizeBase ?? X_SITE });
  const [ownsApp, setOwnsApp] = useState(again?.x?.ownsApp ?? isFirst);
  const [appBearer, setAppBearer] = useState('');
  const { started, busy, problem, begin } = useSignIn(again !== null, onClose);

  const isWhole = clientId.trim() !== '' && isWeb(place.apiBase) && isWeb(place.authorizeBase);
  const submit = (): void => {
    if (!isWhole) return;
    void begin(() => ask('account.signIn', {
      signIn: { channel: 'x', name: name.trim() === '' ? 'X' : name.trim(), apiBase: place.apiBase.trim(), authorizeBase: place.authorizeBase.trim(), clientId: clientId.trim(), ownsApp, ...(appBearer.trim() === '' ? {} : { appBearer: appBearer.trim() }) },
      accountId: again?.id ?? null,
    }));
  };

  if (started !== null) return <SignInWaiting started={started} />;
  return (
    <form className="modal-form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      {children}
      <div className="field-row">
        <TextField label={t('account.x.clientIdOnly')} value={clientId} onText={setClientId} hint={t('account.clientIdHint')} data-test="client-id" />
        {again === null && <TextField label={t('account.name')} value={name} onText={setName} placeholder={t('account.xNameExample')} />}
      </div>
      {again === null && <p className="hint">{t('account.callbacks', { list: CALLBACKS.join(', ') })}</p>}
      <AppBearer value={appBearer} onText={setAppBearer} isKept={again !== null} />
      <label className="check"><input type="checkbox" checked={ownsApp} onChange={(event) => setOwnsApp(event.target.checked)} /><span>{t('account.ownsApp')} <span className="hint">{t('account.ownsAppHint')}</span></span></label>
      <details className="more">
        <summary>{t('account.addresses')}</summary>
        <div className="field-row">
          <TextField label={t('account.apiBase')} type="url" value={place.apiBase} onText={(apiBase) => setPlace({ ...place, apiBase })} error={isWeb(place.apiBase) ? null : t('account.badBase')} />
          <TextField label={t('account.authorizeBase')} type="url" value={place.authorizeBase} onText={(authorizeBase) => setPlace({ ...place, authorizeBase })} error={isWeb(place.authorizeBase) ? null : t('account.badBase')} />
        </div>
      </details>
      {problem !== null && <p className="composer-problem" role="alert">{problem}</p>}
      <footer className="modal-foot">
        <span className="spacer" />
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button tone="primary" type="submit" aria-disabled={!isWhole || busy} data-action="account.signIn"><ExternalLink size={14} aria-hidden="true" />{t('account.signInOn', { host: isWeb(place.authorizeBase) ? new URL(place.authorizeBase).host : 'x.com' })}</Button>
      </footer>
    </form>
  );
}
