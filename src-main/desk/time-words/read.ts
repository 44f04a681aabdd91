import type { PartOfDay, Vocabulary } from './vocabulary.ts';

export interface LocalDate { year: number; month: number; day: number }
/** A wall-clock time, or a length of time from now. `letters`: how much of the text said it. */
export type Reading = { letters: number } & ({ date: LocalDate; hour: number; minute: number } | { inMs: number });

const DAY_BEGINS = 9;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const BEGINS: Record<PartOfDay, number> = { morning: 9, noon: 12, afternoon: 15, evening: 18, night: 20 };
const partNames: readonly PartOfDay[] = ['noon', 'morning', 'afternoon', 'evening', 'night'];

const DIGIT_ZEROS = [0x0966, 0x09e6];
/** Digits of Devanagari and Bengali as 0 to 9. */
const plainDigits = (text: string): string => text.replace(/[०-९০-৯]/gu, (digit) => {
  const code = digit.codePointAt(0) ?? 0;
  return String(code - (DIGIT_ZEROS.findLast((zero) => zero <= code) ?? code));
});
const folded = (text: string, isLatin: boolean): string => (isLatin ? text.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '') : text.toLowerCase().normalize('NFC'));

/** What an hour means in a part of the day: "3" in the afternoon is 15, "12" at night is 0. */
export function hourIn(hour: number, part: PartOfDay | null): number {
  if (hour > 12 || part === null) return hour;
  switch (part) {
    case 'morning': return hour === 12 ? 0 : hour;
    case 'noon': return hour <= 4 ? hour + 12 : hour;
    case 'afternoon':
    case 'evening': return hour === 12 ? 12 : hour + 12;
    case 'night': return hour === 12 ? 0 : hour <= 4 ? hour : hour + 12;
  }
}

export const addDays = (date: LocalDate, days: number): LocalDate => {
  const moved = new Date(Date.UTC(date.year, date.month - 1, date.day + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
};
const addMonths = (date: LocalDate, months: number): LocalDate => {
  const first = new Date(Date.UTC(date.year, date.month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return { year: first.getUTCFullYear(), month: first.getUTCMonth() + 1, day: Math.min(date.day, last) };
};
const weekdayOf = (date: LocalDate): number => new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
const isRealDate = ({ year, month, day }: LocalDate): boolean => month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Takes words off a text one after the other, so that nothing is read twice. */
class Taker {
  letters = 0;
  private rest: string;
  private readonly isLatin: boolean;
  constructor(text: string, isLatin: boolean) {
    this.isLatin = isLatin;
    this.rest = ` ${folded(plainDigits(text), isLatin)} `;
  }

  /** A pattern of which `…` stands for one of the words at its place. */
  take(parts: readonly (string | readonly string[])[]): RegExpExecArray | null {
    const source = parts.map((part) => (typeof part === 'string' ? part : `(${[...part].map((word) => folded(word, this.isLatin)).toSorted((a, b) => b.length - a.length).map(escaped).join('|') || '(?!)'})`)).join('');
    const found = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${source}(?![\\p{L}\\p{M}\\p{N}])`, 'u').exec(this.rest);
    if (found === null) return null;
    this.letters += found[0].replace(/[^\p{L}\p{M}\p{N}]/gu, '').length;
    this.rest = `${this.rest.slice(0, found.index)} ${this.rest.slice(found.index + found[0].length)}`;
    return found;
  }

  indexIn(lists: readonly (readonly string[])[], word: string | undefined): number {
    return word === undefined ? -1 : lists.findIndex((list) => list.some((other) => folded(other, this.isLatin) === word));
  }
}
const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Reads a time in one language, as it is today (`now`) on the clocks of the place; null when the text says none. A day without an hour means
 * nine o'clock; a weekday is the next one of that name.
 */
export function readWords(text: string, words: Vocabulary, now: LocalDate & { hour: number; minute: number }): Reading | null {
  const taker = new Taker(text, words.isLatin);
  const numbers = words.numbers.flat();
  const count = (typed: string | undefined): number => (typed === undefined ? 1 : /^\d+$/.test(typed) ? Number(typed) : taker.indexIn(words.numbers, typed) + 1);
  const amount = `(\\d{1,3}|${numbers.map((word) => escaped(folded(word, words.isLatin))).toSorted((a, b) => b.length - a.length).join('|')})\\s*`;
  const units = Object.values(words.units);
  const unitNames = Object.keys(words.units) as (keyof Vocabulary['units'])[];

  let date: LocalDate | null = null;
  const length = words.before.length > 0 ? taker.take([words.before, '\\s+', amount, units.flat()]) : null;
  const lengthAfter = length === null && words.after.length > 0 ? taker.take([amount, units.flat(), '\\s+', words.after]) : null;
  const span = length === null ? (lengthAfter === null ? null : { n: lengthAfter[1], unit: lengthAfter[2] }) : { n: length[2], unit: length[3] };
  if (span !== null) {
    const unit = unitNames[taker.indexIn(units, span.unit)];
    const n = count(span.n);
    if (unit === 'minute') return { inMs: n * MINUTE_MS, letters: taker.letters };
    if (unit === 'hour') return { inMs: n * HOUR_MS, letters: taker.letters };
    if (unit !== undefined) date = unit === 'month' ? addMonths(now, n) : addDays(now, unit === 'week' ? 7 * n : n);
  }
  date ??= readDate(taker, words, now);
  const isNext = taker.take([words.next]) !== null;
  const weekday = date === null ? taker.indexIn(words.weekdays, taker.take([words.weekdays.flat()])?.[1]) : -1;
  const nextUnit = date === null && weekday === -1 && isNext ? taker.take([[...words.units.week, ...words.units.month]]) : null;
  if (nextUnit !== null) date = taker.indexIn([words.units.week], nextUnit[1]) === 0 ? addDays(now, 7) : addMonths(now, 1);

  const clock = readClock(taker, words, count);
  if (clock === 'bad') return null;
  if (weekday !== -1) {
    const ahead = (weekday - weekdayOf(now) + 7) % 7;
    const isLaterToday = clock !== null && clock.hour * 60 + clock.minute > now.hour * 60 + now.minute;
    date = addDays(now, ahead === 0 && (isNext || !isLaterToday) ? 7 : ahead);
  }
  if (date === null) {
    if (clock === null) return null;
    date = clock.hour * 60 + clock.minute > now.hour * 60 + now.minute ? now : addDays(now, 1);
  }
  const { year, month, day } = date;
  return { date: { year, month, day }, hour: clock?.hour ?? DAY_BEGINS, minute: clock?.minute ?? 0, letters: taker.letters };
}

function readDate(taker: Taker, words: Vocabulary, now: LocalDate): LocalDate | null {
  const iso = taker.take(['(\\d{4})-(\\d{1,2})-(\\d{1,2})']);
  const slashed = iso === null ? taker.take(['(\\d{1,2})[/.](\\d{1,2})(?:[/.](\\d{4}))']) ?? taker.take(['(\\d{1,2})/(\\d{1,2})']) : null;
  const named = iso === null && slashed === null ? taker.take(['(\\d{1,2})(?:\\s+de)?\\s+', words.months.flat(), '(?:\\s+(?:de\\s+)?(\\d{4}))?']) : null;
  const [year, month, day] = iso !== null ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
    : slashed !== null ? [Number(slashed[3] ?? 0), Number(slashed[2]), Number(slashed[1])]
      : named !== null ? [Number(named[3] ?? 0), taker.indexIn(words.months, named[2]) + 1, Number(named[1])] : [0, 0, 0];
  if (month !== 0) {
    const hasPassed = month < now.month || (month === now.month && day < now.day);
    const found = { year: year === 0 ? now.year + Number(hasPassed) : year, month, day };
    return isRealDate(found) ? found : null;
  }
  for (const [days, names] of words.days.toSorted((a, b) => b[0] - a[0])) if (taker.take([names]) !== null) return addDays(now, days);
  return null;
}

function readClock(taker: Taker, words: Vocabulary, count: (typed: string | undefined) => number): { hour: number; minute: number } | 'bad' | null {
  let part: PartOfDay | null = null;
  for (const name of partNames) if (words.parts[name].length > 0 && taker.take([words.parts[name]]) !== null) { part = name; break; }
  const before = words.hourBefore.length === 0 ? '' : `(?:(?:${words.hourBefore.map((word) => escaped(folded(word, words.isLatin))).join('|')})\\s+)?`;
  const after = words.hourAfter.length === 0 ? '' : `(?:\\s*(?:${words.hourAfter.map((word) => escaped(folded(word, words.isLatin))).join('|')}))?`;
  const numbers = words.numbers.flat();
  const spoken = `(\\d{1,2}|${numbers.map((word) => escaped(folded(word, words.isLatin))).toSorted((a, b) => b.length - a.length).join('|')})`;
  const quarter = words.quarters.flatMap(([, names]) => names);
  const bent = quarter.length === 0 ? null : taker.take([quarter, '\\s+', spoken, after]);
  if (bent !== null) {
    const minutes = words.quarters[taker.indexIn(words.quarters.map(([, names]) => names), bent[1])]?.[0] ?? 0;
    const whole = hourIn(count(bent[2]), part);
    return whole > 23 ? 'bad' : { hour: minutes < 0 ? (whole + 23) % 24 : whole, minute: (minutes + 60) % 60 };
  }
  const exact = taker.take([before, '(\\d{1,2})\\s*[:.h]\\s*(\\d{2})', after]) ?? taker.take([before, '(\\d{1,2})', after]);
  const said = exact ?? (words.hourAfter.length > 0 && words.hourBefore.length === 0 ? taker.take([spoken, after.replace(/\?$/, '')]) : words.hourBefore.length > 0 ? taker.take([before.replace(/\?$/, ''), spoken]) : null);
  if (said === null) return part === null ? null : { hour: BEGINS[part], minute: 0 };
  const hour = hourIn(count(said[1]), part);
  const minute = Number(said[2] ?? 0);
  return hour > 23 || minute > 59 ? 'bad' : { hour, minute };
}
