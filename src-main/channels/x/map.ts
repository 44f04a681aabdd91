import type { MediaItem, OtherPost } from '../../../src-preload/contract/index.ts';
import type { MessageDetail, MessageEvent, Party } from '../port.ts';
import { timeOfId } from './ids.ts';
import { twitterText } from './library.ts';
import type { XDm, XMedia, XPost, XUser } from './shapes.ts';
import { readableText } from './text.ts';

export const ENCRYPTED_TEXT = 'Encrypted message: open on x.com';

export interface Self { id: string; handle: string }

export interface MapContext {
  self: Self;
  /** Known from the answer itself or the last 24 hours. */
  user(id: string): XUser | null;
  /** Referenced posts that came along. */
  post(id: string): XPost | null;
  /** A post that is here already. */
  known(id: string): { author: string; text: string; isPromoted: boolean } | null;
  media(key: string): XMedia | null;
  /** The customer an earlier post of ours answered: for our posts that continue our own. */
  partyOfPost(id: string): Party | null;
  now: number;
  isSeen(at: number): boolean;
  /** Our idempotency key, when this is a send of ours whose outcome is not known yet. */
  ownKeyOf(candidate: { text: string; inReplyTo: string | null; peerId: string | null; at: number }): string | null;
}

export const postUrl = (id: string, username: string | null): string => `https://x.com/${username ?? 'i'}/status/${id}`;
export const postKey = (id: string): string => `x-post:${id}`;
export const conversationKey = (id: string): string => `x-conversation:${id}`;
export const dmKey = (conversationId: string): string => `x-dm:${conversationId}`;

export function partyOf(id: string, user: XUser | null): Party {
  return { kind: 'x', value: id, display: user ? `@${user.username}` : `X user ${id}`, name: user?.name || null };
}

/** Time of something on X: as dated, else from its id, never later than now. */
export function timeOf(id: string, createdAt: string | null, now: number): number {
  const dated = createdAt === null ? NaN : Date.parse(createdAt);
  return Math.min(Number.isNaN(dated) ? (timeOfId(id) ?? now) : dated, now);
}

/** X lets us answer who @mentioned us in that very post or quoted one of ours (product.md C1). */
export function mayReply(post: XPost, self: Self, quotedAuthor: string | null): boolean {
  if (post.authorId === self.id || quotedAuthor === self.id) return true;
  const handle = self.handle.toLowerCase();
  const names = [...(post.entities.mentions ?? []).map((m) => (m.id === self.id ? handle : m.username)), ...twitterText().extractMentions(post.text)];
  return names.some((name) => name.toLowerCase() === handle);
}

/** A post of ours that answers nobody is ours alone: its party is our own account. Null for what continues something we never saw. */
export function postEvent(post: XPost, context: MapContext): MessageEvent | null {
  const { self, now } = context;
  const isOurs = post.authorId === self.id;
  const party = isOurs ? answeredParty(post, context) : partyOf(post.authorId, context.user(post.authorId));
  if (!party) return null;
  const at = timeOf(post.id, post.createdAt, now);
  const quoted = post.quoted === null ? null : otherPost(post.quoted, context);
  const parent = post.repliedTo === null ? null : otherPost(post.repliedTo, context);
  const text = readableText(post.text, post.entities, { media: post.mediaKeys, quoted: quoted === null ? null : post.quoted });
  const author = context.user(post.authorId);
  const isPromoted = post.isPromoted || (post.repliedTo !== null && (context.post(post.repliedTo) ?? context.known(post.repliedTo))?.isPromoted === true);
  const { items, wanted } = mediaOf(post.mediaKeys, context);
  const earlier = post.versions.slice(0, Math.max(0, post.versions.indexOf(post.id)));
  return {
    type: 'message', externalId: post.id, kind: 'post', direction: isOurs ? 'outbound' : 'inbound', at, party,
    author: isOurs ? `@${self.handle}` : (party.name ?? party.display), subject: null, text,
    references: [conversationKey(post.conversationId), ...(post.repliedTo ? [postKey(post.repliedTo)] : [])],
    threadKeys: [postKey(post.id), conversationKey(post.conversationId)],
    ownKey: isOurs ? context.ownKeyOf({ text, inReplyTo: post.repliedTo, peerId: null, at }) : null,
    files: [], ...(wanted.length === 0 ? {} : { wanted }), ...(post.versions.length > 1 ? { versions: post.versions } : {}),
    detail: {
      type: 'post', postId: post.id, url: postUrl(post.id, isOurs ? self.handle : (author?.username ?? null)), inReplyTo: post.repliedTo,
      conversationId: post.conversationId, isPromoted, replyAllowed: mayReply(post, self, post.quoted === null ? null : (context.post(post.quoted)?.authorId ?? null)), quoted,
      ...(parent === null ? {} : { parent }), ...(items.length === 0 ? {} : { media: items }), ...(post.replySettings === 'everyone' ? {} : { replySettings: post.replySettings }),
      ...(earlier.length === 0 ? {} : { edits: earlier.map((id) => ({ postId: id, at: timeOfId(id), text: null })) }), ...(post.counts === null ? {} : { counts: post.counts }),
    },
    isSeen: isOurs || context.isSeen(at),
  };
}

/** A post this one speaks of, as far as it was read. */
function otherPost(id: string, context: MapContext): OtherPost | null {
  const post = context.post(id);
  if (post === null) {
    const known = context.known(id);
    return known === null ? null : { postId: id, author: known.author, text: known.text };
  }
  const name = post.authorId === context.self.id ? context.self.handle : context.user(post.authorId)?.username;
  return { postId: id, author: name ? `@${name}` : `X user ${post.authorId}`, text: readableText(post.text, post.entities) };
}

/** What is shown beside the text, and which pictures are to be fetched for it. */
function mediaOf(keys: readonly string[], context: MapContext): { items: MediaItem[]; wanted: { key: string; url: string }[] } {
  const media = keys.map((key) => context.media(key)).filter((one) => one !== null);
  return { items: media.map(({ url: _, ...item }) => item), wanted: media.flatMap(({ key, url }) => (url === null ? [] : [{ key, url }])) };
}

function answeredParty(post: XPost, context: MapContext): Party | null {
  const id = post.inReplyToUserId;
  if (id === null) return post.repliedTo === null ? selfParty(context.self) : null;
  if (id !== context.self.id) return partyOf(id, context.user(id));
  return post.repliedTo === null ? selfParty(context.self) : context.partyOfPost(post.repliedTo);
}

export const selfParty = (self: Self): Party => ({ kind: 'x', value: self.id, display: `@${self.handle}`, name: null });

/** Null for what we wrote into a group: it has no one other side. */
export function dmEvent(dm: XDm, context: MapContext): MessageEvent | null {
  const { self, now } = context;
  const isOurs = dm.senderId === self.id;
  const peerId = isOurs ? dm.peerId : dm.senderId;
  if (peerId === null) return null;
  const party = partyOf(peerId, context.user(peerId));
  const at = timeOf(dm.id, dm.createdAt, now);
  const text = dm.text === null ? ENCRYPTED_TEXT : readableText(dm.text, dm.entities, { media: dm.mediaKeys });
  const { items, wanted } = mediaOf(dm.mediaKeys, context);
  return {
    type: 'message', externalId: dm.id, kind: 'dm', direction: isOurs ? 'outbound' : 'inbound', at, party,
    author: isOurs ? `@${self.handle}` : (party.name ?? party.display), subject: null, text,
    references: [dmKey(dm.conversationId)], threadKeys: [dmKey(dm.conversationId)],
    ownKey: isOurs && dm.text !== null ? context.ownKeyOf({ text, inReplyTo: null, peerId, at }) : null,
    files: [], ...(wanted.length === 0 ? {} : { wanted }), detail: { type: 'dm', eventId: dm.id, peerId, encrypted: dm.text === null, ...(items.length === 0 ? {} : { media: items }) }, isSeen: isOurs || context.isSeen(at),
  };
}

export function sentPostDetail(id: string, self: Self, inReplyTo: string | null, conversationId: string): MessageDetail {
  return { type: 'post', postId: id, url: postUrl(id, self.handle), inReplyTo, conversationId, quoted: null, isPromoted: false, replyAllowed: true };
}
