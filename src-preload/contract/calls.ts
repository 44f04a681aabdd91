import { z } from 'zod';
import { id, time } from './common.ts';
import { callOutcome } from './rows.ts';

/** Who a number may belong to; nobody is linked before somebody says so. */
const callGuess = z.strictObject({
  customerId: id, name: z.string(), isVip: z.boolean(),
  /** The number ends so, it stands in a mail, or the telephone system has this name for it. */
  reason: z.enum(['ending', 'mail', 'name']),
  match: z.string(),
});
export type CallGuess = z.infer<typeof callGuess>;

export const officeHours = z.strictObject({ isOpen: z.boolean(), changesAt: time.nullable() });
export type OfficeHours = z.infer<typeof officeHours>;

/** A call of this moment, as a telephone system tells it. */
export const callRow = z.strictObject({
  callId: z.string(), direction: z.enum(['inbound', 'outbound']),
  /** As people write it; null when it is withheld. */
  number: z.string().nullable(),
  name: z.string().nullable(), called: z.string().nullable(), extension: z.string().nullable(),
  state: z.enum(['ringing', 'answered', 'ended']), ringingAt: time, answeredAt: time.nullable(), endedAt: time.nullable(), outcome: callOutcome,
  customer: z.strictObject({
    id, name: z.string(), isVip: z.boolean(), vipNote: z.string().nullable(), conversationId: id.nullable(), waitingSince: time.nullable(), promiseCount: z.number().int(), promises: z.array(z.string()),
  }).nullable(),
  guesses: z.array(callGuess),
  /** The office when it rang. */
  hours: officeHours,
  isLogged: z.boolean(),
});
export type CallRow = z.infer<typeof callRow>;

const sourceState = { state: z.enum(['off', 'connecting', 'live', 'waiting', 'failed']), status: z.string() };
export const callSources = z.strictObject({
  http: z.strictObject({ isOn: z.boolean(), port: z.number().int(), hasToken: z.boolean(), ...sourceState }),
  ami: z.strictObject({ isOn: z.boolean(), host: z.string(), port: z.number().int(), security: z.enum(['none', 'tls']), user: z.string(), hasSecret: z.boolean(), ...sourceState }),
  /** Only calls for these extensions; empty for all. */
  extensions: z.array(z.string()),
});
export type CallSources = z.infer<typeof callSources>;

/** `problem` says in one sentence why the keys do not work at the moment. */
export const globalShortcut = z.strictObject({ keys: z.string().nullable(), problem: z.string().nullable() });
export type GlobalShortcut = z.infer<typeof globalShortcut>;
