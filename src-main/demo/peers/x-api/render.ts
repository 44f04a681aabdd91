import { missing } from './errors.ts';
import { mediaKey, renderMedia } from './media.ts';
import type { Params } from './params.ts';
import type { XDm, XPost, XState, XUser } from './state.ts';
import { twitterText } from './text.ts';
import { userByName, visiblePost, wireText } from './world-rules.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

function entitiesOf(state: XState, text: string): object | undefined {
  const mentions = twitterText().extractMentionsWithIndices(text).map(m => {
    const user = userByName(state, m.screenName);
    return { start: m.indices[0], end: m.indices[1], username: m.screenName, ...(user ? { id: user.id } : {}) };
  });
  const urls = twitterText().extractUrlsWithIndices(text).map(u => ({ start: u.indices[0], end: u.indices[1], url: u.url, expanded_url: u.url, display_url: u.url.replace(/^https?:\/\//, '') }));
  const hashtags = twitterText().extractHashtagsWithIndices(text).map(h => ({ start: h.indices[0], end: h.indices[1], tag: h.hashtag }));
  const all = { ...(mentions.length > 0 ? { mentions } : {}), ...(urls.length > 0 ? { urls } : {}), ...(hashtags.length > 0 ? { hashtags } : {}) };
  return Object.keys(all).length > 0 ? all : undefined;
}

function referencedOf(post: XPost): { type: string; id: string }[] {
  return [
    ...(post.inReplyToId === undefined ? [] : [{ type: 'replied_to', id: post.inReplyToId }]),
    ...(post.quotedId === undefined ? [] : [{ type: 'quoted', id: post.quotedId }]),
  ];
}

/** Links X puts behind a text: of its pictures, and of the post it quotes. */
function shownLinks(state: XState, post: XPost): { url: string; expanded_url: string; media_key?: string }[] {
  const short = (id: string): string => `https://t.co/${BigInt(id).toString(36)}`;
  const status = (id: string): string => `https://x.com/${state.users[state.posts[id]?.authorId ?? '']?.username ?? 'i'}/status/${id}`;
  const quoted = post.quotedId === undefined ? [] : [{ url: short(post.quotedId), expanded_url: status(post.quotedId) }];
  return [...quoted, ...(post.mediaIds ?? []).map((id, i) => ({ url: short(post.id), expanded_url: `${status(post.id)}/${mediaKey(state, id).startsWith('3') ? 'photo' : 'video'}/${i + 1}`, media_key: mediaKey(state, id) }))];
}

/** `promoted_metrics` are for the author of an advertised post alone; for every other post X says so in `errors[]`. */
export function closedFields(posts: readonly XPost[], params: Params, viewerId: string): object[] {
  if (!params.list('tweet.fields').includes('promoted_metrics')) return [];
  return posts.filter(p => p.authorId !== viewerId || p.promoted !== true).map(p => ({
    resource_id: p.id, parameter: 'id', resource_type: 'tweet', section: 'data', title: 'Field Authorization Error', value: p.id, field: 'promoted_metrics',
    detail: `Sorry, you are not authorized to access 'promoted_metrics' on the Tweet with id: [${p.id}].`, type: 'https://api.x.com/2/problems/not-authorized-for-field',
  }));
}

/** A post with `id`, `text` and the fields asked for; nothing more, as X does. */
export function renderPost(state: XState, post: XPost, fields: readonly string[], viewerId = ''): Record<string, unknown> {
  const links = shownLinks(state, post);
  const text = [wireText(post.text), ...new Set(links.map(link => link.url))].join(' ').trim();
  const out: Record<string, unknown> = { id: post.id, text, edit_history_tweet_ids: post.versions ?? [post.id] };
  const parentAuthor = post.inReplyToId === undefined ? undefined : state.posts[post.inReplyToId]?.authorId;
  const referenced = referencedOf(post);
  const optional: Record<string, unknown> = {
    author_id: post.authorId, conversation_id: post.conversationId, created_at: iso(post.createdAt), lang: post.lang ?? 'und',
    in_reply_to_user_id: parentAuthor, referenced_tweets: referenced.length > 0 ? referenced : undefined, entities: withLinks(entitiesOf(state, wireText(post.text)), links, text),
    attachments: post.mediaIds ? { media_keys: post.mediaIds.map(id => mediaKey(state, id)) } : undefined,
    possibly_sensitive: false, reply_settings: post.replySettings ?? 'everyone',
    promoted_metrics: post.promoted === true && post.authorId === viewerId ? { impression_count: 4200, like_count: 12, reply_count: 3, retweet_count: 1 } : undefined,
    public_metrics: { retweet_count: post.reposts ?? 0, reply_count: Object.values(state.posts).filter(p => p.inReplyToId === post.id && p.deletedAt === undefined).length, like_count: post.likes ?? 0, quote_count: 0, bookmark_count: 0, impression_count: 0 },
  };
  for (const field of fields) if (optional[field] !== undefined) out[field] = optional[field];
  return out;
}

function withLinks(entities: object | undefined, links: ReturnType<typeof shownLinks>, text: string): object | undefined {
  if (links.length === 0) return entities;
  const known: unknown[] = entities && 'urls' in entities && Array.isArray(entities.urls) ? entities.urls : [];
  const urls = links.map(link => ({ start: text.lastIndexOf(link.url), end: text.lastIndexOf(link.url) + link.url.length, ...link, display_url: link.expanded_url.replace('https://', '') }));
  return { ...entities, urls: [...known, ...urls] };
}

export function renderUser(user: XUser, fields: readonly string[]): Record<string, unknown> {
  const out: Record<string, unknown> = { id: user.id, name: user.name, username: user.username };
  const optional: Record<string, unknown> = {
    created_at: iso(user.createdAt), description: user.description ?? '', protected: user.protected ?? false, verified: user.verified ?? false,
    verified_type: user.verified ? 'blue' : 'none', receives_your_dm: !user.closedDms,
    public_metrics: { followers_count: user.followers ?? 0, following_count: 0, tweet_count: 0, listed_count: 0, like_count: 0, media_count: 0 },
  };
  for (const field of fields) if (optional[field] !== undefined) out[field] = optional[field];
  return out;
}

export function renderDm(state: XState, dm: XDm, fields: readonly string[]): Record<string, unknown> {
  const asked = fields.length > 0 ? fields : ['event_type', 'text'];
  const all: Record<string, unknown> = {
    event_type: 'MessageCreate', text: dm.text, created_at: iso(dm.createdAt), sender_id: dm.senderId, dm_conversation_id: dm.conversationId,
    entities: entitiesOf(state, dm.text), attachments: dm.mediaIds ? { media_keys: dm.mediaIds.map(id => mediaKey(state, id)) } : undefined,
  };
  const out: Record<string, unknown> = { id: dm.id };
  for (const field of asked) if (all[field] !== undefined) out[field] = all[field];
  return out;
}

/** What the expansions brought: `includes`, plus `errors[]` for referenced posts that are gone; `users` and `posts` are billed by the caller. */
export type Expanded = { includes: Record<string, unknown[]>; errors: object[]; users: XUser[]; posts: XPost[] };

export function expandPosts(state: XState, posts: readonly XPost[], params: Params, viewerId: string): Expanded {
  const wanted = params.list('expansions');
  const users = new Map<string, XUser>();
  const referenced = new Map<string, XPost>();
  const errors: object[] = [];
  const addUser = (id: string | undefined): void => {
    const user = id === undefined ? undefined : state.users[id];
    if (user) users.set(user.id, user);
  };
  for (const post of posts) {
    if (wanted.includes('author_id')) addUser(post.authorId);
    if (wanted.includes('in_reply_to_user_id') && post.inReplyToId !== undefined) addUser(state.posts[post.inReplyToId]?.authorId);
    if (wanted.includes('entities.mentions.username')) post.mentionIds.forEach(addUser);
    if (!wanted.includes('referenced_tweets.id') && !wanted.includes('referenced_tweets.id.author_id')) continue;
    for (const { id } of referencedOf(post)) {
      const target = visiblePost(state, id, viewerId);
      if (typeof target === 'string') errors.push(missing('tweet', 'referenced_tweets.id', id, target));
      else {
        referenced.set(id, target);
        if (wanted.includes('referenced_tweets.id.author_id')) addUser(target.authorId);
      }
    }
  }
  const mediaIds = wanted.includes('attachments.media_keys') ? posts.flatMap(p => p.mediaIds ?? []) : [];
  return bundle(state, [...users.values()], [...referenced.values()], mediaIds, params, errors);
}

export function expandDms(state: XState, dms: readonly XDm[], params: Params): Expanded {
  const wanted = params.list('expansions');
  const ids = new Set<string>();
  for (const dm of dms) {
    if (wanted.includes('sender_id')) ids.add(dm.senderId);
    if (wanted.includes('participant_ids')) dm.participantIds.forEach(id => ids.add(id));
  }
  const users = [...ids].map(id => state.users[id]).filter(u => u !== undefined);
  const mediaIds = wanted.includes('attachments.media_keys') ? dms.flatMap(d => d.mediaIds ?? []) : [];
  return bundle(state, users, [], mediaIds, params, []);
}

function bundle(state: XState, users: XUser[], posts: XPost[], mediaIds: string[], params: Params, errors: object[]): Expanded {
  const includes: Record<string, unknown[]> = {};
  if (users.length > 0) includes['users'] = users.map(u => renderUser(u, params.list('user.fields')));
  if (posts.length > 0) includes['tweets'] = posts.map(p => renderPost(state, p, params.list('tweet.fields')));
  if (mediaIds.length > 0) includes['media'] = [...new Set(mediaIds)].map(id => renderMedia(state, id, params.list('media.fields')));
  return { includes, errors, users, posts };
}

/** `{data, includes?, errors?, meta?}` without empty parts. */
export function envelope(data: unknown, expanded: Expanded, meta?: object): Record<string, unknown> {
  const empty = data === undefined || (Array.isArray(data) && data.length === 0);
  return {
    ...(empty ? {} : { data }),
    ...(Object.keys(expanded.includes).length > 0 ? { includes: expanded.includes } : {}),
    ...(expanded.errors.length > 0 ? { errors: expanded.errors } : {}),
    ...(meta ? { meta } : {}),
  };
}
