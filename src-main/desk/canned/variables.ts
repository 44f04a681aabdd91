import type { ComposerMode, Settings } from '../../../src-preload/contract/index.ts';
import { tables, type ReadDb } from '../../store/index.ts';
import { detectLanguage } from '../language.ts';
import { namesOf, type Variables } from './expand.ts';

/** Messages looked through for the last call and the words of the customer. */
const LOOK_BACK = 40;

const date = (at: number, zone: string, language: string | null, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(language === null || language === 'en' ? 'en-GB' : language, { timeZone: zone, ...options }).format(at);
const DAY = { day: 'numeric', month: 'long' } as const;

/** The language to answer in: the one on the customer's card, else the one of what they wrote last. */
export function languageOf(db: ReadDb, conversationId: string): string | null {
  const core = tables.conversationCore(db, conversationId);
  const known = core && tables.customerRow(db, core.customerId)?.language;
  if (known !== undefined && known !== null && known !== '') return known.slice(0, 2).toLowerCase();
  for (const row of tables.messagesBefore(db, conversationId, null, LOOK_BACK)) {
    const found = row.direction === 'inbound' && row.kind !== 'call' ? detectLanguage(row.text) : null;
    if (found !== null) return found;
  }
  return null;
}

/** Everything a canned response may name, for this conversation at this moment. */
export function variablesOf(db: ReadDb, conversationId: string, mode: ComposerMode, language: string | null, now: number): Variables {
  const core = tables.conversationCore(db, conversationId);
  const customer = core && tables.customerRow(db, core.customerId);
  const settings = tables.settingsOf(db);
  const zone = settings.officeZone;
  const identities = core ? tables.identitiesOf(db, core.customerId) : [];
  const newest = tables.messagesBefore(db, conversationId, null, LOOK_BACK);
  const call = core && tables.messagesOfKindBefore(db, core.id, 'call', null, 1)[0];
  const heard = newest.find((m) => m.direction === 'inbound');
  const accounts = tables.accounts(db);
  const account = accounts.find((a) => a.id === heard?.account_id && (a.channel === 'email') === (mode === 'mail'));
  const names = namesOf(customer?.name ?? '', customer?.is_named === 1);
  const display = (kind: 'x' | 'email' | 'phone'): string | null => identities.find((i) => i.kind === kind)?.display ?? null;
  return {
    first_name: names.first, last_name: names.last, name: names.full, handle: display('x'), email: display('email'), phone: display('phone'),
    agent: settings.agentName, agent_first_name: settings.agentName.split(/\s+/u)[0] ?? null, initials: settings.agentInitials, account: account?.address ?? null,
    subject: newest.find((m) => m.kind === 'mail' && m.subject !== null && m.subject !== '')?.subject ?? null,
    last_call_date: call ? date(call.at, zone, language, DAY) : null, last_contact_date: heard ? date(heard.at, zone, language, DAY) : null,
    today: date(now, zone, language, DAY), weekday: date(now, zone, language, { weekday: 'long' }), time: date(now, zone, language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  };
}

/** What a text to everybody may name. */
export const publicVariables = ({ account, settings, now }: { account: string | null; settings: Settings; now: number }): Variables => ({
  agent: settings.agentName, agent_first_name: settings.agentName.split(/\s+/u)[0] ?? null, initials: settings.agentInitials, account,
  today: date(now, settings.officeZone, null, DAY), weekday: date(now, settings.officeZone, null, { weekday: 'long' }), time: date(now, settings.officeZone, null, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
});

/** A made-up customer, for looking at a response while it is written. */
export const sampleVariables = (agentName: string, initials: string): Variables => ({
  first_name: 'Maria', last_name: 'Keller', name: 'Maria Keller', handle: '@mariakeller', email: 'maria@example.org', phone: '+44 7700 900123', agent: agentName, agent_first_name: agentName.split(/\s+/u)[0] ?? null,
  initials, account: '@acmecare', subject: 'My order', last_call_date: '3 March', last_contact_date: '4 March', today: '5 March', weekday: 'Thursday', time: '10:30',
});
