import { numberOrNull, type CallSignal } from '../signal.ts';
import type { AmiMessage } from './messages.ts';

interface Known {
  id: string;
  direction: 'inbound' | 'outbound';
  number: string | null;
  name: string | null;
  called: string | null;
  extension: string | null;
  hasRung: boolean;
  isAnswered: boolean;
  result: CallSignal['result'];
  since: number;
}

export interface AmiCalls {
  /** Signals that follow from an event; most events mean nothing for a call. */
  take(event: AmiMessage, at: number): CallSignal[];
  /** After a reconnect: calls that are not among the channels still there have ended meanwhile. */
  stillThere(linkedIds: ReadonlySet<string>, at: number): CallSignal[];
}

/** "101" of "PJSIP/101-0000002a": the endpoint a channel belongs to. */
const endpointOf = (channel: string | undefined): string => /^[^/]+\/(.+?)(?:-[0-9a-f]+)?(?:;\d)?$/i.exec(channel ?? '')?.[1] ?? '';
/** Extensions are short; everything longer is a number outside. */
const isInside = (endpoint: string): boolean => /^\d{2,5}$/.test(endpoint);
/** "PJSIP/101", "trunk/+4930123", "+4930123@trunk": what was dialled. */
const dialled = (text: string | undefined): string => (text ?? '').split('&')[0]?.split('@')[0]?.split('/').at(-1) ?? '';

const BUSY = '17';
const MOST_CALLS = 2_000;
/** A call nobody heard the end of. */
const LONGEST_CALL_MS = 12 * 3_600_000;

/**
 * Makes calls of Asterisk's channel events. A call is everything with one Linkedid; it begins to ring with the first DialBegin, is answered
 * with a DialEnd "ANSWER" (a queue's music answers the channel long before anybody talks) and ends when the channel it began with hangs up.
 * With `extensions` only calls that ring one of them count.
 */
export function createAmiCalls(extensions: readonly string[]): AmiCalls {
  const calls = new Map<string, Known>();
  const signal = (call: Known, type: CallSignal['type'], at: number): CallSignal => ({
    type, callId: `asterisk-${call.id}`, at, direction: call.direction, number: call.number, name: call.name, called: call.called, extension: call.extension, result: type === 'ended' ? call.result : null,
  });

  const begin = (event: AmiMessage, at: number): void => {
    const id = event.get('linkedid') ?? '';
    if (id === '' || event.get('uniqueid') !== id || calls.has(id)) return;
    for (const [old, { since }] of calls) if (at - since > LONGEST_CALL_MS || calls.size >= MOST_CALLS) calls.delete(old);
    const from = endpointOf(event.get('channel'));
    const isOut = isInside(from);
    const exten = event.get('exten') ?? '';
    calls.set(id, {
      id, direction: isOut ? 'outbound' : 'inbound', number: numberOrNull(isOut ? exten : event.get('calleridnum')), name: isOut ? null : readName(event.get('calleridname')),
      called: isOut ? null : numberOrNull(exten), extension: isOut ? from : null, hasRung: false, isAnswered: false, result: null, since: at,
    });
  };

  const dial = (event: AmiMessage, at: number): CallSignal[] => {
    const call = calls.get(event.get('linkedid') ?? event.get('destlinkedid') ?? '');
    if (!call) return [];
    const to = endpointOf(event.get('destchannel'));
    if (call.direction === 'outbound') {
      const number = dialled(event.get('dialstring')) || call.number;
      // Between two desks is no call of a customer.
      if (number === null || isInside(number) || isInside(to)) return [];
      call.number = numberOrNull(number);
    } else call.number ??= numberOrNull(event.get('calleridnum'));
    const desk = call.direction === 'outbound' ? (call.extension ?? '') : to;
    if (extensions.length > 0 && !extensions.includes(desk)) return [];
    if (call.hasRung) return [];
    call.hasRung = true;
    if (call.direction === 'inbound') call.extension = to || null;
    return [signal(call, 'ringing', at)];
  };

  const dialEnd = (event: AmiMessage, at: number): CallSignal[] => {
    const call = calls.get(event.get('linkedid') ?? event.get('destlinkedid') ?? '');
    if (!call?.hasRung) return [];
    const status = event.get('dialstatus') ?? '';
    if (status === 'BUSY') call.result = 'busy';
    if (status !== 'ANSWER' || call.isAnswered) return [];
    const to = endpointOf(event.get('destchannel'));
    // Somebody else in the group took it: for this desk it was answered all the same.
    if (call.direction === 'inbound' && to !== '') call.extension = to;
    call.isAnswered = true;
    call.result = null;
    return [signal(call, 'answered', at)];
  };

  const end = (call: Known, at: number): CallSignal[] => {
    calls.delete(call.id);
    // Nobody's telephone rang: out of hours a recording speaks. For a desk with its own extension it was nobody's call.
    if (!call.hasRung && (call.direction === 'outbound' || extensions.length > 0)) return [];
    return [signal(call, 'ended', at)];
  };

  return {
    take(event, at) {
      switch (event.get('event')) {
        case 'Newchannel':
          begin(event, at);
          return [];
        case 'DialBegin':
          return dial(event, at);
        case 'DialEnd':
          return dialEnd(event, at);
        case 'Hangup': {
          const call = calls.get(event.get('uniqueid') ?? '');
          if (!call) return [];
          if (!call.isAnswered && event.get('cause') === BUSY) call.result = 'busy';
          return end(call, at);
        }
        default:
          return [];
      }
    },
    stillThere: (linkedIds, at) => [...calls.values()].filter((call) => !linkedIds.has(call.id)).flatMap((call) => end(call, at)),
  };
}

const readName = (text: string | undefined): string | null => (text === undefined || text === '' || /^<?unknown>?$/i.test(text) || /^\+?\d+$/.test(text) ? null : text.slice(0, 200));
