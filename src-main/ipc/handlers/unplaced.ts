import { assignUnplaced, dismissUnplaced, makeCustomerOfUnplaced, restoreUnplaced } from '../../intake/index.ts';
import { tables } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import { act, did, type HandlerContext } from './context.ts';

type Names = 'unplaced.list' | 'unplaced.assign' | 'unplaced.makeCustomer' | 'unplaced.dismiss' | 'unplaced.restore';

export const unplacedHandlers = (c: HandlerContext): Pick<Handlers, Names> => ({
  'unplaced.list': ({ state, limit }) => ({ rows: tables.unplacedRows(c.workspace().store.read, state, limit) }),
  'unplaced.assign': (input) => {
    const { seq, value } = act(c, assignUnplaced, { ...input, ids: c.workspace().ids });
    return { seq, ...value };
  },
  'unplaced.makeCustomer': (input) => {
    const { seq, value } = act(c, makeCustomerOfUnplaced, { ...input, ids: c.workspace().ids });
    return { seq, ...value };
  },
  'unplaced.dismiss': (input) => did(c, dismissUnplaced, input),
  'unplaced.restore': (input) => did(c, restoreUnplaced, input),
});
