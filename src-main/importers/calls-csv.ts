import { createHash } from 'node:crypto';
import type { CallOutcome } from '../../src-preload/contract/index.ts';
import { phoneParty } from '../channels/phone/index.ts';
import type { MessageEvent } from '../channels/port.ts';
import { csvImporter, type CsvRow } from './csv.ts';
import type { ImportContext } from './importer.ts';

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

/** Call records of a telephone system: one line a call, columns in any order. */
export const importCalls = csvImporter(['started_at', 'direction', 'remote_number', 'result'], 'a list of calls', eventOf);
