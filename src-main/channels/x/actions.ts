import type { ActionMode, OutgoingItem, OutgoingMode, ReconcileOutcome, SendOutcome } from '../port.ts';
import type { XRequest } from './client.ts';
import { isXId } from './ids.ts';
import { bill, outcomeOf } from './outcome.ts';
import type { LimitGroup } from './prices.ts';
import { billPosts, call, remember, type XRuntime } from './runtime.ts';
import { parsePosts, POST_FIELDS, saysSo } from './shapes.ts';

export const isAction = (mode: OutgoingMode): mode is ActionMode => mode === 'delete' || mode === 'hide' || mode === 'unhide';

const PLANS: Record<ActionMode, { group: LimitGroup; name: 'deleted' | 'hidden'; wanted: boolean; request(id: string): XRequest }> = {
  delete: { group: 'postDelete', name: 'deleted', wanted: true, request: (id) => ({ method: 'DELETE', path: '/2/tweets/:id', params: { id } }) },
  hide: { group: 'hide', name: 'hidden', wanted: true, request: (id) => ({ method: 'PUT', path: '/2/tweets/:id/hidden', params: { id }, body: { hidden: true } }) },
  unhide: { group: 'hide', name: 'hidden', wanted: false, request: (id) => ({ method: 'PUT', path: '/2/tweets/:id/hidden', params: { id }, body: { hidden: false } }) },
};

/** Deletes an own post, hides a reply under one of ours or shows it again. Only X saying so is `done`. */
export async function act(runtime: XRuntime, item: OutgoingItem): Promise<SendOutcome> {
  const target = item.inReplyTo;
  if (!isAction(item.mode) || target === null || !isXId(target)) return { type: 'refused', problem: 'It is not known which post on X this is.' };
  const plan = PLANS[item.mode];
  const result = await call(runtime, plan.group, plan.request(target));
  if (!result.ok) {
    // What is gone has been deleted, by whomever.
    if (item.mode === 'delete' && result.problem.code === 'not_found') return { type: 'done' };
    return outcomeOf(result.problem, item, runtime.context.clock.now());
  }
  if (saysSo(result.body, plan.name) !== plan.wanted) return { type: 'unknown', problem: 'X answered, but did not say that it was done; it is being checked.' };
  await bill(runtime, item);
  return { type: 'done' };
}

/**
 * Whether an unconfirmed action is in effect. A deleted post is read for and not found. X shows nobody whether a reply is hidden, but
 * hiding sets a state: asked for once more it changes nothing and costs nothing, so it counts as not there yet.
 */
export async function reconcileAction(runtime: XRuntime, item: OutgoingItem): Promise<ReconcileOutcome> {
  const target = item.inReplyTo;
  if (item.mode !== 'delete' || target === null) return { type: 'not_found' };
  const result = await call(runtime, 'postsById', { method: 'GET', path: '/2/tweets', query: { ids: target, 'tweet.fields': POST_FIELDS } });
  if (!result.ok) return { type: 'undecided', problem: `${result.problem.sentence} Whether it was deleted cannot be checked yet.`, retryAt: result.problem.retryAt };
  const page = parsePosts(result.body);
  remember(runtime, page);
  billPosts(runtime, page.items);
  if (page.items.some((post) => post.id === target)) return { type: 'not_found' };
  if (!page.missing.includes(target)) return { type: 'undecided', problem: 'X does not say whether the post is still there.', retryAt: null };
  await bill(runtime, item);
  return { type: 'done' };
}
