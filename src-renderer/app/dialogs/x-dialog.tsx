import { useState } from 'react';
import type { AccountInput } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { TextField } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { AccountForm } from './account-form.tsx';

const X_API = 'https://api.x.com';
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export default function XDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [apiBase, setApiBase] = useState(X_API);
  const [type, setType] = useState<'oauth2' | 'oauth1'>('oauth2');
  const [text, setText] = useState({ accessToken: '', refreshToken: '', clientId: '', appKey: '', appSecret: '', accessSecret: '' });
  const field = (key: keyof typeof text, secret = true) => <TextField label={t(`account.x.${key}`)} type={secret ? 'password' : 'text'} value={text[key]} onText={(value) => setText({ ...text, [key]: value })} />;
  const isBase = URL.canParse(apiBase) && /^https?:$/u.test(new URL(apiBase).protocol);
  const isWhole = isBase && text.accessToken !== '' && (type === 'oauth2' || (text.appKey !== '' && text.appSecret !== '' && text.accessSecret !== ''));
  const account: AccountInput | null = !isWhole ? null : {
    channel: 'x', name: name.trim() === '' ? 'X' : name.trim(), apiBase: apiBase.trim(),
    tokens: type === 'oauth2'
      ? { type, accessToken: text.accessToken.trim(), refreshToken: orNull(text.refreshToken), clientId: orNull(text.clientId) }
      : { type, appKey: text.appKey.trim(), appSecret: text.appSecret.trim(), accessToken: text.accessToken.trim(), accessSecret: text.accessSecret.trim() },
  };
  return (
    <AccountForm title={t('welcome.x')} description={t('account.xLead')} account={account} onClose={onClose}>
      <div className="field-row"><TextField label={t('account.name')} value={name} onText={setName} placeholder="@acmecare" /><TextField label={t('account.apiBase')} type="url" value={apiBase} onText={setApiBase} error={isBase ? null : t('account.badBase')} hint={t('account.apiBaseHint')} /></div>
      <Segmented label={t('account.signIn')} value={type} onPick={setType} options={[{ value: 'oauth2', label: t('account.oauth2') }, { value: 'oauth1', label: t('account.oauth1') }]} />
      {type === 'oauth2'
        ? <>{field('accessToken')}<div className="field-row">{field('refreshToken')}{field('clientId', false)}</div></>
        : <><div className="field-row">{field('appKey')}{field('appSecret')}</div><div className="field-row">{field('accessToken')}{field('accessSecret')}</div></>}
    </AccountForm>
  );
}
