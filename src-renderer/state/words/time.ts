const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Intl formats cost a millisecond to make and a microsecond to use. */
function format(zone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone}|${name}`;
  let made = formats.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    formats.set(key, made);
  }
  return made;
}

export const clockTime = (at: number, zone: string): string => format(zone, 'clock', { hour: '2-digit', minute: '2-digit' }).format(at);

const MOST_KEPT = 20_000;

/** Times repeat: rows come back into view, and lie on the same days. */
function kept(make: (at: number, zone: string) => string): (at: number, zone: string) => string {
  const made = new Map<string, string>();
  return (at, zone) => {
    const key = `${at}${zone}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    if (made.size >= MOST_KEPT) made.clear();
    const text = make(at, zone);
    made.set(key, text);
    return text;
  };
}

export const fullTime = kept((at, zone) =>
  format(zone, 'full', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' }).format(at));

/** A moment to the minute, in words: "Tuesday 24 November 2026 at 10:00". */
export const minuteTime = (at: number, zone: string): string =>
  format(zone, 'minute', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at);

/** "May" */
export const monthName = (month: number): string => format('UTC', 'month', { month: 'long' }).format(Date.UTC(2000, month - 1, 1));

/** A key that is equal for two times on the same day in `zone`. */
export const dayKey = (at: number, zone: string): string => dayOfQuarter(Math.floor(at / QUARTER) * QUARTER, zone);

/** In every zone a day begins on a quarter of an hour. */
const QUARTER = 15 * MINUTE;
const dayOfQuarter = kept((at, zone) => format(zone, 'day', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at));

/** "Today", "Yesterday", "Tuesday 17 November", with the year when it is another one. */
export function dayLabel(at: number, now: number, zone: string): string {
  const key = dayKey(at, zone);
  const long = format(zone, 'weekday', { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
  if (key === dayKey(now, zone)) return `Today · ${long}`;
  if (key === dayKey(now - DAY, zone)) return `Yesterday · ${long}`;
  const sameYear = key.slice(-4) === dayKey(now, zone).slice(-4);
  return sameYear ? long : `${long} ${key.slice(-4)}`;
}

/** "14:32", "Tue 14:32", "17 Nov 14:32": the shortest that says which day. */
export function whenLabel(at: number, now: number, zone: string): string {
  if (dayKey(at, zone) === dayKey(now, zone)) return clockTime(at, zone);
  const near = Math.abs(at - now) < 6 * DAY;
  const day = near ? format(zone, 'wd', { weekday: 'short' }).format(at) : format(zone, 'dm', { day: 'numeric', month: 'short' }).format(at);
  return `${day} ${clockTime(at, zone)}`;
}

/** "Monday 5 January 2026, 10:00–11:00"; over several days both are named, and whole days have no clock (their end is the day after). */
export function spanOfDays(from: number, to: number | null, zone: string, isAllDay: boolean): string {
  const day = (at: number): string => format(zone, 'longday', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(at);
  const last = to === null ? from : isAllDay ? Math.max(from, to - DAY) : to;
  const isOneDay = dayKey(from, zone) === dayKey(last, zone);
  if (isAllDay) return isOneDay ? day(from) : `${day(from)} – ${day(last)}`;
  if (to === null || to === from) return `${day(from)}, ${clockTime(from, zone)}`;
  return isOneDay ? `${day(from)}, ${clockTime(from, zone)}–${clockTime(to, zone)}` : `${day(from)}, ${clockTime(from, zone)} – ${day(to)}, ${clockTime(to, zone)}`;
}

/** Age in a queue row: "now", "5m", "3h", "2d", then the date. */
export function age(at: number, now: number, zone: string): string {
  const past = Math.max(0, now - at);
  if (past < MINUTE) return 'now';
  if (past < HOUR) return `${Math.floor(past / MINUTE)}m`;
  if (past < DAY) return `${Math.floor(past / HOUR)}h`;
  if (past < 7 * DAY) return `${Math.floor(past / DAY)}d`;
  return format(zone, 'dm', { day: 'numeric', month: 'short' }).format(at);
}

/** A span in words of at most two units: "2 min 53 s", "1 h 5 min", "3 d 2 h". */
export function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

/** Like `span`, without seconds: for things that are minutes away. */
export const roughSpan = (ms: number): string => (ms < MINUTE ? '1 min' : span(Math.floor(ms / (ms < HOUR * 24 ? MINUTE : HOUR)) * (ms < HOUR * 24 ? MINUTE : HOUR)));

/** A call's length as a clock: "3:05", "1:02:07". */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Reads "3:05", "1:02:07", "4" (minutes), "90s"; null when it is none of them. */
export function readStopwatch(text: string): number | null {
  const trimmed = text.trim();
  if (/^\d{1,5}s$/u.test(trimmed)) return Number(trimmed.slice(0, -1)) * 1000;
  if (/^\d{1,3}$/u.test(trimmed)) return Number(trimmed) * MINUTE;
  const match = /^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)$/u.exec(trimmed);
  if (match === null) return null;
  return (Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60 + Number(match[3])) * 1000;
}

/** The offset of `zone` from UTC at a moment. */
function offsetAt(at: number, zone: string): number {
  const parts = Object.fromEntries(format(zone, 'parts', {
    year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23',
  }).formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const wall = Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'] ?? 1, parts['hour'] ?? 0, parts['minute'] ?? 0, parts['second'] ?? 0);
  return wall - Math.floor(at / 1000) * 1000;
}

/** The moment at which the clocks of `zone` show hour:minute, `days` days after the day of `now`. */
export function officeTime(now: number, zone: string, days: number, hour: number, minute = 0): number {
  const local = new Date(now + offsetAt(now, zone));
  const wall = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + days, hour, minute);
  const guess = wall - offsetAt(wall, zone);
  return wall - offsetAt(guess, zone);
}

/** Day of the week in `zone`, Sunday = 0. */
export const officeWeekday = (now: number, zone: string): number => new Date(now + offsetAt(now, zone)).getUTCDay();
