import type { Caller } from './auth.ts';
import { forbidden, invalid, missing, type Answer } from './errors.ts';
import { compareIds, conversationOf, snowflakeAt } from './ids.ts';
import { charge } from './limits.ts';
import { checkId, checkPageToken, checkTime, maxResults, pageToken, type Params } from './params.ts';
import { closedFields, envelope, expandDms, expandPosts, renderDm, renderPost, renderUser, type Expanded } from './render.ts';
import { matcherOf } from './search-query.ts';
import type { XPost, XState, XUser } from './state.ts';
import { dmHistoryMs, newestMentions, newestOwnPosts, searchHistoryMs } from './terms.ts';
import { userByName, visiblePost } from './world-rules.ts';

export type ReadContext = { state: XState; nowMs: number; caller: Caller; params: Params; path: readonly string[] };

const part = (ctx: ReadContext, i: number): string => ctx.path[i] ?? '';
const noExpansion: Expanded = { includes: {}, errors: [], users: [], posts: [] };
const ok = (body: unknown): Answer => ({ status: 200, body });

function billPosts(ctx: ReadContext, posts: readonly XPost[], owned: boolean): void {
  const reader = ctx.caller.userId;
  const price = owned && reader === ctx.state.appOwnerId ? 'ownedRead' : 'postRead';
  for (const post of posts) charge(ctx.state, price, ctx.nowMs, `${reader} post ${post.id}`);
}

function billUsers(ctx: ReadContext, users: readonly XUser[]): void {
  for (const user of users) charge(ctx.state, 'userRead', ctx.nowMs, `${ctx.caller.userId} user ${user.id}`);
}

function billExpanded(ctx: ReadContext, expanded: Expanded): void {
  billUsers(ctx, expanded.users);
  billPosts(ctx, expanded.posts, false);
}

export function me(ctx: ReadContext): Answer {
  const user = ctx.state.users[ctx.caller.userId];
  if (!user) throw forbidden('Forbidden');
  billUsers(ctx, [user]);
  return ok({ data: renderUser(user, ctx.params.list('user.fields')) });
}

export function userByUsername(ctx: ReadContext): Answer {
  const name = part(ctx, 4);
  if (!/^[A-Za-z0-9_]{1,15}$/.test(name)) throw invalid('username', name, `The \`username\` query parameter value [${name}] does not match ^[A-Za-z0-9_]{1,15}$`);
  return oneUser(ctx, userByName(ctx.state, name), 'username', name);
}

export function userById(ctx: ReadContext): Answer {
  const id = checkId('id', part(ctx, 3));
  return oneUser(ctx, ctx.state.users[id], 'id', id);
}

function oneUser(ctx: ReadContext, user: XUser | undefined, parameter: string, value: string): Answer {
  if (!user || user.suspended) return ok({ errors: [missing('user', parameter, value, user ? 'suspended' : 'gone')] });
  billUsers(ctx, [user]);
  return ok({ data: renderUser(user, ctx.params.list('user.fields')) });
}

function idsParam(ctx: ReadContext): string[] {
  const ids = ctx.params.list('ids');
  if (ids.length < 1 || ids.length > 100) throw invalid('ids', ctx.params.get('ids'), `The number of values in the \`ids\` query parameter list [${ids.length}] is not between 1 and 100`);
  return ids.map(id => checkId('ids', id));
}

export function usersByIds(ctx: ReadContext): Answer {
  const errors: object[] = [];
  const users: XUser[] = [];
  for (const id of idsParam(ctx)) {
    const user = ctx.state.users[id];
    if (user && !user.suspended) users.push(user);
    else errors.push(missing('user', 'ids', id, user ? 'suspended' : 'gone'));
  }
  billUsers(ctx, users);
  return ok(envelope(users.map(u => renderUser(u, ctx.params.list('user.fields'))), { ...noExpansion, errors }));
}

export function postById(ctx: ReadContext): Answer {
  return postsFrom(ctx, [checkId('id', part(ctx, 3))], 'id');
}

export function postsByIds(ctx: ReadContext): Answer {
  return postsFrom(ctx, idsParam(ctx), 'ids');
}

function postsFrom(ctx: ReadContext, ids: string[], parameter: 'id' | 'ids'): Answer {
  const posts: XPost[] = [];
  const errors: object[] = [];
  for (const id of ids) {
    const post = visiblePost(ctx.state, id, ctx.caller.userId);
    if (typeof post === 'string') errors.push(missing('tweet', parameter, id, post));
    else posts.push(post);
  }
  const expanded = expandPosts(ctx.state, posts, ctx.params, ctx.caller.userId);
  const closed = closedFields(posts, ctx.params, ctx.caller.userId);
  for (const post of posts) billPosts(ctx, [post], post.authorId === ctx.caller.userId);
  billExpanded(ctx, expanded);
  const rendered = posts.map(p => renderPost(ctx.state, p, ctx.params.list('tweet.fields'), ctx.caller.userId));
  return ok(envelope(parameter === 'id' ? rendered[0] : rendered, { ...expanded, errors: [...errors, ...expanded.errors, ...closed] }));
}

/** One page of posts, newest first, bounded by ids and times. */
function page(ctx: ReadContext, all: XPost[], bounds: { min: number; max: number; fallback: number }, owned: boolean, tokenName = 'pagination_token'): Answer {
  const since = ctx.params.get('since_id');
  const until = ctx.params.get('until_id');
  if (since !== undefined) checkId('since_id', since);
  if (until !== undefined) checkId('until_id', until);
  const from = checkTime(ctx.params, 'start_time');
  const to = checkTime(ctx.params, 'end_time');
  const before = checkPageToken(ctx.params, tokenName);
  const size = maxResults(ctx.params, bounds.min, bounds.max, bounds.fallback);
  const fitting = all.filter(p =>
    (since === undefined || compareIds(p.id, since) > 0) && (until === undefined || compareIds(p.id, until) < 0) &&
    (before === undefined || compareIds(p.id, before) < 0) &&
    (from === undefined || p.createdAt >= from) && (to === undefined || p.createdAt < to));
  const posts = fitting.slice(0, size);
  const first = posts[0];
  const last = posts.at(-1);
  const expanded = expandPosts(ctx.state, posts, ctx.params, ctx.caller.userId);
  billPosts(ctx, posts, owned);
  billExpanded(ctx, expanded);
  const meta = {
    result_count: posts.length,
    ...(first && last ? { newest_id: first.id, oldest_id: last.id } : {}),
    ...(last && fitting.length > size ? { next_token: pageToken(last.id) } : {}),
  };
  return ok(envelope(posts.map(p => renderPost(ctx.state, p, ctx.params.list('tweet.fields'))), expanded, meta));
}

function newest(ctx: ReadContext, keep: (post: XPost) => boolean, count: number): XPost[] {
  const posts = Object.values(ctx.state.posts).filter(p => p.isOld !== true && keep(p) && typeof visiblePost(ctx.state, p.id, ctx.caller.userId) !== 'string');
  return posts.sort((a, b) => compareIds(b.id, a.id)).slice(0, count);
}

/** GET /2/users/:id/mentions: only the newest 800 exist for it. */
export function mentions(ctx: ReadContext): Answer {
  const userId = checkId('id', part(ctx, 3));
  const posts = newest(ctx, p => p.mentionIds.includes(userId), newestMentions);
  return page(ctx, posts, { min: 5, max: 100, fallback: 10 }, userId === ctx.caller.userId);
}

/** GET /2/users/:id/tweets: the newest 3,200. */
export function postsOfUser(ctx: ReadContext): Answer {
  const userId = checkId('id', part(ctx, 3));
  const without = ctx.params.list('exclude');
  const posts = newest(ctx, p => p.authorId === userId && !(without.includes('replies') && p.inReplyToId !== undefined), newestOwnPosts);
  return page(ctx, posts, { min: 5, max: 100, fallback: 10 }, userId === ctx.caller.userId);
}

/** GET /2/tweets/search/recent: seven days; the operators of `search-query.ts`. */
export function searchRecent(ctx: ReadContext): Answer {
  const matches = matcherOf(ctx.state, ctx.params.get('query'));
  const since = ctx.params.get('since_id');
  if (since !== undefined && compareIds(checkId('since_id', since), snowflakeAt(ctx.nowMs - searchHistoryMs)) < 0) {
    throw invalid('since_id', since, `Invalid 'since_id':'${since}'. 'since_id' must be a tweet id created after [${new Date(ctx.nowMs - searchHistoryMs).toISOString()}]`);
  }
  const posts = newest(ctx, p => p.createdAt >= ctx.nowMs - searchHistoryMs && matches(p), Infinity);
  return page(ctx, posts, { min: 10, max: 100, fallback: 10 }, false, ctx.params.has('next_token') ? 'next_token' : 'pagination_token');
}

/** GET /2/dm_events and its two narrower forms: 30 days, newest first. */
export function dmEvents(ctx: ReadContext): Answer {
  const self = ctx.caller.userId;
  const withUser = ctx.path[2] === 'dm_conversations' && ctx.path[3] === 'with' ? conversationOf(self, checkId('participant_id', part(ctx, 4))) : undefined;
  const only = ctx.path[2] === 'dm_conversations' && ctx.path[3] !== 'with' ? part(ctx, 3) : withUser;
  const before = checkPageToken(ctx.params);
  const size = maxResults(ctx.params, 1, 100, 100);
  const kinds = ctx.params.list('event_types');
  const fitting = ctx.state.dms
    .filter(d => d.participantIds.includes(self) && d.createdAt >= ctx.nowMs - dmHistoryMs && (only === undefined || d.conversationId === only))
    .filter(d => (kinds.length === 0 || kinds.includes('MessageCreate')) && (before === undefined || compareIds(d.id, before) < 0))
    .sort((a, b) => compareIds(b.id, a.id));
  const dms = fitting.slice(0, size);
  const last = dms.at(-1);
  const expanded = expandDms(ctx.state, dms, ctx.params);
  for (const dm of dms) charge(ctx.state, 'dmEventRead', ctx.nowMs, `${self} dm ${dm.id}`);
  billUsers(ctx, expanded.users);
  const meta = { result_count: dms.length, ...(last && fitting.length > size ? { next_token: pageToken(last.id) } : {}) };
  return ok(envelope(dms.map(d => renderDm(ctx.state, d, ctx.params.list('dm_event.fields'))), expanded, meta));
}
