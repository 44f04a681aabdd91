import { tables, type Tx } from '../../store/index.ts';

/** Follow-ups whose minute has come by `until`; returns their conversations. */
export function raiseDue(tx: Tx, until: number): Set<string> {
  const woken = new Set<string>();
  for (const { id, conversationId } of tables.followUpsWakingBy(tx.db, until)) {
    tables.setFollowUpState(tx.db, id, 'due', null);
    woken.add(conversationId);
  }
  return woken;
}

/** The customer wrote: whatever only waited for that is over. Its note and text stay beside the answer until somebody has seen to it. */
export function endOnReply(tx: Tx, conversationId: string): void {
  const core = tables.conversationCore(tx.db, conversationId);
  const over = tables.followUpsOf(tx.db, conversationId).filter((f) => f.state === 'waiting' && f.ends === 'reply');
  if (!core || over.length === 0) return;
  for (const { id } of over) tables.setFollowUpState(tx.db, id, 'replied', null);
  if (over.some((f) => f.at === core.snoozedUntil)) tables.setSnooze(tx.db, conversationId, tables.nextFollowUpAt(tx.db, conversationId), null);
  tx.touch('customer', core.customerId);
}

/** Marking a conversation done finishes what had come; what is still to come stays. */
export function finishCome(tx: Tx, core: tables.ConversationCore): void {
  const come = tables.followUpsOf(tx.db, core.id).filter((f) => f.state !== 'waiting');
  for (const { id } of come) tables.setFollowUpState(tx.db, id, 'done', { at: tx.at, by: tx.agent });
  if (come.length > 0) tx.touch('customer', core.customerId);
}

/** Taking that "done" back brings back what it finished. */
export function unfinishCome(tx: Tx, core: tables.ConversationCore): void {
  const decision = tables.lastDecision(tx.db, core.id, 0);
  const finished = decision?.code === 'done' ? tables.finishedAt(tx.db, core.id, decision.at) : [];
  for (const id of finished) tables.setFollowUpState(tx.db, id, 'due', null);
  if (finished.length > 0) tx.touch('customer', core.customerId);
}
