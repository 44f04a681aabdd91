import type { Capability, Entry, Identity } from '../../src-preload/contract/index.ts';
import { leadingNames } from './leading-names.ts';
import { competitorAmong, competitorSentence } from './guards/competitors.ts';
import { replyAllRecipients } from './recipients.ts';

export interface ComposeFacts {
  accounts: readonly { id: string; channel: string; address: string; isConnected: boolean }[];
  identities: readonly Identity[];
  /** The customer's newest entries, newest first. */
  newest: readonly Entry[];
  prices: Readonly<Record<string, { plain: number; withLink: number } | undefined>>;
  /** Handles that get no public answer. */
  competitors?: readonly string[];
  /** Seconds an answer may take to read: this customer's own limit, else the channel's. */
  readLimits?: { customer: number | null; reply: number | null; dm: number | null; mail: number | null };
}

/** X counts 280 weighted characters a post and 10,000 a direct message. */
const MAX_POST = 280;
const MAX_DM = 10_000;

const none = { accountId: null, from: null, to: [], replyAll: null, subject: null, quotes: false, inReplyTo: null, maxWeighted: null, leading: [], maxReadSeconds: null, asksWhy: false, price: null, openUrl: null } satisfies Partial<Capability>;

/** How this customer can be answered and, where not, why: known before the first key (product line C1). */
export function capabilitiesOf(facts: ComposeFacts): Capability[] {
  const own = ownAccount(facts);
  if (own) return [post(facts, own), note()];
  // From a post to a DM or a mail: why is asked once for each post (product line D22).
  const turn = facts.newest.find((e) => (e.direction === 'inbound' && !e.isDeleted) || (e.detail.type === 'system' && e.detail.code === 'went_private'));
  const asksWhy = turn?.kind === 'post';
  const limit = (mode: 'reply' | 'dm' | 'mail'): number | null => facts.readLimits?.customer ?? facts.readLimits?.[mode] ?? null;
  const privately = (way: Capability, maxReadSeconds: number | null): Capability => ({ ...way, maxReadSeconds, asksWhy: asksWhy && way.available });
  return [
    { ...reply(facts), maxReadSeconds: limit('reply') }, privately(dm(facts), limit('dm')), privately(mail(facts), limit('mail')), note(), call(facts),
  ];
}

/** The X account of ours whose posts these are, when they are nobody else's. */
const ownAccount = (facts: ComposeFacts): ComposeFacts['accounts'][number] | undefined =>
  facts.accounts.find((a) => a.channel === 'x' && facts.identities.some((i) => i.kind === 'x' && i.display.toLowerCase() === a.address.toLowerCase()));

function post(facts: ComposeFacts, account: ComposeFacts['accounts'][number]): Capability {
  const readSeconds = facts.readLimits?.reply ?? null;
  if (!account.isConnected) return { mode: 'post', available: false, reason: 'This X account is not connected.', ...none };
  return { mode: 'post', available: true, reason: null, ...none, accountId: account.id, from: account.address, maxWeighted: MAX_POST, maxReadSeconds: readSeconds, price: facts.prices['post'] ?? null };
}

const accountOf = (facts: ComposeFacts, channel: string, preferred: string | null): ComposeFacts['accounts'][number] | undefined => {
  const usable = facts.accounts.filter((a) => a.channel === channel && a.isConnected);
  return usable.find((a) => a.id === preferred) ?? usable[0];
};

function reply(facts: ComposeFacts): Capability {
  const no = (reason: string, openUrl: string | null = null): Capability => ({ mode: 'reply', available: false, reason, ...none, openUrl });
  const post = facts.newest.find((e) => e.kind === 'post' && e.direction === 'inbound' && !e.isDeleted);
  if (!post || post.detail.type !== 'post') return no('There is no public post of this customer to answer.');
  const rival = competitorAmong(facts.identities, facts.competitors ?? []);
  if (rival !== null) return no(competitorSentence(rival), post.detail.url);
  const account = facts.accounts.find((a) => a.id === post.accountId && a.isConnected);
  if (!account) return no('The X account this was sent to is not connected.', post.detail.url);
  if (!post.detail.replyAllowed) return no('X takes our reply only if the author mentioned or quoted us in that post.', post.detail.url);
  return {
    mode: 'reply', available: true, reason: null, accountId: account.id, from: account.address, to: [post.address ?? post.author], replyAll: null, subject: null, quotes: false, inReplyTo: post.id,
    maxWeighted: MAX_POST, leading: leadingNames(post, account.address), maxReadSeconds: null, asksWhy: false, price: facts.prices['reply'] ?? null, openUrl: post.detail.url,
  };
}

function dm(facts: ComposeFacts): Capability {
  const no = (reason: string): Capability => ({ mode: 'dm', available: false, reason, ...none });
  const identity = facts.identities.find((i) => i.kind === 'x' && !i.value.startsWith('@'));
  if (!identity) return no('No X account of this customer is known.');
  const last = facts.newest.find((e) => e.kind === 'dm') ?? facts.newest.find((e) => e.kind === 'post' && e.direction === 'inbound');
  const account = accountOf(facts, 'x', last?.accountId ?? null);
  if (!account) return no('No X account of ours is connected.');
  if (last?.detail.type === 'dm' && last.detail.encrypted) return no('This chat is encrypted: it can only be answered on x.com.');
  // What X refused stands in the way of the next one, too, until she writes herself.
  const newest = facts.newest.find((e) => e.kind === 'dm');
  const refused = newest?.delivery?.state === 'refused' ? `The last direct message was not sent: ${(newest.delivery.problem ?? '').replace(/^Not sent: /, '')}` : null;
  return {
    mode: 'dm', available: true, reason: refused, accountId: account.id, from: account.address, to: [identity.display], replyAll: null, subject: null, quotes: false, inReplyTo: last?.kind === 'dm' ? last.id : null,
    maxWeighted: MAX_DM, leading: [], maxReadSeconds: null, asksWhy: false, price: facts.prices['dm'] ?? null, openUrl: null,
  };
}

const REPLY_PREFIX = /^\s*(?:(?:re|aw|sv|antw|res|vs|odp|ynt|回复|答复|balas|जवाब|উত্তর)\s*(?:\[\d+\])?\s*[:：]\s*)+/iu;

/** "Re: " once, whatever language's prefixes were there before. */
export const replySubject = (subject: string | null): string => {
  const base = (subject ?? '').replace(REPLY_PREFIX, '').trim();
  return base === '' ? '' : `Re: ${base}`;
};

function mail(facts: ComposeFacts): Capability {
  const no = (reason: string): Capability => ({ mode: 'mail', available: false, reason, ...none });
  const mails = facts.newest.filter((e) => e.kind === 'mail' && !(e.detail.type === 'mail' && e.detail.forwards !== undefined));
  const last = mails.find((e) => e.direction === 'inbound' && !(e.detail.type === 'mail' && e.detail.automatic !== 'no')) ?? mails[0];
  const account = accountOf(facts, 'email', last?.accountId ?? null);
  const own = facts.accounts.filter((a) => a.channel === 'email').map((a) => a.address);
  const address = last?.address ?? facts.identities.find((i) => i.kind === 'email')?.display;
  const replyTo = last?.detail.type === 'mail' && last.direction === 'inbound' ? (last.detail.replyTo ?? []) : [];
  if (address === undefined || address === null) return no('No e-mail address of this customer is known.');
  if (!account) return no('No mailbox is connected.');
  return {
    mode: 'mail', available: true, reason: null, accountId: account.id, from: account.address, to: replyTo.length > 0 ? replyTo : [address], replyAll: last?.detail.type === 'mail' ? replyAllRecipients({ direction: last.direction, address: last.address, detail: last.detail }, own) : null, subject: last ? replySubject(last.subject) : '', inReplyTo: last?.id ?? null,
    quotes: last !== undefined && !last.isDeleted && last.text.trim() !== '',
    maxWeighted: null, leading: [], maxReadSeconds: null, asksWhy: false, price: null, openUrl: null,
  };
}

const note = (): Capability => ({ mode: 'note', available: true, reason: null, ...none });

const call = (facts: ComposeFacts): Capability => ({
  mode: 'call', available: true, reason: null, ...none, to: facts.identities.filter((i) => i.kind === 'phone').map((i) => i.display),
});
