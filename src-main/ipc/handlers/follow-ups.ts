import { dropFollowUp, finishFollowUp, reopenFollowUp, saveFollowUp } from '../../desk/index.ts';
import { tables } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import { did, settingsNow, type HandlerContext } from './context.ts';

/** Nobody works through more in one list. */
const SHOWN = 500;

export const followUpHandlers = (c: HandlerContext): Pick<Handlers, 'followup.save' | 'followup.done' | 'followup.reopen' | 'followup.drop' | 'followup.list'> => ({
  'followup.save': ({ followUpId, ...input }) => {
    const id = followUpId ?? c.workspace().ids.next();
    return { ...did(c, saveFollowUp, { id, isNew: followUpId === null, ...input }), followUpId: id };
  },
  'followup.done': (input) => did(c, finishFollowUp, input),
  'followup.reopen': (input) => did(c, reopenFollowUp, input),
  'followup.drop': (input) => did(c, dropFollowUp, input),
  'followup.list': ({ scope }) => ({ rows: tables.followUpList(c.workspace().store.read, scope === 'mine' ? settingsNow(c).agentInitials : null, SHOWN) }),
});
