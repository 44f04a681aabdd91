import type { Settings, SlaPolicy } from '../../../src-preload/contract/index.ts';
import { addOpenTime } from './business-time.ts';

const MINUTE_MS = 60_000;

/** What decides which promise of time holds. */
export interface DueFacts {
  channel: 'x' | 'email' | 'phone';
  isVip: boolean;
  tags: readonly string[];
  isUrgent: boolean;
  /** Since when the oldest unanswered message waits, ms UTC. */
  waitingSince: number;
  /** We have answered since the conversation was opened. */
  isFollowUp: boolean;
}

/** The first policy in the list that fits; the order is the supervisor's. */
export const policyFor = (policies: readonly SlaPolicy[], facts: Pick<DueFacts, 'channel' | 'isVip' | 'tags' | 'isUrgent'>): SlaPolicy | null =>
  policies.find((policy) =>
    (policy.channels.length === 0 || policy.channels.includes(facts.channel)) && (!policy.onlyUrgent || facts.isUrgent)
    && (policy.segment === 'any' || (policy.segment === 'vip' ? facts.isVip : facts.tags.includes(policy.tag)))) ?? null;

/** When an answer is due and when the row begins to say so; nulls when no policy promises one. */
export function dueOf(settings: Pick<Settings, 'sla' | 'officeZone'>, facts: DueFacts): { dueAt: number | null; warnAt: number | null } {
  const policy = policyFor(settings.sla.policies, facts);
  if (policy === null) return { dueAt: null, warnAt: null };
  const calendar = settings.sla.calendars.find((c) => c.id === policy.calendarId) ?? null;
  const dueAt = addOpenTime(calendar, settings.officeZone, facts.waitingSince, (facts.isFollowUp ? policy.nextMinutes : policy.firstMinutes) * MINUTE_MS);
  return { dueAt, warnAt: dueAt === null || policy.warnMinutes === 0 ? null : dueAt - policy.warnMinutes * MINUTE_MS };
}
