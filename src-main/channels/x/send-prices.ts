import type { OutgoingMode } from '../port.ts';
import { prices, type PricedAction } from './prices.ts';

/** What sending costs, in US dollars. */
export const sendPrices = {
  reply: { plain: prices.replySummoned, withLink: prices.postCreateWithUrl },
  post: { plain: prices.postCreate, withLink: prices.postCreateWithUrl },
  dm: { plain: prices.dmCreate, withLink: prices.dmCreate },
} as const;

/** What `mode` is billed as, counted when X confirmed; null for what costs nothing. Nobody summoned us into an answer to our own post. */
export function priceOf(mode: OutgoingMode, hasLink: boolean, isContinued = false): { usd: number; action: PricedAction } | null {
  const action = actionOf(mode === 'reply' && isContinued ? 'post' : mode, hasLink);
  return action === null ? null : { action, usd: prices[action] };
}

function actionOf(mode: OutgoingMode, hasLink: boolean): PricedAction | null {
  switch (mode) {
    case 'reply': return hasLink ? 'postCreateWithUrl' : 'replySummoned';
    case 'post': return hasLink ? 'postCreateWithUrl' : 'postCreate';
    case 'dm': return 'dmCreate';
    case 'delete': return 'interactionDelete';
    case 'mail': case 'hide': case 'unhide': return null;
  }
}
