import { useState } from 'react';
import { Download, FileText, Image } from 'lucide-react';
import type { Attachment } from '../../../src-preload/contract/index.ts';
import { ask, call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { toast } from '../../state/toasts.ts';
import { fileSize } from '../../ui/file-size.ts';

export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  return <ul className="attachments">{attachments.map((attachment) => <li key={attachment.id}><AttachmentCard attachment={attachment} /></li>)}</ul>;
}

function AttachmentCard({ attachment }: { attachment: Attachment }) {
  const isPicture = attachment.type.startsWith('image/');
  const [preview, setPreview] = useState<string | null | 'none'>(null);
  const alt = attachment.alt ?? attachment.name;
  const save = async (): Promise<void> => {
    const saved = await call('attachment.save', { attachmentId: attachment.id });
    if (saved !== null) toast(t('entry.savedTo', { path: saved.path }), 'good');
  };
  const look = async (): Promise<void> => {
    const answer = await ask('attachment.preview', { attachmentId: attachment.id });
    setPreview(answer.ok ? (answer.value.dataUrl ?? 'none') : 'none');
  };
  return (
    <div className="attachment">
      {preview !== null && preview !== 'none' && <img className="attachment-picture" src={preview} alt={alt} />}
      <div className="attachment-line">
        {isPicture ? <Image size={14} aria-hidden="true" /> : <FileText size={14} aria-hidden="true" />}
        <span className="attachment-name" title={attachment.name}>{attachment.name}</span>
        <span className="attachment-size">{fileSize(attachment.size)}</span>
        {isPicture && preview === null && <button type="button" className="text-button" onClick={() => void look()} aria-label={t('entry.showPicture', { name: attachment.name })}>{t('entry.showPictureShort')}</button>}
        <button type="button" className="text-button" onClick={() => void save()} aria-label={t('entry.save', { name: attachment.name })}><Download size={13} aria-hidden="true" />{t('entry.saveShort')}</button>
      </div>
      {attachment.alt !== null && preview !== null && <p className="attachment-alt">{attachment.alt}</p>}
      {preview === 'none' && <p className="attachment-alt">{t('entry.noPreview')}</p>}
    </div>
  );
}
