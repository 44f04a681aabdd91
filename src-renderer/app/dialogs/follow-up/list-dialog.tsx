import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { AlarmClock, Cake, Check, MessageSquareReply, PencilLine, Phone, Reply } from 'lucide-react';
import type { FollowUp } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { openConversation } from '../../../state/actions/conversation-actions.ts';
import { finishFollowUp } from '../../../state/actions/follow-up-actions.ts';
import { setState, useApp } from '../../../state/store.ts';
import { useMinute } from '../../../state/ticker.ts';
import { roughSpan, whenLabel } from '../../../state/words/time.ts';
import { Chip, Empty } from '../../../ui/bits.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { Segmented } from '../../../ui/segmented.tsx';

/** Everything somebody has to come back to: what has come on top, the longest overdue first. */
export default function FollowUpsDialog({ onClose }: { onClose: () => void }) {
  const [scope, setScope] = useState<'mine' | 'all'>('mine');
  const [rows, setRows] = useState<readonly FollowUp[] | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const seq = useApp((state) => state.seq);
  const hasFocused = useRef(false);
  useEffect(() => {
    let isOld = false;
    void ask('followup.list', { scope }).then((answer) => { if (!isOld && answer.ok) setRows(answer.value.rows); });
    return () => { isOld = true; };
  }, [scope, seq]);
  useEffect(() => {
    if (rows === null || rows.length === 0 || hasFocused.current) return;
    hasFocused.current = true;
    list.current?.querySelector<HTMLElement>('.follow-open')?.focus();
  }, [rows]);
  const come = rows?.filter((row) => row.state !== 'waiting') ?? [];
  const coming = rows?.filter((row) => row.state === 'waiting') ?? [];

  const onKeyDown = (event: KeyboardEvent): void => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('.follow-open') ?? [])];
    const at = buttons.findIndex((button) => button.closest('li')?.contains(document.activeElement) === true);
    const row = rows?.find((one) => one.id === buttons[at]?.dataset['followUp']);
    if (event.ctrlKey || event.metaKey || event.altKey || row === undefined) return;
    const step = event.key === 'ArrowDown' || event.key === 'j' ? 1 : event.key === 'ArrowUp' || event.key === 'k' ? -1 : 0;
    if (step !== 0) buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
    else if (event.key === 'e') {
      (buttons[at + 1] ?? buttons[at - 1])?.focus();
      void finishFollowUp(row);
    } else if (event.key === 'h') setState({ dialog: { type: 'followUp', followUp: row } });
    else return;
    event.preventDefault();
  };
  const group = (title: string, shown: readonly FollowUp[]) => shown.length > 0 && (
    <section>
      <h3 className="follow-group">{title} <span className="figures">{shown.length}</span></h3>
      <ul>{shown.map((row) => <li key={row.id}><FollowUpLine row={row} onClose={onClose} /></li>)}</ul>
    </section>
  );
  return (
    <Modal title={t('followUp.title')} size="large" onClose={onClose}>
      <div className="follow-bar">
        <Segmented label={t('followUp.scope')} value={scope} onPick={setScope} options={(['mine', 'all'] as const).map((value) => ({ value, label: t(`followUp.${value}`) }))} />
        <span className="hint">{t('followUp.keys')}</span>
      </div>
      <div ref={list} className="follow-page" onKeyDown={onKeyDown} data-test="follow-ups">
        {group(t('followUp.come'), come)}
        {group(t('followUp.coming'), coming)}
        {rows !== null && rows.length === 0 && <Empty icon={<AlarmClock size={22} aria-hidden="true" />} title={t('followUp.none')} />}
      </div>
    </Modal>
  );
}

function FollowUpLine({ row, onClose }: { row: FollowUp; onClose: () => void }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  return (
    <div className="follow-line">
      <button type="button" className="follow-open" data-follow-up={row.id} onClick={() => { onClose(); void openConversation(row.conversationId); }}>
        <span className="follow-when">
          <time>{whenLabel(row.at, now, zone)}</time>
          {row.state === 'due' && <Chip tone={now - row.at > 60_000 ? 'bad' : 'warn'}>{now - row.at > 60_000 ? t('queue.reason.overdue', { span: roughSpan(now - row.at) }) : t('followUp.now')}</Chip>}
          {row.state === 'replied' && <Chip icon={<Reply size={11} aria-hidden="true" />}>{t('followUp.replied')}</Chip>}
        </span>
        <span className="follow-words">
          <span className="follow-who"><bdi>{row.customerName}</bdi>{row.isOccasion && <Cake size={13} aria-hidden="true" />}{row.isCall && <Phone size={13} role="img" aria-label={t('followUp.callBack')} />}{row.draft !== null && <span className="follow-draft"><MessageSquareReply size={12} aria-hidden="true" />{t('followUp.hasDraft', { mode: t(`composer.mode.${row.draft.mode}`) })}</span>}</span>
          <span className="follow-note" dir="auto">{row.note ?? row.draft?.text ?? t('followUp.noNote')}</span>
        </span>
        <span className="follow-by">{row.by}</span>
      </button>
      <IconButton label={t('followUp.edit')} keys="h" onClick={() => setState({ dialog: { type: 'followUp', followUp: row } })}><PencilLine size={14} aria-hidden="true" /></IconButton>
      <IconButton label={t('followUp.done')} keys="e" onClick={() => void finishFollowUp(row)}><Check size={15} aria-hidden="true" /></IconButton>
    </div>
  );
}
