import type { ResolvedWay, Satisfaction } from '../../../src-preload/contract/index.ts';
import { firstIdAt } from '../message-id.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { LINES } from './messages.ts';
import { caseStart } from './ledger.ts';

/** Which of a customer's matters is the present one. */
export const presentCase = (db: ReadDb, conversationId: string): string => {
  const start = caseStart(db, conversationId);
  return start === 0 ? conversationId : String(start);
};

/** The mark of the present matter, which may have been made after it was closed. */
export const outcomeLinesOf = (db: ReadDb, conversationId: string): number[] =>
  db.all<{ id: number }>(
    `SELECT id FROM message WHERE conversation_id = ? AND ${LINES} AND json_extract(detail, '$.code') = 'outcome' AND json_extract(detail, '$.outcome.case') = ? ORDER BY id DESC`, conversationId, presentCase(db, conversationId),
  ).map((row) => row.id);

export const outcomeOf = (db: ReadDb, conversationId: string): Satisfaction | null => {
  const [id] = outcomeLinesOf(db, conversationId);
  return id === undefined ? null : (db.get<{ mark: Satisfaction }>(`SELECT json_extract(detail, '$.outcome.mark') AS mark FROM message WHERE id = ?`, id)?.mark ?? null);
};

export function setOutcome(db: WriteDb, conversationId: string, mark: Satisfaction | null): void {
  db.run('UPDATE conversation SET outcome = ? WHERE id = ?', mark, conversationId);
}

interface Line { messageId: number; conversationId: string; customerName: string; at: number; by: string; code: 'done' | 'reopened' | 'outcome'; mark: Satisfaction | null; way: ResolvedWay | null; caseId: string | null }
/** Everything since `since` (ms UTC) that says how a matter ended, oldest first. */
export const outcomeLines = (db: ReadDb, since: number): { messageId: number; conversationId: string; customerName: string; at: number; by: string; code: Line['code']; outcome: { mark: Satisfaction | null; way: ResolvedWay; case: string } | null }[] =>
  db.all<Line>(
    `SELECT m.id AS messageId, m.conversation_id AS conversationId, c.name AS customerName, m.at, json_extract(m.detail, '$.agent') AS by, json_extract(m.detail, '$.code') AS code,
     json_extract(m.detail, '$.outcome.mark') AS mark, json_extract(m.detail, '$.outcome.way') AS way, json_extract(m.detail, '$.outcome.case') AS caseId
     FROM message m JOIN conversation v ON v.id = m.conversation_id JOIN customer c ON c.id = v.customer_id
     WHERE m.id >= ? AND m.kind = 'system' AND json_extract(m.detail, '$.code') IN ('done', 'reopened', 'outcome') ORDER BY m.id`, firstIdAt(since),
  ).map(({ mark, way, caseId, ...line }) => ({ ...line, outcome: way === null || caseId === null ? null : { mark, way, case: caseId } }));
