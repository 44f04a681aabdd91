import { useEffect, useRef, type ReactNode } from 'react';
import { t } from '../../locales/index.ts';
import { Button } from '../../ui/button.tsx';

interface AskNoticeProps {
  /** What it is about, for a screen reader. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly message: string;
  readonly children?: ReactNode;
  readonly onSend: () => void;
  readonly onKeep: () => void;
  readonly 'data-test': string;
  readonly sendAction?: string;
}

/** Stops a send with a reason and leaves the choice to the agent; going on writing is the one that costs nothing, so it has the focus. */
export function AskNotice({ label, icon, message, children, onSend, onKeep, 'data-test': test, sendAction }: AskNoticeProps) {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div className="stale" role="alertdialog" aria-label={label} data-test={test}>
      <p className="stale-title">{icon} {message}</p>
      {children}
      <div className="stale-actions">
        <button ref={keep} type="button" className="button is-primary is-small" onClick={onKeep}>{t('composer.keepEditing')}</button>
        <Button small onClick={onSend} {...(sendAction === undefined ? {} : { 'data-action': sendAction })}>{t('composer.sendAnyway')}</Button>
      </div>
    </div>
  );
}
