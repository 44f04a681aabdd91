import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Inbox, Undo2 } from 'lucide-react';
import type { UnplacedRow } from '../../../../src-preload/contract/index.ts';
import { ask, call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { openConversation } from '../../../state/actions/conversation-actions.ts';
import { useApp } from '../../../state/store.ts';
import { speak } from '../../../state/toasts.ts';
import { Age, Chip, Empty } from '../../../ui/bits.tsx';
import { Keys } from '../../../ui/keys.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { TrayReader } from './tray-reader.tsx';

const SHOWN = 300;

/** What was done last, so that it can be taken back. */
interface Done { readonly id: string; readonly text: string; readonly conversationId: string | null }

/** Mails that belong to nobody we know: one after the other, by keys. */
export default function TrayDialog({ onClose }: { onClose: () => void }) {
  const count = useApp((state) => state.counts.unplaced);
  const [state, setState] = useState<'open' | 'dismissed'>('open');
  const [rows, setRows] = useState<readonly UnplacedRow[] | null>(null);
  const [chosenId, setChosen] = useState<string | null>(null);
  const [isFinding, setFinding] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const list = useRef<HTMLDivElement>(null);
  /** Somebody is being chosen or made for the mail on screen: the same key again would do it twice. */
  const isDeciding = useRef(false);
  const load = useCallback(async (): Promise<void> => {
    const answer = await ask('unplaced.list', { state, limit: SHOWN });
    if (answer.ok) setRows(answer.value.rows);
  }, [state]);
  useEffect(() => void load(), [load, count]);
  const at = Math.max(0, rows?.findIndex((row) => row.id === chosenId) ?? 0);
  const row = rows?.[at];

  /** Goes to the neighbour, which takes the place of the one that leaves. */
  const leave = (left: UnplacedRow, what: Done): void => {
    const next = rows?.[at + 1] ?? rows?.[at - 1];
    setRows((old) => old?.filter((one) => one.id !== left.id) ?? null);
    setChosen(next?.id ?? null);
    setFinding(false);
    setDone(what);
    speak(what.text);
    list.current?.focus();
  };
  const named = (one: UnplacedRow): string => (one.subject !== null && one.subject !== '' ? one.subject : one.author);
  const decide = async (work: () => Promise<void>): Promise<void> => {
    if (isDeciding.current) return;
    isDeciding.current = true;
    await work();
    isDeciding.current = false;
  };
  const assign = (one: UnplacedRow, to: { customerId: string; name: string }): Promise<void> => decide(async () => {
    const placed = await call('unplaced.assign', { id: one.id, customerId: to.customerId });
    if (placed !== null) leave(one, { id: one.id, text: t('tray.assigned', { name: to.name }), conversationId: placed.conversationId });
  });
  const makeCustomer = (one: UnplacedRow): Promise<void> => decide(async () => {
    const placed = await call('unplaced.makeCustomer', { id: one.id });
    if (placed !== null) leave(one, { id: one.id, text: placed.others === 0 ? t('tray.made', { name: one.author }) : t('tray.madeWith', { name: one.author, count: placed.others }), conversationId: placed.conversationId });
  });
  const dismiss = async (one: UnplacedRow): Promise<void> => {
    // At once: pressed twice, the second press is for the next mail.
    leave(one, { id: one.id, text: t('tray.dismissed', { name: named(one) }), conversationId: null });
    if ((await call('unplaced.dismiss', { id: one.id })) !== null) return;
    setDone((now) => (now?.id === one.id ? null : now));
    await load();
  };
  const restore = async (id: string): Promise<void> => {
    if ((await call('unplaced.restore', { id })) === null) return;
    setDone(null);
    if (state === 'open') setChosen(id);
    await load();
    list.current?.focus();
  };

  const walk = (step: number): void => setChosen(rows?.[Math.min(rows.length - 1, Math.max(0, at + step))]?.id ?? null);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.altKey || event.shiftKey || event.nativeEvent.isComposing) return;
    const isField = event.target instanceof HTMLInputElement;
    const isMod = event.ctrlKey || event.metaKey;
    const run = ((): (() => void) | null => {
      if (isField) return null;
      if (event.key === 'z' && done !== null) return () => void restore(done.id);
      if (isMod) return null;
      const isInList = event.target === list.current;
      if (event.key === 'j' || (isInList && event.key === 'ArrowDown')) return () => walk(1);
      if (event.key === 'k' || (isInList && event.key === 'ArrowUp')) return () => walk(-1);
      if (isInList && event.key === 'Home') return () => walk(-SHOWN);
      if (isInList && event.key === 'End') return () => walk(SHOWN);
      if (row === undefined) return null;
      if (state === 'dismissed') return event.key === 'b' ? () => void restore(row.id) : null;
      if (event.key === 'a') return () => setFinding(true);
      if (isInList && event.key === 'Enter' && row.candidate !== null) return () => void (row.candidate !== null && assign(row, row.candidate));
      if (event.key === 'n' && row.mayBeCustomer) return () => void makeCustomer(row);
      if (event.key === 'e' || (isInList && event.key === 'Delete')) return () => void dismiss(row);
      return null;
    })();
    if (run === null) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  useEffect(() => { if (row !== undefined) document.getElementById(`tray-${row.id}`)?.scrollIntoView({ block: 'nearest' }); }, [row]);

  return (
    <Modal title={t('tray.title')} description={t('tray.lead')} size="page" onClose={onClose} initialFocus={list}>
      <div className="tray" onKeyDown={onKeyDown} data-test="tray">
        <div className="tray-side">
          <Segmented label={t('tray.show')} value={state} onPick={(picked) => { setState(picked); setRows(null); setChosen(null); setFinding(false); }} options={[
            { value: 'open', label: t('tray.open', { count }) }, { value: 'dismissed', label: t('tray.dismissedList') },
          ]} />
          <div ref={list} className="tray-list" role="listbox" tabIndex={0} aria-label={t('tray.title')} {...(row === undefined ? {} : { 'aria-activedescendant': `tray-${row.id}` })}>
            {rows?.map((one) => (
              <div key={one.id} id={`tray-${one.id}`} role="option" aria-selected={one.id === row?.id} className={`tray-row${one.id === row?.id ? ' is-chosen' : ''}`} data-unplaced={one.id} onClick={() => { setChosen(one.id); setFinding(false); }}>
                <span className="tray-line"><bdi className="tray-author">{one.author}</bdi><span className="spacer" /><Age at={one.at} /></span>
                <span className="tray-line"><span className="tray-subject" dir="auto">{one.subject ?? t('tray.noSubject')}</span><Chip>{t(`tray.chip.${one.reason}`)}</Chip></span>
              </div>
            ))}
          </div>
        </div>
        {row === undefined
          ? rows !== null && <Empty icon={<Inbox size={22} aria-hidden="true" />} title={t(`tray.empty.${state}`)} />
          : <TrayReader key={row.id} row={row} isFinding={isFinding} onFind={setFinding} onAssign={(to) => void assign(row, to)} onMake={() => void makeCustomer(row)} onDismiss={() => void dismiss(row)} onRestore={() => void restore(row.id)} />}
      </div>
      <footer className="modal-foot is-start tray-foot">
        {done === null ? <span className="hint tray-keys"><Keys keys="j" /><Keys keys="k" /> {t('tray.walk')}</span> : (
          <span className="tray-done" data-test="tray-done">
            <span className="tray-done-text">{done.text}</span>
            <button type="button" className="text-button" onClick={() => void restore(done.id)} data-action="tray.undo"><Undo2 size={13} aria-hidden="true" />{t('common.undo')} <Keys keys="z" /></button>
            {done.conversationId !== null && <button type="button" className="text-button" onClick={() => { onClose(); if (done.conversationId !== null) void openConversation(done.conversationId); }}>{t('tray.goThere')}</button>}
          </span>
        )}
      </footer>
    </Modal>
  );
}
