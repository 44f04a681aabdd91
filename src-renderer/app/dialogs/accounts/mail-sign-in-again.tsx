import { useState } from 'react';
import { ExternalLink } from 'lucide-react';
import type { AccountRow } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { SignInWaiting, useSignIn } from './sign-in-waiting.tsx';

/** A mailbox whose server does not let us in any more: the page or the password again, everything else stays. */
export function MailSignInAgain({ account, onClose }: { account: AccountRow; onClose: () => void }) {
  return (
    <Modal title={t('account.signInAgainTitle', { address: account.address })} description={t('account.againLead')} onClose={onClose}>
      {account.mail?.signIn === 'oauth' ? <ByPage account={account} onClose={onClose} /> : <ByPassword account={account} onClose={onClose} />}
    </Modal>
  );
}

function ByPage({ account, onClose }: { account: AccountRow; onClose: () => void }) {
  const { started, busy, problem, begin } = useSignIn(true, onClose);
  const start = (way: 'page' | 'code'): void => void begin(() => ask('account.signInAgain', { accountId: account.id, way }));
  if (started !== null) return <SignInWaiting started={started} />;
  return (
    <form className="modal-form" onSubmit={(event) => { event.preventDefault(); start('page'); }}>
      {account.status !== '' && <p className="hint">{account.status}</p>}
      {problem !== null && <p className="composer-problem" role="alert">{problem}</p>}
      <footer className="modal-foot">
        {account.mail?.hasCode === true && <Button onClick={() => start('code')} aria-disabled={busy} data-action="account.signInByCode">{t('account.byCode')}</Button>}
        <span className="spacer" />
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button tone="primary" type="submit" aria-disabled={busy} data-action="account.signIn"><ExternalLink size={14} aria-hidden="true" />{t('account.signInOn', { host: account.mail?.host ?? '' })}</Button>
      </footer>
    </form>
  );
}

function ByPassword({ account, onClose }: { account: AccountRow; onClose: () => void }) {
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    if (password === '' || busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await ask('account.password', { accountId: account.id, password });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.error.message);
    toast(t('account.signedInAgain', { name: account.address }), 'good');
    onClose();
  };
  return (
    <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <TextField label={t('account.passwordFor', { host: account.mail?.host ?? account.address })} type="password" value={password} onText={setPassword} error={problem} />
      <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={password === '' || busy} data-action="account.signIn">{t('account.signInAgain')}</Button></footer>
    </form>
  );
}
