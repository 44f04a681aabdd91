import { useEffect, useState } from 'react';
import { create } from 'zustand';
import { Film, LoaderCircle, Paperclip, X } from 'lucide-react';
import type { Attachment, ComposerMode } from '../../../src-preload/contract/index.ts';
import { bridge, call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { toast } from '../../state/toasts.ts';
import { fileSize } from '../../ui/file-size.ts';
import { useDelayed } from '../../ui/use-delayed.ts';
import { Picture } from '../../ui/picture.tsx';
import { editDraft, localDraft } from './local-drafts.ts';

const isOnX = (mode: ComposerMode): boolean => mode === 'reply' || mode === 'post' || mode === 'dm';

/** Files being copied right now; large ones take a moment. */
const useStaging = create<{ readonly names: readonly string[] }>(() => ({ names: [] }));
function beginStaging(name: string): () => void {
  useStaging.setState(({ names }) => ({ names: [...names, name] }));
  return () => useStaging.setState(({ names }) => { const at = names.indexOf(name); return { names: names.filter((_, index) => index !== at) }; });
}

/** Hands files over to the core by path; their bytes never pass the window. */
export async function stageFiles(conversationId: string, mode: 'reply' | 'post' | 'dm' | 'mail', files: readonly File[]): Promise<void> {
  for (const file of files) {
    const path = await bridge().pathOf(file);
    if (path === null) {
      toast(t('composer.noPath', { name: file.name }), 'bad');
      continue;
    }
    const done = beginStaging(file.name);
    const staged = await call('attachment.stage', { path, mode });
    done();
    if (staged !== null) editDraft(conversationId, mode, { attachments: [...localDraft(conversationId, mode).attachments, staged.attachment] });
  }
}

const asBase64 = (file: File): Promise<string> => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/u, '')));
  reader.addEventListener('error', () => reject(reader.error ?? new Error('not readable')));
  reader.readAsDataURL(file);
});

/** Pictures from the clipboard lie in no file: their bytes are handed over. */
export async function stagePictures(conversationId: string, mode: 'reply' | 'post' | 'dm' | 'mail', pictures: readonly File[]): Promise<void> {
  for (const picture of pictures) {
    const done = beginStaging(picture.name);
    const staged = await call('attachment.paste', { name: picture.name === '' ? 'picture.png' : picture.name, base64: await asBase64(picture), mode });
    done();
    if (staged !== null) editDraft(conversationId, mode, { attachments: [...localDraft(conversationId, mode).attachments, staged.attachment] });
  }
}

/** Pictures that somebody who cannot see them would know nothing of. */
export const undescribed = (mode: ComposerMode, attachments: readonly Attachment[]): number =>
  isOnX(mode) ? attachments.filter((file) => file.type.startsWith('image/') && file.alt === null).length : 0;

interface StagedFilesProps {
  readonly conversationId: string;
  readonly mode: ComposerMode;
  readonly attachments: readonly Attachment[];
}

export function StagedFiles({ conversationId, mode, attachments }: StagedFilesProps) {
  const staging = useStaging((state) => state.names);
  const isSlow = useDelayed(staging.length > 0);
  if (attachments.length === 0 && !isSlow) return null;
  const isX = isOnX(mode);
  const remove = (id: string): void => editDraft(conversationId, mode, { attachments: attachments.filter((other) => other.id !== id) });
  return (
    <ul className={`staged${isX ? ' is-media' : ''}`} aria-label={t('composer.attachments')}>
      {attachments.map((attachment) => (
        <li key={attachment.id} className="staged-file">
          {isX && attachment.type.startsWith('image/')
            ? <span className="staged-picture"><Picture tile={{ key: attachment.id, kind: 'photo', alt: null, attachment, width: null, height: null, durationMs: null }} alt="" /></span>
            : attachment.type.startsWith('video/') ? <Film size={13} aria-hidden="true" /> : <Paperclip size={12} aria-hidden="true" />}
          <span className="attachment-name" title={attachment.name}>{attachment.name}</span><span className="attachment-size">{fileSize(attachment.size)}</span>
          {isX && attachment.type.startsWith('image/') && <Description conversationId={conversationId} mode={mode} attachment={attachment} />}
          <button type="button" className="icon-button is-tiny" aria-label={t('composer.removeFile', { name: attachment.name })} onClick={() => remove(attachment.id)}><X size={12} aria-hidden="true" /></button>
        </li>
      ))}
      {isSlow && staging.map((name, index) => <li key={index} className="staged-file is-staging" role="status"><LoaderCircle size={12} className="spin" aria-hidden="true" /><span className="attachment-name">{t('composer.adding', { name })}</span></li>)}
    </ul>
  );
}

const MOST = 1_000;

/** What the picture shows, in words; kept when the field is left. */
function Description({ conversationId, mode, attachment }: { conversationId: string; mode: ComposerMode; attachment: Attachment }) {
  const [text, setText] = useState(attachment.alt ?? '');
  useEffect(() => setText(attachment.alt ?? ''), [attachment.alt]);
  const keep = async (): Promise<void> => {
    if (text.trim() === (attachment.alt ?? '')) return;
    const kept = await call('attachment.describe', { attachmentId: attachment.id, conversationId, mode, alt: text });
    if (kept === null) return;
    editDraft(conversationId, mode, { attachments: localDraft(conversationId, mode).attachments.map((other) => (other.id === attachment.id ? kept.attachment : other)) });
  };
  return (
    <input
      className="input staged-alt" value={text} maxLength={MOST} aria-label={t('composer.describe', { name: attachment.name })} placeholder={t('composer.describeHint')} dir="auto"
      onChange={(event) => setText(event.target.value)} onBlur={() => void keep()} onKeyDown={(event) => { if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) { event.preventDefault(); void keep(); } }}
    />
  );
}
