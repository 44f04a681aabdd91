import type { ComposerMode } from '../../src-preload/contract/index.ts';
import { ask, call } from '../bridge.ts';
import { emptyTimeline, forgetTimelines, mergeOlder, mergeOpened } from './merge.ts';
import { rememberSettings } from './preferences.ts';
import { getState, setState } from './store.ts';
import { without } from './without.ts';

const FIRST = 80;
const OLDER = 120;
const JUMP = 500;
const KEPT_TIMELINES = 12;
let recent: readonly string[] = [];

/** Opens a conversation: one call, or none when it is still loaded. Pushes keep loaded timelines true. */
export async function openConversation(conversationId: string, entryId: number | null = null): Promise<void> {
  recent = [conversationId, ...recent.filter((id) => id !== conversationId)].slice(0, KEPT_TIMELINES * 2);
  const state = getState();
  const inQueue = state.queue.ids.includes(conversationId);
  setState({ openId: conversationId, ...(inQueue ? { cursorId: conversationId } : {}), drawer: null, ...(entryId === null ? {} : { target: { conversationId, entryId } }) });
  rememberSettings({ selectedConversation: conversationId });
  if (state.timelines[conversationId] === undefined) {
    setState((now) => ({ timelines: { ...now.timelines, [conversationId]: emptyTimeline } }));
    const opened = await call('conversation.open', { conversationId, limit: FIRST });
    if (opened === null) {
      setState((now) => ({ timelines: without(now.timelines, conversationId), openId: now.openId === conversationId ? null : now.openId }));
      return;
    }
    setState((now) => forgetTimelines(mergeOpened(now, opened), recent, KEPT_TIMELINES));
  }
  if (entryId !== null) await loadUntil(conversationId, entryId);
  const { queue } = getState();
  prefetch(queue.ids[queue.ids.indexOf(conversationId) + 1]);
}

const fetching = new Set<string>();

/** Reads what an agent will most likely open next, so that it is on screen with the key press that opens it. */
export function prefetch(conversationId: string | undefined): void {
  if (conversationId === undefined || fetching.has(conversationId) || getState().timelines[conversationId] !== undefined) return;
  fetching.add(conversationId);
  requestIdleCallback(() => {
    void ask('conversation.open', { conversationId, limit: FIRST }).then((answer) => {
      fetching.delete(conversationId);
      if (!answer.ok || getState().timelines[conversationId] !== undefined) return;
      const [current = conversationId, ...others] = recent;
      recent = [...new Set([current, conversationId, ...others])].slice(0, KEPT_TIMELINES * 2);
      setState((now) => forgetTimelines(mergeOpened(now, answer.value), recent, KEPT_TIMELINES));
    });
  }, { timeout: 100 });
}

/** Reads what is open again, as far back as it was read, without taking it off the screen. */
export async function refreshConversation(conversationId: string): Promise<void> {
  const had = getState().timelines[conversationId]?.ids.length ?? 0;
  const opened = await call('conversation.open', { conversationId, limit: Math.min(JUMP, Math.max(FIRST, had)) });
  if (opened === null) return;
  setState((now) => mergeOpened({ ...now, timelines: without(now.timelines, conversationId) }, opened));
}

/** Reads back until an entry is there, so that search can land on it. */
async function loadUntil(conversationId: string, entryId: number): Promise<void> {
  for (;;) {
    const timeline = getState().timelines[conversationId];
    if (timeline === undefined || timeline.ids.includes(entryId) || !timeline.hasOlder || (timeline.ids[0] ?? 0) < entryId) return;
    if (!(await loadOlder(conversationId, JUMP))) return;
  }
}

export async function loadOlder(conversationId: string, limit = OLDER): Promise<boolean> {
  const timeline = getState().timelines[conversationId];
  const before = timeline?.ids[0];
  if (timeline === undefined || before === undefined || timeline.loading || !timeline.hasOlder) return false;
  setState((now) => ({ timelines: { ...now.timelines, [conversationId]: { ...timeline, loading: true } } }));
  const older = await call('conversation.older', { conversationId, before, limit });
  setState((now) => mergeOlder(now, conversationId, older ?? { entries: [], hasOlder: true }));
  return older !== null && older.entries.length > 0;
}

/** What the composer may do changes when somebody writes; it is read again when the composer is used. */
export async function refreshCapabilities(conversationId: string): Promise<void> {
  const answer = await ask('conversation.open', { conversationId, limit: 1 });
  if (!answer.ok) return;
  setState((now) => {
    const timeline = now.timelines[conversationId];
    if (timeline === undefined) return now;
    return { timelines: { ...now.timelines, [conversationId]: { ...timeline, capabilities: answer.value.capabilities, capabilitiesStale: false } } };
  });
}

export function markRead(conversationId: string, upTo: number): void {
  if ((getState().conversations[conversationId]?.unread ?? 0) > 0) void ask('conversation.markRead', { conversationId, upTo });
}

export const dropTarget = (): void => setState({ target: null });

export function setMode(conversationId: string, mode: ComposerMode, focus = true): void {
  setState((state) => ({ modes: { ...state.modes, [conversationId]: mode }, composerFocus: state.composerFocus + (focus ? 1 : 0) }));
}
