import type { EntryDetail } from '../../src-preload/contract/index.ts';
import { tables, type Tx } from '../store/index.ts';

/** How far back a conversation is looked through for something the writer has not seen. */
const LOOK_BACK = 30;

export const newest = (tx: Tx, conversationId: string): tables.MessageRow[] => tables.messagesBefore(tx.db, conversationId, null, LOOK_BACK).filter((m) => m.deleted_at === null);

/** An answer that leaves long after it was written stands in the story where it leaves. Answers its new id. */
export function moveEntry(tx: Tx, record: tables.OutboxRecord): number {
  const before = tables.messageById(tx.db, record.messageId);
  if (!before) throw new Error('the entry of a waiting answer is gone');
  const ids = record.draft.attachments.map((attachment) => attachment.id);
  // Two entries with one Message-ID cannot stand side by side, not even here.
  if (before.external_id !== null) tables.clearExternal(tx.db, before.id);
  const messageId = tables.insertMessage(tx.db, {
    conversationId: before.conversation_id, identityId: before.identity_id, accountId: before.account_id, externalId: before.external_id, kind: before.kind, direction: 'outbound', at: tx.at, author: before.author,
    address: before.address, subject: before.subject, text: before.shown_text ?? before.text, detail: JSON.parse(before.detail) as EntryDetail, refs: before.refs === null ? null : (JSON.parse(before.refs) as string[]), requestId: null, arrivedAt: tx.at,
  });
  tables.attachTo(tx.db, ids, messageId);
  tables.setOutboxMessage(tx.db, record.id, messageId, tx.at);
  tables.moveIncidentMessage(tx.db, before.id, messageId);
  tables.keepThread(tx.db, before.id, messageId);
  tables.movePromises(tx.db, before.id, messageId);
  dropEntry(tx, before.id);
  return messageId;
}

export function dropEntry(tx: Tx, messageId: number): void {
  const row = tables.messageById(tx.db, messageId);
  if (!row) return;
  tables.removeMessage(tx.db, row);
  tx.touch('removed_message', messageId);
}
