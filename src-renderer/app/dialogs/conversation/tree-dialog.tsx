import { useRef } from 'react';
import type { Entry } from '../../../../src-preload/contract/index.ts';
import { call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { setMode } from '../../../state/actions/conversation-actions.ts';
import { useApp } from '../../../state/store.ts';
import { Modal } from '../../../ui/modal.tsx';
import { TreeWalk } from './tree-walk.tsx';

/** Evaluates a public post by keys and writes the path down. */
export default function TreeDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const tree = useApp((state) => state.settings.decisionTree);
  // The dialog covers the story: what is evaluated stands in it.
  const post = useApp((state) => {
    const isTheirs = (entry: Entry | undefined): boolean => entry?.kind === 'post' && entry.direction === 'inbound' && !entry.isDeleted;
    const newest = state.timelines[conversationId]?.ids.findLast((id) => isTheirs(state.entries[id]));
    const row = state.conversations[conversationId];
    return (newest === undefined ? undefined : state.entries[newest]?.text) ?? (row?.kind === 'post' ? row.preview : null);
  });
  const first = useRef<HTMLButtonElement>(null);
  const isWriting = useRef(false);
  const finish = async (answers: readonly boolean[]): Promise<void> => {
    if (isWriting.current) return;
    isWriting.current = true;
    const done = await call('desk.evaluate', { conversationId, answers: [...answers] });
    isWriting.current = false;
    if (done === null) return;
    onClose();
    // After the dialog gave the focus back, or it would take it away again.
    if (done.outcome !== 'no_answer' && done.outcome !== 'monitor') setTimeout(() => requestAnimationFrame(() => setMode(conversationId, 'reply')), 0);
  };
  return (
    <Modal title={t('tree.title')} description={t('tree.lead')} onClose={onClose} initialFocus={first}>
      {post !== null && <blockquote className="tree-post" dir="auto">{post}</blockquote>}
      <TreeWalk tree={tree} first={first} onFinish={(answers) => void finish(answers)} />
    </Modal>
  );
}
