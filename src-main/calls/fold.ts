import type { CallOutcome } from '../../src-preload/contract/index.ts';
import type { CallSignal } from '../channels/phone/index.ts';

/** One call as its signals tell it so far. */
export interface Call {
  callId: string;
  direction: 'inbound' | 'outbound';
  number: string | null;
  name: string | null;
  called: string | null;
  extension: string | null;
  ringingAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  result: CallSignal['result'];
}

const earlier = (a: number | null, b: number): number => (a === null ? b : Math.min(a, b));

/** Takes one more signal in: any order and any number of repeats end in the same call. */
export function foldSignal(before: Call | undefined, s: CallSignal): Call {
  const known: Call = before ?? { callId: s.callId, direction: s.direction ?? 'inbound', number: null, name: null, called: null, extension: null, ringingAt: s.at, answeredAt: null, endedAt: null, result: null };
  return {
    callId: known.callId, direction: s.direction ?? known.direction, number: known.number ?? s.number, name: known.name ?? s.name, called: known.called ?? s.called,
    // Who answers is who it was for; before that the first telephone that rings stands for it.
    extension: s.type === 'answered' ? (s.extension ?? known.extension) : (known.extension ?? s.extension),
    ringingAt: Math.min(known.ringingAt, s.at),
    answeredAt: s.type === 'answered' ? earlier(known.answeredAt, s.at) : known.answeredAt,
    endedAt: s.type === 'ended' ? earlier(known.endedAt, s.at) : known.endedAt,
    result: s.result ?? known.result,
  };
}

export const stateOf = (call: Call): 'ringing' | 'answered' | 'ended' => (call.endedAt !== null ? 'ended' : call.answeredAt !== null ? 'answered' : 'ringing');

export function outcomeOf(call: Pick<Call, 'direction' | 'answeredAt' | 'result'>): CallOutcome {
  if (call.result === 'voicemail') return 'voicemail';
  if (call.answeredAt !== null) return 'answered';
  if (call.direction === 'inbound') return 'missed';
  return call.result === 'busy' ? 'busy' : 'no_answer';
}

/** Time spent talking. */
export const talkedMs = (call: Pick<Call, 'answeredAt' | 'endedAt'>): number => (call.answeredAt === null || call.endedAt === null ? 0 : Math.max(0, call.endedAt - call.answeredAt));
