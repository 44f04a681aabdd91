import type { ChangeSet, QuietHours, Settings, SlaCalendar } from '../../src-preload/contract/index.ts';
import { openingAt } from './sla/business-time.ts';

const DAY_MINUTES = 1_440;

/** A night belongs to the day it begins on; from and to the same is a whole day. */
function calendarOf({ from, to, days }: QuietHours): SlaCalendar {
  const week: SlaCalendar['week'] = Array.from({ length: 7 }, () => []);
  for (const day of days) {
    if (from < to) week[day]?.push({ from, to });
    else {
      week[day]?.push({ from, to: DAY_MINUTES });
      if (to > 0) week[(day + 1) % 7]?.push({ from: 0, to });
    }
  }
  return { id: 'quiet', name: '', zone: '', week, holidays: [] };
}

/** Whether it is quiet now by the clocks of the office, and when that changes; null when it never does. */
export function quietAt(quiet: QuietHours, officeZone: string, at: number): { isQuiet: boolean; changesAt: number | null } {
  if (!quiet.isOn || quiet.days.length === 0) return { isQuiet: false, changesAt: null };
  const { isOpen, changesAt } = openingAt(calendarOf(quiet), officeZone, at);
  return { isQuiet: isOpen, changesAt };
}

/** What may be told on the desktop of whoever has these settings. */
export function desktopAt(settings: Pick<Settings, 'desktopNotices' | 'quiet' | 'officeZone'>, at: number): ChangeSet['desktop'] {
  if (!settings.desktopNotices) return 'nothing';
  if (!quietAt(settings.quiet, settings.officeZone, at).isQuiet) return 'all';
  return settings.quiet.evenOverdue ? 'overdue' : 'nothing';
}
