import type { PriorityReason } from '../../src-preload/contract/index.ts';

/** What is known about a conversation when it is ranked. Times are ms UTC. */
export interface PriorityFacts {
  isVip: boolean;
  vipNote: string | null;
  /** Since when the customer waits for us; null when it is the customer's turn. */
  waitingSince: number | null;
  /** The urgent word found in what is waiting. */
  urgentWord: string | null;
  dueAt: number | null;
  isOverdue: boolean;
  hasMissedCall: boolean;
  /** Waiting messages on more than one channel: the customer tries again elsewhere. */
  channelsTried: number;
  followUpNote: string | null;
  followUpIsDue: boolean;
}

// Sums of distinct powers would be easier to read back, but these must let two lesser reasons never beat a greater one.
const WEIGHT = { vip: 1_000, follow_up: 600, urgent: 500, overdue: 200, missed_call: 60, repeat_contact: 40 } as const;

/** Priority (higher first) and the reasons shown on the row, weightiest first. Product lines D4, D5. */
export function rankConversation(facts: PriorityFacts): { priority: number; reasons: PriorityReason[] } {
  const reasons: (PriorityReason & { code: keyof typeof WEIGHT })[] = [];
  if (facts.followUpIsDue) reasons.push({ code: 'follow_up', detail: facts.followUpNote ?? '' });
  if (facts.waitingSince !== null) {
    if (facts.isVip) reasons.push({ code: 'vip', detail: facts.vipNote ?? '' });
    if (facts.urgentWord !== null) reasons.push({ code: 'urgent', detail: facts.urgentWord });
    if (facts.isOverdue) reasons.push({ code: 'overdue', detail: '' });
    if (facts.hasMissedCall) reasons.push({ code: 'missed_call', detail: '' });
    if (facts.channelsTried > 1) reasons.push({ code: 'repeat_contact', detail: String(facts.channelsTried) });
  }
  reasons.sort((a, b) => WEIGHT[b.code] - WEIGHT[a.code]);
  const sum = reasons.reduce((total, reason) => total + WEIGHT[reason.code], 0);
  // Whoever waits comes before everybody who does not.
  return { priority: facts.waitingSince === null ? sum : sum + 10, reasons };
}
