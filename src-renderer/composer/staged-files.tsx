import { Paperclip, X } from 'lucide-react';
import type { Attachment, ComposerMode } from '../../src-preload/contract/index.ts';
import { bridge, call } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { toast } from '../state/toasts.ts';
import { fileSize } from '../ui/file-size.ts';
import { editDraft, localDraft } from './local-drafts.ts';

/** Hands files over to the core by path; their bytes never pass the window. */
export async function stageFiles(conversationId: string, mode: ComposerMode, files: readonly File[]): Promise<void> {
  for (const file of files) {
    const path = await bridge().pathOf(file);
    if (path === null) {
      toast(t('composer.noPath', { name: file.name }), 'bad');
      continue;
    }
    const staged = await call('attachment.stage', { path });
    if (staged !== null) editDraft(conversationId, mode, { attachments: [...localDraft(conversationId, mode).attachments, staged.attachment] });
  }
}

export function StagedFiles({ attachments, onRemove }: { attachments: readonly Attachment[]; onRemove: (id: string) => void }) {
  if (attachments.length === 0) return null;
  return (
    <ul className="staged" aria-label={t('composer.attachments')}>
      {attachments.map((attachment) => (
        <li key={attachment.id} className="staged-file">
          <Paperclip size={12} aria-hidden="true" /><span className="attachment-name">{attachment.name}</span><span className="attachment-size">{fileSize(attachment.size)}</span>
          <button type="button" className="icon-button is-tiny" aria-label={t('composer.removeFile', { name: attachment.name })} onClick={() => onRemove(attachment.id)}><X size={12} aria-hidden="true" /></button>
        </li>
      ))}
    </ul>
  );
}
