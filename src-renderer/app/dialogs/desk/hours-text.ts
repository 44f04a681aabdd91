export interface Interval { readonly from: number; readonly to: number }

const two = (value: number): string => String(value).padStart(2, '0');
const clock = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

export const hoursText = (intervals: readonly Interval[]): string => intervals.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(', ');

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
