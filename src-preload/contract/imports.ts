import { z } from 'zod';
import { time } from './common.ts';
import { callOutcome } from './rows.ts';

/** What a column of a list of calls can hold. Without a number column, the number is the one of the two ends that is not ours. */
export const callField = z.enum([
  'started_at', 'started_time', 'direction', 'remote_number', 'from_number', 'to_number', 'result', 'duration', 'answered_at', 'ended_at', 'customer_name', 'agent', 'note', 'disposition', 'call_id',
]);
export type CallField = z.infer<typeof callField>;

/** How the columns of somebody else's list of calls are to be read. */
export const callMap = z.strictObject({
  /** The file's name of the column for each field it has. */
  columns: z.partialRecord(callField, z.string().min(1).max(300)),
  /** For days written as figures: 03/04 is 3 April or 4 March. A year in front is always a year. */
  dateOrder: z.enum(['dmy', 'mdy']),
  /** Zone of times that name none. */
  zone: z.string().min(1).max(60),
  /** Of lengths that are a plain figure. */
  unit: z.enum(['seconds', 'minutes']),
  /** When no column says it; `ends`: the short number of the two is ours. */
  direction: z.enum(['ends', 'inbound', 'outbound']),
});
export type CallMap = z.infer<typeof callMap>;

export const callPreview = z.strictObject({
  columns: z.array(z.strictObject({ name: z.string(), samples: z.array(z.string()), field: callField.nullable() })),
  map: callMap,
  /** These columns were mapped before, by a person. */
  isRemembered: z.boolean(),
  asks: z.strictObject({ dateOrder: z.boolean(), zone: z.boolean(), unit: z.boolean(), direction: z.boolean() }),
  /** Fields without which nothing can come in. */
  missing: z.array(z.enum(['started_at', 'number'])),
  total: z.number().int(),
  /** Lines that cannot come in as this is mapped; they are kept as a file beside. */
  bad: z.number().int(),
  rows: z.array(z.strictObject({
    line: z.number().int(), problem: z.string().nullable(),
    call: z.strictObject({ number: z.string(), name: z.string().nullable(), direction: z.enum(['inbound', 'outbound']), at: time, durationMs: z.number().int(), outcome: callOutcome }).nullable(),
  })),
});
export type CallPreview = z.infer<typeof callPreview>;
