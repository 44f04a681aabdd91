import { useEffect, useState } from 'react';
import type { Output } from '../../../../src-preload/contract/index.ts';
import { call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { openConversation } from '../../../state/actions/conversation-actions.ts';
import { useApp } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { FileTile } from '../../../ui/file-tile.tsx';
import { Modal } from '../../../ui/modal.tsx';

type CustomerFile = Output<'customer.files'>['files'][number];
const PAGE = 60;

/** Every file of a customer, newest first. */
export default function FilesDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const name = useApp((state) => state.customers[customerId]?.name ?? '');
  const [files, setFiles] = useState<readonly CustomerFile[]>([]);
  const [hasOlder, setHasOlder] = useState(false);
  const load = async (before: number | null): Promise<void> => {
    const page = await call('customer.files', { customerId, before, limit: PAGE });
    if (page === null) return;
    setFiles((old) => [...(before === null ? [] : old), ...page.files]);
    setHasOlder(page.hasOlder);
  };
  useEffect(() => void load(null),
    // A dialog shows one list; its props never change while it is open.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    []);
  return (
    <Modal title={t('profile.filesOf', { name })} size="large" onClose={onClose}>
      <ul className="file-grid">{files.map((file) => <li key={file.attachment.id}><FileTile file={file} onOpen={() => { onClose(); void openConversation(file.conversationId, file.messageId); }} /></li>)}</ul>
      {hasOlder && <footer className="modal-foot is-start"><Button small onClick={() => void load(files.at(-1)?.messageId ?? null)}>{t('customer.older')}</Button></footer>}
    </Modal>
  );
}
