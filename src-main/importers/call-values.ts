import type { CallMap, CallOutcome } from '../../src-preload/contract/index.ts';
import { zoneOffsetMinutes } from '../desk/index.ts';
import { lazy } from '../kernel/index.ts';

type Order = CallMap['dateOrder'];
interface Local { year: number; month: number; day: number; hour: number; minute: number; second: number }

// Some 40 ms: not while the console starts.
const months = lazy(() => new Map(['en', 'pt', 'es', 'fr', 'de', 'it', 'nl', 'ms', 'hi', 'bn'].flatMap((language) => (['long', 'short'] as const).flatMap((month) =>
  Array.from({ length: 12 }, (_, i): [string, number] => [plain(new Intl.DateTimeFormat(language, { month, timeZone: 'UTC' }).format(Date.UTC(2026, i, 15))), i + 1])))));

/** Letters and figures alone, without marks and case: "Début d'appel" is "debutdappel". */
export function plain(text: string): string {
  return text.normalize('NFKD').replace(/(?<=\p{Script=Latin})\p{M}+/gu, '').toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

const DAY = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})$/;
const NAMED = /^(?:(\d{1,2})[.\s-]*(?:de\s+)?([\p{L}\p{M}]+)\.?[,\s-]*(?:de\s+)?(\d{4})|([\p{L}\p{M}]+)\.?\s+(\d{1,2}),?\s+(\d{4}))$/u;
const CLOCK = /^(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?\s*([ap])?\.?(?:m\.?)?$/i;
const OFFSET = /\s*(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2}))$/i;

function dayOf(text: string, order: Order): Pick<Local, 'year' | 'month' | 'day'> | null {
  const figures = DAY.exec(text);
  const named = figures ? null : NAMED.exec(text);
  let parts: [number, number, number];
  if (figures) {
    const [a, b, c] = [Number(figures[1]), Number(figures[2]), Number(figures[3])];
    parts = (figures[1] ?? '').length === 4 ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b];
  } else if (named) parts = [Number(named[3] ?? named[6]), months().get(plain(named[2] ?? named[4] ?? '')) ?? 0, Number(named[1] ?? named[5])];
  else return null;
  const [short, month, day] = parts;
  const year = short < 100 ? 2_000 + short : short;
  const made = new Date(Date.UTC(year, month - 1, day));
  return year >= 1970 && year < 2200 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? { year, month, day } : null;
}

function clockOf(text: string): Pick<Local, 'hour' | 'minute' | 'second'> | null {
  const found = CLOCK.exec(text);
  if (!found) return null;
  const half = found[4]?.toLowerCase();
  const typed = Number(found[1]);
  if (half !== undefined && (typed < 1 || typed > 12)) return null;
  const hour = half === undefined ? typed : (typed % 12) + (half === 'p' ? 12 : 0);
  const [minute, second] = [Number(found[2]), Number(found[3] ?? 0)];
  return hour < 24 && minute < 60 && second < 60 ? { hour, minute, second } : null;
}

/** A time as written; `hasZone` when it names its own. Null when it is none. */
export function readCallTime(typed: string, order: Order, zone: string): { at: number; hasZone: boolean } | null {
  const text = typed.trim();
  // Seconds or milliseconds since 1970; nothing shorter, which could be a number or a length.
  if (/^\d{10}(?:\.\d+)?$|^\d{13}$/.test(text)) return { at: Math.round(text.length === 13 ? Number(text) : Number(text) * 1_000), hasZone: true };
  const cut = /^(.*?\d{4}|\d[\d./-]*\d)(?:T|[,\s]+)(\d{1,2}[:.h]\d{2}.*)$/iu.exec(text);
  const dayText = (cut?.[1] ?? text).trim();
  const rest = (cut?.[2] ?? '').trim();
  const offset = OFFSET.exec(rest);
  const day = dayOf(dayText, order);
  const clock = rest === '' ? { hour: 0, minute: 0, second: 0 } : clockOf(rest.slice(0, rest.length - (offset?.[0].length ?? 0)).trim());
  if (!day || !clock) return null;
  const wall = Date.UTC(day.year, day.month - 1, day.day, clock.hour, clock.minute, clock.second);
  if (offset) return { at: wall - (offset[1] === undefined ? (offset[2] === '-' ? -1 : 1) * (Number(offset[3]) * 60 + Number(offset[4])) * 60_000 : 0), hasZone: true };
  // The offset of the moment looked for; twice, for the hours around a change of the clock.
  return { at: wall - offsetAt(zone, wall - offsetAt(zone, wall)), hasZone: false };
}

let last = { zone: '', quarter: 0, offset: 0 };
/** A list of a year asks for each of its lines, mostly for the quarter of an hour it asked for before. */
function offsetAt(zone: string, at: number): number {
  if (zone === 'UTC') return 0;
  const quarter = Math.floor(at / 900_000);
  if (last.zone !== zone || last.quarter !== quarter) last = { zone, quarter, offset: zoneOffsetMinutes(zone, at) * 60_000 };
  return last.offset;
}

/** A length: 1:02:03, 2:03, "2m 3s", or a plain figure of the unit. Null when it is none. */
export function readLength(typed: string, unit: CallMap['unit']): number | null {
  const text = typed.trim().toLowerCase();
  const parts = /^(?:(\d+):)?(\d+):(\d{2})(?:\.\d+)?$/.exec(text);
  if (parts) return ((Number(parts[1] ?? 0) * 60 + Number(parts[2])) * 60 + Number(parts[3])) * 1_000;
  const words = /^(?:(\d+)\s*h[a-z]*\.?)?\s*(?:(\d+)\s*m[a-z]*\.?)?\s*(?:(\d+)\s*s[a-z]*\.?)?$/.exec(text);
  if (text !== '' && words) return ((Number(words[1] ?? 0) * 60 + Number(words[2] ?? 0)) * 60 + Number(words[3] ?? 0)) * 1_000;
  return /^\d+(?:[.,]\d+)?$/.test(text) ? Math.round(Number(text.replace(',', '.')) * (unit === 'minutes' ? 60_000 : 1_000)) : null;
}

const INBOUND = /^(?:in?$|inbound|incoming|received|missed|entrante|entrada|recibida|perdida|recebida|entrant|recu|eingehend|ankommend|verpasst|inkomend|masuk|इनकमिंग|आवक|ইনকামিং)/u;
const OUTBOUND = /^(?:o$|out$|outbound|outgoing|dial|placed|made|saliente|realizada|saida|efetuada|sortant|emis|ausgehend|abgehend|gewahlt|uitgaand|keluar|आउटगोइंग|जावक|আউটগোয়িং)/u;

export function readDirection(typed: string): 'inbound' | 'outbound' | null {
  const text = plain(typed);
  return OUTBOUND.test(text) ? 'outbound' : INBOUND.test(text) ? 'inbound' : null;
}

// "no answer" holds "answer": the denials come first.
const DENIED = /noanswer|unanswered|notanswered|noatend|naoatend|semresposta|nocontest|sincontest|sinrespuesta|nichtangenommen|nichtbeantwort|keineantwort|sansreponse|nonrepondu|tidakdijawab|timeout|cancel/;
const RESULTS: readonly [RegExp, CallOutcome][] = [
  [/voice|mailbox|buzon|correiodevoz|messagerie|anrufbeantworter|melsuara/, 'voicemail'],
  [/busy|ocupad|besetzt|occupe|sibuk/, 'busy'], [/callback|ruckruf|rappel/, 'callback'],
  [/miss|abandon|lost|perdid|perdue|manque|verpasst|entgangen|terlepas/, 'missed'],
  [/answer|connect|complete|^ok|success|normalclearing|atendid|contestad|respondid|angenommen|beantwortet|repondu|abouti|dijawab/, 'answered'],
];

/** How a call ended, in the words of many telephone systems; null when the words are not known. */
export function readOutcome(typed: string, direction: 'inbound' | 'outbound'): CallOutcome | null {
  const text = plain(typed);
  if (text === '') return null;
  if (DENIED.test(text)) return direction === 'inbound' ? 'missed' : 'no_answer';
  const found = RESULTS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  // Nobody misses a call they make.
  return found === 'missed' && direction === 'outbound' ? 'no_answer' : found;
}
