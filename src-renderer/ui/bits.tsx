import type { ReactNode } from 'react';
import { Star } from 'lucide-react';
import { t } from '../locales/index.ts';
import { useApp } from '../state/store.ts';
import { useMinute } from '../state/ticker.ts';
import { age, fullTime } from '../state/words/time.ts';

export function VipStar({ size = 13 }: { size?: number }) {
  return <span className="vip" title="VIP"><Star size={size} fill="currentColor" aria-hidden="true" /><span className="visually-hidden">VIP</span></span>;
}

export function Initials({ text, mine = false, title = t('desk.ownedBy', { owner: text }) }: { text: string; mine?: boolean; title?: string }) {
  return <span className={`initials${mine ? ' is-mine' : ''}`} title={title}>{text}</span>;
}

export function Chip({ tone = 'plain', icon, children }: { tone?: 'plain' | 'bad' | 'warn' | 'good' | 'private'; icon?: ReactNode; children: ReactNode }) {
  return <span className={`chip is-${tone}`}>{icon}{children}</span>;
}

/** An age that grows by itself without its row rendering again. */
export function Age({ at }: { at: number }) {
  const zone = useApp((state) => state.settings.officeZone);
  return <time className="age" dateTime={new Date(at).toISOString()} title={fullTime(at, zone)}>{age(at, useMinute(), zone)}</time>;
}

export function Empty({ icon, title, children }: { icon?: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      {icon !== undefined && <div className="empty-icon">{icon}</div>}
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}
