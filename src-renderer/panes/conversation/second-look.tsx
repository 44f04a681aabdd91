import { Eye } from 'lucide-react';
import type { Delivery } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { approveAsIs, isLookable, showLook } from '../../state/actions/look-actions.ts';
import { undoSend } from '../../state/actions/outbox-actions.ts';
import { useApp } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';

/** What a guest wants to send: a line for the guest, a decision for whoever may make it. */
export function SecondLook({ delivery, look, isAction }: { delivery: Delivery; look: NonNullable<Delivery['look']>; isAction: boolean }) {
  const id = delivery.outboxId;
  const isMine = useApp((state) => state.settings.agentInitials === look.askedBy);
  const mayLook = useApp((state) => isLookable(state.outbox[id], state));
  const conversationId = useApp((state) => state.outbox[id]?.conversationId);
  if (!mayLook || conversationId === undefined) {
    return (
      <p className="delivery is-warn">
        <Eye size={12} aria-hidden="true" />{isMine ? t('look.waits') : t('look.waitsFor', { agent: look.askedBy })}
        {isMine && <button type="button" className="text-button" onClick={() => void undoSend(id)}>{t('look.takeBack')}</button>}
      </p>
    );
  }
  return (
    <div className="delivery-box is-warn" role="group" aria-label={t('look.asked', { agent: look.askedBy })} data-test="second-look">
      <p className="delivery-why"><Eye size={14} aria-hidden="true" /><span><strong>{t('look.asked', { agent: look.askedBy })}.</strong>{look.isChanged && ` ${t('look.changed')}`}{delivery.problem !== null && ` ${delivery.problem}`}</span></p>
      <div className="delivery-actions">
        <Button small tone="primary" data-action="look.approve" onClick={() => void approveAsIs(id)}>{t(isAction ? 'look.doIt' : 'look.send')}</Button>
        <Button small data-action="look.open" onClick={() => showLook({ id, conversationId })}>{t(isAction ? 'look.back' : 'look.change')}</Button>
      </div>
    </div>
  );
}
