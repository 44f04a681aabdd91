import { z } from 'zod';
import { ParleyError, type Ids } from '../kernel/index.ts';
import { tables, type Operation } from '../store/index.ts';
import { customerFor } from './operations.ts';

const self = z.object({ id: z.string(), handle: z.string() });

/** The conversation of an X account with nobody: its own posts. Made when there is none yet. */
export const beginPosts: Operation<{ accountId: string; ids: Ids }, { conversationId: string }> = {
  name: 'post.begin',
  summarise: ({ accountId }) => ({ accountId }),
  apply(tx, { accountId, ids }) {
    const known = tables.ownPostsOf(tx.db, accountId);
    if (known !== null) return { conversationId: known };
    const account = tables.accountById(tx.db, accountId);
    if (account?.channel !== 'x' || !account.isConnected) throw new ParleyError('unavailable', 'This X account is not connected.');
    const me = self.safeParse(JSON.parse(tables.cursor(tx.db, accountId, 'me') ?? 'null'));
    if (!me.success) throw new ParleyError('unavailable', 'X has not said yet who this account is; try again when it is connected.', { retryable: true });
    const { customerId } = customerFor(tx, { kind: 'x', value: me.data.id, display: `@${me.data.handle}`, name: null }, ids);
    const there = tables.conversationOfCustomer(tx.db, customerId);
    const conversationId = there?.id ?? ids.next();
    if (!there) tables.insertConversation(tx.db, { id: conversationId, customerId, state: 'done', createdAt: tx.at });
    tx.touch('customer', customerId);
    tx.touch('conversation', conversationId);
    return { conversationId };
  },
};
