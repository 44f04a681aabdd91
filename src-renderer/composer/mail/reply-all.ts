import { getState } from '../../state/store.ts';
import { editDraft, readAddresses } from '../drafts/local-drafts.ts';

/** Everybody a mail goes to, as its head says. */
export const recipientsOf = (to: string | null | undefined, cc: string | null | undefined, bcc: string | null | undefined, proposed: readonly string[]): string[] =>
  [...(to == null ? proposed : readAddresses(to)), ...readAddresses(cc ?? ''), ...readAddresses(bcc ?? '')];

/** Puts everybody who was written to into the head of the mail; does nothing when there is nobody but the writer. */
export function answerAll(conversationId: string): void {
  const all = getState().timelines[conversationId]?.capabilities?.find((capability) => capability.mode === 'mail')?.replyAll;
  if (all != null) editDraft(conversationId, 'mail', { to: all.to.join(', '), cc: all.cc.length === 0 ? null : all.cc.join(', ') });
}
