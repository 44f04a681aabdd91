import { useShallow } from 'zustand/react/shallow';
import { AlertCircle, CircleHelp, Clock, Eye, SendHorizontal } from 'lucide-react';
import type { OutboxRow } from '../../../../src-preload/contract/index.ts';
import { t } from '../../../locales/index.ts';
import { openConversation } from '../../../state/actions/conversation-actions.ts';
import { editRefused, isAction, retrySend, sendNow, settleSend, undoSend } from '../../../state/actions/outbox-actions.ts';
import { isLookable, showLook } from '../../../state/actions/look-actions.ts';
import { useApp } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { Countdown, ScheduledWords, WaitWords } from '../../../ui/delivery-words.tsx';
import { Empty } from '../../../ui/bits.tsx';
import { Modal } from '../../../ui/modal.tsx';

const urgency: Readonly<Record<OutboxRow['delivery']['state'], number>> = { refused: 0, unknown: 1, review: 2, held: 3, sending: 4, queued: 5, scheduled: 6, sent: 7, undone: 8 };

export default function OutboxDialog({ onClose }: { onClose: () => void }) {
  const rows = useApp(useShallow((state) => Object.values(state.outbox).toSorted((a, b) => urgency[a.delivery.state] - urgency[b.delivery.state] || a.messageId - b.messageId)));
  return (
    <Modal title={t('outbox.title')} description={t('outbox.lead')} onClose={onClose}>
      {rows.length === 0 ? <Empty title={t('outbox.empty')} /> : <ul className="outbox-list">{rows.map((row) => <OutboxLine key={row.id} row={row} onClose={onClose} />)}</ul>}
    </Modal>
  );
}

function OutboxLine({ row, onClose }: { row: OutboxRow; onClose: () => void }) {
  const { state, problem } = row.delivery;
  const mayLook = useApp((all) => isLookable(row, all));
  const isMine = useApp((all) => row.delivery.look?.askedBy === all.settings.agentInitials);
  const look = async (): Promise<void> => {
    onClose();
    await openConversation(row.conversationId, row.messageId);
    showLook(row);
  };
  const edit = async (): Promise<void> => {
    onClose();
    await openConversation(row.conversationId, row.messageId);
    await editRefused(row.id);
  };
  return (
    <li className={`outbox-line is-${state}`} data-outbox={row.id} data-state={state}>
      <button type="button" className="outbox-open" onClick={() => { onClose(); void openConversation(row.conversationId, row.messageId); }}>
        <span className="outbox-name"><bdi>{row.customerName}</bdi> <span className="outbox-mode">{isAction(row.mode) ? t(`outbox.mode.${row.mode}`) : t(`composer.mode.${row.mode}`)}</span></span>
        <span className="outbox-excerpt" dir="auto">{row.delivery.part !== undefined && `${t('thread.part', { n: row.delivery.part.n, of: row.delivery.part.of })} · `}{row.excerpt}</span>
      </button>
      <p className={`delivery${state === 'refused' ? ' is-bad' : state === 'queued' || state === 'unknown' || state === 'review' ? ' is-warn' : ''}`}>
        {state === 'refused' ? <AlertCircle size={13} aria-hidden="true" /> : state === 'unknown' ? <CircleHelp size={13} aria-hidden="true" /> : state === 'sending' ? <SendHorizontal size={13} aria-hidden="true" /> : state === 'review' ? <Eye size={13} aria-hidden="true" /> : <Clock size={13} aria-hidden="true" />}
        {state === 'review' && (isMine ? t('look.waits') : t('look.waitsFor', { agent: row.delivery.look?.askedBy ?? '' }))}
        {state === 'scheduled' && <ScheduledWords delivery={row.delivery} />}
        {state === 'held' && <Countdown until={row.delivery.heldUntil} mode={row.mode} />}
        {state === 'queued' && <WaitWords delivery={row.delivery} />}
        {state === 'sending' && (isAction(row.mode) ? t(`delivery.doing.${row.mode}`) : t('delivery.sending'))}
        {(state === 'refused' || state === 'unknown') && <span><strong>{t(`delivery.${state}`)}</strong> {problem ?? ''}</span>}
      </p>
      <div className="outbox-buttons">
        {mayLook && <Button small onClick={() => void look()}>{t('look.open')}</Button>}
        {state === 'review' && isMine && <Button small onClick={() => void undoSend(row.id)}>{t('look.takeBack')}</Button>}
        {state === 'scheduled' && <Button small onClick={() => void edit()}>{t('delivery.edit')}</Button>}
        {(state === 'held' || state === 'queued') && <Button small onClick={() => void undoSend(row.id)}>{t('common.undo')}</Button>}
        {(state === 'held' || state === 'scheduled') && <Button small onClick={() => void sendNow(row.id)}>{t('composer.sendNow')}</Button>}
        {(state === 'refused' || state === 'queued') && <Button small onClick={() => void retrySend(row.id)}>{t('delivery.tryAgain')}</Button>}
        {state === 'refused' && <Button small onClick={() => void edit()}>{t(isAction(row.mode) ? 'delivery.dismiss' : 'delivery.edit')}</Button>}
        {state === 'unknown' && <><Button small onClick={() => void settleSend(row.id, true)}>{t(isAction(row.mode) ? 'delivery.actionDone' : 'delivery.arrived')}</Button><Button small onClick={() => void settleSend(row.id, false)}>{t(isAction(row.mode) ? 'delivery.actionNotDone' : 'delivery.notArrived')}</Button></>}
      </div>
    </li>
  );
}
