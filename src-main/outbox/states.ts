import type { OutboxState } from '../../src-preload/contract/index.ts';

/**
 * What can happen to a send.
 * release: its undo time is over, or the time it was scheduled for has come · start: an attempt begins (committed before the first byte) · confirm: the server took it, or it was read
 * back · postpone: proven not to have left, try later · refuse: proven not to have left, needs a person · lose: may have left · absent: read
 * back completely and proven not to have left · undo: the agent takes it back · retry: the agent sends a refused one again · approve: a colleague
 * has looked at a guest's and says yes · plan: the same, and its time is to come · ask: it has to be looked at (again).
 */
export type OutboxEvent = 'release' | 'start' | 'confirm' | 'postpone' | 'refuse' | 'lose' | 'absent' | 'undo' | 'retry' | 'approve' | 'plan' | 'ask';

/**
 * Where each event leads; null = cannot happen in this state. `sending` and `unknown` have no way back to an attempt but through proof
 * (postpone, refuse, absent): that is what "never sent twice" rests on. `review` has no way to one but through a colleague's yes.
 */
export const TRANSITIONS: Record<OutboxState, Record<OutboxEvent, OutboxState | null>> = {
  review: { release: null, start: null, confirm: null, postpone: null, refuse: null, lose: null, absent: null, undo: 'undone', retry: null, approve: 'held', plan: 'scheduled', ask: null },
  scheduled: { release: 'queued', start: null, confirm: null, postpone: null, refuse: 'refused', lose: null, absent: null, undo: 'undone', retry: null, approve: null, plan: null, ask: 'review' },
  held: { release: 'queued', start: null, confirm: null, postpone: null, refuse: null, lose: null, absent: null, undo: 'undone', retry: null, approve: null, plan: null, ask: 'review' },
  queued: { release: null, start: 'sending', confirm: null, postpone: null, refuse: 'refused', lose: null, absent: null, undo: 'undone', retry: 'queued', approve: null, plan: null, ask: 'review' },
  sending: { release: null, start: null, confirm: 'sent', postpone: 'queued', refuse: 'refused', lose: 'unknown', absent: null, undo: null, retry: null, approve: null, plan: null, ask: null },
  sent: { release: null, start: null, confirm: null, postpone: null, refuse: null, lose: null, absent: null, undo: null, retry: null, approve: null, plan: null, ask: null },
  refused: { release: null, start: null, confirm: null, postpone: null, refuse: null, lose: null, absent: null, undo: 'undone', retry: 'queued', approve: null, plan: null, ask: 'review' },
  unknown: { release: null, start: null, confirm: 'sent', postpone: null, refuse: 'refused', lose: null, absent: 'queued', undo: null, retry: null, approve: null, plan: null, ask: null },
  undone: { release: null, start: null, confirm: null, postpone: null, refuse: null, lose: null, absent: null, undo: null, retry: null, approve: null, plan: null, ask: null },
};

export const nextState = (state: OutboxState, event: OutboxEvent): OutboxState | null => TRANSITIONS[state][event];
