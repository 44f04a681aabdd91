import { ParleyError, type Ids } from '../kernel/index.ts';
import { tables, type Operation, type Tx } from '../store/index.ts';
import { accept } from './accept.ts';

const heardOf = (tx: Tx, postId: string): tables.HeardRecord => {
  const heard = tables.heardById(tx.db, postId);
  if (!heard) throw new ParleyError('not_found', 'This post is not in the list any more.');
  return heard;
};

export const dismissHeard: Operation<{ postId: string }, void> = {
  name: 'heard.dismiss',
  apply(tx, { postId }) {
    heardOf(tx, postId);
    tables.closeHeard(tx.db, postId, 'dismissed');
    tx.touch('heard', postId);
  },
};

/** An agent decides that it is ours to answer: it becomes a conversation like a mention would. */
export const takeHeard: Operation<{ postId: string; ids: Ids }, { conversationId: string }> = {
  name: 'heard.take',
  summarise: ({ postId }) => ({ postId }),
  apply(tx, { postId, ids }) {
    const heard = heardOf(tx, postId);
    accept.apply(tx, { batch: { accountId: heard.accountId, origin: 'live', events: [heard.event], cursors: {} }, ids, openSince: 0 });
    tables.closeHeard(tx.db, postId, 'taken');
    tx.touch('heard', postId);
    const message = tables.postByIds(tx.db, [postId]);
    if (!message) throw new Error('a post taken in is not there');
    return { conversationId: message.conversation_id };
  },
};
