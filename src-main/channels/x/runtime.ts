import type { Batch, ChannelContext, ChannelEvent, MessageEvent, OutgoingItem, Party } from '../port.ts';
import type { XRequest, XResult } from './client.ts';
import { limitedProblem, overLimitProblem, type XProblem } from './errors.ts';
import type { Ledger } from './ledger.ts';
import type { ReadBack } from './read-back.ts';
import type { Limits } from './limits.ts';
import type { MapContext, Self } from './map.ts';
import { isSameText } from './text.ts';
import { rhythm, type LimitGroup } from './prices.ts';
import type { XSession } from './session.ts';
import type { Upload } from './upload.ts';
import type { XMedia, XPage, XPost, XUser } from './shapes.ts';

/** What one running account shares between reading, sending and reading back. */
export interface XRuntime {
  context: ChannelContext;
  session: XSession;
  limits: Limits;
  ledger: Ledger;
  self: Self;
  /** Our own mentions and posts cost less when this account owns the developer app. */
  ownsApp: boolean;
  /** Names seen in the last 24 hours (X bills a user once in that time, and asks for no longer storing). */
  users: Map<string, { user: XUser; until: number }>;
  /** Posts that others quote or answer, as they were read: each is asked for once. */
  posts: Map<string, { post: XPost; until: number }>;
  /** Counts of posts as they were handed in last. */
  toldCounts: Map<string, string>;
  /** Files on their way to X, or there, until X forgets them. */
  uploads: Map<string, Upload>;
  /** Messages were handed in that wait for pictures. */
  wantsMedia: boolean;
  /** Post id -> conversation and customer, of the posts this process saw. */
  threads: Map<string, { conversationId: string; party: Party }>;
  /** Sends whose outcome is open: their post may be read before their answer comes. */
  openSends: Map<string, OutgoingItem>;
  /** Our direct messages since a time (ms UTC), read for all who ask at once. */
  readBackDms(since: number): Promise<ReadBack>;
  /** External id -> outbox row it settled, so that one post never settles two rows. */
  claimed: Map<string, string>;
}

/** One request inside X's limits. `keep`: so many requests of the window are left for others. */
export async function call(runtime: XRuntime, group: LimitGroup, request: XRequest, keep = 0): Promise<XResult> {
  const { limits, session, context } = runtime;
  const until = limits.waitUntil(group, keep);
  if (until !== null) return { ok: false, problem: limitedProblem(until), headers: {} };
  const result = await session.send(request);
  if (result.ok || Object.keys(result.headers).length > 0) limits.note(group, result.headers);
  if (!result.ok && result.problem.code === 'rate_limited') limits.block(group, result.problem.retryAt ?? context.clock.now() + 60_000);
  return result;
}

/**
 * How many of `wanted` things may be read when each costs at most `each`: a read never goes over the limit, so the last page before it is
 * a short one. A problem when not even `min` can be paid.
 */
export function affordable(runtime: XRuntime, each: number, wanted: number, min: number): number | XProblem {
  const { usd, endsAt, sentence } = runtime.context.budget();
  if (usd === Infinity) return wanted;
  const left = usd - runtime.ledger.pending().reduce((sum, spent) => sum + spent.usd, 0);
  const count = Math.min(wanted, Math.floor(left / each + 1e-9));
  return count >= min ? count : overLimitProblem(sentence, endsAt);
}

/** Hands events in together with what was spent since the last time. */
export async function deliver(runtime: XRuntime, origin: Batch['origin'], events: ChannelEvent[], cursors: Record<string, string>): Promise<void> {
  const spent = runtime.ledger.pending();
  await runtime.context.sink({ accountId: runtime.context.account.id, origin, events: [...events, ...spent], cursors });
  runtime.ledger.settle(spent.length);
  if (events.some((event) => event.type === 'message' && (event.wanted?.length ?? 0) > 0)) runtime.wantsMedia = true;
}

const REMEMBERED_THREADS = 5_000;

export function remember(runtime: XRuntime, page: XPage<unknown>): void {
  const now = runtime.context.clock.now();
  for (const [id, entry] of runtime.users) {
    if (entry.until > now) break;
    runtime.users.delete(id);
  }
  for (const user of page.users) {
    runtime.users.delete(user.id);
    runtime.users.set(user.id, { user, until: now + rhythm.userCacheMs });
  }
  runtime.ledger.read('userRead', page.users.map((user) => `user ${user.id}`));
  runtime.ledger.read('postRead', page.posts.map((post) => `post ${post.id}`));
  for (const problem of page.problems) runtime.context.log.error('x.unreadable', { problem });
}

/** Posts looked up by id: our own at the owned price. */
export function billPosts(runtime: XRuntime, posts: readonly XPost[]): void {
  for (const post of posts) runtime.ledger.read(runtime.ownsApp && post.authorId === runtime.self.id ? 'ownedRead' : 'postRead', [`post ${post.id}`]);
}

export function rememberThreads(runtime: XRuntime, events: readonly MessageEvent[]): void {
  for (const { externalId, detail, party } of events) {
    if (detail.type === 'post') runtime.threads.set(externalId, { conversationId: detail.conversationId, party });
  }
  for (const id of runtime.threads.keys()) {
    if (runtime.threads.size <= REMEMBERED_THREADS) break;
    runtime.threads.delete(id);
  }
}

export function userOf(runtime: XRuntime, id: string): XUser | null {
  const found = runtime.users.get(id);
  return found && found.until > runtime.context.clock.now() ? found.user : null;
}

export function mapContext(runtime: XRuntime, posts: readonly XPost[], media: readonly XMedia[], isFirst: boolean): MapContext {
  const now = runtime.context.clock.now();
  const byId = new Map(posts.map((post) => [post.id, post]));
  const mediaByKey = new Map(media.map((one) => [one.key, one]));
  return {
    self: runtime.self, now,
    user: (id) => userOf(runtime, id),
    post: (id) => byId.get(id) ?? null,
    known: (id) => runtime.context.knownPost(id),
    media: (key) => mediaByKey.get(key) ?? null,
    partyOfPost: (id) => runtime.threads.get(id)?.party ?? null,
    isSeen: (at) => isFirst && at < now - rhythm.importLineMs,
    ownKeyOf(candidate) {
      for (const item of runtime.openSends.values()) if (matches(item, candidate)) return item.idempotencyKey;
      return null;
    },
  };
}

/** Is this post or message what the item carried? X dates by its own clock, so a little before is allowed. */
export function matches(item: OutgoingItem, candidate: { text: string; inReplyTo: string | null; peerId: string | null; at: number }): boolean {
  return isSamePlace(item, candidate) && candidate.at >= item.enqueuedAt - rhythm.clockSkewMs && isSameText(item.text, candidate.text);
}

function isSamePlace(item: OutgoingItem, candidate: { inReplyTo: string | null; peerId: string | null }): boolean {
  switch (item.mode) {
    case 'reply': return candidate.inReplyTo !== null && candidate.inReplyTo === item.inReplyTo;
    case 'post': return candidate.inReplyTo === null && candidate.peerId === null;
    case 'dm': return candidate.peerId !== null && candidate.peerId === item.peerId;
    case 'mail': case 'delete': case 'hide': case 'unhide': return false;
  }
}
