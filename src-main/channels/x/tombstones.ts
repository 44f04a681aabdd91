import { isXId } from './ids.ts';
import { limits as amounts, prices } from './prices.ts';
import { billPosts, POST_FIELDS, type ReadOutcome } from './read-posts.ts';
import { affordable, call, deliver, remember, type XRuntime } from './runtime.ts';
import { parsePosts } from './shapes.ts';

/** Asks X for the posts of open conversations; what is deleted, protected or suspended there must go here too (product.md C6). */
export async function readTombstones(runtime: XRuntime): Promise<ReadOutcome> {
  const ids = runtime.context.recentExternalIds('post', amounts.idsPerLookup).filter(isXId);
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
  if (gone.length > 0 || runtime.ledger.pending().length > 0) await deliver(runtime, 'live', gone.map((externalId) => ({ type: 'deleted', externalId, at })), {});
  return { found: gone.length, problem: null };
}
