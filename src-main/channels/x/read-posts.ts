import { z } from 'zod';
import type { ChannelEvent, MessageEvent } from '../port.ts';
import type { XProblem } from './errors.ts';
import { compareIds, idAt, newestOf, timeOfId } from './ids.ts';
import { afterGapPage, afterNewest, parseList, type ListState } from './list-state.ts';
import { postEvent } from './map.ts';
import { limits as amounts, prices, reach, rhythm, type LimitGroup } from './prices.ts';
import { withReferenced } from './referenced.ts';
import { affordable, call, deliver, mapContext, remember, rememberThreads, userOf, type XRuntime } from './runtime.ts';
import { MEDIA_FIELDS, parsePosts, POST_FIELDS, type XPage, type XPost } from './shapes.ts';

export interface PostList {
  /** Name of its cursor. */
  name: string;
  path: string;
  group: LimitGroup;
  expansions: string;
  /** The list shows no more than its newest so many. */
  reach: number;
  /** What a search asks for; null for a list of this account, which its own app reads at the lower price. */
  search: string | null;
  /** Posts wanted on a first connection. */
  firstPosts: number;
  /** What the messages found are handed in as. */
  toEvents?(messages: MessageEvent[]): ChannelEvent[];
}

export const mentionsList: PostList = { name: 'mentions', path: '/2/users/:id/mentions', group: 'mentions', expansions: 'author_id,attachments.media_keys', reach: reach.mentions, search: null, firstPosts: rhythm.firstPosts };
export const ownList: PostList = { name: 'own', path: '/2/users/:id/tweets', group: 'ownPosts', expansions: 'in_reply_to_user_id,attachments.media_keys', reach: reach.ownPosts, search: null, firstPosts: rhythm.firstPosts };

export interface ReadOutcome {
  /** New messages handed in. */
  found: number;
  problem: XProblem | null;
}

/**
 * Reads what is new in a list and closes what earlier runs left open. Every page is one batch, ascending, committed with the state of
 * the list after it; so a stop at any point costs a page read twice and never a hole.
 */
export async function readList(runtime: XRuntime, list: PostList, signal: AbortSignal, onProgress: (done: number, total: number) => void): Promise<ReadOutcome> {
  let state = parseList(runtime.context.cursor(list.name));
  let found = 0;

  async function step(query: Query, isFirst: boolean, origin: 'live' | 'backfill', advance: (ids: string[], hasMore: boolean) => ListState): Promise<XProblem | Stepped> {
    const page = await readPage(runtime, list, query);
    if ('code' in page) return page;
    const events = await eventsOf(runtime, page, { isBackfill: isFirst || list.toEvents !== undefined, isFirst });
    const ids = page.items.map((post) => post.id).sort(compareIds);
    const next = advance(ids, page.nextToken !== null);
    const isChanged = JSON.stringify(next) !== JSON.stringify(state);
    if (events.length > 0 || isChanged || runtime.ledger.pending().length > 0) await deliver(runtime, origin, list.toEvents?.(events) ?? events, { [list.name]: JSON.stringify(next) });
    state = next;
    found += events.length;
    return { count: ids.length, oldest: ids[0] ?? null, token: page.nextToken };
  }

  const isFirst = state.newest === null;
  const emptyMark = idAt(runtime.context.clock.now() - rhythm.clockSkewMs);
  const since_id = sinceFor(runtime, list, state.newest);
  let token: string | null = null;
  do {
    const done = await step({ since_id, pagination_token: token ?? undefined, ...(isFirst ? { max_results: String(Math.min(amounts.postsPerPage, list.firstPosts)) } : {}) }, isFirst, isFirst ? 'backfill' : 'live', (ids, hasMore) => afterNewest(state, ids, hasMore, list.firstPosts, emptyMark));
    if ('code' in done) return { found, problem: done };
    // An empty page with more behind it leaves nothing to resume from: follow its token.
    token = done.count === 0 ? done.token : null;
  } while (token !== null && !signal.aborted);

  for (let gap = state.gaps[0]; gap && !signal.aborted; gap = state.gaps[0]) {
    const { since, until, read, left } = gap;
    onProgress(read, left === null ? Math.max(read, list.reach) : read + left);
    const done = await step({ since_id: sinceFor(runtime, list, since), until_id: until, pagination_token: token ?? undefined }, left !== null, 'backfill', (ids, hasMore) => afterGapPage(state, ids, hasMore));
    if ('code' in done) return { found, problem: done };
    token = done.count === 0 ? done.token : null;
    if (done.token === null && since !== null && read + done.count >= list.reach * NEARLY_ALL) await noteHole(runtime, list, since, done.oldest ?? until);
  }
  return { found, problem: null };
}

/** Reads everything a search finds after `since`, without a place of its own to resume from: stopped half-way, it is read again (free within a day). */
export async function readOnce(runtime: XRuntime, list: PostList, since: string | null, signal: AbortSignal): Promise<ReadOutcome> {
  let found = 0;
  let token: string | null = null;
  do {
    const page = await readPage(runtime, list, { since_id: sinceFor(runtime, list, since), pagination_token: token ?? undefined });
    if ('code' in page) return { found, problem: page };
    const events = await eventsOf(runtime, page, { isBackfill: false, isFirst: false });
    if (events.length > 0 || runtime.ledger.pending().length > 0) await deliver(runtime, 'live', events, {});
    found += events.length;
    token = page.nextToken;
  } while (token !== null && !signal.aborted);
  return { found, problem: null };
}

/** Recent search refuses a `since_id` from before its seven days. */
function sinceFor(runtime: XRuntime, list: PostList, since: string | null): string | undefined {
  if (list.search === null) return since ?? undefined;
  const oldest = idAt(runtime.context.clock.now() - reach.searchMs + rhythm.clockSkewMs);
  return since === null ? oldest : newestOf(since, oldest);
}

type Query = Record<string, string | undefined>;
interface Stepped { count: number; oldest: string | null; token: string | null }

/** Deleted posts count in X's 800 but are not shown, so the list ends a little earlier. */
const NEARLY_ALL = 0.85;

async function readPage(runtime: XRuntime, list: PostList, query: Query): Promise<XPage<XPost> | XProblem> {
  const isOwned = runtime.ownsApp && list.search === null;
  const each = (isOwned ? prices.ownedRead : prices.postRead) + prices.userRead;
  const count = affordable(runtime, each, Number(query['max_results'] ?? amounts.postsPerPage), list.search === null ? amounts.fewestPosts : amounts.fewestFound);
  if (typeof count !== 'number') return count;
  const result = await call(runtime, list.group, {
    method: 'GET', path: list.path, ...(list.search === null ? { params: { id: runtime.self.id } } : {}),
    query: { ...(list.search === null ? {} : { query: list.search }), 'tweet.fields': POST_FIELDS, 'media.fields': MEDIA_FIELDS, expansions: list.expansions, ...query, max_results: count },
  });
  if (!result.ok) return result.problem;
  const page = parsePosts(result.body);
  remember(runtime, page);
  runtime.ledger.read(isOwned ? 'ownedRead' : 'postRead', page.items.map((post) => `post ${post.id}`));
  return page;
}

async function eventsOf(runtime: XRuntime, read: XPage<XPost>, { isBackfill, isFirst }: { isBackfill: boolean; isFirst: boolean }): Promise<MessageEvent[]> {
  const page = { ...read, items: read.items.filter(notAColleagues(runtime)) };
  const context = mapContext(runtime, await withReferenced(runtime, page, isBackfill), page.media, isFirst);
  const events: MessageEvent[] = [];
  // Oldest first, so that a post that continues ours finds the one it continues.
  for (const post of [...page.items].sort((a, b) => compareIds(a.id, b.id))) {
    const event = postEvent(post, context);
    if (!event) continue;
    events.push(event);
    rememberThreads(runtime, [event]);
  }
  return events;
}

/** Our other handles are no customers of this one; what they write is read from their own lists. */
function notAColleagues(runtime: XRuntime): (post: XPost) => boolean {
  const { self, context } = runtime;
  const ours = new Set(context.watch().ownHandles.map((handle) => handle.toLowerCase()));
  return ({ authorId }) => authorId === self.id || !ours.has(userOf(runtime, authorId)?.username.toLowerCase() ?? '');
}

/**
 * The list ended before the last post we knew. It shows only its newest 800 (3,200): if nothing older than what was read is shown any
 * more, posts between are out of reach. The stretch is kept under its own cursor, for the status line and for a later search.
 */
async function noteHole(runtime: XRuntime, list: PostList, since: string, until: string): Promise<void> {
  const older = await readPage(runtime, list, { until_id: until, max_results: '5' });
  if (!('code' in older) && older.items.length > 0) return;
  // One not filled yet is joined to it: what lies between is read twice, nothing is forgotten.
  const before = holeOf(runtime.context.cursor(holeCursor(list)));
  const from = before && compareIds(before.since, since) < 0 ? before.since : since;
  await deliver(runtime, 'backfill', [], { [holeCursor(list)]: JSON.stringify({ since: from, until, foundAt: runtime.context.clock.now() }) });
}

/**
 * Fills a stretch that the list of mentions no longer shows by recent search, newest first: dearer, and seven days back at most. Each page is
 * committed with what is left, so it goes on where the spending limit or an outage stopped it. A part older than seven days stays a hole.
 */
export async function fillHole(runtime: XRuntime, list: PostList, search: string, signal: AbortSignal): Promise<ReadOutcome> {
  const cursor = holeCursor(list);
  let found = 0;
  let token: string | null = null;
  for (let hole = holeOf(runtime.context.cursor(cursor)); hole && !signal.aborted; hole = holeOf(runtime.context.cursor(cursor))) {
    const { since, until } = hole;
    const from = newestOf(since, idAt(runtime.context.clock.now() - reach.searchMs + rhythm.clockSkewMs));
    if (compareIds(from, until) >= 0) break;
    const by: PostList = { ...list, path: '/2/tweets/search/recent', group: 'search', search };
    const page: XPage<XPost> | XProblem = await readPage(runtime, by, { since_id: from, until_id: until, pagination_token: token ?? undefined });
    if ('code' in page) return { found, problem: page };
    const events = await eventsOf(runtime, page, { isBackfill: false, isFirst: false });
    const ids = page.items.map((post) => post.id).sort(compareIds);
    const isLast: boolean = page.nextToken === null;
    const left = !isLast ? { ...hole, until: ids[0] ?? until } : from === since ? null : { ...hole, until: from };
    await deliver(runtime, 'backfill', events, { [cursor]: JSON.stringify(left) });
    found += events.length;
    token = ids.length === 0 ? page.nextToken : null;
  }
  return { found, problem: null };
}

const holeCursor = (list: PostList): string => `${list.name}.hole`;

const holeShape = z.object({ since: z.string(), until: z.string(), foundAt: z.number() });

function holeOf(cursor: string | null): z.infer<typeof holeShape> | null {
  if (cursor === null) return null;
  const hole = holeShape.safeParse(JSON.parse(cursor));
  return hole.success ? hole.data : null;
}

/** The last stretch of a list that X no longer showed, as times (ms UTC); null when there is none or it was found long ago. */
export function knownHole(runtime: XRuntime, list: PostList): { from: number; to: number } | null {
  const hole = holeOf(runtime.context.cursor(holeCursor(list)));
  if (!hole || hole.foundAt + rhythm.holeShownMs < runtime.context.clock.now()) return null;
  const [from, to] = [timeOfId(hole.since), timeOfId(hole.until)];
  return from === null || to === null ? null : { from, to };
}
