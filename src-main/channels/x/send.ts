import type { OutgoingItem, SendOutcome } from '../port.ts';
import { act, isAction } from './actions.ts';
import type { XRequest } from './client.ts';
import { isXId } from './ids.ts';
import { dmKey, conversationKey, postKey, sentPostDetail, timeOf } from './map.ts';
import { limits as amounts, type LimitGroup } from './prices.ts';
import { bill, outcomeOf } from './outcome.ts';
import { call, type XRuntime } from './runtime.ts';
import { parseCreatedPost, parseSentDm } from './shapes.ts';
import { mediaIdsOf } from './upload.ts';
import { weighPost } from './weigh.ts';

type Sent = Extract<SendOutcome, { type: 'sent' }>;

/** Sends once. Only X's confirmation is `sent`; whatever may have reached X without one is `unknown`. */
export async function sendItem(runtime: XRuntime, item: OutgoingItem): Promise<SendOutcome> {
  if (isAction(item.mode)) return act(runtime, item);
  const mediaIds = mediaIdsOf(runtime, item);
  // Nothing has left: the files go up again first.
  if (mediaIds === null) return { type: 'retry', waitsFor: 'retry', retryAt: null, problem: 'The files are not at X yet.' };
  const plan = planOf(item, mediaIds);
  if ('type' in plan) return plan;
  runtime.openSends.set(item.outboxId, item);
  const result = await call(runtime, plan.group, plan.request);
  if (!result.ok) {
    const outcome = outcomeOf(result.problem, item, runtime.context.clock.now());
    if (outcome.type !== 'unknown') runtime.openSends.delete(item.outboxId);
    return outcome;
  }
  const sent = plan.read(runtime, result.body);
  if (!sent) return { type: 'unknown', problem: 'X answered, but not with the id of what was sent; it is being checked.' };
  runtime.openSends.delete(item.outboxId);
  runtime.claimed.set(sent.externalId, item.outboxId);
  await bill(runtime, item);
  return sent;
}

interface Plan {
  group: LimitGroup;
  request: XRequest;
  read(runtime: XRuntime, body: object): Sent | null;
}

const refused = (problem: string): SendOutcome => ({ type: 'refused', problem });

function planOf(item: OutgoingItem, mediaIds: string[]): Plan | SendOutcome {
  if (item.text.trim() === '' && mediaIds.length === 0) return refused('There is no text to send.');
  if (item.mode === 'mail') return refused('An X account does not send mail.');
  return item.mode === 'reply' ? planReply(item, mediaIds) : item.mode === 'post' ? planPost(item, mediaIds) : planDm(item, mediaIds);
}

/** Pictures may go without a word. */
const textOf = ({ text }: OutgoingItem): { text?: string } => (text.trim() === '' ? {} : { text });

function planReply(item: OutgoingItem, mediaIds: string[]): Plan | SendOutcome {
  const parent = item.inReplyTo;
  if (parent === null || !isXId(parent)) return refused('There is no post to reply to.');
  const { weight, max } = weighPost(item.text, item.leading ?? []);
  if (weight > max) return refused(`The text weighs ${weight} characters; X allows ${max}.`);
  return {
    group: 'postCreate',
    request: { method: 'POST', path: '/2/tweets', body: { ...textOf(item), reply: { in_reply_to_tweet_id: parent }, ...(mediaIds.length === 0 ? {} : { media: { media_ids: mediaIds } }) } },
    read(runtime, body) {
      const id = parseCreatedPost(body);
      return id === null ? null : sentReply(runtime, item, id, parent, null);
    },
  };
}

function planPost(item: OutgoingItem, mediaIds: string[]): Plan | SendOutcome {
  const { weight, max } = weighPost(item.text, []);
  if (weight > max) return refused(`The text weighs ${weight} characters; X allows ${max}.`);
  return {
    group: 'postCreate',
    request: { method: 'POST', path: '/2/tweets', body: { ...textOf(item), ...(mediaIds.length === 0 ? {} : { media: { media_ids: mediaIds } }) } },
    read(runtime, body) {
      const id = parseCreatedPost(body);
      return id === null ? null : sentPost(runtime, id);
    },
  };
}

/** A post of our own begins a conversation: X names that after the post. */
export function sentPost(runtime: XRuntime, id: string): Sent {
  return { type: 'sent', externalId: id, at: timeOf(id, null, runtime.context.clock.now()), detail: sentPostDetail(id, runtime.self, null, id), threadKeys: [postKey(id), conversationKey(id)] };
}

/** `conversationId` null when X did not say it: then it is the one of the post answered, as far as it was seen here. */
export function sentReply(runtime: XRuntime, item: OutgoingItem, id: string, parent: string, conversationId: string | null): Sent {
  const told = item.references.find((key) => key.startsWith(conversationKey('')))?.slice(conversationKey('').length);
  const conversation = conversationId ?? told ?? runtime.threads.get(parent)?.conversationId ?? null;
  const at = timeOf(id, null, runtime.context.clock.now());
  return {
    type: 'sent', externalId: id, at, detail: sentPostDetail(id, runtime.self, parent, conversation ?? parent),
    threadKeys: [postKey(id), ...(conversation === null ? [] : [conversationKey(conversation)])],
  };
}

function planDm(item: OutgoingItem, mediaIds: string[]): Plan | SendOutcome {
  const peerId = item.peerId;
  if (peerId === null || !isXId(peerId)) return refused('It is not known whom on X to write to.');
  if (item.text.length > amounts.dmCharacters) return refused(`The text has ${item.text.length} characters; X allows ${amounts.dmCharacters}.`);
  return {
    group: 'dmSend',
    request: { method: 'POST', path: '/2/dm_conversations/with/:peerId/messages', params: { peerId }, body: { ...textOf(item), ...(mediaIds.length === 0 ? {} : { attachments: mediaIds.map((media_id) => ({ media_id })) }) } },
    read(runtime, body) {
      const sent = parseSentDm(body);
      return sent === null ? null : sentDm(runtime, sent.eventId, sent.conversationId, peerId);
    },
  };
}

export function sentDm(runtime: XRuntime, eventId: string, conversationId: string, peerId: string): Sent {
  const at = timeOf(eventId, null, runtime.context.clock.now());
  return { type: 'sent', externalId: eventId, at, detail: { type: 'dm', eventId, peerId, encrypted: false }, threadKeys: [dmKey(conversationId)] };
}
