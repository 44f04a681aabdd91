import Papa from 'papaparse';
import { seededRandom } from '../../kernel/ids.ts';
import { agentNames } from './mail-file.ts';
import { atOf, type Timeline } from './timeline.ts';

const ourLine = '+44 20 7946 0100';
const iso = (at: number): string => new Date(at).toISOString();

/** Callers nobody knows. */
const strangers = [
  { ago: '8d5h', number: '+44 7700 900777', seconds: 64, note: 'Wrong number, looked for a dentist.', disposition: 'wrong number' },
  { ago: '3d6h', number: '+44 7700 900788', seconds: 151, note: 'Moving to Fernhill in August, asked for tariffs. No contract yet, sent to the shop page.', disposition: 'sales' },
];

/** Call records: one row a call, times ISO 8601 UTC, empty `answered_at` = nobody answered. */
export function callsFile(timeline: Timeline): string {
  const random = seededRandom(77);
  const rows = [
    ...timeline.calls.map(c => ({ at: c.at, direction: c.direction, number: c.customer.phone ?? '', seconds: c.seconds, result: c.result, agent: c.agent === '' ? '' : agentNames[c.agent], note: c.note, disposition: c.disposition })),
    ...strangers.map(s => ({ at: atOf(s.ago), direction: 'inbound', number: s.number, seconds: s.seconds, result: 'answered', agent: agentNames.TC, note: s.note, disposition: s.disposition })),
  ].sort((a, b) => a.at - b.at).map((c, n) => {
    const ringMs = (4 + Math.floor(random.unit() * 20)) * 1000;
    const isAnswered = c.result === 'answered';
    return {
      started_at: iso(c.at), direction: c.direction, remote_number: c.number, called_number: c.direction === 'inbound' ? ourLine : c.number,
      answered_at: isAnswered ? iso(c.at + ringMs) : '', ended_at: iso(c.at + ringMs + c.seconds * 1000), result: c.result, agent: c.agent,
      note: c.note, disposition: c.disposition, call_id: `${String(n + 1).padStart(4, '0')}-${c.at / 1000}@pbx.acme.example`,
    };
  });
  return `${Papa.unparse(rows, { newline: '\n' })}\n`;
}

/** The company's customer list. `basis` says why the identities of a row may be linked. */
export function customersFile(timeline: Timeline): string {
  const rows = timeline.customers.filter(c => c.basis !== undefined).map(c => ({
    customer_id: c.customerId, name: c.name, email: c.email ?? '', phone: c.phone ?? '', x_user_id: c.xUserId ?? '', x_handle: c.handle === undefined ? '' : `@${c.handle}`,
    basis: c.basis ?? '', vip: c.vip === undefined ? 'no' : 'yes', vip_note: c.vip ?? '', language: c.language, tags: c.tags ?? '', note: c.note ?? '',
  }));
  return `${Papa.unparse(rows, { newline: '\n' })}\n`;
}
