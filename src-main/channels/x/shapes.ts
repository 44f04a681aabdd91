import { z } from 'zod';
import type { MediaItem, PostCounts, ReplySettings } from '../../../src-preload/contract/index.ts';

/**
 * The parts of X's answers we use (API v2 reference). Two vocabularies are read: the wire says `includes.tweets` and
 * `referenced_tweets`, the newest specification `includes.posts` and `referenced_posts`. Unknown fields are ignored; an item
 * that cannot be read is counted, it does not spoil its neighbours.
 */
const xId = z.string().regex(/^\d{1,19}$/);

const urlEntity = z.object({ url: z.string(), expanded_url: z.string().optional(), unwound_url: z.string().optional(), media_key: z.string().optional() });
const mentionEntity = z.object({ username: z.string(), id: z.string().optional() });
const entities = z.object({ urls: z.array(urlEntity).optional().catch(undefined), mentions: z.array(mentionEntity).optional().catch(undefined) });
export type XEntities = z.infer<typeof entities>;

export const POST_FIELDS = 'attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,entities,in_reply_to_user_id,note_tweet,public_metrics,referenced_tweets,reply_settings';
export const MEDIA_FIELDS = 'alt_text,duration_ms,height,media_key,preview_image_url,type,url,width';

const reference = z.object({ type: z.string(), id: xId });

const count = z.number().int().nonnegative().catch(0);
const metrics = z.object({ reply_count: count, retweet_count: count.optional(), repost_count: count.optional(), like_count: count, quote_count: count });

const postShape = z.object({
  id: xId,
  text: z.string(),
  author_id: xId,
  conversation_id: xId.optional(),
  created_at: z.string().optional(),
  in_reply_to_user_id: xId.optional(),
  entities: entities.optional().catch(undefined),
  referenced_tweets: z.array(reference).optional().catch(undefined),
  referenced_posts: z.array(reference).optional().catch(undefined),
  /** Posts over 280: `text` is cut, the whole is here. */
  note_tweet: z.object({ text: z.string(), entities: entities.optional().catch(undefined) }).optional().catch(undefined),
  note_post: z.object({ text: z.string(), entities: entities.optional().catch(undefined) }).optional().catch(undefined),
  promoted_metrics: z.unknown().optional(),
  attachments: z.object({ media_keys: z.array(z.string()).optional() }).optional().catch(undefined),
  edit_history_tweet_ids: z.array(xId).optional().catch(undefined),
  edit_history_post_ids: z.array(xId).optional().catch(undefined),
  reply_settings: z.string().optional().catch(undefined),
  public_metrics: metrics.optional().catch(undefined),
});

export interface XPost {
  id: string;
  text: string;
  entities: XEntities;
  authorId: string;
  conversationId: string;
  createdAt: string | null;
  inReplyToUserId: string | null;
  repliedTo: string | null;
  quoted: string | null;
  isPromoted: boolean;
  mediaKeys: string[];
  /** Ids of all versions, oldest first; only its own where nothing was edited. */
  versions: string[];
  replySettings: ReplySettings;
  counts: PostCounts | null;
}

export interface XUser { id: string; username: string; name: string }
const userShape = z.object({ id: xId, username: z.string().min(1), name: z.string().catch('') });

const dmShape = z.object({
  id: xId,
  event_type: z.string().catch('MessageCreate'),
  text: z.string().optional().catch(undefined),
  sender_id: xId,
  created_at: z.string().optional(),
  dm_conversation_id: z.string().min(1),
  participant_ids: z.array(xId).optional().catch(undefined),
  entities: entities.optional().catch(undefined),
  attachments: z.object({ media_keys: z.array(z.string()).optional() }).optional().catch({}),
});
export interface XDm {
  id: string;
  senderId: string;
  conversationId: string;
  /** The other side of a one-to-one conversation; null in a group. */
  peerId: string | null;
  createdAt: string | null;
  /** Null: X gave no text, so it is encrypted. */
  text: string | null;
  entities: XEntities;
  mediaKeys: string[];
}

const mediaShape = z.object({
  media_key: z.string().min(1), type: z.string(), url: z.string().optional().catch(undefined), preview_image_url: z.string().optional().catch(undefined),
  alt_text: z.string().optional().catch(undefined), width: z.number().int().optional().catch(undefined), height: z.number().int().optional().catch(undefined), duration_ms: z.number().int().optional().catch(undefined),
});
export interface XMedia extends MediaItem {
  /** Of the picture, or of a still one; null when X gave none. */
  url: string | null;
}

/** Ids X says are gone or closed to us: deleted, protected, suspended. */
const missingShape = z.object({ type: z.string().catch(''), resource_type: z.string().catch(''), resource_id: z.string().optional(), value: z.string().optional() });

export interface XPage<T> {
  items: T[];
  users: XUser[];
  /** Referenced posts that came along. */
  posts: XPost[];
  media: XMedia[];
  missing: string[];
  nextToken: string | null;
  /** What could not be read, as "post 123: why". */
  problems: string[];
}

const page = z.object({
  data: z.unknown().optional(),
  includes: z.object({ users: z.array(z.unknown()).catch([]), tweets: z.array(z.unknown()).catch([]), posts: z.array(z.unknown()).catch([]), media: z.array(z.unknown()).catch([]) }).partial().catch({}),
  errors: z.array(z.unknown()).catch([]),
  meta: z.object({ next_token: z.string().min(1).optional() }).catch({}),
}).partial();

export const parsePosts = (body: object): XPage<XPost> => parsePage(body, readPost);
export const parseDms = (body: object, ownId: string): XPage<XDm> => parsePage(body, (value) => readDm(value, ownId));

function parsePage<T>(body: object, read: (value: unknown) => { item: T } | { problem: string } | null): XPage<T> {
  const { data, includes = {}, errors = [], meta = {} } = page.parse(body);
  const result: XPage<T> = { items: [], users: [], posts: [], media: [], missing: [], nextToken: meta.next_token ?? null, problems: [] };
  for (const value of Array.isArray(data) ? data : data === undefined || data === null ? [] : [data]) {
    const got = read(value);
    if (got && 'item' in got) result.items.push(got.item);
    else if (got) result.problems.push(got.problem);
  }
  for (const value of includes.users ?? []) {
    const user = userShape.safeParse(value);
    if (user.success) result.users.push(user.data);
  }
  for (const value of [...(includes.tweets ?? []), ...(includes.posts ?? [])]) {
    const got = readPost(value);
    if ('item' in got) result.posts.push(got.item);
  }
  for (const value of includes.media ?? []) {
    const media = readMedia(value);
    if (media) result.media.push(media);
  }
  for (const value of errors) {
    const error = missingShape.safeParse(value);
    if (!error.success || !['tweet', 'post'].includes(error.data.resource_type)) continue;
    const id = error.data.resource_id ?? error.data.value;
    if (id !== undefined && MISSING_TYPES.includes(error.data.type.split(/[/#]/).at(-1) ?? '')) result.missing.push(id);
  }
  return result;
}

const MISSING_TYPES = ['resource-not-found', 'not-authorized-for-resource'];

const problemAt = (what: string, value: unknown, error: z.ZodError): { problem: string } => {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  const issue = error.issues[0];
  return { problem: `${what} ${typeof id === 'string' ? id : '?'}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}` };
};

function readPost(value: unknown): { item: XPost } | { problem: string } {
  const parsed = postShape.safeParse(value);
  if (!parsed.success) return problemAt('post', value, parsed.error);
  const post = parsed.data;
  const references = [...(post.referenced_tweets ?? []), ...(post.referenced_posts ?? [])];
  const long = post.note_tweet ?? post.note_post;
  return {
    item: {
      id: post.id, authorId: post.author_id, conversationId: post.conversation_id ?? post.id, createdAt: post.created_at ?? null,
      text: long?.text ?? post.text, entities: (long ? long.entities : post.entities) ?? {},
      inReplyToUserId: post.in_reply_to_user_id ?? null,
      repliedTo: references.find((r) => r.type === 'replied_to')?.id ?? null,
      quoted: references.find((r) => r.type === 'quoted')?.id ?? null,
      isPromoted: typeof post.promoted_metrics === 'object' && post.promoted_metrics !== null,
      mediaKeys: post.attachments?.media_keys ?? [],
      versions: post.edit_history_tweet_ids ?? post.edit_history_post_ids ?? [post.id],
      replySettings: REPLY_SETTINGS[(post.reply_settings ?? 'everyone').toLowerCase()] ?? 'other',
      counts: post.public_metrics
        ? { replies: post.public_metrics.reply_count, reposts: post.public_metrics.retweet_count ?? post.public_metrics.repost_count ?? 0, likes: post.public_metrics.like_count, quotes: post.public_metrics.quote_count }
        : null,
    },
  };
}

const REPLY_SETTINGS: Readonly<Record<string, ReplySettings>> = { everyone: 'everyone', mentionedusers: 'mentioned', following: 'following', verified: 'verified', subscribers: 'subscribers' };
const KINDS: Readonly<Record<string, MediaItem['kind']>> = { photo: 'photo', animated_gif: 'gif', video: 'video' };

function readMedia(value: unknown): XMedia | null {
  const parsed = mediaShape.safeParse(value);
  const kind = parsed.success ? KINDS[parsed.data.type] : undefined;
  if (!parsed.success || kind === undefined) return null;
  const { media_key: key, url, preview_image_url: preview, alt_text: alt, width, height, duration_ms: durationMs } = parsed.data;
  return { key, kind, alt: alt === undefined || alt.trim() === '' ? null : alt, width: width ?? null, height: height ?? null, durationMs: durationMs ?? null, url: (kind === 'photo' ? url : preview) ?? null };
}

/** Null for events that are no message (somebody joined or left). */
function readDm(value: unknown, ownId: string): { item: XDm } | { problem: string } | null {
  const parsed = dmShape.safeParse(value);
  if (!parsed.success) {
    const type: unknown = typeof value === 'object' && value !== null && 'event_type' in value ? value.event_type : null;
    return type === 'ParticipantsJoin' || type === 'ParticipantsLeave' ? null : problemAt('direct message', value, parsed.error);
  }
  const dm = parsed.data;
  if (dm.event_type !== 'MessageCreate') return null;
  const hasAttachment = dm.attachments !== undefined;
  const text = dm.text === undefined || (dm.text === '' && !hasAttachment) ? null : dm.text;
  return {
    item: {
      id: dm.id, senderId: dm.sender_id, conversationId: dm.dm_conversation_id, createdAt: dm.created_at ?? null,
      peerId: peerOf(dm.dm_conversation_id, ownId), text: text === null && hasAttachment ? '' : text, entities: dm.entities ?? {}, mediaKeys: dm.attachments?.media_keys ?? [],
    },
  };
}

/** A one-to-one conversation is named "{smaller id}-{larger id}"; a group has one number. */
export function peerOf(conversationId: string, ownId: string): string | null {
  const [a, b, more] = conversationId.split('-');
  if (a === undefined || b === undefined || more !== undefined) return null;
  return a === ownId ? b : b === ownId ? a : null;
}

export const parseUser = (body: object): XUser | null => {
  const parsed = z.object({ data: userShape }).safeParse(body);
  return parsed.success ? parsed.data.data : null;
};

export const parseCreatedPost = (body: object): string | null => {
  const parsed = z.object({ data: z.object({ id: xId }) }).safeParse(body);
  return parsed.success ? parsed.data.data.id : null;
};

export const parseSentDm = (body: object): { eventId: string; conversationId: string } | null => {
  const parsed = z.object({ data: z.object({ dm_event_id: xId, dm_conversation_id: z.string().min(1) }) }).safeParse(body);
  return parsed.success ? { eventId: parsed.data.data.dm_event_id, conversationId: parsed.data.data.dm_conversation_id } : null;
};

/** What X says about the state it was asked to set. */
export const saysSo = (body: object, name: 'deleted' | 'hidden'): boolean | null => {
  const parsed = z.object({ data: z.object({ deleted: z.boolean().optional(), hidden: z.boolean().optional() }) }).safeParse(body);
  return parsed.success ? (parsed.data.data[name] ?? null) : null;
};
