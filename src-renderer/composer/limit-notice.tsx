import { useEffect, useRef } from 'react';
import { CircleDollarSign } from 'lucide-react';
import { t } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';

/** Sending this would go over what this account may spend: what it costs, and the choice. */
export function LimitNotice({ message, onSend, onKeep }: { message: string; onSend: () => void; onKeep: () => void }) {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div className="stale" role="alertdialog" aria-label={t('spend.overLimit')} data-test="over-limit">
      <p className="stale-title"><CircleDollarSign size={15} aria-hidden="true" /> {message}</p>
      <div className="stale-actions">
        <button ref={keep} type="button" className="button is-primary is-small" onClick={onKeep}>{t('composer.keepEditing')}</button>
        <Button small onClick={onSend} data-action="composer.sendOverLimit">{t('composer.sendAnyway')}</Button>
      </div>
    </div>
  );
}
