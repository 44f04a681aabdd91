import { useEffect, type ReactNode } from 'react';
import { MessagesSquare } from 'lucide-react';
import { ask } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { getState, useApp } from '../../state/store.ts';
import { shortcutsOf } from '../../state/shortcuts.ts';
import { Empty } from '../../ui/bits.tsx';
import { Keys } from '../../ui/keys.tsx';
import { useDelayed } from '../../ui/use-delayed.ts';
import { isUp } from './deck.ts';
import { SheetView } from './sheet-view.tsx';
import { useDeck } from './use-deck.ts';

/** The open conversation; what stands below the timeline is given by the frame. */
export function ConversationPane({ composer }: { composer: (conversationId: string) => ReactNode }) {
  const openId = useApp((state) => state.openId);
  useMentionsSeen(openId);
  const sheets = useDeck();
  const isBare = !sheets.some(isUp);
  const showSkeleton = useDelayed(openId !== null && isBare);
  return (
    <section className="pane conversation-pane" aria-label={t('conversation.pane')} data-pane="conversation">
      {isBare && <div className="sheet" data-sheet="up">{openId === null ? <NothingOpen /> : showSkeleton ? <ConversationSkeleton /> : null}</div>}
      {sheets.map(({ key, id, use }) => <SheetView key={key} id={id} use={use} composer={composer} />)}
    </section>
  );
}

/** Whoever goes on to another conversation has dealt with the notes that named them in this one. */
function useMentionsSeen(openId: string | null): void {
  useEffect(() => () => {
    const { conversations, settings } = getState();
    if (openId !== null && conversations[openId]?.mentions.includes(settings.agentInitials) === true) void ask('mention.seen', { conversationId: openId });
  }, [openId]);
}

function NothingOpen() {
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  return (
    <Empty icon={<MessagesSquare size={24} aria-hidden="true" />} title={t('conversation.nothingOpen')}>
      <dl className="key-hints">
        <dt>{t('conversation.hintWalk')}</dt><dd><Keys keys={keys['queue.next']} /> <Keys keys={keys['queue.previous']} /></dd>
        <dt>{t('conversation.hintOpen')}</dt><dd><Keys keys={keys['queue.open']} /></dd>
        <dt>{t('conversation.hintFind')}</dt><dd><Keys keys={keys['palette.open']} /></dd>
        <dt>{t('conversation.hintAll')}</dt><dd><Keys keys={keys['help.shortcuts']} /></dd>
      </dl>
    </Empty>
  );
}

function ConversationSkeleton() {
  return (
    <div className="conversation-skeleton" aria-busy="true" aria-label={t('common.loading')}>
      <span className="bone is-title" />
      {[64, 96, 48, 120].map((height, index) => <span key={height} className={`bone is-bubble${index % 2 === 1 ? ' is-ours' : ''}`} style={{ height }} />)}
    </div>
  );
}
