import type { Envelope, Failure, Output, OutboxRow } from '../../../src-preload/contract/index.ts';
import { ask } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { openConversation } from './conversation-actions.ts';
import type { AppState } from '../model.ts';
import { getState, setState } from '../store.ts';
import { toast } from '../toasts.ts';

export interface Yes {
  /** null = the guest's words as they are. */
  readonly text: string | null;
  readonly evenIfStale: boolean;
  readonly evenIfDiffers: boolean;
  readonly readAgain: boolean;
}
export const PLAIN_YES: Yes = { text: null, evenIfStale: false, evenIfDiffers: false, readAgain: false };

/** Says yes to what a guest wants to send; what was on screen counts as seen. */
export function approve(row: Pick<OutboxRow, 'id' | 'conversationId'>, yes: Yes): Promise<Envelope<Output<'outbox.approve'>>> {
  const { timelines, entries } = getState();
  return ask('outbox.approve', { outboxId: row.id, ...yes, seenAt: Math.max(0, ...(timelines[row.conversationId]?.ids ?? []).map((id) => entries[id]?.arrivedAt ?? 0)) });
}

/** With one press where nothing speaks against it; else the dialog says what does. */
export async function approveAsIs(outboxId: string): Promise<void> {
  const row = getState().outbox[outboxId];
  if (row === undefined) return;
  const answer = await approve(row, PLAIN_YES);
  if (!answer.ok) showLook(row, answer.error);
}

export function showLook(row: Pick<OutboxRow, 'id' | 'conversationId'>, failure: Failure | null = null): void {
  setState({ dialog: { type: 'look', outboxId: row.id, conversationId: row.conversationId, failure } });
}

const isMine = (row: OutboxRow, state: Pick<AppState, 'settings'>): boolean => row.delivery.look?.askedBy === state.settings.agentInitials;

/** Of several posts that follow each other the first stands for all. */
const isFirst = (row: OutboxRow, all: readonly OutboxRow[]): boolean =>
  row.delivery.part === undefined || !all.some((other) => other.delivery.state === 'review' && other.conversationId === row.conversationId && (other.delivery.part?.n ?? 0) < (row.delivery.part?.n ?? 0));

export const isLookable = (row: OutboxRow | undefined, state: Pick<AppState, 'access' | 'outbox' | 'settings'>): boolean =>
  row?.delivery.state === 'review' && state.access.mayLook && !isMine(row, state) && isFirst(row, Object.values(state.outbox));

/** The one that has waited longest and is not open already. */
export async function openNextLook(): Promise<void> {
  const state = getState();
  const waiting = Object.values(state.outbox).filter((row) => isLookable(row, state)).toSorted((a, b) => a.messageId - b.messageId);
  const at = waiting.findIndex((row) => row.conversationId === state.openId);
  const next = waiting[(at + 1) % Math.max(1, waiting.length)];
  if (next === undefined) toast(t('look.none'), 'plain');
  else await openConversation(next.conversationId, next.messageId);
}
