import { officeTime, officeWeekday } from '../../../state/words/time.ts';

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
const toQuarter = (at: number): number => Math.ceil(at / QUARTER) * QUARTER;

export interface Preset {
  readonly id: 'later' | 'tomorrow' | 'monday' | 'week';
  readonly at: number;
}

/** The times people pick most, on the office's clock. */
export function snoozePresets(now: number, zone: string): readonly Preset[] {
  const later = now + 3 * HOUR;
  const untilMonday = (8 - officeWeekday(now, zone)) % 7 || 7;
  return [
    // Three hours, or one when that would be after the working day.
    { id: 'later', at: toQuarter(later < officeTime(now, zone, 0, 17) ? later : now + HOUR) },
    { id: 'tomorrow', at: officeTime(now, zone, 1, 9) },
    { id: 'monday', at: officeTime(now, zone, untilMonday, 9) },
    { id: 'week', at: officeTime(now, zone, 7, 9) },
  ];
}
