import type { PriorityReason } from '../../src-preload/contract/index.ts';

/** What is known about a conversation when it is ranked. Times are ms UTC. */
export interface PriorityFacts {
  isVip: boolean;
  vipNote: string | null;
  /** Since when the customer waits for us; null when it is the customer's turn. */
  waitingSince: number | null;
  /** The urgent word found in what is waiting. */
  urgentWord: string | null;
  isOverdue: boolean;
  isDueSoon: boolean;
  /** What rules say of what waits: the name of the rule and which way. */
  rules: readonly { name: string; priority: 'raise' | 'lower' }[];
  hasMissedCall: boolean;
  /** Waiting messages on more than one channel: the customer tries again elsewhere. */
  channelsTried: number;
  followUpNote: string | null;
  followUpIsDue: boolean;
}

// Sums of distinct powers would be easier to read back, but these must let two lesser reasons never beat a greater one.
const WEIGHT = { vip: 1_000, follow_up: 600, urgent: 500, rule: 300, overdue: 200, due_soon: 120, missed_call: 60, repeat_contact: 40 } as const;

/** Priority (higher first) and the reasons shown on the row, weightiest first. Product lines D4, D5. */
export function rankConversation(facts: PriorityFacts): { priority: number; reasons: PriorityReason[] } {
  const reasons: (PriorityReason & { code: keyof typeof WEIGHT })[] = [];
  if (facts.followUpIsDue) reasons.push({ code: 'follow_up', detail: facts.followUpNote ?? '' });
  if (facts.waitingSince !== null) {
    if (facts.isVip) reasons.push({ code: 'vip', detail: facts.vipNote ?? '' });
    if (facts.urgentWord !== null) reasons.push({ code: 'urgent', detail: facts.urgentWord });
    for (const rule of facts.rules.filter((r) => r.priority === 'raise').slice(0, 1)) reasons.push({ code: 'rule', detail: rule.name });
    if (facts.isOverdue) reasons.push({ code: 'overdue', detail: '' });
    else if (facts.isDueSoon) reasons.push({ code: 'due_soon', detail: '' });
    if (facts.hasMissedCall) reasons.push({ code: 'missed_call', detail: '' });
    if (facts.channelsTried > 1) reasons.push({ code: 'repeat_contact', detail: String(facts.channelsTried) });
  }
  reasons.sort((a, b) => WEIGHT[b.code] - WEIGHT[a.code]);
  const sum = reasons.reduce((total, reason) => total + WEIGHT[reason.code], 0);
  // Whoever waits comes before everybody who does not.
  if (facts.waitingSince === null) return { priority: sum, reasons };
  const lowered = reasons.some((reason) => reason.code === 'rule') ? undefined : facts.rules.find((r) => r.priority === 'lower');
  // A lowered row stands behind all that wait for no such rule, and still before those who do not wait.
  return lowered === undefined ? { priority: sum + 10, reasons } : { priority: Math.min(9, Math.floor(sum / 200) + 1), reasons: [...reasons, { code: 'rule', detail: lowered.name }] };
}
