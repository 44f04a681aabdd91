import type { PromiseKind, PromiseState } from '../../src-preload/contract/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation, type Tx } from '../store/index.ts';

function touchOwner(tx: Tx, conversationId: string): void {
  const core = tables.conversationCore(tx.db, conversationId);
  if (core) tx.touch('customer', core.customerId);
}

/** Marks words of an entry so that nobody forgets them. The words are kept as they stood. */
export const addPromise: Operation<{ promiseId: string; messageId: number; kind: PromiseKind; quote: string }, void> = {
  name: 'promise.add',
  // The words stand in the promise itself; the log must not keep them past an erasure.
  summarise: ({ promiseId, messageId, kind }) => ({ promiseId, messageId, kind }),
  apply(tx, { promiseId, messageId, kind, quote }) {
    const message = tables.messageById(tx.db, messageId);
    if (!message || message.deleted_at !== null || message.kind === 'system') throw new ParleyError('not_found', 'This entry is not here any more.');
    tables.insertPromise(tx.db, { id: promiseId, messageId, conversationId: message.conversation_id, kind, quote: quote.trim() }, tx.agent, tx.at);
    touchOwner(tx, message.conversation_id);
  },
};

const known = (tx: Tx, promiseId: string): { conversationId: string } => {
  const promise = tables.promiseById(tx.db, promiseId);
  if (!promise) throw new ParleyError('not_found', 'This mark is not here any more.');
  return promise;
};

export const settlePromise: Operation<{ promiseId: string; state: PromiseState }, void> = {
  name: 'promise.settle',
  apply(tx, { promiseId, state }) {
    const { conversationId } = known(tx, promiseId);
    tables.settlePromise(tx.db, promiseId, state, tx.agent, tx.at);
    touchOwner(tx, conversationId);
  },
};

export const removePromise: Operation<{ promiseId: string }, void> = {
  name: 'promise.remove',
  apply(tx, { promiseId }) {
    const { conversationId } = known(tx, promiseId);
    tables.removePromise(tx.db, promiseId);
    touchOwner(tx, conversationId);
  },
};
