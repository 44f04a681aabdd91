import type { CallRow, Push } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { openConversation, setMode } from './conversation-actions.ts';
import { getState, setState } from '../store.ts';
import { speak, toast } from '../toasts.ts';

/** The call a key means: who rings comes before who talks, and both before what has ended. */
export function foremostCall(calls: readonly CallRow[]): CallRow | null {
  const rank = { ringing: 0, answered: 1, ended: 2 } as const;
  return calls.toSorted((a, b) => rank[a.state] - rank[b.state] || b.ringingAt - a.ringingAt)[0] ?? null;
}

/** The call that is about this customer, if there is one now. */
export const callWith = (calls: readonly CallRow[], conversationId: string | null): CallRow | undefined =>
  conversationId === null ? undefined : calls.find((row) => row.customer?.conversationId === conversationId && !row.isLogged);

/** One key: the caller's story and the call pad; a guessed caller is confirmed by it. */
export async function openCall(row: CallRow | null = foremostCall(getState().calls)): Promise<void> {
  if (row === null) return;
  const guess = row.guesses[0];
  if (row.customer === null && guess !== undefined) return confirmGuess(row, guess.customerId);
  const conversationId = row.customer?.conversationId ?? null;
  if (conversationId === null) return setState({ dialog: { type: 'call', conversationId: null, number: row.number ?? '', callId: row.callId, direction: row.direction } });
  await openConversation(conversationId);
  setMode(conversationId, 'call');
}

export async function confirmGuess(row: CallRow, customerId: string): Promise<void> {
  if ((await call('phone.guess', { callId: row.callId, customerId, isRight: true })) === null) return;
  const now = getState().calls.find((other) => other.callId === row.callId);
  if (now?.customer != null) {
    speak(t('calls.confirmed', { name: now.customer.name }));
    await openCall(now);
  }
}

export async function denyGuess(row: CallRow | null = foremostCall(getState().calls)): Promise<void> {
  const guess = row?.customer === null ? row.guesses[0] : undefined;
  if (row === null || guess === undefined) return;
  if ((await call('phone.guess', { callId: row.callId, customerId: guess.customerId, isRight: false })) !== null) speak(t('calls.denied', { name: guess.name }));
}

export function dismissCall(row: CallRow | null = foremostCall(getState().calls)): void {
  if (row !== null) void call('phone.dismiss', { callId: row.callId });
}

/** A telephone link from another program: the pad with its number, never a call by itself. */
export function dial(push: Extract<Push, { type: 'dial' }>): void {
  if (push.number === null) toast(push.problem ?? '', 'bad');
  else setState({ dialog: { type: 'call', conversationId: null, number: push.number, direction: 'outbound' } });
}

/** Says to a screen reader who rings; the focus stays where it is. */
export function hearCalls(before: readonly CallRow[], now: readonly CallRow[]): void {
  const rings = now.find((row) => row.state === 'ringing' && !before.some((other) => other.callId === row.callId));
  if (rings !== undefined) speak(t('calls.spoken', { who: rings.customer?.name ?? rings.name ?? rings.number ?? t('calls.withheld') }));
}
