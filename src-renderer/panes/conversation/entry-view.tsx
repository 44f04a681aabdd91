import { memo } from 'react';
import { Bookmark, Forward, LockKeyhole, MailX, Trash2 } from 'lucide-react';
import type { Entry, EntryDetail, Gift, PrivateReason } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { addressedOf } from '../../state/addressed.ts';
import { pageOf } from '../../state/media/formatted.ts';
import { markEntry, undoMerge } from '../../state/actions/customer-actions.ts';
import { mediaOf } from '../../state/media/media.ts';
import { newestIds } from '../../state/merge.ts';
import { moneyLabel } from '../../state/words/money.ts';
import { useApp } from '../../state/store.ts';
import { clockTime, fullTime, whenLabel } from '../../state/words/time.ts';
import { AttachmentList } from '../../ui/attachment-list.tsx';
import { Chip } from '../../ui/bits.tsx';
import { KindGlyph, PrivacyMark } from '../../ui/glyph.tsx';
import { MarkGlyph } from '../../ui/mark-glyph.tsx';
import { LinkedText } from '../../ui/linked-text.tsx';
import { forwardMail } from '../../composer/mail/forward.ts';
import { CallCard } from './call-card.tsx';
import { DeliveryLine } from './delivery-line.tsx';
import { MailBody } from './mail-body.tsx';
import { MediaGrid } from './media-grid.tsx';
import { PostBody, PostFoot } from './post-body.tsx';
import { PostMenu } from './post-menu.tsx';
import { PostReplies } from './post-replies.tsx';
import { Undelivered } from './undelivered.tsx';

/** In a longer entry a mark repeats its words; in a short one they are seen anyway. */
const LONG_ENTRY = 400;

interface EntryViewProps {
  readonly id: number;
  readonly showSubject: boolean;
  readonly isFound: boolean;
}

export const EntryView = memo(function EntryView({ id, showSubject, isFound }: EntryViewProps) {
  const entry = useApp((state) => state.entries[id]);
  const zone = useApp((state) => state.settings.officeZone);
  const to = useApp((state) => (entry?.direction === 'inbound' && (entry.kind === 'post' || entry.kind === 'dm') ? addressedOf(state, entry.accountId) : null));
  if (entry === undefined) return null;
  if (entry.detail.type === 'system') return <SystemLine entry={entry} detail={entry.detail} zone={zone} />;
  const side = entry.kind === 'note' ? 'is-note' : entry.direction === 'inbound' ? 'is-theirs' : 'is-ours';
  const failed = entry.delivery?.state === 'refused' || entry.undelivered?.some((failure) => failure.isFinal) === true ? ' is-refused' : entry.delivery?.state === 'unknown' ? ' is-unknown' : entry.delivery !== null && entry.delivery.state !== 'sent' ? ' is-pending' : '';
  return (
    <article
      role="article" tabIndex={-1} aria-labelledby={`entry-who-${id}`} data-entry={id} data-kind={entry.kind} data-delivery={entry.delivery?.state ?? ''}
      className={`entry ${side} ${entry.isPrivate ? 'is-private' : 'is-public'}${failed}${isFound ? ' is-found' : ''}`}
    >
      <header className="entry-head">
        <span className="entry-glyph"><KindGlyph kind={entry.kind} /></span>
        <span className="entry-who" id={`entry-who-${id}`}>
          <bdi className="entry-author">{entry.author}</bdi>
          {entry.address !== null && entry.address !== entry.author && entry.kind !== 'note' && <bdi className="entry-address">{entry.address}</bdi>}
          {to !== null && <bdi className="entry-address">{t('queue.addressed', { account: to })}</bdi>}
          <span className="visually-hidden">{t(`kind.${entry.kind}`)}, {entry.kind === 'note' ? t('privacy.team') : entry.isPrivate ? t('privacy.private') : t('privacy.public')}</span>
        </span>
        {entry.kind === 'note' ? <span className="team-only"><LockKeyhole size={11} aria-hidden="true" />{t('privacy.team')}</span> : <PrivacyMark isPrivate={entry.isPrivate} word={!entry.isPrivate} />}
        <Badges detail={entry.detail} />
        {entry.goneAt !== undefined && <Gone at={entry.goneAt} zone={zone} />}
        <span className="spacer" />
        {!entry.isDeleted && entry.text !== '' && <button type="button" className="icon-button is-tiny entry-mark" aria-label={t('promise.markEntry')} title={t('promise.markEntry')} onMouseDown={(event) => event.preventDefault()} onClick={(event) => { event.currentTarget.focus({ preventScroll: true }); markEntry(); }}><Bookmark size={13} aria-hidden="true" /></button>}
        {entry.kind === 'mail' && !entry.isDeleted && <button type="button" className="icon-button is-tiny entry-mark" aria-label={t('entry.forward')} title={t('entry.forward')} data-action="entry.forward" onClick={() => void forwardMail(entry)}><Forward size={13} aria-hidden="true" /></button>}
        {entry.can.length > 0 && <PostMenu entry={entry} />}
        <time className="entry-time" dateTime={new Date(entry.at).toISOString()} title={fullTime(entry.at, zone)}>{clockTime(entry.at, zone)}</time>
      </header>
      {entry.isDeleted ? <Tombstone /> : <EntryBody entry={entry} showSubject={showSubject} />}
      <Marks entry={entry} />
      {entry.undelivered === undefined ? entry.delivery !== null && <DeliveryLine delivery={entry.delivery} entry={entry} /> : <Undelivered entry={entry} failures={entry.undelivered} />}
    </article>
  );
});

function EntryBody({ entry, showSubject }: { entry: Entry; showSubject: boolean }) {
  const { detail } = entry;
  const page = pageOf(entry);
  const { tiles, files: others } = mediaOf(entry);
  const files = page === undefined ? others : others.filter((file) => file !== page);
  return (
    <div className="entry-body">
      {detail.type === 'mail' && <MailBody entry={entry} detail={detail} showSubject={showSubject} />}
      {detail.type === 'post' && <PostBody entry={entry} detail={detail} />}
      {detail.type === 'dm' && (detail.encrypted ? <p className="entry-aside"><LockKeyhole size={13} aria-hidden="true" /> {t('entry.encrypted')}</p> : entry.text !== '' && <p className="entry-text" dir="auto"><LinkedText text={entry.text} /></p>)}
      {detail.type === 'call' && <CallCard entry={entry} detail={detail} />}
      {detail.type === 'note' && <p className="entry-text" dir="auto"><NoteText text={entry.text} mentions={detail.mentions} /></p>}
      {tiles.length > 0 && <MediaGrid entry={entry} tiles={tiles} />}
      {files.length > 0 && <AttachmentList attachments={files} />}
      {detail.type === 'post' && <PostFoot detail={detail} />}
      {detail.type === 'post' && entry.direction === 'outbound' && detail.inReplyTo === null && detail.postId !== '' && <PostReplies messageId={entry.id} />}
    </div>
  );
}

/** A note with the colleagues it names. */
function NoteText({ text, mentions = [] }: { text: string; mentions?: readonly { readonly agent: string; readonly text: string }[] | undefined }) {
  const mine = useApp((state) => state.settings.agentInitials);
  const names = mentions.map((mention) => mention.text).toSorted((a, b) => b.length - a.length);
  if (names.length === 0) return <LinkedText text={text} />;
  const parts = text.split(new RegExp(`(${names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')).join('|')})`, 'u'));
  return <>{parts.map((part, at) => (at % 2 === 0 ? <LinkedText key={at} text={part} /> : <strong key={at} className={`mention${mentions.some((mention) => mention.text === part && mention.agent === mine) ? ' is-me' : ''}`}>{part}</strong>))}</>;
}

function Badges({ detail }: { detail: EntryDetail }) {
  if (detail.type === 'post' && detail.hidden === true) return <Chip>{t('entry.act.hidden')}</Chip>;
  if (detail.type === 'post' && detail.isPromoted) return <Chip>{t('entry.ad')}</Chip>;
  if (detail.type === 'mail' && detail.forwards !== undefined) return <Chip>{t('entry.forwarded', { to: detail.to.join(', ') })}</Chip>;
  if (detail.type === 'mail' && detail.automatic !== 'no') return <Chip tone={detail.automatic === 'bounce' ? 'bad' : detail.automatic === 'delayed' ? 'warn' : 'plain'}>{t(`entry.automatic.${detail.automatic}`)}</Chip>;
  return null;
}

/** A quiet mark: for the customer nothing has changed, but nobody will find this mail in a mail program. */
function Gone({ at, zone }: { at: number; zone: string }) {
  const words = t('entry.goneAt', { when: fullTime(at, zone) });
  return <span className="entry-gone" title={words} data-test="gone"><MailX size={13} aria-hidden="true" /><span className="visually-hidden">{words}</span></span>;
}

/** What was marked in this entry, under its text. */
function Marks({ entry }: { entry: Entry }) {
  const marks = useApp((state) => state.customers[entry.customerId]?.promises)?.filter((promise) => promise.messageId === entry.id) ?? [];
  if (marks.length === 0) return null;
  return (
    <ul className="entry-marks" aria-label={t('promise.marks')}>
      {marks.map((mark) => <li key={mark.id} className={`mark-chip is-${mark.kind}${mark.state === 'open' ? '' : ' is-settled'}`} title={mark.quote}><MarkGlyph kind={mark.kind} size={12} />{t(`promise.kind.${mark.kind}`)}{mark.state !== 'open' && ` · ${t(`promise.state.${mark.state}`)}`}{entry.text.length > LONG_ENTRY && <span className="mark-quote" dir="auto">{mark.quote}</span>}</li>)}
    </ul>
  );
}

function Tombstone() {
  return <p className="entry-aside is-tombstone"><Trash2 size={13} aria-hidden="true" /> {t('entry.deleted')}</p>;
}

const namesSomebody: ReadonlySet<string> = new Set(['merged', 'split', 'taken_over', 'assigned', 'lapsed', 'occasion', 'incident', 'looked', 'look_changed']);

function SystemLine({ entry, detail, zone }: { entry: Entry; detail: Extract<EntryDetail, { type: 'system' }>; zone: string }) {
  const delivery = entry.delivery;
  if (delivery !== null && delivery.state !== 'sent') return <ActionLine entry={entry} detail={detail} zone={zone} delivery={delivery} />;
  if (detail.gift !== undefined) return <GiftLine entry={entry} detail={detail} gift={detail.gift} zone={zone} />;
  const until = detail.until === null ? '' : whenLabel(detail.until, entry.at, zone);
  return (
    <p className="system-line" data-entry={entry.id} data-kind="system" {...(detail.mergeId === undefined ? {} : { role: 'article', tabIndex: -1 })}>
      {t(`entry.system.${detail.code}`, { agent: detail.agent, until, name: entry.text })}{entry.text !== '' && !namesSomebody.has(detail.code) && <> · <span dir="auto">{entry.text}</span></>}
      {detail.code === 'outcome' && detail.outcome !== undefined && <> · {t(`outcome.mark.${detail.outcome.mark ?? 'none'}`)} · {t(`outcome.way.${detail.outcome.way}`)}</>}
      {detail.code === 'went_private' && detail.reason !== undefined && <> · {t(`private.reason.${detail.reason as PrivateReason}`)}</>}
      {detail.mergeId !== undefined && <> <button type="button" className="text-button" onClick={() => void undoMerge(detail.mergeId ?? '')}>{t('common.undo')}</button></>}
      <time dateTime={new Date(entry.at).toISOString()} title={fullTime(entry.at, zone)}>{clockTime(entry.at, zone)}</time>
    </p>
  );
}

/** Something given, or taken back: how much, what for, why, and who said yes. */
function GiftLine({ entry, detail, gift, zone }: { entry: Entry; detail: Extract<EntryDetail, { type: 'system' }>; gift: Gift; zone: string }) {
  const isGiven = detail.code === 'gave';
  const isReversed = useApp((state) => isGiven && [...(state.timelines[entry.conversationId]?.ids ?? []), ...newestIds(state.timelines[entry.conversationId])].some((id) => id > entry.id && reverses(state.entries[id]) === entry.id));
  return (
    <p className="system-line" data-entry={entry.id} data-kind="gift" role="article" tabIndex={-1}>
      {t(isGiven ? 'ledger.gave' : 'ledger.tookBack', { agent: detail.agent, amount: moneyLabel(Math.abs(gift.amount), gift.currency), limit: gift.limitName })} · <span dir="auto">{gift.what}</span>{gift.why !== '' && <> · <span dir="auto">{gift.why}</span></>}{gift.approvedBy !== null && <> · {t('ledger.approvedBy', { agent: gift.approvedBy })}</>}
      {isReversed && <> · {t('ledger.isTakenBack')}</>}
      {isGiven && !isReversed && <> <button type="button" className="text-button" onClick={() => void call('ledger.takeBack', { requestId: crypto.randomUUID(), messageId: entry.id, why: '' })}>{t('ledger.takeBack')}</button></>}
      <time dateTime={new Date(entry.at).toISOString()} title={fullTime(entry.at, zone)}>{clockTime(entry.at, zone)}</time>
    </p>
  );
}
const reverses = (entry: Entry | undefined): number | null => (entry?.detail.type === 'system' ? (entry.detail.gift?.reverses ?? null) : null);

const ACTING = { post_delete: 'delete', post_hide: 'hide', post_unhide: 'unhide' } as const;

/** Something that is being done to a post, and how far it is. */
function ActionLine({ entry, detail, zone, delivery }: { entry: Entry; detail: Extract<EntryDetail, { type: 'system' }>; zone: string; delivery: NonNullable<Entry['delivery']> }) {
  if (detail.code !== 'post_delete' && detail.code !== 'post_hide' && detail.code !== 'post_unhide') return null;
  const until = detail.until === null ? '' : whenLabel(detail.until, entry.at, zone);
  return (
    <article role="article" tabIndex={-1} aria-label={t(`entry.acting.${ACTING[detail.code]}`, { agent: detail.agent, until })} className="action-line" data-entry={entry.id} data-kind="system" data-delivery={delivery.state}>
      <p>{t(`entry.acting.${ACTING[detail.code]}`, { agent: detail.agent, until })}</p>
      <DeliveryLine delivery={delivery} entry={entry} />
    </article>
  );
}
