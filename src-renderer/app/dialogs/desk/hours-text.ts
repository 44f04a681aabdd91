/** A week as people here read it: Monday first. */
export const DAYS = [1, 2, 3, 4, 5, 6, 0] as const;
export const dayName = (day: number): string => new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 4 + day));

export interface Interval { readonly from: number; readonly to: number }

const two = (value: number): string => String(value).padStart(2, '0');
export const clockText = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

export const hoursText = (intervals: readonly Interval[]): string => intervals.map(({ from, to }) => `${clockText(from)}–${clockText(to)}`).join(', ');

/** Reads "22" and "7:30" as minutes of the day; null when it is no time. */
export function readClock(text: string): number | null {
  const match = /^\s*(\d{1,2})(?:[:.](\d{2}))?\s*$/u.exec(text);
  const minutes = match === null ? -1 : Number(match[1]) * 60 + Number(match[2] ?? 0);
  return match === null || Number(match[2] ?? 0) > 59 || minutes > 1_440 ? null : minutes % 1_440;
}

/** Reads "9-12:30, 13:30-18"; null when it is no list of times. An empty text means closed. */
export function readHours(text: string): Interval[] | null {
  const intervals: Interval[] = [];
  for (const part of text.split(/[,;]/u).map((one) => one.trim()).filter((one) => one !== '')) {
    const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?$/u.exec(part);
    if (match === null) return null;
    const from = Number(match[1]) * 60 + Number(match[2] ?? 0);
    const to = Number(match[3]) * 60 + Number(match[4] ?? 0);
    if (from >= to || to > 1_440 || Number(match[2] ?? 0) > 59 || Number(match[4] ?? 0) > 59) return null;
    intervals.push({ from, to });
  }
  return intervals.toSorted((a, b) => a.from - b.from);
}

/** Reads one holiday a line, "2026-12-25 Christmas"; null when a line has no date. */
export function readHolidays(text: string): { date: string; name: string }[] | null {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const days = lines.map((line) => /^(\d{4}-\d{2}-\d{2})(?:\s+(.*))?$/u.exec(line)).map((match) => (match === null || Number.isNaN(Date.parse(match[1] ?? '')) || new Date(match[1] ?? '').toISOString().slice(0, 10) !== match[1] ? null : { date: match[1], name: match[2] ?? '' }));
  return days.includes(null) ? null : days.filter((day) => day !== null);
}
