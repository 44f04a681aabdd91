import { useState } from 'react';
import { MessagesSquare } from 'lucide-react';
import type { Entry } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { openConversation } from '../../state/actions/conversation-actions.ts';
import { useApp } from '../../state/store.ts';
import { clockTime, fullTime } from '../../state/words/time.ts';

/** What was answered under a post of our own; each answer lies in the conversation of whoever wrote it. */
export function PostReplies({ messageId }: { messageId: number }) {
  const zone = useApp((state) => state.settings.officeZone);
  const [replies, setReplies] = useState<readonly Entry[] | null>(null);
  const toggle = async (): Promise<void> => setReplies(replies === null ? ((await call('post.replies', { messageId }))?.entries ?? null) : null);
  return (
    <div className="post-replies">
      <button type="button" className="text-button" aria-expanded={replies !== null} data-action="post.replies" onClick={() => void toggle()}><MessagesSquare size={12} aria-hidden="true" />{t(replies === null ? 'entry.replies.show' : 'entry.replies.hide')}</button>
      {replies?.length === 0 && <p className="entry-aside">{t('entry.replies.none')}</p>}
      {replies !== null && replies.length > 0 && (
        <ul className="reply-list">
          {replies.map((reply) => (
            <li key={reply.id}>
              <button type="button" className="reply-line" title={t('entry.replies.open', { name: reply.author })} onClick={() => void openConversation(reply.conversationId, reply.id)}>
                <span className="reply-who"><bdi>{reply.author}</bdi><time dateTime={new Date(reply.at).toISOString()} title={fullTime(reply.at, zone)}>{clockTime(reply.at, zone)}</time></span>
                <span className="reply-text" dir="auto">{reply.isDeleted ? t('entry.deleted') : reply.text}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
