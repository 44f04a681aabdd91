import type { PrivateReason, TreeOutcome } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { tables, type Operation } from '../../store/index.ts';
import { coreOf, systemLine } from '../timeline.ts';
import { refreshConversation } from '../refresh.ts';
import { walkTree } from './walk.ts';

const OUTCOME: Record<TreeOutcome, string> = { no_answer: 'no answer', monitor: 'monitor', thank: 'thank', fix: 'fix the facts', restore: 'make it good', share: 'share' };

/** Writes the path through the tree, and where it ended, into the timeline. */
export const evaluatePost: Operation<{ conversationId: string; answers: boolean[] }, TreeOutcome> = {
  name: 'desk.evaluate',
  apply(tx, { conversationId, answers }) {
    const core = coreOf(tx, conversationId);
    const { path, outcome } = walkTree(tables.settingsOf(tx.db).decisionTree, answers);
    if (outcome === null) throw new ParleyError('bad_input', 'The evaluation is not finished: a question is open.');
    systemLine(tx, core.id, 'evaluated', null, { text: `${path.map(({ question, yes }) => `${question} ${yes ? 'Yes' : 'No'}`).join(' → ')} → ${OUTCOME[outcome]}`, reason: outcome });
    refreshConversation(tx, core.id);
    return outcome;
  },
};

/** Says why a public matter goes on in private. */
export const goPrivate: Operation<{ conversationId: string; reason: PrivateReason }, void> = {
  name: 'desk.goPrivate',
  apply(tx, { conversationId, reason }) {
    const core = coreOf(tx, conversationId);
    systemLine(tx, core.id, 'went_private', null, { reason });
    refreshConversation(tx, core.id);
  },
};
