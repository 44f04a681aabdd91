import type { ComposerMode } from '../../../src-preload/contract/index.ts';
import { ask, call } from '../../bridge.ts';
import { atRest } from '../after-frame.ts';
import { emptyTimeline, forgetTimelines, mergeJump, mergeNewer, mergeOlder, mergeOpened, mergeTail } from '../merge.ts';
import { rememberSettings } from '../preferences.ts';
import { getState, setState } from '../store.ts';
import { without } from '../without.ts';

const FIRST = 80;
const OLDER = 120;
/** Entries around a message that search pointed at. */
const AROUND = 80;
const MOST = 500;
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
    const opened = await call('conversation.open', { conversationId, limit: FIRST, around: entryId });
    if (opened === null) {
      setState((now) => ({ timelines: without(now.timelines, conversationId), openId: now.openId === conversationId ? null : now.openId }));
      return;
    }
    setState((now) => forgetTimelines(mergeJump(now, opened, { isFirst: true }), recent, KEPT_TIMELINES));
  } else if (entryId !== null) await jumpTo(conversationId, entryId);
  const { queue } = getState();
  const at = queue.ids.indexOf(conversationId);
  // Two ahead: fingers that know where they go are quicker than one question to the core.
  for (const ahead of [at + 1, at + 2]) prefetch(queue.ids[ahead]);
}

const fetching = new Set<string>();

/** Reads what an agent will most likely open next, so that it is on screen with the key press that opens it. */
export function prefetch(conversationId: string | undefined): void {
  if (conversationId === undefined || fetching.has(conversationId) || getState().timelines[conversationId] !== undefined) return;
  fetching.add(conversationId);
  atRest(() => {
    void ask('conversation.open', { conversationId, limit: FIRST }).then((answer) => {
      fetching.delete(conversationId);
      if (!answer.ok || getState().timelines[conversationId] !== undefined) return;
      const [current = conversationId, ...others] = recent;
      recent = [...new Set([current, conversationId, ...others])].slice(0, KEPT_TIMELINES * 2);
      setState((now) => forgetTimelines(mergeOpened(now, answer.value), recent, KEPT_TIMELINES));
    });
  });
}

/** Reads what is open again, as far back as it was read, without taking it off the screen. */
export async function refreshConversation(conversationId: string): Promise<void> {
  const { ids = [], tail = null } = getState().timelines[conversationId] ?? {};
  const opened = await call('conversation.open', { conversationId, limit: Math.min(MOST, Math.max(FIRST, ids.length)), around: tail === null ? null : (ids[Math.floor(ids.length / 2)] ?? null) });
  if (opened !== null) setState((now) => mergeJump(now, opened));
}

/** Lands on an entry wherever it lies: what stands around it is one question, not the way back to it. */
async function jumpTo(conversationId: string, entryId: number): Promise<void> {
  const timeline = getState().timelines[conversationId];
  if (timeline === undefined || timeline.ids.includes(entryId)) return;
  if (timeline.tail?.includes(entryId) === true) return toNewest(conversationId);
  const opened = await call('conversation.open', { conversationId, limit: AROUND, around: entryId });
  if (opened !== null) setState((now) => mergeJump(now, opened));
}

export const toNewest = (conversationId: string): void => setState((now) => mergeTail(now, conversationId));

export async function loadNewer(conversationId: string): Promise<void> {
  const timeline = getState().timelines[conversationId];
  const after = timeline?.ids.at(-1);
  if (timeline === undefined || after === undefined || timeline.loading || timeline.tail === null) return;
  setState((now) => ({ timelines: { ...now.timelines, [conversationId]: { ...timeline, loading: true } } }));
  const newer = await call('conversation.newer', { conversationId, after, limit: OLDER });
  setState((now) => mergeNewer(now, conversationId, newer ?? { entries: [], hasNewer: true }));
}

export async function loadOlder(conversationId: string): Promise<void> {
  const timeline = getState().timelines[conversationId];
  const before = timeline?.ids[0];
  if (timeline === undefined || before === undefined || timeline.loading || !timeline.hasOlder) return;
  setState((now) => ({ timelines: { ...now.timelines, [conversationId]: { ...timeline, loading: true } } }));
  const older = await call('conversation.older', { conversationId, before, limit: OLDER });
  setState((now) => mergeOlder(now, conversationId, older ?? { entries: [], hasOlder: true }));
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
