import type { ChangeSet, ComposerMode, Push } from '../../src-preload/contract/index.ts';
import { startOfDay } from '../desk/index.ts';
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

/** Turns commits into pushes: merged by row, in order, each row as it is now. */
export function startFeed(store: Store, clock: Clock, push: (push: Push) => void): Feed {
  let since = store.seq();
  let pending = new Map<Entity, Set<string>>();
  let isBulk = false;
  let newest = since;
  let cancelFlush: (() => void) | null = null;
  let foreign = store.foreignVersion();

  const flush = (): void => {
    cancelFlush = null;
    if (newest === since && pending.size === 0 && !isBulk) return;
    if (isBulk) push({ type: 'reset', seq: newest, reason: 'bulk' });
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

export function countsOf(db: ReadDb, now: number): NonNullable<ChangeSet['counts']> {
  const settings = tables.settingsOf(db);
  return { ...tables.queueCounts(db, settings.agentInitials), ...tables.outboxCounts(db), spentToday: tables.spentSince(db, startOfDay(settings.officeZone, now)), heard: tables.heardCount(db) };
}

/** Every row named in `touched` as it is now; rows that are gone are named as removed. */
export function changeSet(db: ReadDb, touched: { seq: number; rows: Map<Entity, Set<string>> }, since: number, now: number): ChangeSet {
  const ids = (entity: Entity): string[] => [...(touched.rows.get(entity) ?? [])];
  const outboxIds = ids('outbox');
  const outbox = tables.outboxViews(db, outboxIds);
  const here = new Set(outbox.map((row) => row.id));
  const removedDrafts: ChangeSet['removedDrafts'] = [];
  const drafts = ids('draft').flatMap((key) => {
    const [conversationId = '', mode = ''] = key.split('/');
    const draft = tables.draftOf(db, conversationId, mode as ComposerMode);
    if (!draft) removedDrafts.push({ conversationId, mode });
    return draft ?? [];
  });
  const reread: ChangeSet['reread'] = [];
  const goneConversations: ChangeSet['goneConversations'] = [];
  for (const id of ids('timeline')) {
    const shown = tables.shownConversation(db, id);
    if (shown === id) reread.push(id);
    else goneConversations.push({ id, into: shown ?? null });
  }
  return {
    type: 'changes', since, seq: touched.seq,
    conversations: tables.conversationRows(db, ids('conversation')),
    entries: tables.entriesById(db, ids('message').map(Number)),
    removedEntries: ids('removed_message').map(Number),
    customers: ids('customer').flatMap((id) => tables.customerView(db, id) ?? []),
    outbox, removedOutbox: outboxIds.filter((id) => !here.has(id)),
    drafts, removedDrafts, reread, goneConversations,
    settings: touched.rows.has('settings') ? tables.settingsOf(db) : null,
    counts: countsOf(db, now),
  };
}
