import type * as Chrono from 'chrono-node';
import { lazyPackage } from '../kernel/index.ts';
import { readWords } from './time-words/read.ts';
import { bengali, hindi, malay, portuguese, type Vocabulary } from './time-words/vocabulary.ts';

/** Offset of `zone` from UTC at `at`, in minutes. */
export function zoneOffsetMinutes(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((p) => p.type === type)?.value ?? 0);
  return Math.round((Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1000) * 1000) / 60_000);
}

/** The moment (ms UTC) at which a clock in `zone` shows this date and time. In the hour skipped by daylight saving it is the hour after. */
export function instantOf(zone: string, local: { year: number; month: number; day: number; hour: number; minute: number }): number {
  const asUtc = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute);
  const first = asUtc - zoneOffsetMinutes(zone, asUtc) * 60_000;
  return asUtc - zoneOffsetMinutes(zone, first) * 60_000;
}

/** Midnight before `at` on the clocks of `zone`, ms UTC. */
export function startOfDay(zone: string, at: number): number {
  const local = new Date(at + zoneOffsetMinutes(zone, at) * 60_000);
  return instantOf(zone, { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate(), hour: 0, minute: 0 });
}

/** Midnight before the first day of the month of `at` on the clocks of `zone`, ms UTC. */
export function startOfMonth(zone: string, at: number): number {
  const local = new Date(at + zoneOffsetMinutes(zone, at) * 60_000);
  return instantOf(zone, { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: 1, hour: 0, minute: 0 });
}

const chrono = lazyPackage<typeof Chrono>('chrono-node');

/** What English says, and how many of the text's letters said it. */
function readEnglish(text: string, zone: string, now: number): { at: number; letters: number } | null {
  const offset = zoneOffsetMinutes(zone, now);
  const found = chrono().parse(text, { instant: new Date(now), timezone: offset }, { forwardDate: true })[0];
  if (!found) return null;
  const { start } = found;
  const letters = found.text.replace(/[^\p{L}\p{M}\p{N}]/gu, '').length;
  if (start.isCertain('timezoneOffset')) return { at: start.date().getTime(), letters };
  // "in 2 hours" is a length of time and must not be bent by a clock change on the way.
  if (/\b(?:in\s+)?(?:\d+|an?|half an?|few)\s*(?:m|min|mins|minutes?|h|hrs?|hours?)\b/i.test(found.text)) return { at: start.date().getTime(), letters };
  const hasHour = start.isCertain('hour');
  const at = instantOf(zone, {
    year: start.get('year') ?? 1970, month: start.get('month') ?? 1, day: start.get('day') ?? 1,
    hour: hasHour ? (start.get('hour') ?? 9) : 9, minute: hasHour ? (start.get('minute') ?? 0) : 0,
  });
  return { at, letters };
}

/** Year, month, day, hour and minute on the clocks of `zone`. */
export function localOf(zone: string, at: number): { year: number; month: number; day: number; hour: number; minute: number } {
  const local = new Date(at + zoneOffsetMinutes(zone, at) * 60_000);
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate(), hour: local.getUTCHours(), minute: local.getUTCMinutes() };
}

function readIn(words: Vocabulary, text: string, zone: string, now: number): { at: number; letters: number } | null {
  const reading = readWords(text, words, localOf(zone, now));
  if (reading === null) return null;
  return { letters: reading.letters, at: 'inMs' in reading ? now + reading.inMs : instantOf(zone, { ...reading.date, hour: reading.hour, minute: reading.minute }) };
}

/**
 * Reads a time in words as a person in `zone` means it, in English, Hindi, Bengali, Malay or Portuguese; null when it says no time, or one that
 * has passed. A day without an hour means 9:00. Of several languages the one that explains more of the text is meant.
 */
export function parseTime(text: string, zone: string, now: number): number | null {
  const others = /\p{Script=Devanagari}/u.test(text) ? [hindi] : /\p{Script=Bengali}/u.test(text) ? [bengali] : [portuguese, malay];
  const english = others.length === 1 ? null : readEnglish(text, zone, now);
  const readings = [english, ...others.map((words) => readIn(words, text, zone, now))].filter((reading) => reading !== null);
  const best = readings.toSorted((a, b) => b.letters - a.letters)[0];
  return best !== undefined && best.at > now ? best.at : null;
}
