import { pageOf } from '../../../state/media/formatted.ts';
import { useApp } from '../../../state/store.ts';
import { t } from '../../../locales/index.ts';
import { MailFrame } from '../../../ui/mail-frame.tsx';
import { Modal } from '../../../ui/modal.tsx';

/** One mail with its formatting, as large as the window allows. */
export default function MailDialog({ messageId, onClose }: { messageId: number; onClose: () => void }) {
  const entry = useApp((state) => state.entries[messageId]);
  const page = entry && pageOf(entry);
  if (entry === undefined || (page === undefined && !(entry.detail.type === 'mail' && entry.detail.isFormatted === true))) return null;
  const title = entry.subject === null || entry.subject === '' ? t('entry.formatted.untitled') : entry.subject;
  return (
    <Modal title={title} description={entry.author} size="page" onClose={onClose}>
      <MailFrame source={{ messageId }} page={page} name={t('entry.formatted.frame', { author: entry.author })} most={null} />
    </Modal>
  );
}
