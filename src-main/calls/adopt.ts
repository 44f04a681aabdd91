import { mergeCustomers } from '../merging/index.ts';
import { tables, type Operation, type ReadDb } from '../store/index.ts';

/**
 * The agent says whom a call of an unknown number was with, after it was taken for a new customer: the two are merged, so that it can be
 * undone like any merge. Null when there is nothing to merge; somebody who is more than this one number is never merged by it.
 */
export function adoption(db: ReadDb, accountId: string, callId: string, conversationId: string): { operation: typeof mergeCustomers extends Operation<infer A, infer R> ? Operation<A, R> : never; survivorId: string; mergedId: string } | null {
  const told = tables.messageByExternal(db, accountId, `call:${callId}`);
  const target = tables.conversationCore(db, conversationId);
  const from = told && tables.conversationCore(db, told.conversation_id);
  if (!target || !from || from.id === target.id) return null;
  const row = tables.customerRow(db, from.customerId);
  if (!row || row.is_named === 1 || tables.identitiesOf(db, row.id).length !== 1 || tables.messagesBefore(db, from.id, null, 2).filter((m) => m.kind !== 'system').length !== 1) return null;
  return { operation: mergeCustomers, survivorId: target.customerId, mergedId: row.id };
}
