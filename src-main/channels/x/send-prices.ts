import { prices, type PricedAction } from './prices.ts';

/** What sending costs, in US dollars. */
export const sendPrices = {
  reply: { plain: prices.replySummoned, withLink: prices.postCreateWithUrl },
  dm: { plain: prices.dmCreate, withLink: prices.dmCreate },
} as const;

/** US dollars for sending `mode`, counted when X confirmed. */
export function priceOf(mode: 'reply' | 'dm', hasLink: boolean): { usd: number; action: PricedAction } {
  if (mode === 'dm') return { usd: prices.dmCreate, action: 'dmCreate' };
  return hasLink ? { usd: prices.postCreateWithUrl, action: 'postCreateWithUrl' } : { usd: prices.replySummoned, action: 'replySummoned' };
}
