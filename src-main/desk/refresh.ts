import type { Channel, EntryDetail, EntryKind, Settings } from '../../src-preload/contract/index.ts';
import { tables, type Tx } from '../store/index.ts';
import { rankConversation } from './priority.ts';
import { homesOfMessages, keepFor } from './sides/index.ts';
import { dueOf } from './sla/due.ts';
import { findUrgentWord } from './urgent-words.ts';
import { newestTurns } from './turns.ts';
import { waitingTurns, weightOf } from './waiting.ts';

const PREVIEW_CHARS = 140;

export const channelOf = (kind: EntryKind): Channel => (kind === 'post' || kind === 'dm' ? 'x' : kind === 'mail' ? 'email' : kind === 'call' ? 'phone' : 'note');

/** Notes never wait, so nothing is promised for them. */
const slaChannel = (kind: EntryKind): Exclude<Channel, 'note'> => {
  const channel = channelOf(kind);
  return channel === 'note' ? 'email' : channel;
};

/** A post or message may be nothing but pictures. */
const mediaWords = (detail: EntryDetail): string => {
  const [first] = detail.type === 'post' || detail.type === 'dm' ? (detail.media ?? []) : [];
  if (first === undefined) return '';
  const kind = { photo: 'Picture', gif: 'GIF', video: 'Video' }[first.kind];
  return first.alt === null ? kind : `${kind}: ${first.alt}`;
};

// A single blank is what it becomes: most of them are, and each match costs.
const previewOf = (text: string): string => text.slice(0, PREVIEW_CHARS * 4).replace(/[^\S ]\s*| \s+/g, ' ').trim().slice(0, PREVIEW_CHARS);

/** What is known already of whoever calls this for many conversations: `core` and `settings` as they are now. */
interface RefreshOptions {
  core?: tables.ConversationCore | undefined;
  settings?: Settings;
  /** May set another state once it is known since when the customer waits. */
  decide?: (core: tables.ConversationCore, waitingSince: number | null) => tables.ConversationCore['state'];
}

/**
 * Derives everything a conversation's row shows from its messages and its customer, whatever order they came in, and writes it. The one
 * place that decides whose turn it is, what is due and where the row stands.
 */
export function refreshConversation(tx: Tx, conversationId: string, { decide, core = tables.conversationCore(tx.db, conversationId), settings = tables.settingsOf(tx.db) }: RefreshOptions = {}): void {
  if (!core || core.state === 'merged') return;
  const customer = tables.customerRow(tx.db, core.customerId);
  const isVip = customer?.is_vip === 1;
  const turns = newestTurns(tx.db, conversationId);
  const shown = turns.find((t) => t.kind !== 'system' && t.outbox !== 'undone') ?? turns[0];
  const lastInbound = turns.find((t) => t.direction === 'inbound');
  const asked = waitingTurns(turns);
  const state = decide?.(core, asked.at(-1)?.at ?? null) ?? core.state;
  if (state !== core.state) tables.setState(tx.db, conversationId, state, null);
  // What is done waits for nobody, whoever wrote last.
  const waiting = state === 'done' ? [] : asked;
  const oldest = waiting.at(-1);
  const waitingSince = oldest?.at ?? null;
  const lastAnswer = turns.find((t) => weightOf(t) === 'answers');
  const urgentWord = waiting.map((t) => findUrgentWord(`${t.subject ?? ''}\n${t.text}`, settings.urgentWords)).find((word) => word !== null) ?? null;
  const { dueAt, warnAt } = oldest === undefined ? { dueAt: null, warnAt: null } : dueOf(settings, {
    channel: slaChannel(oldest.kind), isVip, isUrgent: urgentWord !== null, waitingSince: oldest.at,
    tags: settings.sla.policies.some((policy) => policy.segment === 'tag') ? tables.tagsOf(tx.db, core.customerId) : [],
    // What was closed begins anew: an answer before that was to another question.
    isFollowUp: lastAnswer !== undefined && !turns.some((t) => t.id > lastAnswer.id && t.id < oldest.id && t.detail.type === 'system' && t.detail.code === 'done'),
  });
  const newestMail = turns.find((t) => t.kind === 'mail' && t.direction === 'outbound' && t.outbox !== 'undone');
  const isDueSoon = warnAt !== null && warnAt <= tx.at;
  const isOverdue = dueAt !== null && dueAt <= tx.at;
  const readUpTo = Math.max(core.readUpTo, lastAnswer?.id ?? 0, state === 'done' ? (turns[0]?.id ?? 0) : 0);
  // Whoever answers has read what was there, and it stays read should the answer be taken back.
  if (lastAnswer !== undefined && lastAnswer.id > core.readUpTo) keepFor(tx, core, { type: 'read', upTo: lastAnswer.id }, homesOfMessages(tx.db, core, [lastAnswer.id]));
  const come = tables.dueFollowUp(tx.db, conversationId);
  const { priority, reasons } = rankConversation({
    isVip, vipNote: customer?.vip_note ?? null, influence: tables.profileOf(customer?.profile ?? null).influence, waitingSince, isOverdue, urgentWord, isDueSoon,
    rules: oldest === undefined ? [] : tables.ruleLifts(tx.db, conversationId, oldest.id),
    isUndelivered: newestMail?.isUndelivered === true,
    hasMissedCall: waiting.some((t) => t.kind === 'call'), channelsTried: new Set(waiting.map((t) => channelOf(t.kind))).size,
    followUpNote: come?.note ?? core.followUpNote, followUpIsDue: state === 'open' && (come !== undefined || (core.snoozedUntil === null && core.followUpNote !== null)),
  });
  // A mark is of its matter: once the customer writes after it was closed, there is none.
  if (core.outcome !== null) tables.setOutcome(tx.db, conversationId, tables.outcomeOf(tx.db, conversationId));
  tables.setDerived(tx.db, conversationId, {
    accountId: lastInbound?.accountId ?? shown?.accountId ?? null,
    channel: shown ? channelOf(shown.kind) : 'note', kind: shown?.kind ?? 'note', isPrivate: (shown?.kind ?? 'note') !== 'post',
    subject: shown?.subject ?? null, preview: shown ? previewOf(shown.text === '' ? mediaWords(shown.detail) : shown.text) : '',
    unread: turns.filter((t) => t.direction === 'inbound' && !t.isDeleted && t.id > readUpTo).length, readUpTo,
    lastAt: shown?.at ?? tx.at, lastMessageId: turns[0]?.id ?? 0, lastInboundId: lastInbound?.id ?? 0,
    waitingSince, dueAt, isOverdue, warnAt: warnAt === null || warnAt <= tx.at || isOverdue ? null : warnAt, isVip, priority, reasons,
    // Whose turn it is follows from the last answer on, the account addressed from the last message in.
    settledId: lastAnswer === undefined || lastInbound === undefined ? 0 : Math.min(lastAnswer.id, lastInbound.id),
    isAd: lastInbound?.detail.type === 'post' && lastInbound.detail.isPromoted,
  }, core);
  tx.touch('conversation', conversationId);
  if (isOverdue && !core.isOverdue && core.owner !== null) tx.touch('overdue', conversationId);
}
