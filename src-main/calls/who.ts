import type { CallGuess, CallRow } from '../../src-preload/contract/index.ts';
import { numberTyped, phoneParty, readNumber } from '../channels/phone/index.ts';
import { search, tables, type ReadDb } from '../store/index.ts';
import type { Call } from './fold.ts';

const MOST_GUESSES = 3;
const MAILS = 8;
const SHOWN_PROMISES = 2;
/** Fewer digits at the end are shared by chance. */
const SURE_DIGITS = 7;

/** Whose number this is; null when nobody's. */
export function callerOf(db: ReadDb, call: Pick<Call, 'number'>, region: string): CallRow['customer'] {
  const party = call.number === null ? null : phoneParty(call.number, region, null);
  const identity = party && tables.identityByValue(db, 'phone', party.value);
  const row = identity && tables.customerRow(db, identity.customerId);
  if (!row) return null;
  const conversation = tables.conversationOfCustomer(db, row.id);
  const open = tables.promisesOf(db, row.id).filter((p) => p.state === 'open' && p.kind !== 'said');
  return {
    id: row.id, name: row.name, isVip: row.is_vip === 1, vipNote: row.vip_note, conversationId: conversation?.id ?? null, waitingSince: conversation?.waitingSince ?? null,
    promiseCount: open.length, promises: open.slice(0, SHOWN_PROMISES).map((p) => p.quote),
  };
}

/** Who it may be, most likely first: a number that ends so, a mail the number stands in, the name the telephone system has. Nobody is linked by it. */
export function guessesOf(db: ReadDb, call: Pick<Call, 'number' | 'name'>, region: string): CallGuess[] {
  const number = call.number === null ? null : readNumber(call.number, region);
  const found = new Map<string, CallGuess>();
  const offer = (customerId: string, reason: CallGuess['reason'], match: string): void => {
    const row = tables.customerRow(db, customerId);
    if (!row || row.merged_into !== null || found.has(customerId)) return;
    if (number !== null && tables.denials(db, customerId).some((d) => d.kind === 'phone' && d.value === number.value)) return;
    found.set(customerId, { customerId, name: row.name, isVip: row.is_vip === 1, reason, match });
  };
  if (number !== null && call.number !== null) {
    const tail = number.value.replace(/\D/g, '').slice(-SURE_DIGITS);
    if (tail.length === SURE_DIGITS) for (const hit of tables.findCustomers(db, { text: call.number, number: numberTyped(tail, region) }, MOST_GUESSES)) offer(hit.id, 'ending', hit.match);
    if (number.isValid) {
      for (const spelling of spellingsOf(number.display)) {
        for (const hit of search(db, { text: `"${spelling}"`, before: null, limit: MAILS, zoneOffsetMinutes: 0 }).hits) if (hit.kind === 'mail' && hit.direction === 'inbound') offer(hit.customerId, 'mail', hit.subject ?? '');
      }
    }
  }
  if (call.name !== null && call.name.length > 3) for (const hit of tables.findCustomers(db, { text: call.name, number: null }, MOST_GUESSES)) offer(hit.id, 'name', hit.match);
  return [...found.values()].slice(0, MOST_GUESSES);
}

/** "7700 900123", "7700900123": how people write a number, without what stands before it at home or abroad. */
function spellingsOf(international: string): string[] {
  const national = international.replace(/^\+\d+\s*/, '').trim();
  return [...new Set([national, national.replace(/\D/g, '')].flatMap((spelling) => [spelling, `0${spelling}`]))].filter((s) => s.length > 4);
}
