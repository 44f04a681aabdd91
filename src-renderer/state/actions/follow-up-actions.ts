import type { FollowUp, Input } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { advanceFrom } from './desk-actions.ts';
import { getState } from '../store.ts';
import { toast } from '../toasts.ts';
import { minuteTime } from '../words/time.ts';

/** Keeps a follow-up, or changes one; `before` is what undoing a change puts back. */
export async function saveFollowUp(input: Input<'followup.save'>, name: string, before: FollowUp | null = null): Promise<boolean> {
  const saved = await call('followup.save', input);
  if (saved === null) return false;
  if (before === null) advanceFrom(input.conversationId);
  const when = minuteTime(input.at, getState().settings.officeZone);
  toast(t(before === null ? 'followUp.saved' : 'followUp.changed', { name, when }), 'plain', {
    label: t('common.undo'),
    run: () => {
      if (before === null) void call('followup.drop', { followUpId: saved.followUpId });
      else if (before.at > Date.now()) void call('followup.save', { followUpId: before.id, conversationId: before.conversationId, at: before.at, ends: before.ends, note: before.note, draft: before.draft });
      else void call('followup.reopen', { followUpId: before.id });
    },
  });
  return true;
}

export async function finishFollowUp(followUp: FollowUp): Promise<void> {
  if ((await call('followup.done', { followUpId: followUp.id })) === null) return;
  toast(t('followUp.finished', { name: followUp.customerName }), 'good', { label: t('common.undo'), run: () => void call('followup.reopen', { followUpId: followUp.id }) });
}
