import type { Channel, ConversationRow, Counts, EntryKind, PriorityReason, QueueSort, QueueView, Satisfaction } from '../../../src-preload/contract/index.ts';
import { firstIdAt } from '../message-id.ts';
import { marks, type ReadDb, type SqlValue, type WriteDb } from '../db.ts';
import { rootOf } from './merges.ts';
import { MENTIONED, mentionCount, mentionedIn } from './notices.ts';

/** Everything about a conversation that follows from its messages and its customer; written as one by `refreshConversation`. */
export interface Derived {
  accountId: string | null; channel: Channel; kind: EntryKind; isPrivate: boolean; subject: string | null; preview: string; unread: number;
  /** Raised to this where it is lower. */
  readUpTo: number;
  lastAt: number; lastMessageId: number; lastInboundId: number; waitingSince: number | null; dueAt: number | null; isOverdue: boolean;
  /** When the row has to begin to say "due soon"; null when it does already or never will. */
  warnAt: number | null;
  isVip: boolean; priority: number; reasons: PriorityReason[];
  /** Messages with smaller ids change nothing of all this; 0 while every one may. */
  settledId: number;
  isAd: boolean;
}

export interface ConversationCore {
  id: string; customerId: string; state: 'open' | 'snoozed' | 'done' | 'merged'; stateBy: string | null; owner: string | null;
  /** When the owner's claim ends; null: nobody's, or given for good. */
  claimUntil: number | null; readUpTo: number;
  outcome: Satisfaction | null;
  /** Its customer is shown as one with somebody else right now. */
  isShownWithOthers: boolean;
  snoozedUntil: number | null; followUpNote: string | null; isOverdue: boolean; lastInboundId: number; lastMessageId: number; waitingSince: number | null; lastAt: number; settledId: number;
}

export function insertConversation(db: WriteDb, c: { id: string; customerId: string; state: 'open' | 'done'; createdAt: number }): void {
  db.run(
    `INSERT INTO conversation (id, customer_id, state, channel, kind, is_private, preview, unread, read_up_to, last_at, last_message_id, last_inbound_id,
     is_overdue, is_vip, rank, queue_at, reasons, created_at) VALUES (?, ?, ?, 'note', 'note', 1, '', 0, 0, ?, 0, 0, 0, 0, 0, ?, '[]', ?)`,
    c.id, c.customerId, c.state, c.createdAt, c.createdAt, c.createdAt,
  );
}

interface CoreRow { id: string; customer_id: string; state: ConversationCore['state']; state_by: string | null; owner: string | null; claim_until: number | null; read_up_to: number; snoozed_until: number | null; follow_up_note: string | null; is_overdue: number; last_inbound_id: number; last_message_id: number; waiting_since: number | null; last_at: number; settled_id: number; outcome: Satisfaction | null; is_together: number }
const CORE = 'id, customer_id, state, state_by, owner, claim_until, read_up_to, snoozed_until, follow_up_note, is_overdue, last_inbound_id, last_message_id, waiting_since, last_at, settled_id, outcome, (SELECT c.own IS NOT NULL FROM customer c WHERE c.id = customer_id) AS is_together';
const toCore = (r: CoreRow): ConversationCore => ({
  id: r.id, customerId: r.customer_id, state: r.state, stateBy: r.state_by, owner: r.owner, claimUntil: r.claim_until, readUpTo: r.read_up_to, snoozedUntil: r.snoozed_until,
  followUpNote: r.follow_up_note, isOverdue: r.is_overdue === 1, lastInboundId: r.last_inbound_id, lastMessageId: r.last_message_id, waitingSince: r.waiting_since, lastAt: r.last_at, settledId: r.settled_id, outcome: r.outcome, isShownWithOthers: r.is_together === 1,
});

const CORE_BY_ID = `SELECT ${CORE} FROM conversation WHERE id = ?`;
const CORE_BY_CUSTOMER = `SELECT ${CORE} FROM conversation WHERE customer_id = ?`;
export const conversationCore = (db: ReadDb, id: string): ConversationCore | undefined => {
  const row = db.get<CoreRow>(CORE_BY_ID, id);
  return row && toCore(row);
};
export const conversationOfCustomer = (db: ReadDb, customerId: string): ConversationCore | undefined => {
  const row = db.get<CoreRow>(CORE_BY_CUSTOMER, customerId);
  return row && toCore(row);
};

export function setState(db: WriteDb, id: string, state: ConversationCore['state'], by: string | null): void {
  db.run('UPDATE conversation SET state = ?, state_by = ? WHERE id = ?', state, by, id);
}
/** `until`: when a claim ends by itself; without it the owner keeps the conversation. */
export function setOwner(db: WriteDb, id: string, owner: string | null, until: number | null = null): void {
  db.run('UPDATE conversation SET owner = ?, claim_until = ? WHERE id = ?', owner, until, id);
}
/** Nothing is in it but the console's own lines, and nothing was given in one of those. */
export const isUnused = (db: ReadDb, id: string): boolean =>
  db.get(
    `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM message m WHERE (m.conversation_id = ? OR m.home_conversation_id = ?) AND (m.kind <> 'system' OR EXISTS (SELECT 1 FROM ledger l WHERE l.message_id = m.id)))
     AND NOT EXISTS (SELECT 1 FROM follow_up WHERE conversation_id = ? OR home_conversation_id = ?) AND NOT EXISTS (SELECT 1 FROM draft WHERE conversation_id = ?)`, id, id, id, id, id,
  ) !== undefined;
export function removeConversation(db: WriteDb, id: string): void {
  db.run('DELETE FROM conversation WHERE id = ?', id);
}
export function setReadUpTo(db: WriteDb, id: string, messageId: number): void {
  db.run('UPDATE conversation SET read_up_to = max(read_up_to, ?) WHERE id = ?', messageId, id);
}

const derived = (lastAt: string): string =>
  `UPDATE conversation SET ${lastAt}account_id=?, channel=?, kind=?, is_private=?, subject=?, preview=?, unread=?, read_up_to=max(read_up_to, ?), last_message_id=?, last_inbound_id=?,
   waiting_since=?, due_at=?, warn_at=?, is_overdue=?, is_vip=?, rank=?, queue_at=?, reasons=?, settled_id=?, is_ad=? WHERE id=?`;
const DERIVED = derived('last_at=?, ');
// A column that is named is written to its index even when it is what it was.
const DERIVED_AS_LATE = derived('');

export function setDerived(db: WriteDb, id: string, d: Derived, before: Pick<ConversationCore, 'lastAt'>): void {
  const rest = [
    d.accountId, d.channel, d.kind, Number(d.isPrivate), d.subject, d.preview, d.unread, d.readUpTo, d.lastMessageId, d.lastInboundId,
    d.waitingSince, d.dueAt, d.warnAt, Number(d.isOverdue), Number(d.isVip), -d.priority, d.waitingSince ?? d.lastAt, JSON.stringify(d.reasons), d.settledId, Number(d.isAd), id,
  ];
  if (d.lastAt === before.lastAt) db.run(DERIVED_AS_LATE, ...rest);
  else db.run(DERIVED, d.lastAt, ...rest);
}

interface Row {
  id: string; customer_id: string; customer_name: string; state: ConversationRow['state']; owner: string | null; claim_until: number | null; account_id: string | null; channel: Channel;
  kind: EntryKind; is_private: number; subject: string | null; preview: string; unread: number; last_at: number; last_message_id: number; waiting_since: number | null;
  due_at: number | null; is_overdue: number; snoozed_until: number | null; follow_up_note: string | null; is_vip: number; rank: number; queue_at: number; reasons: string;
  is_ad: number; has_draft: number; sending: string | null; mentions: string; outcome: Satisfaction | null;
}
const SELECT = `SELECT v.id, v.customer_id, c.name AS customer_name, v.state, v.owner, v.claim_until, v.account_id, v.channel, v.kind, v.is_private, v.subject, v.preview, v.unread, v.last_at,
  v.last_message_id, v.waiting_since, v.due_at, v.is_overdue, v.snoozed_until, v.follow_up_note, v.is_vip, v.rank, v.queue_at, v.reasons, v.is_ad, v.outcome,
  EXISTS (SELECT 1 FROM draft d WHERE d.conversation_id = v.id) AS has_draft,
  (SELECT group_concat(o.state) FROM outbox o WHERE o.conversation_id = v.id AND o.state NOT IN ('sent', 'undone')) AS sending,
  ${MENTIONED} AS mentions
  FROM conversation v JOIN customer c ON c.id = v.customer_id`;

const sendingOf = (states: string | null): ConversationRow['sending'] => {
  if (states === null) return 'none';
  if (/refused|unknown/.test(states)) return 'failed';
  if (states.includes('review')) return 'review';
  return /scheduled|queued|sending/.test(states) ? 'waiting' : 'held';
};

const toRow = (r: Row): ConversationRow => ({
  id: r.id, customerId: r.customer_id, customerName: r.customer_name, isVip: r.is_vip === 1, state: r.state, owner: r.owner, claimUntil: r.claim_until, accountId: r.account_id, channel: r.channel,
  kind: r.kind, isPrivate: r.is_private === 1, subject: r.subject, preview: r.preview, unread: r.unread, lastAt: r.last_at, lastMessageId: r.last_message_id,
  waitingSince: r.waiting_since, dueAt: r.due_at, isOverdue: r.is_overdue === 1, snoozedUntil: r.snoozed_until, followUpNote: r.follow_up_note,
  // Not -r.rank: that would make a zero a negative one.
  priority: 0 - r.rank, reasons: JSON.parse(r.reasons) as PriorityReason[], isAd: r.is_ad === 1, hasDraft: r.has_draft === 1, sending: sendingOf(r.sending), mentions: JSON.parse(r.mentions) as string[], outcome: r.outcome,
});

export const conversationRows = (db: ReadDb, ids: readonly string[]): ConversationRow[] =>
  ids.length === 0 ? [] : db.all<Row>(`${SELECT} WHERE v.id IN (${marks(ids.length)}) AND v.state <> 'merged'`, ...ids).map(toRow);

/** The conversation to show for an id: itself, or the one it was merged into; undefined when it is nowhere. */
export function shownConversation(db: ReadDb, id: string): string | undefined {
  const core = conversationCore(db, id);
  return core?.state === 'merged' ? conversationOfCustomer(db, rootOf(db, core.customerId))?.id : core?.id;
}

export interface QueueCursor { key: number; tie: number; id: string }

/** One page of a view. Order: open views by (rank, queue_at, id) or (queue_at, id); snoozed by waking time; done newest first. */
export function queuePage(
  db: ReadDb, q: { view: QueueView; sort: QueueSort; accountId: string | null; onlyAds?: boolean; me: string; after: QueueCursor | null; limit: number },
): { rows: ConversationRow[]; next: QueueCursor | null } {
  const where: string[] = [q.view === 'done' ? `v.state = 'done'` : q.view === 'snoozed' ? `v.state = 'snoozed'` : q.view === 'mentioned' ? `v.state <> 'merged'` : `v.state = 'open'`];
  const params: SqlValue[] = [];
  const mentioned = mentionedIn(q.me);
  if (q.view === 'mentioned') where.push(mentioned.sql), params.push(...mentioned.params);
  if (q.view === 'mine') where.push('v.owner = ?'), params.push(q.me);
  if (q.view === 'unassigned') where.push('v.owner IS NULL');
  if (q.view === 'vip') where.push('v.is_vip = 1');
  if (q.view === 'overdue') where.push('v.is_overdue = 1');
  if (q.onlyAds === true) where.push('v.is_ad = 1');
  if (q.accountId !== null) where.push('v.account_id = ?'), params.push(q.accountId);
  const order = q.view === 'done' ? 'done' : q.view === 'snoozed' ? 'snoozed' : q.sort;
  const by = { priority: 'v.rank, v.queue_at, v.id', oldest: 'v.queue_at, v.id', snoozed: 'v.snoozed_until, v.id', done: 'v.last_at DESC, v.id DESC' }[order];
  if (q.after !== null) {
    const { key, tie, id } = q.after;
    if (order === 'priority') where.push('(v.rank, v.queue_at, v.id) > (?, ?, ?)'), params.push(-key, tie, id);
    if (order === 'oldest') where.push('(v.queue_at, v.id) > (?, ?)'), params.push(key, id);
    if (order === 'snoozed') where.push('(v.snoozed_until, v.id) > (?, ?)'), params.push(key, id);
    if (order === 'done') where.push('(v.last_at, v.id) < (?, ?)'), params.push(key, id);
  }
  const found = db.all<Row>(`${SELECT} WHERE ${where.join(' AND ')} ORDER BY ${by} LIMIT ?`, ...params, q.limit + 1);
  const page = found.slice(0, q.limit);
  const last = page.at(-1);
  const key = (r: Row): number => ({ priority: -r.rank, oldest: r.queue_at, snoozed: r.snoozed_until ?? 0, done: r.last_at })[order];
  return {
    rows: page.map(toRow),
    next: found.length > q.limit && last ? { key: key(last), tie: order === 'priority' ? last.queue_at : 0, id: last.id } : null,
  };
}

export function queueCounts(db: ReadDb, me: string): Omit<Counts, 'spentToday' | 'heard' | 'unplaced' | 'unreadable' | 'outboxWaiting' | 'outboxFailed' | 'toLook'> {
  const n = new Map(db.all<{ view: string; n: number }>(`SELECT view, n FROM queue_count WHERE view IN ('open','snoozed','done','vip','overdue','unseen','owner:',?)`, `owner:${me}`).map((r) => [r.view, r.n]));
  const of = (view: string): number => n.get(view) ?? 0;
  return { mentioned: mentionCount(db, me), open: of('open'), mine: of(`owner:${me}`), unassigned: of('owner:'), vip: of('vip'), overdue: of('overdue'), snoozed: of('snoozed'), done: of('done'), unseen: of('unseen') };
}

/** The next moment at which something falls due or wakes; null when nothing will. */
export const nextAlarm = (db: ReadDb): number | null => {
  const due = db.get<{ at: number | null }>(`SELECT min(due_at) AS at FROM conversation WHERE due_at IS NOT NULL AND is_overdue = 0 AND state = 'open'`)?.at ?? null;
  const wake = db.get<{ at: number | null }>('SELECT min(snoozed_until) AS at FROM conversation WHERE snoozed_until IS NOT NULL')?.at ?? null;
  const warn = db.get<{ at: number | null }>(`SELECT min(warn_at) AS at FROM conversation WHERE warn_at IS NOT NULL AND state = 'open'`)?.at ?? null;
  const followUp = db.get<{ at: number | null }>(`SELECT min(at) AS at FROM follow_up WHERE state = 'waiting'`)?.at ?? null;
  const lapse = db.get<{ at: number | null }>(`SELECT min(claim_until) AS at FROM conversation WHERE claim_until IS NOT NULL AND state = 'open'`)?.at ?? null;
  const times = [due, warn, wake, followUp, lapse].filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
};

export const dueBy = (db: ReadDb, at: number): string[] =>
  db.all<{ id: string }>(`SELECT id FROM conversation WHERE due_at IS NOT NULL AND is_overdue = 0 AND state = 'open' AND due_at <= ?
     UNION SELECT id FROM conversation WHERE warn_at IS NOT NULL AND state = 'open' AND warn_at <= ? LIMIT 500`, at, at).map((r) => r.id);
export const wakingBy = (db: ReadDb, at: number): string[] =>
  db.all<{ id: string }>('SELECT id FROM conversation WHERE snoozed_until IS NOT NULL AND snoozed_until <= ? LIMIT 500', at).map((r) => r.id);
/** Open conversations whose claim has ended. */
export const lapsedBy = (db: ReadDb, at: number): string[] =>
  db.all<{ id: string }>(`SELECT id FROM conversation WHERE claim_until IS NOT NULL AND state = 'open' AND claim_until <= ? ORDER BY claim_until, id LIMIT 500`, at).map((r) => r.id);
export const openConversationIds = (db: ReadDb): string[] => db.all<{ id: string }>(`SELECT id FROM conversation WHERE state IN ('open', 'snoozed')`).map((r) => r.id);

/** What was done since `since` (ms UTC): for the quiet moment when the queue is empty. */
export function todayCounts(db: ReadDb, since: number): { answered: number; done: number; calls: number } {
  const first = firstIdAt(since);
  const row = db.get<{ answered: number | null; done: number | null; calls: number | null }>(
    `SELECT sum(direction = 'outbound' AND kind IN ('post', 'dm', 'mail') AND json_extract(detail, '$.forwards') IS NULL) AS answered, sum(kind = 'system' AND detail LIKE '%"code":"done"%') AS done, sum(kind = 'call') AS calls FROM message WHERE id >= ?`, first,
  );
  return { answered: row?.answered ?? 0, done: row?.done ?? 0, calls: row?.calls ?? 0 };
}
