import { useEffect, useState } from 'react';
import { LoaderCircle } from 'lucide-react';
import type { Output, SignInProvider } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { MailboxSetUp } from './mailbox-set-up.tsx';

type Discovery = Output<'account.discover'>;
export interface Whose { readonly address: string; readonly displayName: string }

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+$/u.test(text);
const guessed = (address: string): Discovery => {
  const domain = address.split('@')[1] ?? '';
  return { found: null, notes: [], guess: { imap: { host: `imap.${domain}`, port: 993, security: 'tls' }, smtp: { host: `smtp.${domain}`, port: 465, security: 'tls' }, user: address, keepSentCopy: true, source: '', isForeign: false, password: true, passwordHint: null, provider: null } };
};

/** Whose mailbox first; the servers are looked for; then how to sign in. By hand at any step. */
export default function MailboxDialog({ onClose }: { onClose: () => void }) {
  const [whose, setWhose] = useState<Whose>({ address: '', displayName: '' });
  const [isLooking, setLooking] = useState(false);
  const [discovery, setDiscovery] = useState<Discovery | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [providers, setProviders] = useState<readonly SignInProvider[]>([]);
  useEffect(() => {
    void ask('account.signInProviders', {}).then((answer) => { if (answer.ok) setProviders(answer.value.providers); });
    return () => void ask('account.cancelDiscover', {});
  }, []);
  const isWhole = isAddress(whose.address);
  const look = async (): Promise<void> => {
    if (!isWhole || isLooking) return;
    setLooking(true);
    setProblem(null);
    const answer = await ask('account.discover', { address: whose.address });
    setLooking(false);
    if (answer.ok) setDiscovery(answer.value);
    else if (answer.error.code !== 'cancelled') setProblem(answer.error.message);
  };
  const byHand = (): void => {
    if (!isWhole) return;
    void ask('account.cancelDiscover', {});
    setDiscovery(guessed(whose.address));
  };
  const domain = whose.address.split('@')[1] ?? '';
  return (
    <Modal title={t('welcome.mailbox')} description={discovery === null ? t('account.mailboxLead') : whose.address} onClose={onClose}>
      {discovery !== null
        ? <MailboxSetUp whose={whose} discovery={discovery} providers={providers} onBack={() => setDiscovery(null)} onClose={onClose} />
        : (
          <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void look(); }}>
            <TextField label={t('account.address')} type="email" value={whose.address} onText={(address) => setWhose({ ...whose, address: address.trim() })} placeholder="care@example.org" readOnly={isLooking} />
            <TextField label={t('account.displayName')} value={whose.displayName} onText={(displayName) => setWhose({ ...whose, displayName })} placeholder={t('account.displayNameExample')} readOnly={isLooking} />
            <p className="test-step looking-line" role="status">{isLooking && <><LoaderCircle size={14} className="spin" aria-hidden="true" />{t('account.looking', { domain })}</>}</p>
            {problem !== null && <p className="composer-problem" role="alert">{problem}</p>}
            <footer className="modal-foot">
              <Button onClick={byHand} aria-disabled={!isWhole} data-action="account.byHand">{t('account.byHand')}</Button>
              <span className="spacer" />
              <Button onClick={isLooking ? () => void ask('account.cancelDiscover', {}) : onClose}>{t('common.cancel')}</Button>
              <Button tone="primary" type="submit" aria-disabled={!isWhole || isLooking} data-action="account.discover">{t('account.continue')}</Button>
            </footer>
          </form>
        )}
    </Modal>
  );
}
