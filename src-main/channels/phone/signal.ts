import { z } from 'zod';

/** What a telephone system says about one call, whichever it is. */
export interface CallSignal {
  type: 'ringing' | 'answered' | 'ended';
  /** The system's own id of the call: the same for all three. */
  callId: string;
  /** ms UTC. */
  at: number;
  direction: 'inbound' | 'outbound' | null;
  /** The other side as the system writes it; null when it is withheld or not said. */
  number: string | null;
  /** A name the system has for that number. */
  name: string | null;
  /** Our own number or queue that was called. */
  called: string | null;
  /** The extension that rings or talks. */
  extension: string | null;
  /** How it ended, where that is known better than by its times. */
  result: 'busy' | 'voicemail' | 'no_answer' | null;
}

/** What carries signals from a telephone system to the desk. */
export interface CallSource {
  stop(): Promise<void>;
}

export type SourceState = { state: 'off' | 'connecting' | 'live' | 'waiting' | 'failed'; status: string };

const word = z.string().trim().max(200);
const time = z.union([z.number().finite(), z.string().max(40)]);
const wire = z.object({
  event: z.enum(['ringing', 'answered', 'ended']), call_id: word.min(1), at: time.optional(), direction: z.enum(['inbound', 'outbound']).optional(),
  number: word.nullish(), name: word.nullish(), called: word.nullish(), extension: word.nullish(), result: z.enum(['busy', 'voicemail', 'no_answer', 'answered', 'missed']).nullish(),
});

const WITHHELD = /^(?:anonymous|unknown|private|restricted|withheld|unavailable|asserted|s)?$/i;
/** Seconds since 1970 are what most systems write; milliseconds since then have three digits more. */
const SECONDS_BELOW = 100_000_000_000;
/** A clock further ahead than this is wrong. */
const AHEAD_MS = 60_000;
const OLDEST_MS = 24 * 3_600_000;

export const numberOrNull = (text: string | null | undefined): string | null => (text === null || text === undefined || WITHHELD.test(text.trim()) ? null : text.trim());

function timeOf(value: string | number, now: number): number | null {
  const at = typeof value === 'number' ? (value < SECONDS_BELOW ? value * 1_000 : value) : Date.parse(value);
  return Number.isFinite(at) && at > now - OLDEST_MS ? Math.round(Math.min(at, now + AHEAD_MS)) : null;
}

/** Reads what a telephone system posted; answers one sentence when it is no call event. Fields it does not know are passed over: every system sends some. */
export function readSignal(body: unknown, now: number): CallSignal | string {
  const parsed = wire.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return `This is no call event: ${issue?.path.join('.') || 'the body'} is missing or not as expected. Needed are event (ringing, answered or ended) and call_id.`;
  }
  const { event, call_id: callId, at, direction, number, name, called, extension, result } = parsed.data;
  const moment = at === undefined ? now : timeOf(at, now);
  if (moment === null) return 'The time in "at" is no time of the last day: write seconds since 1970, or 2026-01-31T09:00:00Z.';
  return {
    type: event, callId, at: Math.min(moment, now), direction: direction ?? null, number: numberOrNull(number), name: name || null, called: called || null, extension: extension || null,
    result: result === 'busy' || result === 'voicemail' || result === 'no_answer' ? result : null,
  };
}
