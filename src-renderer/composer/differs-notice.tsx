import { useEffect, useRef } from 'react';
import { Scale } from 'lucide-react';
import { t } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';

interface DiffersNoticeProps {
  readonly message: string;
  readonly quote: string;
  readonly written: string;
  readonly onSend: () => void;
  readonly onKeep: () => void;
}

/** The draft says something else than what is pinned: both, side by side, and the choice. */
export function DiffersNotice({ message, quote, written, onSend, onKeep }: DiffersNoticeProps) {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div className="stale" role="alertdialog" aria-label={t('composer.differs')} data-test="differs">
      <p className="stale-title"><Scale size={15} aria-hidden="true" /> {message}</p>
      <dl className="differs-both">
        <dt>{t('composer.pinned')}</dt><dd dir="auto">{quote}</dd>
        <dt>{t('composer.written')}</dt><dd dir="auto">{written}</dd>
      </dl>
      <div className="stale-actions">
        <button ref={keep} type="button" className="button is-primary is-small" onClick={onKeep}>{t('composer.keepEditing')}</button>
        <Button small onClick={onSend}>{t('composer.sendAnyway')}</Button>
      </div>
    </div>
  );
}
