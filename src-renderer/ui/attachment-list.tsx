import { useState } from 'react';
import { CalendarDays, Download, FileText, Image, Mail, PackageX } from 'lucide-react';
import type { Attachment } from '../../src-preload/contract/index.ts';
import { ask, call } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { setState } from '../state/store.ts';
import { toast } from '../state/toasts.ts';
import { fileSize } from './file-size.ts';

export function AttachmentList({ attachments }: { attachments: readonly Attachment[] }) {
  return <ul className="attachments">{attachments.map((attachment) => <li key={attachment.id}><AttachmentCard attachment={attachment} /></li>)}</ul>;
}

function AttachmentCard({ attachment }: { attachment: Attachment }) {
  const kind = kindOf(attachment);
  const isPicture = kind === 'picture';
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
        <KindIcon kind={kind} />
        <span className="attachment-name" title={attachment.name}>{attachment.name}</span>
        <span className="attachment-size">{fileSize(attachment.size)}</span>
        {isPicture && preview === null && <button type="button" className="text-button" onClick={() => void look()} aria-label={t('entry.showPicture', { name: attachment.name })}>{t('entry.showPictureShort')}</button>}
        {kind === 'mail' && <button type="button" className="text-button" onClick={() => setState({ dialog: { type: 'attachedMail', attachmentId: attachment.id, name: attachment.name } })} aria-label={t('entry.openMail', { name: attachment.name })} data-action="attachment.open">{t('entry.openMailShort')}</button>}
        <button type="button" className="text-button" onClick={() => void save()} aria-label={t('entry.save', { name: attachment.name })}><Download size={13} aria-hidden="true" />{t('entry.saveShort')}</button>
      </div>
      {attachment.alt !== null && preview !== null && <p className="attachment-alt">{attachment.alt}</p>}
      {kind === 'outlook' && <p className="attachment-alt">{t('entry.winmail')}</p>}
      {preview === 'none' && <p className="attachment-alt">{t('entry.noPreview')}</p>}
    </div>
  );
}

type Kind = 'picture' | 'mail' | 'calendar' | 'outlook' | 'file';

export function kindOf(file: { readonly name: string; readonly type: string }): Kind {
  if (file.type.startsWith('image/')) return 'picture';
  if (file.type === 'message/rfc822' || file.type === 'message/global') return 'mail';
  if (file.type === 'text/calendar' || file.type === 'application/ics') return 'calendar';
  return file.type === 'application/ms-tnef' || file.type === 'application/vnd.ms-tnef' || /^winmail(?:-\d+)?\.dat$/i.test(file.name) ? 'outlook' : 'file';
}

export function KindIcon({ kind }: { kind: Kind }) {
  const Icon = { picture: Image, mail: Mail, calendar: CalendarDays, outlook: PackageX, file: FileText }[kind];
  return <Icon size={14} aria-hidden="true" />;
}
