import type { PostAction } from '../../../src-preload/contract/index.ts';
import { ask, call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { openConversation, setMode } from './conversation-actions.ts';
import { getState, setState } from '../store.ts';
import { speak, toast } from '../toasts.ts';

/** Deletes or hides a post on X; over the spending limit a person decides. */
export async function actOnPost(messageId: number, action: PostAction, evenOverLimit = false): Promise<void> {
  const answer = await ask('post.act', { requestId: crypto.randomUUID(), messageId, action, evenOverLimit });
  if (answer.ok) speak(t(`entry.act.${action}`));
  else toast(answer.error.message, 'bad', answer.error.detail?.['reason'] === 'spend_limit' ? { label: t('entry.act.anyway'), run: () => void actOnPost(messageId, action, true) } : null);
}

/** The entry a key is meant for: the one that has the focus. */
export function actOnFocused(actions: readonly PostAction[]): void {
  const id = Number(document.activeElement?.closest('[data-entry]')?.getAttribute('data-entry') ?? Number.NaN);
  const entry = getState().entries[id];
  const action = entry?.can.find((one) => actions.includes(one));
  if (action === undefined) toast(t('entry.act.none'));
  else void actOnPost(id, action);
}

/** Opens the posts of an account of ours, to write one or to read them. */
export async function openOwnPosts(accountId: string, writes: boolean): Promise<void> {
  const begun = await call('post.begin', { accountId });
  if (begun === null) return;
  await openConversation(begun.conversationId);
  if (writes) setMode(begun.conversationId, 'post');
}

/** With one account its posts, with several the choice. */
export function newPost(): void {
  const [first, ...others] = getState().accounts.filter((account) => account.channel === 'x');
  if (first === undefined) return;
  if (others.length === 0) void openOwnPosts(first.id, true);
  else setState({ dialog: { type: 'newPost' } });
}
