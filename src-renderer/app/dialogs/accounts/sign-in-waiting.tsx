import { useEffect, useRef, useState } from 'react';
import { Copy, ExternalLink, LoaderCircle } from 'lucide-react';
import type { Envelope, Output } from '../../../../src-preload/contract/index.ts';
import { ask, call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';

type Started = Output<'account.signIn'>;

/** A sign-in on a provider's page: begun, waited for, and given up when the dialog closes. */
export function useSignIn(isAgain: boolean, onDone: (accountId: string) => void): { started: Started | null; busy: boolean; problem: string | null; begin(start: () => Promise<Envelope<Started>>): Promise<void> } {
  const [started, setStarted] = useState<Started | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const open = useRef<string | null>(null);
  useEffect(() => () => { if (open.current !== null) void ask('account.cancelSignIn', { signInId: open.current }); }, []);
  const begin = async (start: () => Promise<Envelope<Started>>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await start();
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.error.message);
      return;
    }
    const { signInId, url } = answer.value;
    open.current = signInId;
    setStarted(answer.value);
    void call('link.open', { url });
    const end = await ask('account.signInDone', { signInId });
    if (open.current !== signInId) return;
    open.current = null;
    if (end.ok) {
      toast(t(isAgain ? 'account.signedInAgain' : 'account.added', { name: end.value.address }), 'good');
      onDone(end.value.accountId);
      return;
    }
    setStarted(null);
    if (end.error.code !== 'cancelled') setProblem(end.error.message);
  };
  return { started, busy, problem, begin };
}

/** While the page is open in the person's browser. */
export function SignInWaiting({ started }: { started: Started }) {
  const { host } = new URL(started.url);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(started.userCode ?? started.url).then(() => toast(t(started.userCode === null ? 'account.copied' : 'account.codeCopied'), 'plain'), () => undefined);
  };
  return (
    <div className="modal-form" data-test="sign-in-waiting" data-url={started.url}>
      <p className="test-step" role="status"><LoaderCircle size={14} className="spin" aria-hidden="true" />{t('account.waitingFor', { host })}</p>
      {started.userCode !== null && <p className="sign-in-code"><span>{t('account.codeFor', { host })}</span><output data-test="user-code">{started.userCode}</output></p>}
      <p className="hint">{t(started.userCode === null ? 'account.waitingHint' : 'account.codeHint')}</p>
      <footer className="modal-foot is-start">
        <Button onClick={() => void call('link.open', { url: started.url })}><ExternalLink size={14} aria-hidden="true" />{t('account.openAgain')}</Button>
        <Button onClick={() => void copy()}><Copy size={14} aria-hidden="true" />{t(started.userCode === null ? 'account.copyAddress' : 'account.copyCode')}</Button>
        <span className="spacer" />
        <Button onClick={() => void call('account.cancelSignIn', { signInId: started.signInId })} data-action="account.cancelSignIn">{t('account.cancelSignIn')}</Button>
      </footer>
    </div>
  );
}
