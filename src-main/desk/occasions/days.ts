import { addDays, type LocalDate } from '../time-words/read.ts';

/** A desk that was off over a long weekend still raises what fell into it; older ones would only embarrass. */
const MOST_DAYS = 7;

const two = (n: number): string => String(n).padStart(2, '0');
export const dayText = ({ year, month, day }: LocalDate): string => `${year}-${two(month)}-${two(day)}`;
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Under which days ("05-14") the dates of one date are kept: on 28 February also those of the 29th, in years that have none. */
export const daysOn = ({ year, month, day }: LocalDate): string[] => [`${two(month)}-${two(day)}`, ...(month === 2 && day === 28 && !isLeap(year) ? ['02-29'] : [])];

/** The dates not looked at yet, oldest first: those after `last` ("2026-11-20"), or today alone when nothing was ever looked at. */
export function daysToRaise(last: string | null, today: LocalDate): LocalDate[] {
  const days: LocalDate[] = [];
  for (let back = 0; back < MOST_DAYS; back += 1) {
    const day = addDays(today, -back);
    if (back > 0 && (last === null || dayText(day) <= last)) break;
    if (last !== null && dayText(day) <= last) break;
    days.unshift(day);
  }
  return days;
}
