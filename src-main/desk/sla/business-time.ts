import type { SlaCalendar } from '../../../src-preload/contract/index.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A clock that finds no open minute in this many days will find none. */
const FARTHEST_DAYS = 750;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
    formats.set(zone, format);
  }
  return format;
}

/** What the clocks of a zone show, as if it were UTC. */
function wallAt(zone: string, at: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = Number(value);
  return Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'] ?? 1, parts['hour'] ?? 0, parts['minute'] ?? 0, parts['second'] ?? 0);
}

const offsetAt = (zone: string, at: number): number => wallAt(zone, at) - Math.floor(at / 1000) * 1000;

/**
 * The moment at which the clocks of a zone show `wall` (given as if it were UTC). A time shown twice means its first showing; one that is
 * skipped means the moment of the change, so that an hour of opening is never longer or shorter than the clocks say.
 */
export function instantOf(zone: string, wall: number): number {
  const before = offsetAt(zone, wall - DAY_MS);
  const after = offsetAt(zone, wall + DAY_MS);
  const candidates = [wall - before, wall - after].filter((at) => wallAt(zone, at) === wall);
  if (candidates.length > 0) return Math.min(...candidates);
  let shown = Math.min(wall - before, wall - after);
  let passed = Math.max(wall - before, wall - after);
  while (passed - shown > 1000) {
    const middle = Math.floor((shown + passed) / 2000) * 1000;
    if (wallAt(zone, middle) < wall) shown = middle;
    else passed = middle;
  }
  return passed;
}

interface Interval { from: number; to: number }

/** Intervals of one day in order, overlapping ones joined, as moments. */
function opensOn(calendar: SlaCalendar, zone: string, day: number): Interval[] {
  const date = new Date(day);
  const name = date.toISOString().slice(0, 10);
  if (calendar.holidays.some((holiday) => holiday.date === name)) return [];
  const joined: Interval[] = [];
  for (const { from, to } of [...(calendar.week[date.getUTCDay()] ?? [])].filter((i) => i.to > i.from).toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined.map(({ from, to }) => ({ from: instantOf(zone, day + from * MINUTE_MS), to: instantOf(zone, day + to * MINUTE_MS) }));
}

const zoneOf = (calendar: SlaCalendar, officeZone: string): string => (calendar.zone === '' ? officeZone : calendar.zone);

/** The moment at which `open` milliseconds of opening time have passed since `start`; null when the calendar never opens that long. */
export function addOpenTime(calendar: SlaCalendar | null, officeZone: string, start: number, open: number): number | null {
  if (calendar === null) return start + open;
  const zone = zoneOf(calendar, officeZone);
  let left = open;
  const today = Math.floor(wallAt(zone, start) / DAY_MS) * DAY_MS;
  for (let n = 0; n < FARTHEST_DAYS; n += 1) {
    for (const { from, to } of opensOn(calendar, zone, today + n * DAY_MS)) {
      const begin = Math.max(from, start);
      if (begin >= to) continue;
      if (to - begin >= left) return begin + left;
      left -= to - begin;
    }
  }
  return null;
}

export function isOpenAt(calendar: SlaCalendar | null, officeZone: string, at: number): boolean {
  if (calendar === null) return true;
  const zone = zoneOf(calendar, officeZone);
  return opensOn(calendar, zone, Math.floor(wallAt(zone, at) / DAY_MS) * DAY_MS).some(({ from, to }) => at >= from && at < to);
}

/** Whether a calendar is open, and when that changes next; null when it never does. Around the clock is always open. */
export function openingAt(calendar: SlaCalendar | null, officeZone: string, at: number): { isOpen: boolean; changesAt: number | null } {
  if (calendar === null) return { isOpen: true, changesAt: null };
  if (!isOpenAt(calendar, officeZone, at)) return { isOpen: false, changesAt: addOpenTime(calendar, officeZone, at, 0) };
  const zone = zoneOf(calendar, officeZone);
  const today = Math.floor(wallAt(zone, at) / DAY_MS) * DAY_MS;
  let open: number | null = null;
  for (let n = 0; n < 8; n += 1) {
    for (const { from, to } of opensOn(calendar, zone, today + n * DAY_MS)) {
      if (to <= at) continue;
      // An interval that begins where the one before ends does not close in between.
      if (open !== null && from > open) return { isOpen: true, changesAt: open };
      open = to;
    }
  }
  // A week without a closed minute.
  return { isOpen: true, changesAt: open !== null && open < at + 7 * DAY_MS ? open : null };
}
