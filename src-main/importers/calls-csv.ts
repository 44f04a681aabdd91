import { createHash } from 'node:crypto';
import type { CallField, CallMap, CallOutcome, CallPreview } from '../../src-preload/contract/index.ts';
import { phoneParty } from '../channels/phone/index.ts';
import type { MessageEvent } from '../channels/port.ts';
import { ParleyError } from '../kernel/index.ts';
import { columnNames, missingOf, placesOf, questionsOf, readMapped, type Sheet } from './call-map.ts';
import { readOutcome } from './call-values.ts';
import { csvImporter, hasColumns, readSheet, stepsOf, type CsvRow } from './csv.ts';
import type { ImportContext, Importer } from './importer.ts';

type CallEvent = MessageEvent & { party: NonNullable<MessageEvent['party']>; detail: Extract<MessageEvent['detail'], { type: 'call' }> };

const OUTCOMES: readonly [RegExp, CallOutcome][] = [
  [/answer|connect|complete|ok|success/i, 'answered'], [/voice|mailbox/i, 'voicemail'], [/busy/i, 'busy'], [/call.?back/i, 'callback'],
  [/miss|abandon|lost/i, 'missed'], [/no.?answer|unanswered|timeout/i, 'no_answer'],
];

function outcomeOf(result: string, direction: 'inbound' | 'outbound', wasAnswered: boolean): CallOutcome {
  // "no answer" holds "answer": the denials come first.
  if (/no.?answer|unanswered|not.?answered/i.test(result)) return direction === 'inbound' ? 'missed' : 'no_answer';
  return OUTCOMES.find(([pattern]) => pattern.test(result))?.[1] ?? (wasAnswered ? 'answered' : direction === 'inbound' ? 'missed' : 'no_answer');
}

function timeOf(text: string): number | null {
  if (text === '') return null;
  const at = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}Z`);
  return Number.isFinite(at) ? at : null;
}

function eventOf(row: CsvRow, context: ImportContext): MessageEvent | string {
  const startedAt = timeOf(row.of('started_at'));
  if (startedAt === null) return `line ${row.line}: "${row.of('started_at').slice(0, 40)}" is no time`;
  const party = phoneParty(row.of('remote_number'), context.region, row.of('customer_name') || null);
  if (!party) return `line ${row.line}: "${row.of('remote_number').slice(0, 40)}" is no number`;
  const direction = /^(?:out|o$)/i.test(row.of('direction')) ? 'outbound' : /^(?:in|i$)/i.test(row.of('direction')) ? 'inbound' : null;
  if (direction === null) return `line ${row.line}: direction is neither inbound nor outbound`;
  const answeredAt = timeOf(row.of('answered_at'));
  const endedAt = timeOf(row.of('ended_at'));
  const at = Math.min(startedAt + context.shiftMs, context.now);
  const callId = row.of('call_id') || createHash('sha256').update([row.of('started_at'), direction, party.value].join('\n')).digest('hex').slice(0, 32);
  return {
    type: 'message', externalId: `call:${callId}`, kind: 'call', direction, at, party, author: direction === 'inbound' ? (party.name ?? party.display) : row.of('agent') || 'Agent',
    subject: null, text: row.of('note'), references: [], threadKeys: [], ownKey: null, files: [], isSeen: true,
    detail: {
      type: 'call', number: party.display, callDirection: direction, startedAt: at, durationMs: answeredAt !== null && endedAt !== null ? Math.max(0, endedAt - answeredAt) : 0,
      outcome: outcomeOf(row.of('result'), direction, answeredAt !== null), agent: row.of('agent'), disposition: row.of('disposition') || null,
    },
  };
}

const OWN = ['started_at', 'direction', 'remote_number', 'result'];
const importOwn = csvImporter(OWN, 'a list of calls', eventOf);

/** True for a list of calls with our own columns, which needs no map. */
export const isOwnList = (header: readonly string[]): boolean => hasColumns(header, OWN);

/** A line of somebody else's list as a call; a sentence when it is none. */
export function mappedEvent(cells: readonly string[], places: ReadonlyMap<CallField, number>, map: CallMap, context: { region: string; shiftMs: number; now: number }): CallEvent | string {
  const read = readMapped(cells, places, map);
  if (typeof read === 'string') return read;
  const party = phoneParty(read.number, context.region, read.of('customer_name') || null);
  if (!party) return `"${read.number.slice(0, 40)}" is no number`;
  const { direction, startedAt } = read;
  const wasAnswered = read.durationMs > 0 || read.of('answered_at') !== '';
  const outcome = readOutcome(read.result, direction) ?? (wasAnswered ? 'answered' : direction === 'inbound' ? 'missed' : 'no_answer');
  // Systems number their calls anew after a restart: the number of a call is not enough to know it by.
  const key = createHash('sha256').update([read.of('call_id'), read.raw, direction, party.value].join('\n')).digest('hex').slice(0, 32);
  return {
    type: 'message', externalId: `call:${key}`, kind: 'call', direction, at: Math.min(startedAt + context.shiftMs, context.now), party,
    author: direction === 'inbound' ? (party.name ?? party.display) : read.of('agent') || 'Agent',
    subject: null, text: read.of('note'), references: [], threadKeys: [], ownKey: null, files: [], isSeen: true,
    detail: {
      type: 'call', number: party.display, callDirection: direction, startedAt: Math.min(startedAt + context.shiftMs, context.now),
      // Nobody spoke: what the system counts then is how long it rang.
      durationMs: outcome === 'answered' || outcome === 'voicemail' || outcome === 'callback' ? read.durationMs : 0,
      outcome, agent: read.of('agent'), disposition: read.of('disposition') || null,
    },
  };
}

/** Call records of a telephone system: one line a call. Columns that are not ours are read as their map says. */
export const importCalls: Importer = async function* (path, context) {
  const sheet = await readSheet(path);
  const map = context.callMap?.(sheet.header) ?? null;
  if (map === null && isOwnList(sheet.header)) return yield* importOwn(path, context);
  const missing = map === null ? [] : missingOf(sheet.header, map);
  if (map === null || missing.length > 0) {
    const what = map === null ? 'Columns not known' : `The map names no column for ${missing.map((field) => (field === 'number' ? 'the number' : 'the time')).join(' and ')} that is in the file, which has`;
    throw new ParleyError('bad_input', `${path}, line 1: ${what}: ${sheet.header.slice(0, 20).join(', ') || 'none'}; map them in the console or with --map. Nothing was imported.`);
  }
  const places = placesOf(sheet.header, map);
  yield* stepsOf(sheet, context, (index) => {
    const made = mappedEvent(sheet.rows[index] ?? [], places, map, context);
    return typeof made === 'string' ? `line ${index + 2}: ${made}` : made;
  });
};

const SHOWN = 5;
const SAMPLES = 3;

/** How a list of calls would come in with this map: its first lines, what is still to be asked, and how many lines cannot come in. */
export function previewCalls(sheet: Sheet, map: CallMap, isRemembered: boolean, context: { region: string; now: number }): CallPreview {
  const places = placesOf(sheet.header, map);
  const missing = missingOf(sheet.header, map);
  const made = missing.length > 0 ? [] : sheet.rows.map((cells) => mappedEvent(cells, places, map, { ...context, shiftMs: 0 }));
  const fieldAt = new Map([...places].map(([field, at]) => [at, field]));
  return {
    columns: columnNames(sheet.header).map((name, i) => ({
      name, field: fieldAt.get(i) ?? null,
      samples: [...new Set(sheet.rows.slice(0, 200).map((cells) => (cells[i] ?? '').trim().slice(0, 60)).filter((value) => value !== ''))].slice(0, SAMPLES),
    })),
    map, isRemembered, asks: questionsOf(sheet, map), missing, total: sheet.rows.length, bad: made.filter((event) => typeof event === 'string').length,
    rows: made.slice(0, SHOWN).map((event, i) => typeof event === 'string' ? { line: i + 2, problem: event, call: null } : {
      line: i + 2, problem: null,
      call: { number: event.party.value, name: event.party.name, direction: event.detail.callDirection, at: event.detail.startedAt, durationMs: event.detail.durationMs, outcome: event.detail.outcome },
    }),
  };
}
