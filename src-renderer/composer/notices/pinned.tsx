import { useState } from 'react';
import { ChevronDown, ChevronRight, Ellipsis, Pin } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import type { PromiseRow, PromiseState } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { openConversation } from '../../state/actions/conversation-actions.ts';
import { useApp } from '../../state/store.ts';
import { useMinute } from '../../state/ticker.ts';
import { whenLabel } from '../../state/words/time.ts';
import { toast } from '../../state/toasts.ts';
import { DropMenu } from '../../ui/menu.tsx';
import { MarkGlyph } from '../../ui/mark-glyph.tsx';

const SHOWN = 2;
const none: readonly PromiseRow[] = [];

const usePinned = (customerId: string): readonly PromiseRow[] => useApp(useShallow((state) => (state.customers[customerId]?.promises ?? none).filter((promise) => promise.state === 'open' && promise.kind !== 'said')));

/** The same in one word, where there is no room for lines. */
export function PinnedFold({ customerId, isOpen, onToggle }: { customerId: string; isOpen: boolean; onToggle: () => void }) {
  const pinned = usePinned(customerId);
  if (pinned.length === 0) return null;
  return <button type="button" className="pinned-head" aria-expanded={isOpen} aria-label={t('promise.count', { count: pinned.length })} title={pinned.map((promise) => promise.quote).join('\n')} onClick={onToggle} data-action="pinned.fold"><Pin size={12} aria-hidden="true" />{t('promise.short', { count: pinned.length })}</button>;
}

/** What was promised and refused to this customer, above every way to answer. */
export function Pinned({ customerId }: { customerId: string }) {
  const pinned = usePinned(customerId);
  const [isOpen, setOpen] = useState(true);
  const [showsAll, setShowAll] = useState(false);
  if (pinned.length === 0) return null;
  const shown = !isOpen ? [] : showsAll ? pinned : pinned.slice(0, SHOWN);
  return (
    <section className="pinned" aria-label={t('promise.pinned')} data-test="pinned">
      <button type="button" className="pinned-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? <ChevronDown size={13} aria-hidden="true" /> : <ChevronRight size={13} aria-hidden="true" />}<Pin size={12} aria-hidden="true" />{t('promise.count', { count: pinned.length })}
      </button>
      {shown.length > 0 && <ul className="pinned-list">{shown.map((promise) => <li key={promise.id}><PinnedLine promise={promise} /></li>)}</ul>}
      {isOpen && pinned.length > SHOWN && <button type="button" className="text-button is-quiet pinned-more" onClick={() => setShowAll(!showsAll)}>{showsAll ? t('promise.fewer') : t('promise.more', { count: pinned.length - SHOWN })}</button>}
    </section>
  );
}

function PinnedLine({ promise }: { promise: PromiseRow }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  const settle = async (state: PromiseState): Promise<void> => {
    if ((await call('promise.settle', { promiseId: promise.id, state })) === null) return;
    toast(t(`promise.done.${state === 'open' ? 'kept' : state}`), 'good', { label: t('common.undo'), run: () => void call('promise.settle', { promiseId: promise.id, state: 'open' }) });
  };
  return (
    <div className={`pinned-line is-${promise.kind}`}>
      <button type="button" className="pinned-open" onClick={() => void openConversation(promise.conversationId, promise.messageId)} title={promise.quote}>
        <span className="pinned-kind"><MarkGlyph kind={promise.kind} size={13} />{t(`promise.kind.${promise.kind}`)}</span>
        <span className="pinned-quote" dir="auto">{promise.quote}</span>
        <span className="pinned-from">{t('promise.from', { by: promise.madeBy, source: t(`promise.source.${promise.source}`), when: whenLabel(promise.at, now, zone) })}</span>
      </button>
      <DropMenu
        align="end" side="top"
        trigger={<button type="button" className="icon-button is-tiny" aria-label={t('promise.settle')} title={t('promise.settle')}><Ellipsis size={14} aria-hidden="true" /></button>}
        entries={[
          { id: 'promise.kept', label: t('promise.state.kept'), run: () => void settle('kept') },
          { id: 'promise.resolved', label: t('promise.state.resolved'), run: () => void settle('resolved') },
          { id: 'promise.withdrawn', label: t('promise.state.withdrawn'), run: () => void settle('withdrawn') },
          { id: 'promise.remove', label: t('promise.remove'), separated: true, run: () => void call('promise.remove', { promiseId: promise.id }) },
        ]}
      />
    </div>
  );
}
