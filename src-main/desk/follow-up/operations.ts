import type { FollowUp } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { tables, type Operation, type Tx } from '../../store/index.ts';
import { coreOf, systemLine } from '../timeline.ts';
import { refreshConversation } from '../refresh.ts';
import { happen, homeOfFollowUp } from '../sides/index.ts';

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
    const followUp = tables.sideFollowUps(tx.db, conversationId, true).find((f) => f.id === id);
    if (followUp) happen(tx, core, { type: 'kept', followUp, isNew, readUpTo: core.lastMessageId }, bearersOf(tx, id));
    if (isNew) systemLine(tx, conversationId, 'snoozed', at);
    touch(tx, core);
  },
};

/** A follow-up of somebody who is shown as somebody else stays theirs. */
const bearersOf = (tx: Tx, id: string): string[] => {
  const home = homeOfFollowUp(tx.db, id);
  return home === null ? [] : [home];
};

export const finishFollowUp: Operation<{ followUpId: string }, void> = {
  name: 'followup.done',
  apply(tx, { followUpId }) {
    const { conversationId } = known(tx, followUpId);
    const core = coreOf(tx, conversationId);
    happen(tx, core, { type: 'finished', id: followUpId }, bearersOf(tx, followUpId));
    touch(tx, core);
  },
};

export const reopenFollowUp: Operation<{ followUpId: string }, void> = {
  name: 'followup.reopen',
  apply(tx, { followUpId }) {
    const core = coreOf(tx, known(tx, followUpId).conversationId);
    happen(tx, core, { type: 'taken_up', id: followUpId }, bearersOf(tx, followUpId));
    touch(tx, core);
  },
};

export const dropFollowUp: Operation<{ followUpId: string }, void> = {
  name: 'followup.drop',
  apply(tx, { followUpId }) {
    const { conversationId } = known(tx, followUpId);
    const core = coreOf(tx, conversationId);
    happen(tx, core, { type: 'dropped', id: followUpId }, bearersOf(tx, followUpId));
    tables.removeFollowUp(tx.db, followUpId);
    if (core.state === 'snoozed') systemLine(tx, conversationId, 'reopened');
    touch(tx, core);
  },
};
