import type { Direction, EntryDetail, EntryKind, OutboxState } from '../../src-preload/contract/index.ts';

/** What decides whose turn it is, of one message. */
export interface Turn {
  id: number;
  at: number;
  kind: EntryKind;
  direction: Direction;
  isDeleted: boolean;
  detail: EntryDetail;
  /** State of its send, when it is one of ours. */
  outbox: OutboxState | null;
  /** It came back: whom it was for has not got it. */
  isUndelivered?: boolean;
}

/** A call that reached nobody waits like a letter; an answered one is an answer. */
const missed = (detail: EntryDetail): boolean => detail.type === 'call' && detail.callDirection === 'inbound' && ['missed', 'voicemail', 'callback'].includes(detail.outcome);

type Weight = 'asks' | 'answers' | 'nothing';

export function weightOf(turn: Turn): Weight {
  if (turn.isDeleted) return 'nothing';
  switch (turn.kind) {
    case 'note':
    case 'system':
      return 'nothing';
    case 'call':
      return missed(turn.detail) ? 'asks' : turn.detail.type === 'call' && turn.detail.callDirection === 'outbound' && turn.detail.outcome !== 'answered' ? 'nothing' : 'answers';
    case 'mail':
      if (turn.direction === 'inbound' && turn.detail.type === 'mail' && turn.detail.automatic !== 'no') return turn.detail.automatic === 'bounce' ? 'asks' : 'nothing';
      if (turn.direction === 'inbound') return 'asks';
      // Passed on to somebody else: the customer has heard nothing.
      return turn.isUndelivered === true || (turn.detail.type === 'mail' && turn.detail.forwards !== undefined) ? 'nothing' : answered(turn.outbox);
    case 'post':
    case 'dm':
      return turn.direction === 'inbound' ? 'asks' : answered(turn.outbox);
  }
}

// A refused, undone or scheduled answer, or one that waits for a second look, has not reached anybody: the customer still waits.
const answered = (state: OutboxState | null): Weight => (state === 'refused' || state === 'undone' || state === 'scheduled' || state === 'review' ? 'nothing' : 'answers');

/** The inbound messages nobody has answered, newest first, from turns given newest first. */
export function waitingTurns<T extends Turn>(newestFirst: readonly T[]): T[] {
  const waiting: T[] = [];
  for (const turn of newestFirst) {
    const weight = weightOf(turn);
    if (weight === 'answers') break;
    if (weight === 'asks') waiting.push(turn);
  }
  return waiting;
}
