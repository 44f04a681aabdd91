import type { Satisfaction } from '../../../src-preload/contract/index.ts';
import { tables, type Operation, type Tx } from '../../store/index.ts';
import { refreshConversation } from '../refresh.ts';
import { newestTurns } from '../turns.ts';
import { coreOf, systemLine, type CaseEnd } from '../timeline.ts';
import { wayOf } from './way.ts';

/** What a line about the end of the present matter says of it. */
export const caseEnd = (tx: Tx, conversationId: string, mark: Satisfaction | null): CaseEnd => ({ mark, way: wayOf(newestTurns(tx.db, conversationId)), case: tables.presentCase(tx.db, conversationId) });

/** How satisfied the customer is with the present matter; a new mark takes the place of the one before, null takes it off. */
export const markOutcome: Operation<{ conversationId: string; mark: Satisfaction | null }, void> = {
  name: 'desk.mark',
  apply(tx, { conversationId, mark }) {
    const core = coreOf(tx, conversationId);
    for (const id of tables.outcomeLinesOf(tx.db, core.id)) {
      const row = tables.messageById(tx.db, id);
      if (!row) continue;
      tables.removeMessage(tx.db, row);
      tx.touch('removed_message', id);
    }
    if (mark !== null) systemLine(tx, core.id, 'outcome', null, { outcome: caseEnd(tx, core.id, mark) });
    tables.setOutcome(tx.db, core.id, mark);
    refreshConversation(tx, core.id);
  },
};
