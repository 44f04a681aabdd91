import type { ComposerMode, Draft } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { attachmentsById } from './attachments.ts';

interface Row { conversation_id: string; mode: ComposerMode; text: string; subject: string | null; recipients: string | null; attachments: string; updated_at: number }
const COLUMNS = 'conversation_id, mode, text, subject, recipients, attachments, updated_at';

const toDraft = (db: ReadDb, row: Row): Draft => {
  const recipients = row.recipients === null ? null : (JSON.parse(row.recipients) as { to: string[] | null; cc: string[] | null; bcc?: string[] | null });
  return {
    conversationId: row.conversation_id, mode: row.mode, text: row.text, subject: row.subject, to: recipients?.to ?? null, cc: recipients?.cc ?? null, bcc: recipients?.bcc ?? null,
    attachments: attachmentsById(db, JSON.parse(row.attachments) as string[]), updatedAt: row.updated_at,
  };
};

export function putDraft(db: WriteDb, d: { conversationId: string; mode: ComposerMode; text: string; subject: string | null; to: string[] | null; cc: string[] | null; bcc: string[] | null; attachmentIds: readonly string[] }, at: number): void {
  db.run(
    `INSERT INTO draft (${COLUMNS}) VALUES (?,?,?,?,?,?,?) ON CONFLICT (conversation_id, mode) DO UPDATE SET
     text = excluded.text, subject = excluded.subject, recipients = excluded.recipients, attachments = excluded.attachments, updated_at = excluded.updated_at`,
    d.conversationId, d.mode, d.text, d.subject, d.to === null && d.cc === null && d.bcc === null ? null : JSON.stringify({ to: d.to, cc: d.cc, bcc: d.bcc }), JSON.stringify(d.attachmentIds), at,
  );
}
export function deleteDraft(db: WriteDb, conversationId: string, mode: ComposerMode): void {
  db.run('DELETE FROM draft WHERE conversation_id = ? AND mode = ?', conversationId, mode);
}
export const draftsOf = (db: ReadDb, conversationId: string): Draft[] =>
  db.all<Row>(`SELECT ${COLUMNS} FROM draft WHERE conversation_id = ?`, conversationId).map((row) => toDraft(db, row));
export const draftOf = (db: ReadDb, conversationId: string, mode: ComposerMode): Draft | undefined => draftsOf(db, conversationId).find((d) => d.mode === mode);
