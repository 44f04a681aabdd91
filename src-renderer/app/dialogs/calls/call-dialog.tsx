import { useRef, useState } from 'react';
import { CallPad } from '../../../composer/call/call-pad.tsx';
import { t } from '../../../locales/index.ts';
import { openConversation } from '../../../state/actions/conversation-actions.ts';
import { useFoundCustomers, type FoundCustomer } from '../../../state/found-customers.ts';
import { VipStar } from '../../../ui/bits.tsx';
import { Modal } from '../../../ui/modal.tsx';

/** The call pad for a number nobody has opened: says who it is while it is typed. */
export default function CallDialog({ conversationId, number, callId, direction, onClose }: { conversationId: string | null; number: string; callId?: string | undefined; direction?: 'inbound' | 'outbound' | undefined; onClose: () => void }) {
  const [typed, setTyped] = useState(number);
  const found = useFoundCustomers(typed, { limit: 5, least: 3 }) ?? [];
  const [chosen, setChosen] = useState<FoundCustomer | null>(null);
  const numberRef = useRef<HTMLInputElement>(null);
  return (
    <Modal title={t('call.title')} description={t('call.lead')} size="large" onClose={onClose} initialFocus={numberRef}>
      <CallPad numberRef={numberRef} conversationId={chosen?.conversationId ?? conversationId} number={number} callId={callId} direction={direction} onNumber={(text) => { setTyped(text); setChosen(null); }} onDone={(id) => { onClose(); void openConversation(id); }} />
      <div className="found" role="group" aria-live="polite" aria-label={t('call.found')}>
        {found.map((customer) => (
          <button key={customer.id} type="button" className={`preset${chosen?.id === customer.id ? ' is-chosen' : ''}`} aria-pressed={chosen?.id === customer.id} onClick={() => setChosen(chosen?.id === customer.id ? null : customer)}>
            <bdi>{customer.name}</bdi>{customer.isVip && <VipStar />}<span className="spacer" /><span className="found-match">{customer.match}</span>
          </button>
        ))}
        {typed.trim().length >= 3 && found.length === 0 && <p className="hint">{t('call.unknown')}</p>}
      </div>
    </Modal>
  );
}
