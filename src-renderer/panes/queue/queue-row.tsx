import { memo } from 'react';
import { AlarmClock, AlertCircle, AlertTriangle, Check, Clock, Eye, Flame, ListFilter, MailX, PencilLine, PhoneMissed, Repeat, Undo2, UsersRound } from 'lucide-react';
import type { ConversationRow, PriorityReason } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { setState, useApp } from '../../state/store.ts';
import { openConversation } from '../../state/actions/conversation-actions.ts';
import { mark } from '../../state/actions/queue-actions.ts';
import { useMinute } from '../../state/ticker.ts';
import { roughSpan, whenLabel } from '../../state/words/time.ts';
import { addressedOf } from '../../state/addressed.ts';
import { Age, Chip, Initials, VipStar } from '../../ui/bits.tsx';
import { KindGlyph, PrivacyMark } from '../../ui/glyph.tsx';

/** One row. It listens to its own conversation only, so that a change elsewhere does not render it; one that only moves up keeps its insides. */
export const QueueRow = memo(function QueueRow({ id, position }: { id: string; position: number }) {
  const row = useApp((state) => state.conversations[id]);
  const isOpen = useApp((state) => state.openId === id);
  const isCursor = useApp((state) => state.cursorId === id);
  const setSize = useApp((state) => (state.queue.next === null ? state.queue.ids.length : -1));
  const isMarked = useApp((state) => state.marked.includes(id));
  const marks = useApp((state) => state.marked.length > 0);
  if (row === undefined) return null;
  return (
    <div
      id={`row-${id}`} role="option" aria-selected={isOpen} aria-posinset={position} aria-setsize={setSize} data-conversation={id} data-state={row.state}
      className={`queue-row${isOpen ? ' is-open' : ''}${isCursor ? ' is-cursor' : ''}${row.unread > 0 ? ' is-unread' : ''}${isMarked ? ' is-marked' : ''}`}
      {...(marks ? { 'aria-checked': isMarked } : {})}
      onClick={(event) => {
        setState({ cursorId: id });
        if (event.ctrlKey || event.metaKey || event.shiftKey) mark(id, event.shiftKey);
        else void openConversation(id);
      }}
    >
      <RowInsides row={row} isMarked={isMarked} />
    </div>
  );
});

const RowInsides = memo(function RowInsides({ row, isMarked }: { row: ConversationRow; isMarked: boolean }) {
  const mine = useApp((state) => state.settings.agentInitials);
  const addressed = useApp((state) => addressedOf(state, row.accountId));
  const reason = row.reasons.find((other) => other.code !== 'vip');
  return (
    <>
      <span className="row-unread">{isMarked ? <span className="row-mark" title={t('queue.isMarked')}><Check size={12} aria-hidden="true" /></span> : row.unread > 0 && <span className="unread-dot" title={t('queue.unread', { count: row.unread })}><span className="visually-hidden">{t('queue.unread', { count: row.unread })}</span></span>}</span>
      <span className={`row-kind${row.isPrivate ? ' is-private' : ''}`} title={t(`kind.${row.kind}`)}>
        <KindGlyph kind={row.kind} size={15} /><span className="visually-hidden">{t(`kind.${row.kind}`)}</span>
        <PrivacyMark isPrivate={row.isPrivate} />
      </span>
      <span className="row-line row-first">
        <span className="row-name" dir="auto">{row.customerName}</span>
        {row.isVip && <VipStar />}
        {row.isAd && <Chip>{t('entry.ad')}</Chip>}
        <span className="spacer" />
        {addressed !== null && <span className="row-addressed" title={t('queue.addressed', { account: addressed })}><span className="visually-hidden">{t('queue.addressed', { account: addressed })}</span><bdi aria-hidden="true">{addressed}</bdi></span>}
        <RowFlags row={row} />
        <RowTime row={row} hasDueChip={reason?.code === 'overdue' || reason?.code === 'due_soon'} />
      </span>
      <span className="row-line row-second">
        <span className="row-text" dir="auto">{row.subject !== null && row.subject !== '' ? row.subject : row.preview}</span>
        {reason !== undefined && <ReasonChip reason={reason} dueAt={row.dueAt} />}
        {row.owner !== null && <Initials text={row.owner} mine={row.owner === mine} />}
      </span>
    </>
  );
});

function RowFlags({ row }: { row: ConversationRow }) {
  return (
    <>
      {row.hasDraft && <span className="row-flag" title={t('queue.hasDraft')}><PencilLine size={13} aria-hidden="true" /><span className="visually-hidden">{t('queue.hasDraft')}</span></span>}
      {row.sending === 'failed' && <span className="row-flag is-bad" title={t('queue.sendFailed')}><AlertCircle size={13} aria-hidden="true" /><span className="visually-hidden">{t('queue.sendFailed')}</span></span>}
      {row.sending === 'review' && <span className="row-flag is-warn" title={t('look.rowWaits')}><Eye size={13} aria-hidden="true" /><span className="visually-hidden">{t('look.rowWaits')}</span></span>}
      {row.sending === 'waiting' && <span className="row-flag is-warn" title={t('queue.sendWaiting')}><Clock size={13} aria-hidden="true" /><span className="visually-hidden">{t('queue.sendWaiting')}</span></span>}
      {row.sending === 'held' && <span className="row-flag" title={t('queue.sendHeld')}><Undo2 size={13} aria-hidden="true" /><span className="visually-hidden">{t('queue.sendHeld')}</span></span>}
    </>
  );
}

function RowTime({ row, hasDueChip }: { row: ConversationRow; hasDueChip: boolean }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  if (row.state === 'snoozed' && row.snoozedUntil !== null) {
    return <span className="age row-flag" title={t('queue.snoozedUntil')}><AlarmClock size={12} aria-hidden="true" />{whenLabel(row.snoozedUntil, now, zone)}</span>;
  }
  if (row.isOverdue && !hasDueChip) return <span className="row-flag is-bad" title={t('queue.reason.overdue', { span: roughSpan(now - (row.dueAt ?? now)) })}><AlertTriangle size={12} aria-hidden="true" /><span className="visually-hidden">{t('queue.view.overdue')}</span><Age at={row.lastAt} /></span>;
  return <Age at={row.lastAt} />;
}

function ReasonChip({ reason, dueAt }: { reason: PriorityReason; dueAt: number | null }) {
  const now = useMinute();
  switch (reason.code) {
    case 'urgent': return <Chip tone="bad" icon={<Flame size={11} aria-hidden="true" />}>{t('queue.reason.urgent', { word: reason.detail })}</Chip>;
    case 'angry': return <Chip tone="bad" icon={<Flame size={11} aria-hidden="true" />}>{reason.detail === '' ? t('queue.reason.angryPlain') : t('queue.reason.angry', { word: reason.detail })}</Chip>;
    case 'undelivered': return <Chip tone="bad" icon={<MailX size={11} aria-hidden="true" />}>{t('queue.reason.undelivered')}</Chip>;
    case 'overdue': return <Chip tone="bad" icon={<AlertTriangle size={11} aria-hidden="true" />}>{dueAt === null ? t('queue.reason.overduePlain') : t('queue.reason.overdue', { span: roughSpan(now - dueAt) })}</Chip>;
    case 'due_soon': return <Chip tone="warn" icon={<Clock size={11} aria-hidden="true" />}>{dueAt === null ? t('queue.reason.dueSoonPlain') : t('queue.reason.dueSoon', { span: roughSpan(Math.max(0, dueAt - now)) })}</Chip>;
    case 'repeat_contact': return <Chip icon={<Repeat size={11} aria-hidden="true" />}>{/^\d+$/u.test(reason.detail) ? t('queue.reason.repeat', { count: Number(reason.detail) }) : reason.detail || t('queue.reason.repeatPlain')}</Chip>;
    case 'follow_up': return <Chip tone="warn" icon={<AlarmClock size={11} aria-hidden="true" />}>{t('queue.reason.followUp')}</Chip>;
    case 'missed_call': return <Chip tone="warn" icon={<PhoneMissed size={11} aria-hidden="true" />}>{t('queue.reason.missedCall')}</Chip>;
    case 'rule': return <Chip icon={<ListFilter size={11} aria-hidden="true" />}>{t('queue.reason.rule', { name: reason.detail })}</Chip>;
    case 'influencer': return <Chip icon={<UsersRound size={11} aria-hidden="true" />}>{t('queue.reason.influencer')}</Chip>;
    case 'vip': return <Chip>VIP</Chip>;
  }
}
