import { useEffect, useState } from 'react';
import { HandCoins } from 'lucide-react';
import type { ComposerMode, LedgerRoom, Output } from '../../../src-preload/contract/index.ts';
import { ask } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { moneyLabel } from '../../state/words/money.ts';
import { newestIds } from '../../state/merge.ts';
import { setState, useApp } from '../../state/store.ts';
import { PlaybookButton } from '../responses/playbook-button.tsx';
import { Tip } from '../../ui/button.tsx';

export function useLedger(conversationId: string): Output<'ledger.open'> | null {
  const newest = useApp((state) => newestIds(state.timelines[conversationId]).at(-1));
  const limits = useApp((state) => state.settings.limits);
  const initials = useApp((state) => state.settings.agentInitials);
  const promises = useApp((state) => state.customers[state.conversations[conversationId]?.customerId ?? '']?.promises);
  const [ledger, setLedger] = useState<Output<'ledger.open'> | null>(null);
  useEffect(() => {
    let isOld = false;
    void ask('ledger.open', { conversationId }).then((answer) => { if (!isOld && answer.ok) setLedger(answer.value); });
    return () => { isOld = true; };
  }, [conversationId, newest, limits, initials, promises]);
  return ledger;
}

/** What may still be given to this customer without asking, beside every way to answer. */
export function LedgerStrip({ conversationId, mode }: { conversationId: string; mode: ComposerMode }) {
  const ledger = useLedger(conversationId);
  if (ledger === null) return null;
  const [offer] = ledger.offers;
  return (
    <div className="ledger-strip" data-test="ledger">
      {ledger.rooms.length > 0 && <HandCoins size={13} aria-hidden="true" />}
      {ledger.rooms.map((room) => <Tip key={room.limitId} label={roomWords(room)} side="top"><span tabIndex={0} className={`ledger-room${room.left === 0 ? ' is-out' : ''}`} aria-label={`${room.name}: ${roomWords(room)}`}>{room.name} <strong>{room.left === null ? t('ledger.free') : t('ledger.left', { amount: moneyLabel(room.left, room.currency) })}</strong></span></Tip>)}
      <span className="spacer" />
      {offer !== undefined && <button type="button" className="text-button" onClick={() => setState({ dialog: { type: 'gift', conversationId, promiseId: offer.promiseId } })} title={offer.quote} data-action="ledger.offer">{t('ledger.offer', { amount: moneyLabel(offer.amount, offer.currency) })}</button>}
      <PlaybookButton conversationId={conversationId} mode={mode} />
      {ledger.rooms.length > 0 && <button type="button" className="text-button" onClick={() => setState({ dialog: { type: 'gift', conversationId, promiseId: null } })} data-action="ledger.give">{t('ledger.book')}</button>}
    </div>
  );
}

export function roomWords(room: LedgerRoom): string {
  const part = (most: number | null, left: number | null, key: 'case' | 'day'): string => (most === null || left === null ? t(`ledger.${key}Free`) : t(`ledger.${key}`, { left: moneyLabel(left, room.currency), most: moneyLabel(most, room.currency) }));
  return `${part(room.perCase, room.leftCase, 'case')}, ${part(room.perDay, room.leftDay, 'day')}`;
}
