import { useState, type ReactNode } from 'react';
import type { AccountInput, AccountRow } from '../../../../src-preload/contract/index.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { AccountForm } from './account-form.tsx';
import { AppBearer, XSignIn } from './x-sign-in.tsx';

const X_API = 'https://api.x.com';
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const WAYS = ['page', 'oauth2', 'oauth1'] as const;
type Way = (typeof WAYS)[number];

/** `accountId`: an account that X no longer lets in; signing in again keeps everything it has. */
export default function XDialog({ accountId = null, onClose }: { accountId?: string | null; onClose: () => void }) {
  const again = useApp((state) => state.accounts.find((account) => account.id === accountId) ?? null);
  const [way, setWay] = useState<Way>('page');
  const pick = <Segmented label={t('account.signIn')} value={way} onPick={setWay} options={WAYS.map((value) => ({ value, label: t(`account.way.${value}`) }))} />;
  if (way !== 'page') return <Tokens key={way} type={way} again={again} onClose={onClose}>{pick}</Tokens>;
  return (
    <Modal title={again === null ? t('welcome.x') : t('account.signInAgainTitle', { address: again.address })} description={t(again === null ? 'account.xPageLead' : 'account.againLead')} onClose={onClose}>
      <XSignIn again={again} onClose={onClose}>{pick}</XSignIn>
    </Modal>
  );
}

function Tokens({ type, again, onClose, children }: { type: 'oauth2' | 'oauth1'; again: AccountRow | null; onClose: () => void; children: ReactNode }) {
  const isFirst = useApp((state) => !state.accounts.some((account) => account.channel === 'x'));
  const [name, setName] = useState(again?.name ?? '');
  const [apiBase, setApiBase] = useState(again?.x?.apiBase ?? X_API);
  const [ownsApp, setOwnsApp] = useState(again?.x?.ownsApp ?? isFirst);
  const [text, setText] = useState({ accessToken: '', refreshToken: '', clientId: '', appKey: '', appSecret: '', accessSecret: '', appBearer: '' });
  const field = (key: keyof typeof text, secret = true) => <TextField label={t(`account.x.${key}`)} type={secret ? 'password' : 'text'} value={text[key]} onText={(value) => setText({ ...text, [key]: value })} />;
  const isBase = URL.canParse(apiBase) && /^https?:$/u.test(new URL(apiBase).protocol);
  const isWhole = isBase && text.accessToken !== '' && (type === 'oauth2' || (text.appKey !== '' && text.appSecret !== '' && text.accessSecret !== ''));
  const account: AccountInput | null = !isWhole ? null : {
    channel: 'x', name: name.trim() === '' ? 'X' : name.trim(), apiBase: apiBase.trim(), ownsApp, ...(orNull(text.appBearer) === null ? {} : { appBearer: text.appBearer.trim() }),
    tokens: type === 'oauth2'
      ? { type, accessToken: text.accessToken.trim(), refreshToken: orNull(text.refreshToken), clientId: orNull(text.clientId) }
      : { type, appKey: text.appKey.trim(), appSecret: text.appSecret.trim(), accessToken: text.accessToken.trim(), accessSecret: text.accessSecret.trim() },
  };
  return (
    <AccountForm title={again === null ? t('welcome.x') : t('account.signInAgainTitle', { address: again.address })} description={t('account.xLead')} account={account} onClose={onClose}>
      {children}
      <div className="field-row"><TextField label={t('account.name')} value={name} onText={setName} placeholder={t('account.xNameExample')} /><TextField label={t('account.apiBase')} type="url" value={apiBase} onText={setApiBase} error={isBase ? null : t('account.badBase')} hint={t('account.apiBaseHint')} /></div>
      {type === 'oauth2'
        ? <>{field('accessToken')}<div className="field-row">{field('refreshToken')}{field('clientId', false)}</div></>
        : <><div className="field-row">{field('appKey')}{field('appSecret')}</div><div className="field-row">{field('accessToken')}{field('accessSecret')}</div></>}
      <AppBearer value={text.appBearer} onText={(appBearer) => setText({ ...text, appBearer })} isKept={again !== null} />
      <label className="check"><input type="checkbox" checked={ownsApp} onChange={(event) => setOwnsApp(event.target.checked)} /><span>{t('account.ownsApp')} <span className="hint">{t('account.ownsAppHint')}</span></span></label>
    </AccountForm>
  );
}
