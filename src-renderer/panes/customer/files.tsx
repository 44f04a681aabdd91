import { useEffect, useState } from 'react';
import type { Output } from '../../../src-preload/contract/index.ts';
import { ask } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { setState, useApp } from '../../state/store.ts';
import { FileTile } from '../../ui/file-tile.tsx';
import { openConversation } from '../../state/actions/conversation-actions.ts';

type Files = Output<'customer.files'>;
const SHOWN = 6;

/** The newest files of all channels; each opens the message it came on. */
export function Files({ customerId }: { customerId: string }) {
  const lastAt = useApp((state) => state.customers[customerId]?.lastAt ?? 0);
  const [files, setFiles] = useState<Files | null>(null);
  useEffect(() => {
    let isOld = false;
    void ask('customer.files', { customerId, before: null, limit: SHOWN }).then((answer) => { if (!isOld && answer.ok) setFiles(answer.value); });
    return () => { isOld = true; };
  }, [customerId, lastAt]);
  if (files === null || files.files.length === 0) return null;
  return (
    <section className="facts" data-test="files">
      <h3>{t('profile.files')}{files.hasOlder && <button type="button" className="text-button" onClick={() => setState({ dialog: { type: 'files', customerId } })}>{t('profile.allFiles')}</button>}</h3>
      <ul className="file-grid is-narrow">{files.files.map((file) => <li key={file.attachment.id}><FileTile file={file} onOpen={() => void openConversation(file.conversationId, file.messageId)} /></li>)}</ul>
    </section>
  );
}
