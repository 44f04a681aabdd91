import type { PriorityReason } from '../../src-preload/contract/index.ts';

/** What is known about a conversation when it is ranked. Times are ms UTC. */
export interface PriorityFacts {
  isVip: boolean;
  vipNote: string | null;
  /** How many listen to them, from 1 to 3, and why we think so. */
  influence: { weight: number; reason: string } | null;
  /** Since when the customer waits for us; null when it is the customer's turn. */
  waitingSince: number | null;
  /** The urgent word found in what is waiting. */
  urgentWord: string | null;
  isOverdue: boolean;
  isDueSoon: boolean;
  /** What rules say of what waits: the name of the rule and which way. */
  rules: readonly { name: string; priority: 'raise' | 'lower' }[];
  /** Our newest mail came back. */
  isUndelivered: boolean;
  hasMissedCall: boolean;
  /** Waiting messages on more than one channel: the customer tries again elsewhere. */
  channelsTried: number;
  followUpNote: string | null;
  followUpIsDue: boolean;
}

// Sums of distinct powers would be easier to read back, but these must let two lesser reasons never beat a greater one.
const WEIGHT = { vip: 1_000, follow_up: 600, urgent: 500, undelivered: 400, rule: 300, overdue: 200, due_soon: 120, missed_call: 60, repeat_contact: 40 } as const;

/** Few, many and very many listeners: the first gives way to a missed call and a second try together, the last only to an urgent word. */
const INFLUENCE = [0, 80, 260, 450];

/** Priority (higher first) and the reasons shown on the row, weightiest first. Product lines D4, D5. */
export function rankConversation(facts: PriorityFacts): { priority: number; reasons: PriorityReason[] } {
  const reasons: (PriorityReason & { weight: number })[] = [];
  const add = (code: keyof typeof WEIGHT, detail: string): void => void reasons.push({ code, detail, weight: WEIGHT[code] });
  if (facts.followUpIsDue) add('follow_up', facts.followUpNote ?? '');
  if (facts.waitingSince !== null) {
    if (facts.isVip) add('vip', facts.vipNote ?? '');
    if (facts.influence !== null) reasons.push({ code: 'influencer', detail: facts.influence.reason, weight: INFLUENCE[facts.influence.weight] ?? 0 });
    if (facts.urgentWord !== null) add('urgent', facts.urgentWord);
    if (facts.isUndelivered) add('undelivered', '');
    for (const rule of facts.rules.filter((r) => r.priority === 'raise').slice(0, 1)) add('rule', rule.name);
    if (facts.isOverdue) add('overdue', '');
    else if (facts.isDueSoon) add('due_soon', '');
    if (facts.hasMissedCall) add('missed_call', '');
    if (facts.channelsTried > 1) add('repeat_contact', String(facts.channelsTried));
  }
  reasons.sort((a, b) => b.weight - a.weight);
  const sum = reasons.reduce((total, reason) => total + reason.weight, 0);
  const shown = reasons.map(({ code, detail }): PriorityReason => ({ code, detail }));
  // Whoever waits comes before everybody who does not.
  if (facts.waitingSince === null) return { priority: sum, reasons: shown };
  const lowered = reasons.some((reason) => reason.code === 'rule') ? undefined : facts.rules.find((r) => r.priority === 'lower');
  // A lowered row stands behind all that wait for no such rule, and still before those who do not wait.
  return lowered === undefined ? { priority: sum + 10, reasons: shown } : { priority: Math.min(9, Math.floor(sum / 200) + 1), reasons: [...shown, { code: 'rule', detail: lowered.name }] };
}
