import { isXId } from './ids.ts';
import { limits as amounts, prices, rhythm } from './prices.ts';
import type { ReadOutcome } from './read-posts.ts';
import { affordable, billPosts, call, deliver, remember, type XRuntime } from './runtime.ts';
import { parsePosts, POST_FIELDS, type XPost } from './shapes.ts';

/** Asks X for the posts of open conversations; what is deleted, protected or suspended there must go here too (product.md C6). */
export async function readTombstones(runtime: XRuntime): Promise<ReadOutcome> {
  const { context } = runtime;
  const own = context.recentExternalIds('post', amounts.idsPerLookup).filter(isXId);
  // Quoted and answered posts of others are here with their words, too.
  const ids = [...new Set([...own, ...context.recentReferences(amounts.idsPerLookup - own.length).filter(isXId)])];
  if (ids.length === 0) return { found: 0, problem: null };
  const count = affordable(runtime, prices.postRead, ids.length, 1);
  if (typeof count !== 'number') return { found: 0, problem: count };
  const result = await call(runtime, 'postsById', { method: 'GET', path: '/2/tweets', query: { ids: ids.slice(0, count).join(','), 'tweet.fields': POST_FIELDS } });
  if (!result.ok) return { found: 0, problem: result.problem };
  const page = parsePosts(result.body);
  remember(runtime, page);
  billPosts(runtime, page.items);
  // Only ids we asked for: errors also speak of posts referenced by others.
  const asked = new Set(ids.slice(0, count));
  const at = runtime.context.clock.now();
  const gone = [...new Set(page.missing)].filter((id) => asked.has(id));
  for (const id of gone) runtime.posts.delete(id);
  const counts = page.items.flatMap((post) => (post.counts === null || !isNews(runtime, post) ? [] : [{ type: 'counts' as const, externalId: post.id, counts: post.counts }]));
  const events = [...gone.map((externalId) => ({ type: 'deleted' as const, externalId, at })), ...counts];
  if (events.length > 0 || runtime.ledger.pending().length > 0) await deliver(runtime, 'live', events, {});
  return { found: gone.length, problem: null };
}

/** Whether the counts of a post are others than the last time. */
function isNews({ toldCounts }: XRuntime, { id, counts }: XPost): boolean {
  const told = JSON.stringify(counts);
  if (toldCounts.get(id) === told) return false;
  toldCounts.delete(id);
  toldCounts.set(id, told);
  for (const oldest of toldCounts.keys()) {
    if (toldCounts.size <= rhythm.keptPosts) break;
    toldCounts.delete(oldest);
  }
  return true;
}
