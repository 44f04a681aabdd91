import { MessageCircleWarning } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { t } from '../../locales/index.ts';
import { newestIds } from '../../state/merge.ts';
import { useApp } from '../../state/store.ts';
import { clockTime } from '../../state/words/time.ts';
import { AskNotice } from './ask-notice.tsx';
import { arrivedSince } from '../drafts/seen.ts';

const SHOWN = 3;

interface StaleNoticeProps {
  readonly conversationId: string;
  readonly seenAt: number;
  readonly message: string;
  readonly onSend: () => void;
  readonly onKeep: () => void;
}

/** Somebody wrote while the answer was being written: what, and the choice. */
export function StaleNotice({ conversationId, seenAt, ...ask }: StaleNoticeProps) {
  const zone = useApp((state) => state.settings.officeZone);
  const news = useApp(useShallow((state) => arrivedSince(newestIds(state.timelines[conversationId]), state.entries, seenAt)));
  return (
    <AskNotice {...ask} label={t('composer.stale')} icon={<MessageCircleWarning size={15} aria-hidden="true" />} data-test="stale">
      <ul className="stale-news">
        {news.slice(-SHOWN).map((entry) => (
          <li key={entry.id}><bdi className="stale-who">{entry.author}</bdi> <time>{clockTime(entry.at, zone)}</time> <span dir="auto">{entry.text.slice(0, 280)}</span></li>
        ))}
      </ul>
    </AskNotice>
  );
}
