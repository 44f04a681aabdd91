import { useApp } from '../../../state/store.ts';
import { MailSignInAgain } from './mail-sign-in-again.tsx';
import XDialog from './x-dialog.tsx';

/** An account that is let in no more, by the way of its channel. */
export default function SignInAgainDialog({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const account = useApp((state) => state.accounts.find((other) => other.id === accountId) ?? null);
  return account?.channel === 'email' ? <MailSignInAgain account={account} onClose={onClose} /> : <XDialog accountId={accountId} onClose={onClose} />;
}
