import type { AgentRole, LedgerRoom, LimitRule } from '../../../src-preload/contract/index.ts';

const left = (most: number | null, used: number): number | null => (most === null ? null : Math.max(0, most - used));
const smaller = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));

/** What an agent of a role may still give to a case today without asking. */
export function roomOf(limit: LimitRule, role: AgentRole, used: { case: number; day: number }): LedgerRoom {
  const { perCase, perDay } = limit.roles[role];
  const [leftCase, leftDay] = [left(perCase, used.case), left(perDay, used.day)];
  return { limitId: limit.id, name: limit.name, currency: limit.currency, perCase, perDay, usedCase: used.case, usedDay: used.day, leftCase, leftDay, left: smaller(leftCase, leftDay) };
}

const RANK: Record<AgentRole, number> = { guest: 0, agent: 1, senior: 2 };
interface Approver { initials: string; role: AgentRole; hasPin: boolean; pinSince: number }
/** A second person who is no guest, stands at least as high, and had a PIN before this was asked for: nobody makes the colleague they need. */
export const mayApprove = (giver: { initials: string; role: AgentRole }, second: Approver, askedAt: number): boolean =>
  second.initials !== giver.initials && second.role !== 'guest' && RANK[second.role] >= RANK[giver.role] && second.hasPin && second.pinSince < askedAt;

export type Verdict = 'ok' | 'needs_why' | 'needs_approver';
/** Within the limit: go. Above it: a reason and a second person. Product line D35. */
export function judgeGift(a: { amount: number; left: number | null; why: string; isApproved: boolean }): Verdict {
  if (a.left === null || a.amount <= a.left) return 'ok';
  if (a.why.trim() === '') return 'needs_why';
  return a.isApproved ? 'ok' : 'needs_approver';
}

export const minorDigits = (currency: string): number => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** For sentences of the core: £25.00, or how often. */
export function giftWords(amount: number, currency: string | null): string {
  if (currency === null) return String(amount);
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(amount / 10 ** minorDigits(currency));
}
