import type { Output, SlaSettings } from '../../../src-preload/contract/index.ts';
import { addOpenTime, isOpenAt } from './business-time.ts';

const MINUTE_MS = 60_000;

/** What each policy would promise to a message that came now. */
export const previewDue = (sla: SlaSettings, officeZone: string, now: number): Output<'sla.preview'> => ({
  now, isOpen: isOpenAt(sla.calendars[0] ?? null, officeZone, now),
  policies: sla.policies.map((policy) => {
    const calendar = sla.calendars.find((c) => c.id === policy.calendarId) ?? null;
    const at = (minutes: number): number | null => addOpenTime(calendar, officeZone, now, minutes * MINUTE_MS);
    return { policyId: policy.id, firstAt: at(policy.firstMinutes), nextAt: at(policy.nextMinutes) };
  }),
});
