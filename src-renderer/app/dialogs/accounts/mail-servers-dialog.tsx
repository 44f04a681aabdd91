import { useEffect, useState } from 'react';
import { LoaderCircle } from 'lucide-react';
import type { MailSettings, Output } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { TestSteps } from './account-form.tsx';
import { Authority, isServer, serverOf, ServerFields, typed } from './mailbox-servers.tsx';

/** Settings of a connected mailbox: tried before they are kept, and nothing read so far is lost. */
export default function MailServersDialog({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const account = useApp((state) => state.accounts.find((row) => row.id === accountId));
  const [settings, setSettings] = useState<MailSettings | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    void ask('account.settings', { accountId }).then((answer) => {
      if (answer.ok) setSettings(answer.value);
      else setProblem(answer.error.message);
    });
  }, [accountId]);
  if (account === undefined) return null;
  return (
    <Modal title={t('servers.title', { address: account.address })} description={t('servers.lead')} onClose={onClose}>
      {problem !== null && <p className="composer-problem" role="alert">{problem}</p>}
      {settings !== null && <ServersForm accountId={accountId} address={account.address} settings={settings} onClose={onClose} />}
    </Modal>
  );
}

function ServersForm({ accountId, address, settings, onClose }: { accountId: string; address: string; settings: MailSettings; onClose: () => void }) {
  const [displayName, setDisplayName] = useState(settings.displayName);
  const [imap, setImap] = useState(typed(settings.imap));
  const [smtp, setSmtp] = useState(typed(settings.smtp));
  const [user, setUser] = useState(settings.user);
  const [password, setPassword] = useState('');
  const [keepSentCopy, setKeepSentCopy] = useState(settings.keepSentCopy);
  const [ca, setCa] = useState<string | null | undefined>(undefined);
  const { oauth } = settings;
  const [place, setPlace] = useState({ authorizeUrl: oauth?.authorizeUrl ?? '', tokenUrl: oauth?.tokenUrl ?? '', deviceUrl: oauth?.deviceUrl ?? '', scopes: oauth?.scopes.join(' ') ?? '' });
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Output<'account.change'> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isWhole = user !== '' && isServer(imap) && isServer(smtp);
  const save = async (): Promise<void> => {
    if (!isWhole || busy) return;
    setBusy(true);
    setProblem(null);
    setResult(null);
    const answer = await ask('account.change', {
      accountId,
      change: {
        displayName: displayName === '' ? address : displayName, imap: serverOf(imap), smtp: serverOf(smtp), user, keepSentCopy, ...(ca === undefined ? {} : { ca }), ...(password === '' ? {} : { password }),
        oauth: oauth === null ? null : { authorizeUrl: place.authorizeUrl.trim(), tokenUrl: place.tokenUrl.trim(), deviceUrl: place.deviceUrl.trim() === '' ? null : place.deviceUrl.trim(), scopes: place.scopes.split(/\s+/u).filter((scope) => scope !== '') },
      },
    });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.error.message);
    if (!answer.value.ok) return setResult(answer.value);
    toast(t(answer.value.isSame ? 'servers.saved' : 'servers.savedOther', { address }), 'good');
    onClose();
  };
  const field = (key: keyof typeof place) => <TextField label={t(`account.oauth.${key}`)} value={place[key]} onText={(text) => setPlace({ ...place, [key]: text })} />;
  return (
    <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <TextField label={t('account.displayName')} value={displayName} onText={setDisplayName} />
      <ServerFields legend={t('account.incoming')} server={imap} kind="imap" onChange={setImap} />
      <ServerFields legend={t('account.outgoing')} server={smtp} kind="smtp" onChange={setSmtp} />
      <div className="field-row">
        <TextField label={t('account.user')} value={user} onText={setUser} />
        {oauth === null && <TextField label={t('servers.password')} type="password" value={password} onText={setPassword} hint={t('servers.passwordHint')} />}
      </div>
      {oauth !== null && <details className="more"><summary>{t('account.oauthAddresses')}</summary><div className="field-row">{field('authorizeUrl')}{field('tokenUrl')}</div><div className="field-row">{field('scopes')}{field('deviceUrl')}</div></details>}
      <label className="check"><input type="checkbox" checked={keepSentCopy} onChange={(event) => setKeepSentCopy(event.target.checked)} />{t('account.keepSent')}</label>
      <Authority now={settings.authority} onChange={setCa} />
      {busy && <p className="test-step" role="status"><LoaderCircle size={14} className="spin" aria-hidden="true" />{t('account.testing')}</p>}
      {result !== null && <TestSteps steps={result.steps} />}
      {problem !== null && <p className="composer-problem" role="alert">{problem}</p>}
      <footer className="modal-foot">
        <span className="spacer" />
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button tone="primary" type="submit" aria-disabled={!isWhole || busy} data-action="servers.save">{t('servers.save')}</Button>
      </footer>
    </form>
  );
}
