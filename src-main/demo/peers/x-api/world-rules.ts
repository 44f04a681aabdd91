import { compareIds, conversationOf, nextId } from './ids.ts';
import type { XDm, XPost, XState, XUser } from './state.ts';
import { twitterText } from './text.ts';

/** Looks a user up by @name, without regard to case. */
export function userByName(state: XState, username: string): XUser | undefined {
  const wanted = username.toLowerCase();
  return Object.values(state.users).find(u => u.username.toLowerCase() === wanted);
}

/** A post the caller may see, or why not. */
export function visiblePost(state: XState, id: string, viewerId: string): XPost | 'gone' | 'protected' {
  const post = state.posts[id];
  const author = post && state.users[post.authorId];
  if (!post || post.deletedAt !== undefined || !author || author.suspended) return 'gone';
  return author.protected && author.id !== viewerId ? 'protected' : post;
}

/** Whom `text` mentions, as ids of known users. */
export function mentionIdsIn(state: XState, text: string): string[] {
  const ids = twitterText().extractMentions(text).map(name => userByName(state, name)?.id);
  return [...new Set(ids.filter(id => id !== undefined))];
}

/** X lets an account answer those who @mentioned it in the very post, or quoted one of its posts; and itself. */
export function mayReply(state: XState, parent: XPost, userId: string): boolean {
  if (parent.authorId === userId || parent.mentionIds.includes(userId)) return true;
  return parent.quotedId !== undefined && state.posts[parent.quotedId]?.authorId === userId;
}

/** Whom X names before a reply by itself: the parent's author and whom the parent mentions, without the writer. */
export const participants = (state: XState, parent: XPost, writerId: string, excluded: readonly string[]): string[] =>
  [...new Set([parent.authorId, ...parent.mentionIds])].filter(id => id !== writerId && !excluded.includes(id)).flatMap(id => state.users[id]?.username ?? []);

/** The @names X puts before a reply, those the writer has written left out. */
export function autoMentions(names: readonly string[], text: string): string {
  const written = new Set(twitterText().extractMentions(text).map(n => n.toLowerCase()));
  return names.filter(name => !written.has(name.toLowerCase())).map(name => `@${name} `).join('');
}

/** Weighted length of what the writer wrote. The participants' @names at its beginning weigh nothing; a stranger's, and all behind it, count. */
export function weightOf(text: string, names: readonly string[]): number {
  const free = new Set(names.map(name => name.toLowerCase()));
  let counted = text;
  for (let found = /^@(\w{1,15})\s+/.exec(counted); found !== null && free.has((found[1] ?? '').toLowerCase()); found = /^@(\w{1,15})\s+/.exec(counted)) counted = counted.slice(found[0].length);
  return twitterText().parseTweet(counted.normalize('NFC')).weightedLength;
}

/** Post text as X puts it on the wire and into archives: `&`, `<` and `>` escaped, what is escaped already left alone. */
export const wireText = (text: string): string => text.replace(/&(?!(?:amp|lt|gt);)/g, '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const hasUrl = (text: string): boolean => twitterText().extractUrls(text).length > 0;

export type NewPost = {
  authorId: string;
  text: string;
  id?: string;
  createdAt?: number;
  inReplyToId?: string;
  quotedId?: string;
  mediaIds?: string[];
  lang?: string;
  promoted?: boolean;
  replySettings?: 'mentionedUsers' | 'following' | 'verified' | 'subscribers';
  likes?: number;
  reposts?: number;
};

/** Puts a post into the world; the conversation and the mentions follow from the parent and the text. */
export function putPost(state: XState, nowMs: number, input: NewPost): XPost {
  const { id: givenId, createdAt = nowMs, ...rest } = input;
  const id = givenId ?? nextId(state, Math.min(createdAt, nowMs));
  const parent = rest.inReplyToId === undefined ? undefined : state.posts[rest.inReplyToId];
  const post: XPost = { ...rest, id, createdAt, conversationId: parent?.conversationId ?? rest.inReplyToId ?? id, mentionIds: mentionIdsIn(state, rest.text) };
  keepAbove(state, id);
  return (state.posts[id] = post);
}

/** Edits a post: a new version with an id of its own, in the same place. */
export function editPost(state: XState, nowMs: number, id: string, text: string, newId = nextId(state, nowMs)): XPost {
  const old = state.posts[id];
  if (!old) throw new Error(`no post ${id}`);
  const made: XPost = { ...old, id: newId, text, mentionIds: mentionIdsIn(state, text) };
  const versions = [...(old.versions ?? [old.id]), made.id];
  for (const version of versions) {
    const post = state.posts[version];
    if (post) Object.assign(post, { versions, isOld: true });
  }
  return (state.posts[made.id] = { ...made, versions });
}

export type NewDm = { fromId: string; toId: string; text: string; id?: string; createdAt?: number; mediaIds?: string[] };

export function putDm(state: XState, nowMs: number, input: NewDm): XDm {
  const { fromId, toId, id: givenId, createdAt = nowMs, ...rest } = input;
  const id = givenId ?? nextId(state, nowMs);
  const dm: XDm = { ...rest, id, conversationId: conversationOf(fromId, toId), senderId: fromId, participantIds: [fromId, toId], createdAt };
  keepAbove(state, id);
  state.dms.push(dm);
  return dm;
}

export function putUser(state: XState, nowMs: number, input: Omit<XUser, 'id' | 'createdAt'> & { id?: string; createdAt?: number }): XUser {
  const user: XUser = { ...input, id: input.id ?? nextId(state, nowMs), createdAt: input.createdAt ?? nowMs };
  keepAbove(state, user.id);
  return (state.users[user.id] = user);
}

// Seeds bring ids of their own: the next one we make must be above all of them.
function keepAbove(state: XState, id: string): void {
  if (compareIds(id, state.lastId) > 0) state.lastId = id;
}

