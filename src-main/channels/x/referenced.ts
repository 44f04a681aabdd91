import { isXId } from './ids.ts';
import { limits as amounts, prices, rhythm } from './prices.ts';
import { affordable, billPosts, call, remember, type XRuntime } from './runtime.ts';
import { MEDIA_FIELDS, parsePosts, POST_FIELDS, type XPage, type XPost } from './shapes.ts';

/** Whether somebody paid X to show a post is told to its own author only. */
const OWN_FIELDS = `${POST_FIELDS},promoted_metrics`;

/**
 * The posts that those of a page speak of: quoted ones, for the eye and for the rule that a quote of ours may be answered, and the ones they
 * answer. Each is read once and paid for like any post; without money it stays a link, and the mention itself is not held back for it.
 * `isBackfill`: of the answered ones only our own, which cost little and say whether they were advertised.
 */
export async function withReferenced(runtime: XRuntime, page: XPage<XPost>, isBackfill: boolean): Promise<XPost[]> {
  const { self, context } = runtime;
  const here = new Map([...page.posts, ...page.items].map((post) => [post.id, post]));
  const found: XPost[] = [];
  const isNeeded = (id: string): boolean => !here.has(id) && isXId(id);
  const quoted = page.items.flatMap((post) => post.quoted ?? []).filter(isNeeded);
  const answered = page.items.filter((post) => post.authorId !== self.id && post.repliedTo !== null && isNeeded(post.repliedTo) && context.knownPost(post.repliedTo) === null);
  const ours = new Set(answered.filter((post) => post.inReplyToUserId === self.id).flatMap((post) => post.repliedTo ?? []));
  const others = isBackfill ? [] : answered.flatMap((post) => (post.repliedTo === null || ours.has(post.repliedTo) ? [] : post.repliedTo));
  for (const [ids, fields] of [[[...ours], OWN_FIELDS], [[...quoted, ...others].filter((id) => !ours.has(id)), POST_FIELDS]] as const) {
    const unread: string[] = [];
    for (const id of new Set(ids)) {
      const kept = keptPost(runtime, id);
      if (kept) found.push(kept);
      else unread.push(id);
    }
    found.push(...(await readPosts(runtime, unread, fields)));
  }
  return [...here.values(), ...found];
}

function keptPost(runtime: XRuntime, id: string): XPost | null {
  const kept = runtime.posts.get(id);
  return kept && kept.until > runtime.context.clock.now() ? kept.post : null;
}

async function readPosts(runtime: XRuntime, ids: readonly string[], fields: string): Promise<XPost[]> {
  if (ids.length === 0) return [];
  const count = affordable(runtime, prices.postRead + prices.userRead, Math.min(ids.length, amounts.idsPerLookup), 1);
  if (typeof count !== 'number') return [];
  const result = await call(runtime, 'postsById', { method: 'GET', path: '/2/tweets', query: { ids: ids.slice(0, count).join(','), 'tweet.fields': fields, 'media.fields': MEDIA_FIELDS, expansions: 'author_id' } });
  if (!result.ok) {
    runtime.context.log.warn('x.referencedUnread', { code: result.problem.code });
    return [];
  }
  const page = parsePosts(result.body);
  remember(runtime, page);
  billPosts(runtime, page.items);
  const until = runtime.context.clock.now() + rhythm.userCacheMs;
  for (const post of page.items) runtime.posts.set(post.id, { post, until });
  for (const id of runtime.posts.keys()) {
    if (runtime.posts.size <= rhythm.keptPosts) break;
    runtime.posts.delete(id);
  }
  return page.items;
}
