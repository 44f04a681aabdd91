import type { Access, ChangeSet, ComposerMode, Push, Settings } from '../../src-preload/contract/index.ts';
import { accessHere, desktopAt, startOfDay } from '../desk/index.ts';
import type { Clock } from '../kernel/index.ts';
import { tables, type Entity, type ReadDb, type Store, type Touched } from '../store/index.ts';

/** Commits closer together than this leave as one push. Half a frame: waiting longer would be seen, less would split what belongs together. */
const FLUSH_MS = 8;
/** While thousands of rows come in, windows ask again at this rate. */
const BULK_FLUSH_MS = 500;
/** Other processes on the same workspace (the command line) are noticed within this time. */
const FOREIGN_POLL_MS = 1_000;

export interface Feed {
  stop(): void;
}

/** A push as each window gets it: drafts, settings and some counts are its agent's own. */
export type ToSeats = (seat: number) => Push;

/** Turns commits into pushes: merged by row, in order, each row as it is now. */
export function startFeed(store: Store, clock: Clock, push: (push: ToSeats) => void): Feed {
  let since = store.seq();
  let pending = new Map<Entity, Set<string>>();
  let isBulk = false;
  let newest = since;
  let cancelFlush: (() => void) | null = null;
  let foreign = store.foreignVersion();

  const flush = (): void => {
    cancelFlush = null;
    if (newest === since && pending.size === 0 && !isBulk) return;
    if (isBulk) {
      const reset: Push = { type: 'reset', seq: newest, reason: 'bulk' };
      push(() => reset);
    }
    else push(changeSet(store.read, { seq: newest, rows: pending }, since, clock.now()));
    since = newest;
    pending = new Map();
    isBulk = false;
  };

  const take = (touched: Touched): void => {
    newest = Math.max(newest, touched.seq);
    if (touched.rows === null) isBulk = true;
    else for (const [entity, ids] of touched.rows) pending.set(entity, (pending.get(entity) ?? new Set()).union(ids));
    cancelFlush ??= clock.after(isBulk ? BULK_FLUSH_MS : FLUSH_MS, flush);
  };

  let cancelPoll = (): void => {};
  const poll = (): void => {
    const version = store.foreignVersion();
    if (version !== foreign) {
      foreign = version;
      take(store.changesSince(newest) ?? { seq: store.seq(), rows: null });
    }
    cancelPoll = clock.after(FOREIGN_POLL_MS, poll);
  };
  poll();

  const stopListening = store.onCommit(take);
  return {
    stop() {
      stopListening();
      cancelPoll();
      cancelFlush?.();
    },
  };
}

export function countsOf(db: ReadDb, settings: Pick<Settings, 'agentInitials' | 'officeZone'> & Pick<Access, 'mayLook'>, now: number): NonNullable<ChangeSet['counts']> {
  return { ...tables.queueCounts(db, settings.agentInitials), ...tables.outboxCounts(db), spentToday: tables.spentSince(db, startOfDay(settings.officeZone, now)), heard: tables.heardCount(db), unplaced: tables.unplacedCount(db), unreadable: tables.unreadableCount(db), toLook: tables.reviewCount(db, settings.mayLook ? { notBy: settings.agentInitials } : { by: settings.agentInitials }) };
}

/** Every row named in `touched` as it is now; rows that are gone are named as removed. What is an agent's own differs by window. */
export function changeSet(db: ReadDb, touched: { seq: number; rows: Map<Entity, Set<string>> }, since: number, now: number): (seat: number) => ChangeSet {
  const ids = (entity: Entity): string[] => [...(touched.rows.get(entity) ?? [])];
  const outboxIds = ids('outbox');
  const outbox = tables.outboxViews(db, outboxIds);
  const here = new Set(outbox.map((row) => row.id));
  const reread: ChangeSet['reread'] = [];
  const goneConversations: ChangeSet['goneConversations'] = [];
  for (const id of ids('timeline')) {
    const shown = tables.shownConversation(db, id);
    if (shown === id) reread.push(id);
    else goneConversations.push({ id, into: shown ?? null });
  }
  const overdue = tables.conversationRows(db, ids('overdue')).filter((row) => row.isOverdue);
  const everybodys = {
    type: 'changes' as const, since, seq: touched.seq,
    conversations: tables.conversationRows(db, ids('conversation')),
    entries: tables.entriesById(db, ids('message').map(Number)),
    removedEntries: ids('removed_message').map(Number),
    customers: ids('customer').flatMap((id) => tables.customerView(db, id) ?? []),
    outbox, removedOutbox: outboxIds.filter((id) => !here.has(id)), reread, goneConversations,
  };
  return (seat) => {
    const agentId = tables.agentOfSeat(db, seat);
    const settings = tables.settingsFor(db, agentId);
    const access = accessHere(db, agentId);
    return {
      ...everybodys, ...draftsFor(db, ids('draft'), settings.agentInitials),
      settings: touched.rows.has('settings') ? settings : null, access: touched.rows.has('settings') ? access : null,
      notices: touched.rows.has('notice') ? tables.unseenNotices(db, settings.agentInitials) : null,
      counts: countsOf(db, { ...settings, ...access }, now),
      overdue: overdue.flatMap(({ id, customerName, dueAt, owner }) => (owner === settings.agentInitials && dueAt !== null ? { conversationId: id, customerName, dueAt } : [])),
      desktop: desktopAt(settings, now),
    };
  };
}

function draftsFor(db: ReadDb, keys: readonly string[], agent: string): Pick<ChangeSet, 'drafts' | 'removedDrafts'> {
  const removedDrafts: ChangeSet['removedDrafts'] = [];
  const drafts = keys.flatMap((key) => {
    const [conversationId = '', mode = ''] = key.split('/');
    const draft = tables.draftOf(db, conversationId, mode as ComposerMode, agent);
    if (!draft) removedDrafts.push({ conversationId, mode });
    return draft ?? [];
  });
  return { drafts, removedDrafts };
}
