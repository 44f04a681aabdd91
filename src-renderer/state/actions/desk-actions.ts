import type { Satisfaction } from '../../../src-preload/contract/index.ts';
import { ask, call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { drawn, isDrawing } from '../after-frame.ts';
import { openConversation } from './conversation-actions.ts';
import { getState, setState } from '../store.ts';
import { speak, toast } from '../toasts.ts';

/** Leaves a conversation for the next one in the queue, where the eye already is. */
export function advanceFrom(conversationId: string): void {
  const { queue, openId, cursorId } = getState();
  const at = queue.ids.indexOf(conversationId);
  if (at === -1) return;
  const next = queue.ids[at + 1] ?? queue.ids[at - 1] ?? null;
  // Opening takes the cursor along. Moved before by itself, the whole window would look twice whether it is concerned.
  if (openId === conversationId && next !== null) void openConversation(next);
  else if (cursorId === conversationId) setState({ cursorId: next });
}

const nameOf = (conversationId: string): string => getState().conversations[conversationId]?.customerName ?? '';

export async function markDone(conversationId: string): Promise<void> {
  if (getState().conversations[conversationId]?.state === 'done') return;
  const name = nameOf(conversationId);
  // The next one is on screen with the key, and the core, which has the same processors, is asked after that: should it refuse, it says so and the row is still there.
  advanceFrom(conversationId);
  if (isDrawing()) await drawn();
  if ((await call('desk.done', { conversationId })) === null) return;
  toast(t('desk.doneToast', { name }), 'good', { label: t('common.undo'), run: () => void reopen(conversationId) });
  speak(t('desk.doneToast', { name }));
}

/** The mark of the present matter; the toast puts back what was there. */
export async function markOutcome(conversationId: string, mark: Satisfaction | null, isUndo = false): Promise<void> {
  const before = getState().conversations[conversationId]?.outcome ?? null;
  if (before === mark || (await call('desk.mark', { conversationId, mark })) === null) return;
  const said = mark === null ? t('outcome.takenOff', { name: nameOf(conversationId) }) : t('outcome.marked', { name: nameOf(conversationId), mark: t(`outcome.mark.${mark}`) });
  if (!isUndo) toast(said, 'good', { label: t('common.undo'), run: () => void markOutcome(conversationId, before, true) });
  speak(said);
}

export const reopen = (conversationId: string): Promise<unknown> => call('desk.reopen', { conversationId });

export async function claim(conversationId: string): Promise<void> {
  const { conversations, settings } = getState();
  const owner = conversations[conversationId]?.owner ?? null;
  if (owner === settings.agentInitials) {
    await call('desk.release', { conversationId });
    return;
  }
  const answer = await ask('desk.claim', { conversationId, takeOver: false });
  if (answer.ok) {
    speak(t('desk.claimed', { name: nameOf(conversationId) }));
    return;
  }
  if (answer.error.code === 'conflict') setState({ dialog: { type: 'takeOver', conversationId } });
  else toast(answer.error.message, 'bad');
}

export async function takeOver(conversationId: string, word: string): Promise<boolean> {
  return (await call('desk.claim', { conversationId, takeOver: true, word: word.trim() === '' ? null : word })) !== null;
}

export async function snooze(conversationId: string, until: number, note: string | null): Promise<boolean> {
  const name = nameOf(conversationId);
  if ((await call('desk.snooze', { conversationId, until, note })) === null) return false;
  advanceFrom(conversationId);
  toast(t('desk.snoozedToast', { name }), 'plain', { label: t('common.undo'), run: () => void reopen(conversationId) });
  return true;
}

export const assign = async (conversationId: string, owner: string, word: string): Promise<boolean> => (await call('desk.assign', { conversationId, owner, word: word.trim() === '' ? null : word })) !== null;

/** Says that a conversation is on this screen, so that a claim on it goes on. */
export function keepClaim(conversationId: string): void {
  const { conversations, settings } = getState();
  const row = conversations[conversationId];
  if (row !== undefined && row.owner === settings.agentInitials && row.claimUntil !== null) void ask('desk.keep', { conversationId });
}
