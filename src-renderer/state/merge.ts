import type { Entry, Output } from '../../src-preload/contract/index.ts';
import { draftKey, type Shared, type Timeline } from './model.ts';
import { insertId } from './apply-change.ts';

export const emptyTimeline: Timeline = { ids: [], hasOlder: false, tail: null, loading: true, capabilities: [], capabilitiesStale: false, firstUnreadId: null };

/** Takes in an opened conversation. Rows pushed while the question was under way are newer and win. */
export function mergeOpened(state: Shared, opened: Output<'conversation.open'>): Shared {
  const { conversation, customer } = opened;
  const pushed = state.timelines[conversation.id]?.ids ?? [];
  const entries: Record<number, Entry> = { ...state.entries };
  let ids: readonly number[] = opened.entries.map((entry) => entry.id).toSorted((a, b) => a - b);
  for (const entry of opened.entries) if (!pushed.includes(entry.id)) entries[entry.id] = entry;
  for (const id of pushed) ids = insertId(ids, id);
  const timeline: Timeline = {
    ids, hasOlder: opened.hasOlder, tail: null, loading: false, capabilities: opened.capabilities, capabilitiesStale: false,
    firstUnreadId: firstUnread(ids, entries, conversation.unread),
  };
  const drafts = { ...state.drafts };
  for (const draft of opened.drafts) drafts[draftKey(draft.conversationId, draft.mode)] = draft;
  return {
    ...state, entries, drafts,
    conversations: { ...state.conversations, [conversation.id]: conversation },
    customers: { ...state.customers, [customer.id]: customer },
    timelines: { ...state.timelines, [conversation.id]: timeline },
  };
}

/** Newest first to be asked: what was said last, whatever is on screen. */
export const newestIds = (timeline: Timeline | undefined): readonly number[] => timeline?.tail ?? timeline?.ids ?? [];

const joined = (...lists: readonly (readonly number[])[]): number[] => [...new Set(lists.flat())].toSorted((a, b) => a - b);

/** Takes in what stands around a message: alone, or together with the newest entries where it reaches them. */
export function mergeJump(state: Shared, opened: Output<'conversation.open'>, { isFirst = false } = {}): Shared {
  const { [opened.conversation.id]: _, ...others } = state.timelines;
  // What was pushed while it opened for the first time counts; what was on screen before is read anew.
  const after = mergeOpened(isFirst ? state : { ...state, timelines: others }, opened);
  const timeline = after.timelines[opened.conversation.id];
  if (opened.around === null || timeline === undefined) return after;
  const { entries: around, hasOlder, hasNewer } = opened.around;
  const window = around.map((entry) => entry.id);
  const reaches = !hasNewer || (window.at(-1) ?? 0) >= (timeline.ids[0] ?? 0);
  return {
    ...after, entries: { ...after.entries, ...Object.fromEntries(around.map((entry) => [entry.id, entry])) },
    timelines: { ...after.timelines, [opened.conversation.id]: reaches ? { ...timeline, ids: joined(window, timeline.ids), hasOlder: hasOlder && timeline.hasOlder } : { ...timeline, ids: joined(window), hasOlder, tail: timeline.ids } },
  };
}

/** What follows the entries on screen, until they reach the newest ones. */
export function mergeNewer(state: Shared, conversationId: string, newer: Output<'conversation.newer'>): Shared {
  const timeline = state.timelines[conversationId];
  if (timeline?.tail == null) return timeline === undefined ? state : { ...state, timelines: { ...state.timelines, [conversationId]: { ...timeline, loading: false } } };
  const fresh = newer.entries.map((entry) => entry.id);
  const reaches = !newer.hasNewer || (fresh.at(-1) ?? 0) >= (timeline.tail[0] ?? 0);
  return {
    ...state, entries: { ...state.entries, ...Object.fromEntries(newer.entries.map((entry) => [entry.id, entry])) },
    timelines: { ...state.timelines, [conversationId]: { ...timeline, loading: false, ids: joined(timeline.ids, fresh, reaches ? timeline.tail : []), tail: reaches ? null : timeline.tail } },
  };
}

/** Back to the newest entries, which are here already. */
export function mergeTail(state: Shared, conversationId: string): Shared {
  const timeline = state.timelines[conversationId];
  return timeline?.tail == null ? state : { ...state, timelines: { ...state.timelines, [conversationId]: { ...timeline, ids: timeline.tail, tail: null, hasOlder: true } } };
}

export function mergeOlder(state: Shared, conversationId: string, older: Output<'conversation.older'>): Shared {
  const timeline = state.timelines[conversationId];
  if (timeline === undefined) return state;
  const known = new Set(timeline.ids);
  const fresh = older.entries.filter((entry) => !known.has(entry.id));
  const entries: Record<number, Entry> = { ...state.entries };
  for (const entry of fresh) entries[entry.id] = entry;
  const ids = [...fresh.map((entry) => entry.id), ...timeline.ids].toSorted((a, b) => a - b);
  return { ...state, entries, timelines: { ...state.timelines, [conversationId]: { ...timeline, ids, hasOlder: older.hasOlder, loading: false } } };
}

/** The oldest of the last `unread` inbound entries. */
export function firstUnread(ids: readonly number[], entries: Readonly<Record<number, Entry>>, unread: number): number | null {
  let left = unread;
  let first: number | null = null;
  for (let at = ids.length - 1; at >= 0 && left > 0; at -= 1) {
    const entry = entries[ids[at] ?? -1];
    if (entry?.direction !== 'inbound') continue;
    first = entry.id;
    left -= 1;
  }
  return first;
}

/** Forgets the timelines that were opened longest ago. `order` is newest first. */
export function forgetTimelines(state: Shared, order: readonly string[], keep: number): Shared {
  const gone = new Set(Object.keys(state.timelines).filter((id) => !order.slice(0, keep).includes(id)));
  if (gone.size === 0) return state;
  return {
    ...state,
    timelines: Object.fromEntries(Object.entries(state.timelines).filter(([id]) => !gone.has(id))),
    entries: Object.fromEntries(Object.entries(state.entries).filter(([, entry]) => !gone.has(entry.conversationId))),
  };
}
