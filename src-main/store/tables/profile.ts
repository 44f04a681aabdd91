import type { Profile } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';

/**
 * What the profile is made of, part by part: `influence`, `wish:mail`, `date:ID`, `field:ID`. A merge puts the parts of two people beside each
 * other, and every part can be taken off by itself.
 */
export type ProfileParts = Readonly<Record<string, unknown>>;

export const readParts = (stored: string | null): ProfileParts => (stored === null ? {} : (JSON.parse(stored) as ProfileParts));
/** In one order, so that the same profile is the same text. */
export function writeParts(parts: ProfileParts): string | null {
  const kept = Object.entries(parts).filter(([, value]) => value !== null && value !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return kept.length === 0 ? null : JSON.stringify(Object.fromEntries(kept));
}
export const withPart = (stored: string | null, key: string, value: unknown): string | null => writeParts({ ...readParts(stored), [key]: value });

/** Two people's parts as one: the survivor's own first. */
export const combineParts = (own: string | null, other: string | null, isShown: (key: string) => boolean): string | null =>
  writeParts({ ...Object.fromEntries(Object.entries(readParts(other)).filter(([key]) => isShown(key))), ...readParts(own) });

type Dates = Profile['dates'];
export function profileOf(stored: string | null): Profile {
  const parts = readParts(stored);
  const named = <T>(prefix: string): [id: string, value: T][] => Object.entries(parts).flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value as T]] : []));
  const wish = (channel: string): 'preferred' | 'refused' | null => (parts[`wish:${channel}`] as 'preferred' | 'refused' | undefined) ?? null;
  return {
    influence: (parts['influence'] as Profile['influence'] | undefined) ?? null,
    wishes: { post: wish('post'), dm: wish('dm'), mail: wish('mail'), call: wish('call') },
    dates: named<Omit<Dates[number], 'id'>>('date:').map(([id, date]) => ({ id, ...date })).toSorted((a, b) => (a.month - b.month) || (a.day - b.day) || (a.id < b.id ? -1 : 1)),
    fields: Object.fromEntries(named<string | number>('field:')),
  };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** The days on which something is to be raised are found by day, not by reading every profile. */
export function indexDays(db: WriteDb, customerId: string, stored: string | null): void {
  db.run('DELETE FROM customer_day WHERE customer_id = ?', customerId);
  for (const date of profileOf(stored).dates) db.run('INSERT INTO customer_day (day, customer_id, date_id) VALUES (?, ?, ?)', `${two(date.month)}-${two(date.day)}`, customerId, date.id);
}
export const hasDays = (db: ReadDb): boolean => db.get('SELECT 1 FROM customer_day LIMIT 1') !== undefined;
/** Whose dates fall on one of these days ("05-14"). */
export const withDay = (db: ReadDb, day: string): { customerId: string; dateId: string }[] =>
  db.all('SELECT d.customer_id AS customerId, d.date_id AS dateId FROM customer_day d JOIN customer c ON c.id = d.customer_id WHERE d.day = ? AND c.merged_into IS NULL ORDER BY d.customer_id, d.date_id', day);
