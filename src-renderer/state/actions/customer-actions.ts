import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { openConversation } from './conversation-actions.ts';
import { newestIds } from '../merge.ts';
import { getState, setState } from '../store.ts';
import { speak, toast } from '../toasts.ts';

export async function mergeCustomers(survivorId: string, mergedId: string, reason: string, name: string): Promise<boolean> {
  const done = await call('customer.merge', { survivorId, mergedId, reason });
  if (done === null) return false;
  void openConversation(done.conversationId);
  toast(t('merge.done', { name }), 'good', { label: t('common.undo'), run: () => void undoMerge(done.mergeId) });
  speak(t('merge.done', { name }));
  return true;
}

export async function undoMerge(mergeId: string): Promise<void> {
  const done = await call('customer.unmerge', { mergeId });
  if (done === null) return;
  const { conversationId } = done;
  toast(t('merge.undone'), 'good', conversationId === null ? null : { label: t('merge.openOther'), run: () => void openConversation(conversationId) });
  speak(t('merge.undone'));
}

/** The entry a mark is meant for: the one the keyboard or the selection stands in, else the newest that somebody wrote. */
export function markEntry(): void {
  const { openId, timelines, entries } = getState();
  const selection = window.getSelection();
  const selected = selection === null || selection.isCollapsed ? '' : selection.toString().trim();
  const of = (node: Node | null | undefined): number => Number((node instanceof Element ? node : node?.parentElement)?.closest('[data-entry]')?.getAttribute('data-entry') ?? Number.NaN);
  const chosen = [selected === '' ? Number.NaN : of(selection?.anchorNode), of(document.activeElement), (openId === null ? [] : newestIds(timelines[openId])).findLast((id) => entries[id]?.kind !== 'system') ?? Number.NaN]
    .find((id) => entries[id] !== undefined && entries[id].kind !== 'system');
  if (chosen !== undefined) setState({ dialog: { type: 'mark', entryId: chosen, quote: of(selection?.anchorNode) === chosen ? selected : '' } });
}
