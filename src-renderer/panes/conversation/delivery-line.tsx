import { AlertCircle, CalendarClock, Check, CircleHelp, Clock, SendHorizontal } from 'lucide-react';
import type { Delivery, Entry } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { editRefused, retrySend, settleSend, undoSend } from '../../state/actions/outbox-actions.ts';
import { useApp } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { Countdown, ScheduledWords, WaitWords } from '../../ui/delivery-words.tsx';
import { SecondLook } from './second-look.tsx';

/** How far a send of ours has come, in words, with what can be done about it. */
export function DeliveryLine({ delivery, entry }: { delivery: Delivery; entry: Entry }) {
  const id = delivery.outboxId;
  const action = useApp((state) => state.outbox[id]?.mode);
  const isAction = entry.kind === 'system';
  const looked = delivery.look?.lookedBy == null ? null : <span className="delivery-part">{t(delivery.look.isChanged ? 'look.changedBy' : 'look.by', { agent: delivery.look.lookedBy })}</span>;
  const part = delivery.part === undefined ? null : <span className="delivery-part">{t('thread.part', { n: delivery.part.n, of: delivery.part.of })}</span>;
  switch (delivery.state) {
    case 'review': return delivery.look === undefined ? null : <SecondLook delivery={delivery} look={delivery.look} isAction={isAction} />;
    case 'scheduled': return <p className="delivery is-warn"><CalendarClock size={12} aria-hidden="true" /><ScheduledWords delivery={delivery} /><button type="button" className="text-button" onClick={() => void undoSend(id)}>{t('delivery.edit')}</button></p>;
    case 'held': return <p className="delivery"><Clock size={12} aria-hidden="true" /><Countdown until={delivery.heldUntil} mode={action} />{part}{looked}<button type="button" className="text-button" onClick={() => void undoSend(id)}>{t('common.undo')}</button></p>;
    case 'queued': return <p className="delivery is-warn"><Clock size={12} aria-hidden="true" /><WaitWords delivery={delivery} />{part}<button type="button" className="text-button" onClick={() => void undoSend(id)}>{t('common.undo')}</button></p>;
    case 'sending': return <p className="delivery"><SendHorizontal size={12} aria-hidden="true" />{isAction && (action === 'delete' || action === 'hide' || action === 'unhide') ? t(`delivery.doing.${action}`) : t('delivery.sending')}{part}</p>;
    case 'sent': return <p className="delivery is-good"><Check size={12} aria-hidden="true" />{t('delivery.sent')}{looked}</p>;
    case 'undone': return null;
    case 'refused': return (
      <div className="delivery-box is-bad" role="group" aria-label={t('delivery.refused')}>
        <p className="delivery-why"><AlertCircle size={14} aria-hidden="true" /><span>{part}<strong>{t('delivery.refused')}</strong> {delivery.problem ?? ''} {t(isAction ? 'delivery.nothingDone' : 'delivery.kept')}</span></p>
        <div className="delivery-actions">
          <Button small tone="danger" onClick={() => void retrySend(id)}>{t('delivery.tryAgain')}</Button>
          <Button small onClick={() => void editRefused(id)}>{t(isAction ? 'delivery.dismiss' : 'delivery.edit')}</Button>
        </div>
      </div>
    );
    case 'unknown': return (
      <div className="delivery-box is-warn" role="group" aria-label={t('delivery.unknown')}>
        <p className="delivery-why"><CircleHelp size={14} aria-hidden="true" /><span><strong>{t('delivery.unknown')}</strong> {delivery.problem ?? ''} {isAction ? t('delivery.actionUnknownSafe') : t('delivery.unknownSafe', { who: entry.address ?? '' })}</span></p>
        <div className="delivery-actions">
          <Button small onClick={() => void settleSend(id, true)}>{t(isAction ? 'delivery.actionDone' : 'delivery.arrived')}</Button>
          <Button small onClick={() => void settleSend(id, false)}>{t(isAction ? 'delivery.actionNotDone' : 'delivery.notArrived')}</Button>
        </div>
      </div>
    );
  }
}
