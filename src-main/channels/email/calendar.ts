import type ICAL from 'ical.js';
import type { Invitation } from '../../../src-preload/contract/index.ts';
import { lazyPackage } from '../../kernel/index.ts';
import { cleanLine } from './text.ts';

const library = lazyPackage<typeof ICAL>('ical.js');

/** Invitations are small; whole calendars sent as a file are for a calendar program. */
const MOST_BYTES = 256 * 1024;
const LINE = 300;

interface Part {
  type: string;
  bytes: Uint8Array;
}

/** How far a named time zone is from UTC at a moment, in ms; null for a name this system does not know. */
function offsetAt(zone: string, at: number): number | null {
  try {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(at);
    const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.trunc(at / 1_000) * 1_000;
  } catch {
    return null;
  }
}

/**
 * Zones a part defines by yearly changes, as real ones are. Working out any other rule (every second for a thousand years) could take for ever.
 */
function plainZones(calendar: ICAL.Component): Set<string> {
  const isPlain = (zone: ICAL.Component): boolean =>
    [...zone.getAllSubcomponents('standard'), ...zone.getAllSubcomponents('daylight')].every((half) => {
      const rules = half.getAllProperties('rrule').map((rule) => rule.getFirstValue());
      return rules.length <= 4 && half.getAllProperties('rdate').length <= 100 && rules.every((rule) => rule instanceof library().Recur && rule.freq === 'YEARLY');
    });
  return new Set(calendar.getAllSubcomponents('vtimezone').slice(0, 20).filter(isPlain).map((zone) => String(zone.getFirstPropertyValue('tzid'))));
}

/** ms UTC. A zone is the one of that name, else the one the part defines, else UTC: the same answer on every desk. */
function momentOf(time: ICAL.Time, tzid: string | null, defined: ReadonlySet<string>): number | null {
  const wall = Date.UTC(time.year, time.month - 1, time.day, time.isDate ? 0 : time.hour, time.isDate ? 0 : time.minute, time.isDate ? 0 : time.second);
  if (!Number.isSafeInteger(wall)) return null;
  if (time.isDate) return wall;
  if (tzid === null) return wall;
  const first = offsetAt(tzid, wall);
  if (first === null) return defined.has(tzid) && time.zone ? time.toUnixTime() * 1_000 : wall;
  // Twice: the offset at the wall time read as UTC can be that of the other side of a clock change.
  return wall - (offsetAt(tzid, wall - first) ?? first);
}

const METHODS: Readonly<Record<string, Invitation['method']>> = { REQUEST: 'request', PUBLISH: 'request', CANCEL: 'cancel', REPLY: 'reply', COUNTER: 'reply' };
const ANSWERS: Readonly<Record<string, Invitation['answer']>> = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' };

function read(text: string): Invitation | null {
  const calendar = new (library().Component)(library().parse(text) as unknown[]);
  const zones = plainZones(calendar);
  const event = calendar.getFirstSubcomponent('vevent');
  if (event === null) return null;
  const value = (name: string): string | null => {
    const found = event.getFirstPropertyValue(name);
    const words = found === null || found === undefined ? '' : cleanLine(String(found).replace(/^mailto:/i, ''), LINE);
    return words === '' ? null : words;
  };
  const timeOf = (name: string): { at: number | null; isDate: boolean } => {
    const property = event.getFirstProperty(name);
    const found = property?.getFirstValue();
    if (!property || !(found instanceof library().Time)) return { at: null, isDate: false };
    const tzid = property.getFirstParameter('tzid');
    return { at: momentOf(found, typeof tzid === 'string' ? tzid : null, zones), isDate: found.isDate };
  };
  const starts = timeOf('dtstart');
  const duration = event.getFirstPropertyValue('duration');
  const ends = timeOf('dtend');
  const lasts = duration instanceof library().Duration ? duration.toSeconds() * 1_000 : null;
  const organizer = event.getFirstProperty('organizer');
  const name = organizer?.getFirstParameter('cn');
  const status = event.getFirstProperty('attendee')?.getFirstParameter('partstat');
  const method = METHODS[String(calendar.getFirstPropertyValue('method') ?? '').toUpperCase()] ?? 'other';
  const endsAt = ends.at ?? (starts.at !== null && lasts !== null && Number.isSafeInteger(starts.at + lasts) ? starts.at + lasts : null);
  return {
    method: value('status')?.toUpperCase() === 'CANCELLED' ? 'cancel' : method,
    what: value('summary') ?? '', where: value('location'),
    organizer: typeof name === 'string' && name.trim() !== '' ? cleanLine(name, LINE) : value('organizer'),
    startsAt: starts.at, endsAt: endsAt !== null && starts.at !== null && endsAt < starts.at ? null : endsAt,
    isAllDay: starts.isDate, repeats: event.hasProperty('rrule'),
    answer: method === 'reply' ? (ANSWERS[typeof status === 'string' ? status.toUpperCase() : ''] ?? null) : null,
  };
}

/** The first calendar part of a mail in words; null when there is none or nobody can read it (it is still among the files). */
export function readInvitation(parts: readonly Part[]): Invitation | null {
  const part = parts.find((one) => one.type === 'text/calendar' || one.type === 'application/ics');
  if (part === undefined || part.bytes.length > MOST_BYTES) return null;
  try {
    return read(Buffer.from(part.bytes).toString('utf8'));
  } catch {
    return null;
  }
}
