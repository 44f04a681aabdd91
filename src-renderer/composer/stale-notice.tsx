import { useEffect, useRef } from 'react';
import { MessageCircleWarning } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { t } from '../locales/index.ts';
import { useApp } from '../state/store.ts';
import { clockTime } from '../state/time.ts';
import { Button } from '../ui/button.tsx';

const SHOWN = 3;

interface StaleNoticeProps {
  readonly conversationId: string;
  readonly seen: number;
  readonly message: string;
  readonly onSend: () => void;
  readonly onKeep: () => void;
}

/** Somebody wrote while the answer was being written: what, and the choice. */
export function StaleNotice({ conversationId, seen, message, onSend, onKeep }: StaleNoticeProps) {
  const zone = useApp((state) => state.settings.officeZone);
  const news = useApp(useShallow((state) => (state.timelines[conversationId]?.ids ?? []).filter((id) => id > seen).map((id) => state.entries[id]).filter((entry) => entry !== undefined && entry.direction !== 'internal')));
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div className="stale" role="alertdialog" aria-label={t('composer.stale')} data-test="stale">
      <p className="stale-title"><MessageCircleWarning size={15} aria-hidden="true" /> {message}</p>
      <ul className="stale-news">
        {news.slice(-SHOWN).map((entry) => entry !== undefined && (
          <li key={entry.id}><bdi className="stale-who">{entry.author}</bdi> <time>{clockTime(entry.at, zone)}</time> <span dir="auto">{entry.text.slice(0, 280)}</span></li>
        ))}
      </ul>
      <div className="stale-actions">
        <button ref={keep} type="button" className="button is-primary is-small" onClick={onKeep}>{t('composer.keepEditing')}</button>
        <Button small onClick={onSend}>{t('composer.sendAnyway')}</Button>
      </div>
    </div>
  );
}
