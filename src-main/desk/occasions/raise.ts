import { createHash } from 'node:crypto';
import type { FollowUp, Profile } from '../../../src-preload/contract/index.ts';
import type { LocalDate } from '../time-words/read.ts';
import { tables, type Operation, type ReadDb, type Tx } from '../../store/index.ts';
import { systemLine } from '../timeline.ts';
import { instantOf, localOf } from '../parse-time.ts';
import { refreshConversation } from '../refresh.ts';
import { conversationApart, happen } from '../sides/index.ts';
import { dayText, daysOn, daysToRaise } from './days.ts';

const LOOKED_AT = 'occasions';
/** Office time at which the dates of a day are raised. */
const HOUR = 9;

type Mode = NonNullable<FollowUp['draft']>['mode'];
const wishOf = { reply: 'post', dm: 'dm', mail: 'mail' } as const satisfies Record<Mode, keyof Profile['wishes']>;
const modeOf: Readonly<Record<string, Mode>> = { post: 'reply', dm: 'dm', mail: 'mail' };

/** On which channel a greeting is prepared: the preferred one, else that of the last message; never a refused one. Nobody who has not written gets one. */
export function greetingMode(wishes: Profile['wishes'], wroteOn: readonly string[]): Mode | null {
  const known = wroteOn.flatMap((kind) => modeOf[kind] ?? []).filter((mode) => wishes[wishOf[mode]] !== 'refused');
  return known.find((mode) => wishes[wishOf[mode]] === 'preferred') ?? known.find((mode) => mode !== 'reply') ?? known[0] ?? null;
}

/** The same date of the same year is the same follow-up, however often it is raised. */
function idOf(occasion: string): string {
  const hex = createHash('sha256').update(occasion).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function raise(tx: Tx, customerId: string, dateId: string, day: LocalDate, at: number): void {
  const customer = tables.customerRow(tx.db, customerId);
  const core = tables.conversationOfCustomer(tx.db, customerId);
  const profile = tables.profileOf(customer?.profile ?? null);
  const date = profile.dates.find((one) => one.id === dateId);
  const occasion = `${dateId} ${day.year}`;
  const id = idOf(occasion);
  if (!customer || !core || !date || tables.hasFollowUp(tx.db, id)) return;
  const mode = greetingMode(profile.wishes, tables.wroteOn(tx.db, core.id));
  const text = date.text?.replaceAll('{first_name}', customer.name.split(/\s+/)[0] ?? customer.name).trim() ?? '';
  // The date of somebody who is shown as somebody else is theirs.
  const home = tables.familyOf(tx.db, customerId).find((member) => tables.profileOf(tables.ownFields(tx.db, member).profile).dates.some((one) => one.id === dateId)) ?? customerId;
  const apart = home === customerId ? null : conversationApart(tx, home, () => idOf(`${occasion} ${home}`));
  tables.insertFollowUp(tx.db, { id, conversationId: core.id, home: apart, at, ends: 'date', note: date.name, draft: mode === null || text === '' ? null : { mode, text }, state: 'due', occasion }, 'Parley', tx.at);
  happen(tx, core, { type: 'occasion', followUp: { id, at, ends: 'date', isCall: false, by: 'Parley', state: 'due', ended: null } }, [home]);
  systemLine(tx, core.id, 'occasion', null, { text: date.name });
  refreshConversation(tx, core.id);
  tx.touch('customer', customerId);
}

/** Puts everybody whose date it is into the queue, with a greeting prepared where one was written. Nothing is sent. */
export const raiseOccasions: Operation<Record<string, never>, void> = {
  name: 'desk.occasions',
  apply(tx) {
    const zone = tables.settingsOf(tx.db).officeZone;
    const today = localOf(zone, tx.at);
    for (const day of daysToRaise(tables.settingOf(tx.db, LOOKED_AT), today)) {
      const at = Math.min(tx.at, instantOf(zone, { ...day, hour: HOUR, minute: 0 }));
      for (const key of daysOn(day)) for (const { customerId, dateId } of tables.withDay(tx.db, key)) raise(tx, customerId, dateId, day, at);
    }
    tables.putSetting(tx.db, LOOKED_AT, dayText(today));
  },
};

/** When dates are to be looked at next; null when no customer has one. */
export function nextOccasions(db: ReadDb, now: number): number | null {
  if (!tables.hasDays(db)) return null;
  const zone = tables.settingsOf(db).officeZone;
  const today = localOf(zone, now);
  const wasLookedAt = (tables.settingOf(db, LOOKED_AT) ?? '') >= dayText(today);
  return instantOf(zone, { ...today, day: today.day + Number(wasLookedAt), hour: HOUR, minute: 0 });
}
