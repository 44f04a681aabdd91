import type { Caller } from './auth.ts';
import { duplicateText, forbidden, invalid, noDmTo, notPermitted, notSummoned, parentGone, type Answer } from './errors.ts';
import { charge } from './limits.ts';
import { checkMedia, type Blobs } from './media.ts';
import type { XDm, XPost, XState } from './state.ts';
import { dayMs, dmTextMax } from './terms.ts';
import { autoMentions, hasUrl, mayReply, participants, putDm, putPost, visiblePost, weightOf, wireText } from './world-rules.ts';

type Json = Record<string, unknown>;
export type WriteContext = {
  state: XState; nowMs: number; caller: Caller; path: readonly string[]; body: Json; blobs: Blobs;
  wrote: (event: { kind: 'post'; post: XPost } | { kind: 'dm'; dm: XDm } | { kind: 'delete'; post: XPost }) => void;
};

const part = (ctx: WriteContext, i: number): string => ctx.path[i] ?? '';

function checkKeys(body: Json, allowed: readonly string[], where = '$'): void {
  for (const key of Object.keys(body)) {
    if (!allowed.includes(key)) throw invalid(key, undefined, `${where}.${key}: is not defined in the schema and the schema does not allow additional properties`);
  }
}

function objectAt(body: Json, key: string): Json {
  const value = body[key];
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(key, undefined, `$.${key}: object expected`);
  return value as Json;
}

function stringsAt(body: Json, key: string): string[] {
  const value = body[key];
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every(v => typeof v === 'string')) throw invalid(key, undefined, `$.${key}: array of strings expected`);
  return value;
}

/** POST /2/tweets. Answers 201 `{data:{id,text,edit_history_tweet_ids}}`; a reply's text comes back with the leading @names. */
export function createPost(ctx: WriteContext): Answer {
  const { state, caller, body } = ctx;
  checkKeys(body, ['text', 'reply', 'media', 'reply_settings', 'quote_tweet_id']);
  if (body['quote_tweet_id'] !== undefined) throw notPermitted();
  const reply = objectAt(body, 'reply');
  checkKeys(reply, ['in_reply_to_tweet_id', 'exclude_reply_user_ids', 'auto_populate_reply_metadata'], '$.reply');
  const media = objectAt(body, 'media');
  checkKeys(media, ['media_ids', 'tagged_user_ids'], '$.media');
  const mediaIds = checkMedia(ctx, stringsAt(media, 'media_ids'), 'tweet');
  const text = body['text'] ?? '';
  if (typeof text !== 'string') throw invalid('text', undefined, '$.text: string expected');
  if (text.trim() === '' && mediaIds.length === 0) throw invalid('text', undefined, '$.text: must not be empty');
  const parentId = reply['in_reply_to_tweet_id'];
  let parent: XPost | undefined;
  if (parentId !== undefined) {
    if (typeof parentId !== 'string' || !/^\d{1,19}$/.test(parentId)) throw invalid('reply.in_reply_to_tweet_id', String(parentId), '$.reply.in_reply_to_tweet_id: does not match the regex pattern ^[0-9]{1,19}$');
    const seen = visiblePost(state, parentId, caller.userId);
    if (typeof seen === 'string') throw parentGone();
    if (!mayReply(state, seen, caller.userId)) throw notSummoned();
    parent = seen;
  }
  const names = parent ? participants(state, parent, caller.userId, stringsAt(reply, 'exclude_reply_user_ids')) : [];
  if (weightOf(text, names) > 280) throw forbidden('Your Tweet text is too long. For additional information on how Tweet characters are counted, see the counting characters documentation.');
  const full = autoMentions(names, text) + text;
  const same = Object.values(state.posts).some(p => p.authorId === caller.userId && p.deletedAt === undefined && p.text === full && p.createdAt > ctx.nowMs - dayMs);
  if (same) throw duplicateText();
  const summoned = parent !== undefined && parent.authorId !== caller.userId;
  charge(state, hasUrl(text) ? 'postCreateWithUrl' : summoned ? 'replySummoned' : 'postCreate', ctx.nowMs);
  const post = putPost(state, ctx.nowMs, {
    authorId: caller.userId, text: full, ...(parent ? { inReplyToId: parent.id } : {}), ...(mediaIds.length > 0 ? { mediaIds } : {}),
  });
  ctx.wrote({ kind: 'post', post });
  return { status: 201, body: { data: { id: post.id, text: wireText(post.text), edit_history_tweet_ids: [post.id] } } };
}

/** DELETE /2/tweets/:id: own posts only. */
export function deleteOwnPost(ctx: WriteContext): Answer {
  const post = ctx.state.posts[part(ctx, 3)];
  if (post && post.authorId !== ctx.caller.userId) throw forbidden('You are not authorized to delete this Tweet.');
  if (post && post.deletedAt === undefined) {
    post.deletedAt = ctx.nowMs;
    charge(ctx.state, 'interactionDelete', ctx.nowMs);
    ctx.wrote({ kind: 'delete', post });
  }
  return { status: 200, body: { data: { deleted: true } } };
}

/** PUT /2/tweets/:id/hidden: replies in conversations we started. */
export function hideReply(ctx: WriteContext): Answer {
  checkKeys(ctx.body, ['hidden']);
  const hidden = ctx.body['hidden'];
  if (typeof hidden !== 'boolean') throw invalid('hidden', undefined, '$.hidden: is missing but it is required');
  const post = visiblePost(ctx.state, part(ctx, 3), ctx.caller.userId);
  if (typeof post === 'string' || post.inReplyToId === undefined || ctx.state.posts[post.conversationId]?.authorId !== ctx.caller.userId) throw notPermitted();
  post.hidden = hidden;
  return { status: 200, body: { data: { hidden } } };
}

/** POST /2/dm_conversations/with/:participant_id/messages and POST /2/dm_conversations/:id/messages. */
export function sendDm(ctx: WriteContext): Answer {
  const { state, caller, body } = ctx;
  checkKeys(body, ['text', 'attachments']);
  const other = ctx.path[3] === 'with' ? part(ctx, 4) : part(ctx, 3).split('-').find(id => id !== caller.userId) ?? '';
  const to = state.users[other];
  const attachments = body['attachments'] ?? [];
  if (!Array.isArray(attachments)) throw invalid('attachments', undefined, '$.attachments: array expected');
  const mediaIds = checkMedia(ctx, attachments.map(a => String((a as Json)['media_id'])), 'dm');
  const text = body['text'] ?? '';
  if (typeof text !== 'string' || text.length > dmTextMax || (text.trim() === '' && mediaIds.length === 0)) throw invalid('text', undefined, '$.text: must be at least 1 characters long');
  if (!to || to.suspended || to.id === caller.userId) throw noDmTo();
  const wroteFirst = state.dms.some(d => d.senderId === to.id && d.participantIds.includes(caller.userId));
  if (to.closedDms && !wroteFirst) throw noDmTo();
  charge(state, 'dmCreate', ctx.nowMs);
  const dm = putDm(state, ctx.nowMs, { fromId: caller.userId, toId: to.id, text, ...(mediaIds.length > 0 ? { mediaIds } : {}) });
  ctx.wrote({ kind: 'dm', dm });
  return { status: 201, body: { data: { dm_conversation_id: dm.conversationId, dm_event_id: dm.id } } };
}

/** DELETE /2/dm_events/:id: own messages only. */
export function deleteDm(ctx: WriteContext): Answer {
  const at = ctx.state.dms.findIndex(d => d.id === part(ctx, 3) && d.senderId === ctx.caller.userId);
  if (at < 0) throw forbidden('You are not permitted to delete this message.');
  ctx.state.dms.splice(at, 1);
  charge(ctx.state, 'interactionDelete', ctx.nowMs);
  return { status: 200, body: { data: { deleted: true } } };
}
