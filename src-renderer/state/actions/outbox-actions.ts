import { call } from '../../bridge.ts';
import type { Draft, OutboxRow, PostAction } from '../../../src-preload/contract/index.ts';
import { setMode } from './conversation-actions.ts';
import { draftKey } from '../model.ts';
import { getState, setState } from '../store.ts';

/** Something done to a post, not something written. */
export const isAction = (mode: OutboxRow['mode']): mode is PostAction => mode === 'delete' || mode === 'hide' || mode === 'unhide';

type Restored = (draft: Draft) => void;
const listeners = new Set<Restored>();

/** The composer listens here: a text that comes back must be on screen even if a newer draft was begun. */
export function onRestored(listener: Restored): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function restore(draft: Draft): void {
  setState((state) => ({ drafts: { ...state.drafts, [draftKey(draft.conversationId, draft.mode)]: draft } }));
  for (const tell of listeners) tell(draft);
  setMode(draft.conversationId, draft.mode);
}

export async function undoSend(outboxId: string): Promise<void> {
  const back = await call('outbox.undo', { outboxId });
  if (back !== null && back.draft !== null) restore(back.draft);
}

/** Takes a refused send out of the way and its text back into the composer. */
export async function editRefused(outboxId: string): Promise<void> {
  const back = await call('outbox.discard', { outboxId });
  if (back !== null && back.draft !== null) restore(back.draft);
}

/** A mail that came back, as a new draft: the address is put right in it. */
export async function sendAgain(messageId: number): Promise<void> {
  const back = await call('outbox.again', { messageId });
  if (back !== null) restore(back.draft);
}

export const retrySend = (outboxId: string): Promise<unknown> => call('outbox.retry', { outboxId });
export const sendNow = (outboxId: string): Promise<unknown> => call('outbox.sendNow', { outboxId });
export const settleSend = (outboxId: string, arrived: boolean): Promise<unknown> => call('outbox.settle', { outboxId, arrived });

/** The send that a person would mean by "undo": the newest still held or waiting for a colleague, in the open conversation if there is one. */
export function heldSend(): string | null {
  const { outbox, openId, settings } = getState();
  const held = Object.values(outbox).filter((row) => row.delivery.state === 'held' || (row.delivery.state === 'review' && row.delivery.look?.askedBy === settings.agentInitials)).toSorted((a, b) => b.messageId - a.messageId);
  return (held.find((row) => row.conversationId === openId) ?? held[0])?.id ?? null;
}
