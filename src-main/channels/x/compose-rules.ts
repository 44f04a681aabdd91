import type { MessageDetail } from '../port.ts';
import { limits, prices, type PricedAction } from './prices.ts';

export interface ComposeRule {
  available: boolean;
  /** Why not, in one sentence; null when available. */
  reason: string | null;
  maxWeighted: number;
  /** US dollars without and with a link. */
  price: { plain: number; withLink: number } | null;
  /** Where a person can answer by hand. */
  openUrl: string | null;
}

/** What sending costs, in US dollars. */
export const sendPrices = {
  reply: { plain: prices.replySummoned, withLink: prices.postCreateWithUrl },
  dm: { plain: prices.dmCreate, withLink: prices.dmCreate },
} as const;

type Post = Extract<MessageDetail, { type: 'post' }>;

/** May the newest inbound post be answered in public through X's interface? Known before the first key. Pure. */
export function composeReply(newest: { detail: Post; isDeleted: boolean } | null): ComposeRule {
  const rule = { maxWeighted: limits.postWeight, price: sendPrices.reply };
  if (!newest) return { ...rule, available: false, reason: 'There is no post by this person to reply to.', openUrl: null };
  const openUrl = newest.detail.url;
  if (newest.isDeleted) return { ...rule, available: false, reason: 'The post was deleted on X.', openUrl: null };
  if (!newest.detail.replyAllowed) {
    return { ...rule, available: false, reason: 'X takes a reply only if the author mentioned us in this post or quoted one of ours; it can be answered on x.com.', openUrl };
  }
  return { ...rule, available: true, reason: null, openUrl };
}

/** US dollars for sending `mode`, counted when X confirmed. */
export function priceOf(mode: 'reply' | 'dm', hasLink: boolean): { usd: number; action: PricedAction } {
  if (mode === 'dm') return { usd: prices.dmCreate, action: 'dmCreate' };
  return hasLink ? { usd: prices.postCreateWithUrl, action: 'postCreateWithUrl' } : { usd: prices.replySummoned, action: 'replySummoned' };
}
