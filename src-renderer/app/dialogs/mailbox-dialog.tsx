import { useState } from 'react';
import { t } from '../../locales/index.ts';
import { TextField } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { AccountInput } from '../../../src-preload/contract/index.ts';
import { AccountForm } from './account-form.tsx';

type Security = 'tls' | 'starttls' | 'none';
interface Server {
  readonly host: string;
  readonly port: string;
  readonly security: Security;
}

const ports = { imap: { tls: '993', starttls: '143', none: '143' }, smtp: { tls: '465', starttls: '587', none: '25' } } as const;
const securities = (['tls', 'starttls', 'none'] as const).map((value) => ({ value, label: t(`account.security.${value}`) }));
const portOf = (server: Server): number => (/^\d{1,5}$/u.test(server.port) ? Number(server.port) : 0);

export default function MailboxDialog({ onClose }: { onClose: () => void }) {
  const [address, setAddress] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [user, setUser] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  const [imap, setImap] = useState<Server>({ host: '', port: '993', security: 'tls' });
  const [smtp, setSmtp] = useState<Server>({ host: '', port: '465', security: 'tls' });
  const [keepSentCopy, setKeepSentCopy] = useState(true);
  const guess = (text: string): void => {
    const before = address.split('@')[1] ?? '';
    const domain = text.split('@')[1] ?? '';
    setAddress(text);
    if (imap.host === '' || imap.host === `imap.${before}`) setImap({ ...imap, host: domain === '' ? '' : `imap.${domain}` });
    if (smtp.host === '' || smtp.host === `smtp.${before}`) setSmtp({ ...smtp, host: domain === '' ? '' : `smtp.${domain}` });
  };
  const login = user ?? address;
  const isWhole = /^\S+@\S+\.\S+$|^\S+@\S+$/u.test(address) && imap.host !== '' && smtp.host !== '' && login !== '' && password !== '' && portOf(imap) > 0 && portOf(smtp) > 0;
  const account: AccountInput | null = !isWhole ? null : {
    channel: 'email', name: address, address, displayName: displayName === '' ? address : displayName, user: login, password, keepSentCopy,
    imap: { host: imap.host.trim(), port: portOf(imap), security: imap.security }, smtp: { host: smtp.host.trim(), port: portOf(smtp), security: smtp.security },
  };
  return (
    <AccountForm title={t('welcome.mailbox')} description={t('account.mailboxLead')} account={account} onClose={onClose}>
      <div className="field-row"><TextField label={t('account.address')} type="email" value={address} onText={guess} placeholder="care@example.org" /><TextField label={t('account.displayName')} value={displayName} onText={setDisplayName} placeholder={t('account.displayNameExample')} /></div>
      <div className="field-row"><TextField label={t('account.user')} value={login} onText={setUser} /><TextField label={t('account.password')} type="password" value={password} onText={setPassword} /></div>
      <ServerFields legend={t('account.incoming')} server={imap} kind="imap" onChange={setImap} />
      <ServerFields legend={t('account.outgoing')} server={smtp} kind="smtp" onChange={setSmtp} />
      <label className="check"><input type="checkbox" checked={keepSentCopy} onChange={(event) => setKeepSentCopy(event.target.checked)} />{t('account.keepSent')}</label>
    </AccountForm>
  );
}

function ServerFields({ legend, server, kind, onChange }: { legend: string; server: Server; kind: 'imap' | 'smtp'; onChange: (server: Server) => void }) {
  return (
    <fieldset className="field-set">
      <legend>{legend}</legend>
      <div className="field-row is-server">
        <TextField label={t('account.host')} value={server.host} onText={(host) => onChange({ ...server, host })} />
        <TextField label={t('account.port')} inputMode="numeric" value={server.port} onText={(port) => onChange({ ...server, port })} error={portOf(server) === 0 || portOf(server) > 65_535 ? t('account.badPort') : null} />
        <Segmented label={t('account.securityLabel')} value={server.security} options={securities} onPick={(security) => onChange({ ...server, security, port: server.port === ports[kind][server.security] ? ports[kind][security] : server.port })} />
      </div>
    </fieldset>
  );
}
