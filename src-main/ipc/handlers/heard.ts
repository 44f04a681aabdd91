import { subjectOf } from '../../channels/x/index.ts';
import { dismissHeard, takeHeard } from '../../intake/index.ts';
import { tables } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import { act, did, type HandlerContext } from './context.ts';

export const heardHandlers = (c: HandlerContext): Pick<Handlers, 'heard.list' | 'heard.dismiss' | 'heard.take'> => ({
  'heard.list': ({ limit }) => {
    const { store, priceList } = c.workspace();
    return { rows: tables.openHeard(store.read, limit).map((row) => ({ ...row, subject: subjectOf(row.word) })), eachUsd: (priceList['postRead'] ?? 0) + (priceList['userRead'] ?? 0) };
  },
  'heard.dismiss': (input) => did(c, dismissHeard, input),
  'heard.take': ({ postId }) => {
    const { seq, value } = act(c, takeHeard, { postId, ids: c.workspace().ids });
    return { seq, ...value };
  },
});
