import type { DeliveryFailure, Entry } from '../../../src-preload/contract/index.ts';
import { marks, type ReadDb, type WriteDb } from '../db.ts';

interface Row { message_id: number; recipient: string | null; is_final: number; status: string | null; why: string; at: number }

export function insertUndelivered(db: WriteDb, messageId: number, report: { id: number; at: number }, failures: readonly DeliveryFailure[]): void {
  failures.forEach((f, n) => db.run('INSERT OR IGNORE INTO undelivered (message_id, report_id, n, recipient, is_final, status, why, at) VALUES (?,?,?,?,?,?,?,?)', messageId, report.id, n, f.recipient, Number(f.isFinal), f.status, f.why, report.at));
}

/** What came back about these messages, oldest first; of a recipient given up only that. */
export function undeliveredOf(db: ReadDb, messageIds: readonly number[]): Map<number, NonNullable<Entry['undelivered']>> {
  const byMessage = new Map<number, NonNullable<Entry['undelivered']>>();
  if (messageIds.length === 0) return byMessage;
  const rows = db.all<Row>(`SELECT message_id, recipient, is_final, status, why, at FROM undelivered WHERE message_id IN (${marks(messageIds.length)}) ORDER BY at, report_id, n`, ...messageIds);
  for (const row of rows) {
    const before = byMessage.get(row.message_id) ?? [];
    const others = before.filter((f) => f.recipient !== row.recipient || f.isFinal);
    if (others.some((f) => f.recipient === row.recipient)) continue;
    byMessage.set(row.message_id, [...others, { recipient: row.recipient, isFinal: row.is_final === 1, status: row.status, why: row.why, at: row.at }]);
  }
  return byMessage;
}

/** Messages a report speaks of. */
export const reportedBy = (db: ReadDb, reportId: number): number[] => db.all<{ id: number }>('SELECT DISTINCT message_id AS id FROM undelivered WHERE report_id = ?', reportId).map((r) => r.id);
