import { beginPosts } from '../../customers/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { composeAction, enqueueAction, isContinued } from '../../outbox/index.ts';
import { assertWithinLimit } from '../../spending/index.ts';
import { tables } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import { act, type HandlerContext } from './context.ts';

const MOST_REPLIES = 200;

export const postHandlers = (c: HandlerContext): Pick<Handlers, 'post.act' | 'post.begin' | 'post.replies'> => {
  const db = () => c.workspace().store.read;
  return {
    'post.act': (input) => {
      const { accountId, ...args } = composeAction(db(), input, { ids: c.workspace().ids, now: c.clock.now() });
      const { priceOf } = c.workspace();
      const usd = priceOf(input.action, '');
      if (accountId !== null && usd > 0 && !input.evenOverLimit) assertWithinLimit(db(), { accountId, usd }, (o) => priceOf(o.mode, o.item.text, isContinued(o.item)), c.clock.now());
      const { seq, value } = act(c, enqueueAction, args);
      return { seq, ...value };
    },
    'post.begin': ({ accountId }) => {
      const { seq, value } = act(c, beginPosts, { accountId, ids: c.workspace().ids });
      return { seq, ...value };
    },
    'post.replies': ({ messageId }) => {
      const post = tables.messageById(db(), messageId);
      if (!post) throw new ParleyError('not_found', 'This post is not here any more.');
      if (post.external_id === null || post.account_id === null) return { entries: [] };
      return { entries: tables.toEntries(db(), tables.repliesTo(db(), post.account_id, post.external_id, MOST_REPLIES)) };
    },
  };
};
