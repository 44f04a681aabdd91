import { useEffect, useState } from 'react';
import { Archive, AudioLines, File, FileSpreadsheet, FileText, Film, Image } from 'lucide-react';
import type { Output } from '../../src-preload/contract/index.ts';
import { ask } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { useApp } from '../state/store.ts';
import { whenLabel } from '../state/words/time.ts';
import { useMinute } from '../state/ticker.ts';
import { fileSize } from './file-size.ts';

type CustomerFile = Output<'customer.files'>['files'][number];

function TypeIcon({ type, name }: { type: string; name: string }) {
  const props = { size: 22, 'aria-hidden': true } as const;
  if (type.startsWith('image/')) return <Image {...props} />;
  if (type.startsWith('audio/')) return <AudioLines {...props} />;
  if (type.startsWith('video/')) return <Film {...props} />;
  if (/zip|compressed|tar/u.test(type)) return <Archive {...props} />;
  if (/sheet|csv|excel/u.test(type) || /\.(?:csv|xlsx?|ods)$/iu.test(name)) return <FileSpreadsheet {...props} />;
  return /pdf|text|word|document|rtf/u.test(type) ? <FileText {...props} /> : <File {...props} />;
}

/** One file as a tile: the picture itself, or what kind of file it is. */
export function FileTile({ file, onOpen }: { file: CustomerFile; onOpen: () => void }) {
  const { attachment } = file;
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  const [picture, setPicture] = useState<string | null>(null);
  const isPicture = attachment.type.startsWith('image/');
  useEffect(() => {
    let isOld = false;
    if (isPicture) void ask('attachment.preview', { attachmentId: attachment.id }).then((answer) => { if (!isOld && answer.ok) setPicture(answer.value.dataUrl); });
    return () => { isOld = true; };
  }, [attachment.id, isPicture]);
  const when = whenLabel(file.at, now, zone);
  return (
    <button type="button" className="file-tile" onClick={onOpen} title={`${attachment.name} · ${fileSize(attachment.size)} · ${file.author}, ${when}`} aria-label={t('profile.fileLabel', { name: attachment.name, author: file.author, when })}>
      <span className="file-picture">{picture === null ? <TypeIcon type={attachment.type} name={attachment.name} /> : <img src={picture} alt={attachment.alt ?? ''} />}</span>
      <span className="file-name">{attachment.name}</span>
    </button>
  );
}
