import { Clock } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { t } from '../locales/index.ts';
import { sendNow, undoSend } from '../state/actions/outbox-actions.ts';
import { useApp } from '../state/store.ts';
import { Countdown, ScheduledWords } from '../ui/delivery-words.tsx';
import { Keys } from '../ui/keys.tsx';

/** Sends that can still be taken back, of any conversation. */
export function SendBar({ conversationId }: { conversationId: string }) {
  const held = useApp(useShallow((state) => Object.values(state.outbox).filter((row) => (row.delivery.state === 'held' && (row.delivery.part?.n ?? 1) === 1) || (row.delivery.state === 'scheduled' && row.conversationId === conversationId))));
  if (held.length === 0) return null;
  return (
    <div className="send-bars" data-test="send-bar">
      {held.map((row) => (
        <div key={row.id} className="send-bar">
          <Clock size={13} aria-hidden="true" />
          {row.conversationId !== conversationId && <bdi className="send-bar-name">{row.customerName}</bdi>}
          {row.delivery.state === 'scheduled' ? <ScheduledWords delivery={row.delivery} /> : <Countdown until={row.delivery.heldUntil} mode={row.mode} />}
          {row.delivery.part !== undefined && <span className="send-bar-count">{t('thread.posts', { count: row.delivery.part.of })}</span>}
          <button type="button" className="text-button" onClick={() => void undoSend(row.id)} data-action="outbox.undo">{t(row.delivery.state === 'scheduled' ? 'delivery.edit' : 'common.undo')}</button>
          {row.conversationId === conversationId && row.delivery.state === 'held' && <Keys keys="Mod+Z" />}
          <span className="spacer" />
          <button type="button" className="text-button is-quiet" onClick={() => void sendNow(row.id)}>{t('composer.sendNow')}</button>
        </div>
      ))}
    </div>
  );
}
