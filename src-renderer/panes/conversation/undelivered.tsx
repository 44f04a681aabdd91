import { AlertCircle, Clock } from 'lucide-react';
import type { Entry } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { sendAgain } from '../../state/actions/outbox-actions.ts';
import { Button } from '../../ui/button.tsx';

/** Whom a mail of ours did not reach, why, and the way to put it right. A delay is no failure yet. */
export function Undelivered({ entry, failures }: { entry: Entry; failures: NonNullable<Entry['undelivered']> }) {
  const isFinal = failures.some((failure) => failure.isFinal);
  return (
    <div className={`delivery-box ${isFinal ? 'is-bad' : 'is-warn'}`} role="group" aria-label={t(isFinal ? 'undelivered.name' : 'undelivered.delayedName')} data-test="undelivered">
      <div className="undelivered-list">
        {failures.map((failure, n) => (
          <p key={n} className={`delivery-why${failure.isFinal ? '' : ' is-late'}`}>
            {failure.isFinal ? <AlertCircle size={14} aria-hidden="true" /> : <Clock size={14} aria-hidden="true" />}
            <span><strong>{t(failure.isFinal ? 'undelivered.failed' : 'undelivered.delayed', { to: failure.recipient ?? t('undelivered.somebody') })}</strong> <bdi>{failure.why}</bdi>{!failure.isFinal && ` ${t('undelivered.stillTried')}`}</span>
          </p>
        ))}
      </div>
      {isFinal && <div className="delivery-actions"><Button small tone="danger" onClick={() => void sendAgain(entry.id)} title={t('undelivered.againHint')} data-action="undelivered.again">{t('undelivered.again')}</Button></div>}
    </div>
  );
}
