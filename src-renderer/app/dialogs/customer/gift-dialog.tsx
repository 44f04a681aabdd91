import { useState } from 'react';
import type { Failure } from '../../../../src-preload/contract/index.ts';
import { ask, call } from '../../../bridge.ts';
import { roomWords, useLedger } from '../../../composer/notices/ledger-strip.tsx';
import { t } from '../../../locales/index.ts';
import { moneyLabel, plainAmount, readAmount } from '../../../state/words/money.ts';
import { useApp } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { PickField, TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { isPin, PinField } from '../settings/pin-field.tsx';

/** Books something given to a customer. What is above the limit asks for a reason and a colleague's PIN. */
export default function GiftDialog({ conversationId, promiseId, onClose }: { conversationId: string; promiseId: string | null; onClose: () => void }) {
  const name = useApp((state) => state.conversations[conversationId]?.customerName ?? '');
  const ledger = useLedger(conversationId);
  const offer = ledger?.offers.find((other) => other.promiseId === promiseId);
  const [picked, setPicked] = useState<string | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [why, setWhy] = useState('');
  const [over, setOver] = useState(false);
  const [approver, setApprover] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [requestId] = useState(() => crypto.randomUUID());
  const room = ledger?.rooms.find((other) => other.limitId === (picked ?? offer?.limitId)) ?? ledger?.rooms[0];
  if (ledger === null || room === undefined) return null;
  const text = typed ?? (offer === undefined ? (room.currency === null ? '1' : '') : plainAmount(offer.amount, offer.currency));
  const what = said ?? offer?.quote ?? '';
  const amount = readAmount(text, room.currency);
  const second = ledger.approvers.find((other) => (other.agentId ?? '') === approver) ?? ledger.approvers[0];
  const canGo = amount !== null && amount > 0 && what.trim() !== '' && (!over || (why.trim() !== '' && second !== undefined && isPin(pin)));
  const go = async (): Promise<void> => {
    if (!canGo) return;
    const answer = await ask('ledger.give', {
      requestId, conversationId, limitId: room.limitId, amount, what: what.trim(), why: why.trim(), promiseId: offer?.promiseId ?? null, approver: over && second !== undefined ? { agentId: second.agentId, pin } : null,
    });
    if (answer.ok) {
      const { messageId } = answer.value;
      toast(t('ledger.booked', { amount: moneyLabel(amount, room.currency), name }), 'good', { label: t('common.undo'), run: () => void call('ledger.takeBack', { requestId: crypto.randomUUID(), messageId, why: t('ledger.undone') }) });
      return onClose();
    }
    setFailure(answer.error);
    if (answer.error.detail?.['reason'] === 'limit') setOver(true);
    setPin('');
    return undefined;
  };
  const change = (): void => { setFailure(null); setOver(false); };
  const pinProblem = over && failure !== null && failure.detail?.['reason'] !== 'limit' ? failure.message : null;
  return (
    <Modal title={t('ledger.title', { name })} size="small" onClose={onClose}>
      <form className="modal-form" data-test="gift" onSubmit={(event) => { event.preventDefault(); void go(); }}>
        <div className="field-row">
          <TextField label={room.currency === null ? t('ledger.times') : t('ledger.amount', { currency: room.currency })} value={text} onText={(next) => { setTyped(next); change(); }} inputMode="decimal" error={text !== '' && amount === null ? t('ledger.bad') : null} />
          <PickField label={t('ledger.limit')} value={room.limitId} options={ledger.rooms.map((other) => ({ value: other.limitId, label: other.name }))} onPick={(next) => { setPicked(next); change(); }} />
        </div>
        <p className="hint" role="status">{roomWords(room)}</p>
        <TextField label={t('ledger.what')} value={what} onText={setSaid} dir="auto" spellCheck maxLength={300} placeholder={t('ledger.whatExample')} />
        {over && failure?.detail?.['reason'] === 'limit' && <p className="composer-reason" role="alert"><span>{failure.message}</span></p>}
        <TextField label={over ? t('ledger.whyOver') : t('ledger.why')} value={why} onText={setWhy} dir="auto" spellCheck maxLength={300} />
        {over && second !== undefined && <p className="hint">{t('ledger.whoMay')}</p>}
        {over && (second === undefined ? <p className="hint is-bad">{t('ledger.nobody')}</p> : (
          <div className="field-row">
            <PickField label={t('ledger.approver')} value={second.agentId ?? ''} options={ledger.approvers.map((other) => ({ value: other.agentId ?? '', label: other.name }))} onPick={setApprover} />
            <PinField label={t('agents.pinOf', { name: second.name })} value={pin} onText={setPin} error={pinProblem} />
          </div>
        ))}
        {!over && failure !== null && <p className="hint is-bad" role="alert">{failure.message}</p>}
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={!canGo} data-action="ledger.go">{over ? t('ledger.goApproved') : t('ledger.go')}</Button></footer>
      </form>
    </Modal>
  );
}

