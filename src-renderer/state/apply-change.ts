import type { ChangeSet, Entry, Push, Settings } from '../../src-preload/contract/index.ts';
import { draftKey, type Shared, type Timeline } from './model.ts';
import { placeRows } from './queue-order.ts';

/** True when operations between our seq and this push were never seen. */
export const hasGap = (state: Pick<Shared, 'seq'>, push: Push): boolean => push.type === 'changes' && state.seq < push.since;

/** The state after a push. Parts that did not change keep their identity. */
export function applyPush(state: Shared, push: Push): Shared {
  switch (push.type) {
    case 'accounts': return { ...state, accounts: push.accounts };
    case 'calls': return { ...state, calls: push.calls, callSources: push.sources };
    case 'job': return { ...state, jobs: { ...state.jobs, [push.job.id]: push.job } };
    case 'changes': return push.seq < state.seq ? state : applyChanges(state, push);
    case 'dial':
    case 'reset':
    case 'menu': return state;
  }
}

function applyChanges(state: Shared, set: ChangeSet): Shared {
  const settings = set.settings === null || set.settings === undefined ? state.settings : sameParts(state.settings, set.settings);
  const gone = new Set(set.goneConversations.map((one) => one.id));
  const known = set.conversations.length === 0 ? state.conversations
    : { ...state.conversations, ...Object.fromEntries(set.conversations.map((row) => [row.id, row])) };
  const conversations = gone.size === 0 ? known : Object.fromEntries(Object.entries(known).filter(([id]) => !gone.has(id)));
  const { entries, timelines } = applyEntries(state, set);
  return {
    ...state,
    seq: Math.max(state.seq, set.seq),
    settings,
    access: set.access ?? state.access,
    counts: set.counts ?? state.counts,
    conversations,
    customers: applyCustomers(state, set),
    entries,
    timelines: gone.size === 0 ? timelines : Object.fromEntries(Object.entries(timelines).filter(([id]) => !gone.has(id))),
    drafts: applyDrafts(state, set),
    outbox: applyOutbox(state, set),
    notices: set.notices ?? state.notices,
    queue: applyQueue(state, set, conversations, settings.agentInitials),
  };
}

/** A push brings all settings; what is equal keeps its identity, or every pane would render for a remembered selection. */
const sameParts = (before: Settings, after: Settings): Settings =>
  Object.fromEntries(Object.entries(after).map(([key, value]) => { const old = before[key as keyof Settings]; return [key, JSON.stringify(old) === JSON.stringify(value) ? old : value]; })) as unknown as Settings;

/** Of a conversation that went nowhere nobody is left: the customer was erased. */
function applyCustomers(state: Shared, set: ChangeSet): Shared['customers'] {
  const erased = set.goneConversations.flatMap(({ id, into }) => (into === null ? [state.conversations[id]?.customerId] : []));
  if (set.customers.length === 0 && erased.length === 0) return state.customers;
  return Object.fromEntries(Object.entries({ ...state.customers, ...Object.fromEntries(set.customers.map((row) => [row.id, row])) }).filter(([id]) => !erased.includes(id)));
}

function applyQueue(state: Shared, set: ChangeSet, rows: Shared['conversations'], agentInitials: string): Shared['queue'] {
  const { queue } = state;
  const gone = set.goneConversations.map((one) => one.id);
  const ids = placeRows({
    ids: gone.length === 0 ? queue.ids : queue.ids.filter((id) => !gone.includes(id)), changed: set.conversations, rows, sort: queue.sort, hasMore: queue.next !== null,
    filter: { view: queue.view, accountId: queue.accountId, onlyAds: queue.onlyAds, agentInitials },
  });
  return ids === queue.ids ? queue : { ...queue, ids };
}

/** Entries are kept for loaded timelines only; anything else is read when its conversation is opened. */
function applyEntries(state: Shared, set: ChangeSet): Pick<Shared, 'entries' | 'timelines'> {
  const wanted = set.entries.filter((entry) => state.timelines[entry.conversationId] !== undefined);
  if (wanted.length === 0 && set.removedEntries.length === 0) return state;
  const entries: Record<number, Entry> = { ...state.entries };
  const timelines: Record<string, Timeline> = { ...state.timelines };
  for (const id of set.removedEntries) {
    const gone = entries[id];
    if (gone === undefined) continue;
    delete entries[id];
    const timeline = timelines[gone.conversationId];
    if (timeline !== undefined) timelines[gone.conversationId] = { ...timeline, ids: timeline.ids.filter((other) => other !== id), tail: timeline.tail?.filter((other) => other !== id) ?? null };
  }
  for (const entry of wanted) {
    const timeline = timelines[entry.conversationId];
    if (timeline === undefined) continue;
    const isKnown = timeline.ids.includes(entry.id) || timeline.tail?.includes(entry.id) === true;
    const at = isKnown ? null : placeOf(timeline, entry.id);
    if (!isKnown && at === null) continue;
    entries[entry.id] = entry;
    if (at === null) continue;
    timelines[entry.conversationId] = {
      ...timeline, ...(at === 'tail' ? { tail: insertId(timeline.tail ?? [], entry.id) } : { ids: insertId(timeline.ids, entry.id) }), capabilitiesStale: timeline.capabilitiesStale || entry.direction === 'inbound',
    };
  }
  return { entries, timelines };
}

/** Which part of what is loaded a new entry belongs to; null: to what is read when somebody scrolls there. */
function placeOf(timeline: Timeline, id: number): 'ids' | 'tail' | null {
  if (timeline.hasOlder && !timeline.loading && id < (timeline.ids[0] ?? 0)) return null;
  if (timeline.tail === null) return 'ids';
  if (id < (timeline.ids.at(-1) ?? 0)) return 'ids';
  return id > (timeline.tail[0] ?? 0) ? 'tail' : null;
}

export function insertId(ids: readonly number[], id: number): readonly number[] {
  let at = ids.length;
  while (at > 0 && (ids[at - 1] ?? 0) > id) at -= 1;
  return ids[at - 1] === id ? ids : [...ids.slice(0, at), id, ...ids.slice(at)];
}

function applyDrafts(state: Shared, set: ChangeSet): Shared['drafts'] {
  if (set.drafts.length === 0 && set.removedDrafts.length === 0) return state.drafts;
  const drafts = { ...state.drafts };
  for (const gone of set.removedDrafts) delete drafts[draftKey(gone.conversationId, gone.mode)];
  for (const draft of set.drafts) drafts[draftKey(draft.conversationId, draft.mode)] = draft;
  return drafts;
}

/** Finished sends leave the list; their entry in the timeline says how they ended. */
function applyOutbox(state: Shared, set: ChangeSet): Shared['outbox'] {
  if (set.outbox.length === 0 && set.removedOutbox.length === 0) return state.outbox;
  const outbox = { ...state.outbox };
  for (const id of set.removedOutbox) delete outbox[id];
  for (const row of set.outbox) {
    if (row.delivery.state === 'sent' || row.delivery.state === 'undone') delete outbox[row.id];
    else outbox[row.id] = row;
  }
  return outbox;
}
