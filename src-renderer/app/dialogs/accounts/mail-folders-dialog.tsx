import { useEffect, useState } from 'react';
import { LoaderCircle } from 'lucide-react';
import type { MailFolder } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { useDelayed } from '../../../ui/use-delayed.ts';
import { FolderChoice } from './mail-folders.tsx';

/** Inbox and sent mails: read anyhow, so a mailbox with nothing else leaves no choice. */
const ALWAYS = 2;

/** The folders a mailbox has now, and which of them are read. With `isNew` it has just been connected, and is asked as soon as it answers. */
export default function MailFoldersDialog({ accountId, isNew, onClose }: { accountId: string; isNew: boolean; onClose: () => void }) {
  const account = useApp((state) => state.accounts.find((row) => row.id === accountId));
  const [folders, setFolders] = useState<readonly MailFolder[] | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>(account?.mail?.folders ?? []);
  const [fresh] = useState<readonly string[]>(account?.mail?.newFolders ?? []);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const isLate = useDelayed(folders === null && problem === null);
  const look = async (): Promise<void> => {
    setProblem(null);
    const answer = await ask('account.folders', { accountId });
    if (answer.ok && isNew && answer.value.folders.length <= ALWAYS) onClose();
    else if (answer.ok) setFolders(answer.value.folders);
    else setProblem(answer.error.message);
  };
  const isReady = !isNew || account?.state === 'live' || account?.state === 'syncing';
  useEffect(() => {
    if (isReady && folders === null) void look();
    // Asked once; again only by the button.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isReady]);
  if (account === undefined) return null;
  const missing = chosen.filter((path) => folders !== null && !folders.some((folder) => folder.path === path));
  const save = async (): Promise<void> => {
    if (folders === null || busy) return;
    setBusy(true);
    const answer = await ask('account.readFolders', { accountId, paths: chosen.filter((path) => !missing.includes(path)) });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.error.message);
    toast(t('folders.saved', { address: account.address }), 'good');
    onClose();
  };
  return (
    <Modal title={t('folders.title', { address: account.address })} description={t('folders.lead')} onClose={onClose}>
      <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        {isLate && <p className="test-step" role="status"><LoaderCircle size={14} className="spin" aria-hidden="true" />{t('folders.looking')}</p>}
        {folders !== null && <FolderChoice folders={folders} chosen={chosen} fresh={fresh} onChoose={setChosen} />}
        {missing.map((path) => <p key={path} className="hint">{t('folders.missing', { name: path })}</p>)}
        {problem !== null && <p className="composer-problem" role="alert">{problem}</p>}
        <footer className="modal-foot">
          {problem !== null && folders === null && <Button onClick={() => void look()}>{t('folders.again')}</Button>}
          <span className="spacer" />
          <Button onClick={onClose}>{t(isNew ? 'folders.usual' : 'common.cancel')}</Button>
          <Button tone="primary" type="submit" aria-disabled={folders === null || busy} data-action="folders.save">{t('account.save')}</Button>
        </footer>
      </form>
    </Modal>
  );
}
