import type { FollowUp } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { setMode } from '../../state/actions/conversation-actions.ts';
import { getState } from '../../state/store.ts';
import { toast } from '../../state/toasts.ts';
import { editDraft, localDraft } from './local-drafts.ts';

/** Takes what was prepared into the composer, below what is being written there; the follow-up is done with it. Nothing leaves. */
export async function takePrepared(followUp: FollowUp): Promise<void> {
  const { draft, conversationId } = followUp;
  if (draft === null) return;
  const before = localDraft(conversationId, draft.mode);
  editDraft(conversationId, draft.mode, { text: before.text.trim() === '' ? draft.text : `${before.text}\n\n${draft.text}` });
  setMode(conversationId, draft.mode);
  if ((await call('followup.done', { followUpId: followUp.id })) === null) return;
  toast(t('followUp.used'), 'good', {
    label: t('common.undo'),
    run: () => {
      editDraft(conversationId, draft.mode, { text: before.text });
      void call('followup.reopen', { followUpId: followUp.id });
    },
  });
}

export const isCome = (followUp: FollowUp): boolean => followUp.state === 'due' || followUp.state === 'replied';

export function usePrepared(customerId: string): void {
  const found = getState().customers[customerId]?.followUps.find((one) => isCome(one) && one.draft !== null);
  if (found !== undefined) void takePrepared(found);
}
