/** Who has a conversation, and until when. An owner without an end has been given it for good. */
export interface Lease {
  owner: string | null;
  until: number | null;
}

export type Wish =
  /** "I take it." `takeOver` also from somebody else. */
  | { type: 'claim'; takeOver: boolean }
  /** The conversation is on somebody's screen. */
  | { type: 'keep' }
  | { type: 'release' }
  /** Given for good; null gives it back to everybody. */
  | { type: 'assign'; owner: string | null }
  /** Time has passed. */
  | { type: 'lapse' };

export type Decision =
  | { type: 'nothing' }
  /** Somebody else has it. */
  | { type: 'refused'; owner: string }
  /** `told` loses it, `given` gets it; both are told when they did not do it themselves. */
  | { type: 'set'; lease: Lease; told: string | null; given: string | null };

/** A claim is renewed when this part of it is over: often enough to be safe, seldom enough to cost nothing. */
const RENEW_AFTER = 1 / 3;

/** Whoever holds a conversation now; null when nobody does. */
export const holderOf = (lease: Lease, at: number): string | null => (lease.owner !== null && (lease.until === null || lease.until > at) ? lease.owner : null);

/** What a wish does to a lease. Product lines D9, D10, U7. */
export function decideClaim(lease: Lease, wish: Wish, by: { agent: string; at: number; leaseMs: number }): Decision {
  const holder = holderOf(lease, by.at);
  const until = by.at + by.leaseMs;
  const set = (next: Lease): Decision => ({
    type: 'set', lease: next, told: holder !== null && holder !== by.agent && holder !== next.owner ? holder : null, given: next.owner === by.agent || next.owner === holder ? null : next.owner,
  });
  switch (wish.type) {
    case 'claim':
      if (holder !== null && holder !== by.agent && !wish.takeOver) return { type: 'refused', owner: holder };
      if (holder === by.agent) return lease.until === null ? { type: 'nothing' } : set({ owner: by.agent, until });
      return set({ owner: by.agent, until });
    case 'keep':
      if (holder !== by.agent || lease.until === null || lease.until - by.at > by.leaseMs * (1 - RENEW_AFTER)) return { type: 'nothing' };
      return set({ owner: by.agent, until });
    case 'release':
      return lease.owner === null ? { type: 'nothing' } : set({ owner: null, until: null });
    case 'assign':
      return lease.owner === wish.owner && lease.until === null ? { type: 'nothing' } : set({ owner: wish.owner, until: null });
    case 'lapse':
      return lease.owner === null || holder !== null ? { type: 'nothing' } : { type: 'set', lease: { owner: null, until: null }, told: null, given: null };
  }
}
