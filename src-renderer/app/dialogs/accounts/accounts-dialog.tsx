import { useState } from 'react';
import { FolderOpen, Mail, Phone, RefreshCw, Settings2, Trash2 } from 'lucide-react';
import type { AccountRow } from '../../../../src-preload/contract/index.ts';
import { call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { setState, useApp } from '../../../state/store.ts';
import { useMinute } from '../../../state/ticker.ts';
import { whenLabel } from '../../../state/words/time.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { XMark } from '../../../ui/x-mark.tsx';

export default function AccountsDialog({ onClose }: { onClose: () => void }) {
  const accounts = useApp((state) => state.accounts);
  return (
    <Modal title={t('account.title')} onClose={onClose}>
      <ul className="account-list">{accounts.map((account) => <AccountLine key={account.id} account={account} />)}</ul>
      {accounts.length === 0 && <p className="hint">{t('account.none')}</p>}
      <footer className="modal-foot is-start">
        <Button onClick={() => setState({ dialog: { type: 'mailbox' } })} data-action="app.connectMailbox"><Mail size={14} aria-hidden="true" />{t('welcome.mailbox')}</Button>
        <Button onClick={() => setState({ dialog: { type: 'x' } })} data-action="app.connectX"><XMark size={12} />{t('welcome.x')}</Button>
      </footer>
    </Modal>
  );
}

function AccountLine({ account }: { account: AccountRow }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  const [asks, setAsks] = useState(false);
  return (
    <li className="account-line" data-account={account.id}>
      <span className="account-icon">{account.channel === 'x' ? <XMark size={14} /> : account.channel === 'phone' ? <Phone size={15} aria-hidden="true" /> : <Mail size={15} aria-hidden="true" />}</span>
      <div className="account-words">
        <p className="account-address"><bdi>{account.address}</bdi>{account.name !== account.address && <span className="account-name">{account.name}</span>}</p>
        <p className="account-status"><span className={`dot is-${account.state}`} aria-hidden="true" />{t(`account.state.${account.state}`)}{account.retryAt !== null && ` · ${t('account.retry', { when: whenLabel(account.retryAt, now, zone) })}`}{account.status !== '' && ` · ${account.status}`}</p>
        {account.state === 'sign_in_needed' && <Button small tone="primary" onClick={() => setState({ dialog: { type: 'signInAgain', accountId: account.id } })} data-action="account.signInAgain">{t('account.signInAgain')}</Button>}
        {account.progress !== null && <progress max={account.progress.total} value={account.progress.done} aria-label={account.status} />}
        {account.mail !== null && (account.progress !== null || (!account.mail.readsOlder && account.state !== 'live')) && (
          <Button small onClick={() => void call('account.readOlder', { accountId: account.id, reads: account.mail?.readsOlder === false })} data-action="account.readOlder">{t(account.mail.readsOlder ? 'account.stopOlder' : 'account.goOnOlder')}</Button>
        )}
        {account.mail !== null && account.mail.newFolders.length > 0 && <NewFolders accountId={account.id} mail={account.mail} />}
        {asks && (
          <div className="confirm" role="group">
            <p>{t('account.removeAsk', { address: account.address })}</p>
            <Button small tone="danger" onClick={() => void call('account.remove', { accountId: account.id })}>{t('account.remove')}</Button>
            <Button small onClick={() => setAsks(false)}>{t('common.cancel')}</Button>
          </div>
        )}
      </div>
      {account.channel !== 'phone' && !asks && (
        <span className="account-buttons">
          {account.mail !== null && <IconButton label={t('folders.title', { address: account.address })} onClick={() => setState({ dialog: { type: 'mailFolders', accountId: account.id } })} data-action="account.folders"><FolderOpen size={14} aria-hidden="true" /></IconButton>}
          {account.mail !== null && <IconButton label={t('servers.title', { address: account.address })} onClick={() => setState({ dialog: { type: 'mailServers', accountId: account.id } })} data-action="account.servers"><Settings2 size={14} aria-hidden="true" /></IconButton>}
          <IconButton label={t('account.sync')} onClick={() => void call('account.sync', { accountId: account.id })}><RefreshCw size={14} aria-hidden="true" /></IconButton>
          <IconButton label={t('account.removeLabel', { address: account.address })} onClick={() => setAsks(true)}><Trash2 size={14} aria-hidden="true" /></IconButton>
        </span>
      )}
    </li>
  );
}

/** Folders that came into being since somebody chose, perhaps by a rule in another program: offered, never taken. */
function NewFolders({ accountId, mail }: { accountId: string; mail: NonNullable<AccountRow['mail']> }) {
  const { folders, newFolders } = mail;
  return (
    <div className="confirm" role="group" aria-label={t('folders.list')} data-test="new-folders">
      <p>{t('folders.newOnes', { count: newFolders.length, names: newFolders.join(', ') })}</p>
      <Button small onClick={() => void call('account.readFolders', { accountId, paths: [...folders, ...newFolders] })} data-action="folders.readNew">{t(newFolders.length === 1 ? 'folders.read' : 'folders.readAll')}</Button>
      <Button small tone="quiet" onClick={() => void call('account.readFolders', { accountId, paths: folders })} data-action="folders.notNew">{t('folders.notNow')}</Button>
    </div>
  );
}
