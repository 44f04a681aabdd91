import type { FollowUp } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { tables, type Operation, type Tx } from '../../store/index.ts';
import { coreOf, systemLine } from '../timeline.ts';
import { refreshConversation } from '../refresh.ts';

export interface FollowUpArgs { id: string; isNew: boolean; conversationId: string; at: number; ends: FollowUp['ends']; note: string | null; draft: FollowUp['draft'] }

const known = (tx: Tx, id: string): FollowUp => {
  const found = tables.followUpById(tx.db, id);
  if (!found) throw new ParleyError('not_found', 'This follow-up is not here any more.');
  return found;
};
const touch = (tx: Tx, core: tables.ConversationCore): void => {
  refreshConversation(tx, core.id);
  tx.touch('customer', core.customerId);
};

/** Keeps what to come back to. A new one takes the conversation out of the queue until its minute. */
export const saveFollowUp: Operation<FollowUpArgs, void> = {
  name: 'followup.save',
  // Note and text stand in the row itself; the log must not keep them past an erasure.
  summarise: ({ id, conversationId, at, ends }) => ({ id, conversationId, at, ends }),
  apply(tx, { id, isNew, conversationId, at, ends, note, draft }) {
    if (at <= tx.at) throw new ParleyError('bad_input', 'That time has passed already.');
    const words = note === null || note.trim() === '' ? null : note.trim();
    if (!isNew) known(tx, id);
    const core = coreOf(tx, conversationId);
    if (isNew) tables.insertFollowUp(tx.db, { id, conversationId, at, ends, note: words, draft, state: 'waiting', occasion: null }, tx.agent, tx.at);
    else tables.changeFollowUp(tx.db, { id, at, ends, note: words, draft, state: 'waiting' }, tx.at);
    if (isNew || core.state === 'snoozed') {
      tables.setState(tx.db, conversationId, 'snoozed', tx.agent);
      tables.setSnooze(tx.db, conversationId, tables.nextFollowUpAt(tx.db, conversationId), null);
      tables.setReadUpTo(tx.db, conversationId, core.lastMessageId);
    }
    if (isNew) systemLine(tx, conversationId, 'snoozed', at);
    touch(tx, core);
  },
};

/** Where a conversation goes when a follow-up it slept for is gone: to the next one, else to where its messages put it. */
function wakeOrRest(tx: Tx, core: tables.ConversationCore): void {
  if (core.state !== 'snoozed') return;
  const next = tables.nextFollowUpAt(tx.db, core.id);
  tables.setSnooze(tx.db, core.id, next, null);
  refreshConversation(tx, core.id, (_, waitingSince) => (next !== null ? 'snoozed' : waitingSince !== null ? 'open' : 'done'));
}

export const finishFollowUp: Operation<{ followUpId: string }, void> = {
  name: 'followup.done',
  apply(tx, { followUpId }) {
    const { conversationId } = known(tx, followUpId);
    const core = coreOf(tx, conversationId);
    tables.setFollowUpState(tx.db, followUpId, 'done', { at: tx.at, by: tx.agent });
    wakeOrRest(tx, core);
    touch(tx, core);
  },
};

export const reopenFollowUp: Operation<{ followUpId: string }, void> = {
  name: 'followup.reopen',
  apply(tx, { followUpId }) {
    const { conversationId, at } = known(tx, followUpId);
    const core = coreOf(tx, conversationId);
    tables.setFollowUpState(tx.db, followUpId, at > tx.at ? 'waiting' : 'due', null);
    if (core.state !== 'open' && at > tx.at) {
      tables.setState(tx.db, conversationId, 'snoozed', tx.agent);
      tables.setSnooze(tx.db, conversationId, tables.nextFollowUpAt(tx.db, conversationId), null);
    }
    touch(tx, core);
  },
};

export const dropFollowUp: Operation<{ followUpId: string }, void> = {
  name: 'followup.drop',
  apply(tx, { followUpId }) {
    const { conversationId } = known(tx, followUpId);
    const core = coreOf(tx, conversationId);
    tables.removeFollowUp(tx.db, followUpId);
    if (core.state === 'snoozed') {
      tables.setState(tx.db, conversationId, 'open', tx.agent);
      tables.setSnooze(tx.db, conversationId, null, null);
      systemLine(tx, conversationId, 'reopened');
    }
    touch(tx, core);
  },
};
