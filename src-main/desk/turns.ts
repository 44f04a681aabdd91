import type { DeliveryFailure, EntryDetail } from '../../src-preload/contract/index.ts';
import { tables, type ReadDb } from '../store/index.ts';
import { waitingTurns, weightOf, type Turn } from './waiting.ts';

/** Turns looked back for the last answer. A customer who wrote more than this without one is waiting since the oldest of them. */
const LOOK_BACK = 300;
const PAGE = 8;

interface TurnRow extends Turn { accountId: string | null; subject: string | null; text: string }

/** Whether a mail of ours did not reach somebody it was addressed to. A copy to others that failed leaves it an answer. */
function cameBack(row: { detail: string }, failures: readonly DeliveryFailure[]): boolean {
  const final = failures.filter((f) => f.isFinal);
  if (final.length === 0) return false;
  const detail = JSON.parse(row.detail) as EntryDetail;
  const to = detail.type === 'mail' ? detail.to.map((address) => address.toLowerCase()) : [];
  return final.some((f) => f.recipient === null || to.includes(f.recipient) || !(detail.type === 'mail' && detail.cc.some((address) => address.toLowerCase() === f.recipient)));
}

/** Messages as turns: with what became of those that are ours. */
export function turnsFrom(db: ReadDb, rows: ReturnType<typeof tables.turnsBefore>): TurnRow[] {
  const undelivered = tables.undeliveredOf(db, rows.filter((r) => r.kind === 'mail' && r.direction === 'outbound').map((r) => r.id));
  const deliveries = tables.deliveriesOf(db, rows.filter((r) => r.direction === 'outbound').map((r) => r.id));
  return rows.map((r): TurnRow => ({
    id: r.id, at: r.at, kind: r.kind, direction: r.direction, isDeleted: r.deleted_at !== null, detail: JSON.parse(r.detail) as EntryDetail,
    outbox: deliveries.get(r.id)?.state ?? null, isUndelivered: cameBack(r, undelivered.get(r.id) ?? []), accountId: r.account_id, subject: r.subject, text: r.shown_text ?? r.text,
  }));
}

/** The newest turns down to the last answer (and at least one page): everything before it decides nothing. */
export function newestTurns(db: ReadDb, conversationId: string): TurnRow[] {
  const turns: TurnRow[] = [];
  for (let before = Number.MAX_SAFE_INTEGER; turns.length < LOOK_BACK; ) {
    const rows = tables.turnsBefore(db, conversationId, before, PAGE);
    const page = turnsFrom(db, rows);
    turns.push(...page);
    before = page.at(-1)?.id ?? 0;
    if (rows.length < PAGE || (page.some((t) => weightOf(t) === 'answers') && turns.some((t) => t.direction === 'inbound'))) break;
  }
  return turns;
}

/** Since when the customer waits; null when it is not our turn. */
export const waitingSinceOf = (db: ReadDb, conversationId: string): number | null => waitingTurns(newestTurns(db, conversationId)).at(-1)?.at ?? null;
