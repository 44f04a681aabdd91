import { messageOf } from '../../kernel/index.ts';
import type { OutgoingItem, ReconcileOutcome } from '../port.ts';
import type { XProblem } from './errors.ts';
import { idAt } from './ids.ts';
import { timeOf } from './map.ts';
import { limits as amounts, rhythm } from './prices.ts';
import { call, deliver, matches, remember, type XRuntime } from './runtime.ts';
import { isAction, reconcileAction } from './actions.ts';
import { bill } from './outcome.ts';
import { sentDm, sentPost, sentReply } from './send.ts';
import { parsePosts, POST_FIELDS } from './shapes.ts';
import { readableText } from './text.ts';

type Settled = Extract<ReconcileOutcome, { type: 'sent' }>;
/** `complete`: everything since the item was enqueued was read. */
type Search = { found: Settled } | { found: null; problem: XProblem | null };

/**
 * Looks for what an unconfirmed send may have left behind. `not_found` only after our own list was read back completely to before the
 * item was enqueued; that X may show a post late is the asker's business, who asks more than once.
 */
export async function reconcileItem(runtime: XRuntime, item: OutgoingItem): Promise<ReconcileOutcome> {
  const { log } = runtime.context;
  if (isAction(item.mode)) return reconcileAction(runtime, item);
  const search = item.mode === 'dm' ? await searchDms(runtime, item) : await searchPosts(runtime, item);
  await deliver(runtime, 'live', [], {}).catch((error: unknown) => log.error('x.spentNotStored', { error: messageOf(error) }));
  if (search.found) {
    runtime.openSends.delete(item.outboxId);
    runtime.claimed.set(search.found.externalId, item.outboxId);
    await bill(runtime, item);
    return search.found;
  }
  if (search.problem) return { type: 'undecided', problem: `${search.problem.sentence} Whether it was sent cannot be checked yet.`, retryAt: search.problem.retryAt };
  return { type: 'not_found' };
}

/** No other row was settled by this post or message. */
const isFree = (runtime: XRuntime, externalId: string, item: OutgoingItem): boolean => (runtime.claimed.get(externalId) ?? item.outboxId) === item.outboxId;

async function searchPosts(runtime: XRuntime, item: OutgoingItem): Promise<Search> {
  const since_id = idAt(item.enqueuedAt - rhythm.clockSkewMs);
  let token: string | undefined;
  do {
    const result = await call(runtime, 'ownPosts', {
      method: 'GET', path: '/2/users/:id/tweets', params: { id: runtime.self.id },
      query: { max_results: amounts.postsPerPage, since_id, 'tweet.fields': POST_FIELDS, pagination_token: token },
    });
    if (!result.ok) return { found: null, problem: result.problem };
    const page = parsePosts(result.body);
    remember(runtime, page);
    runtime.ledger.read(runtime.ownsApp ? 'ownedRead' : 'postRead', page.items.map((post) => `post ${post.id}`));
    for (const post of page.items) {
      const at = timeOf(post.id, post.createdAt, runtime.context.clock.now());
      const candidate = { text: readableText(post.text, post.entities, { media: post.mediaKeys }), inReplyTo: post.repliedTo, peerId: null, at };
      if (isFree(runtime, post.id, item) && matches(item, candidate)) return { found: post.repliedTo === null ? sentPost(runtime, post.id) : sentReply(runtime, item, post.id, post.repliedTo, post.conversationId) };
    }
    if (page.problems.length > 0) return { found: null, problem: unreadable(page.problems) };
    token = page.nextToken ?? undefined;
  } while (token !== undefined);
  return { found: null, problem: null };
}

async function searchDms(runtime: XRuntime, item: OutgoingItem): Promise<Search> {
  const peerId = item.peerId;
  if (peerId === null) return { found: null, problem: null };
  const from = item.enqueuedAt - rhythm.clockSkewMs;
  const { dms, problem, unread } = await runtime.readBackDms(from);
  for (const dm of dms) {
    const at = timeOf(dm.id, dm.createdAt, runtime.context.clock.now());
    if (dm.senderId !== runtime.self.id || dm.peerId !== peerId || !isFree(runtime, dm.id, item)) continue;
    // Encrypted: it may be ours, nobody can tell.
    if (dm.text === null && at >= from) return { found: null, problem: unreadable(['an encrypted message of ours']) };
    if (dm.text !== null && matches(item, { text: readableText(dm.text, dm.entities, { media: dm.mediaKeys }), inReplyTo: null, peerId, at })) {
      // Taken at once: another message with the same words reads the same page.
      runtime.claimed.set(dm.id, item.outboxId);
      return { found: sentDm(runtime, dm.id, dm.conversationId, peerId) };
    }
  }
  return { found: null, problem: unread.length > 0 ? unreadable(unread) : problem };
}

const unreadable = (problems: readonly string[]): XProblem =>
  ({ code: 'malformed', sentence: 'X shows something that cannot be read.', mayHaveHappened: false, retryAt: null, cause: problems.join('; ').slice(0, 300) });
