import type { ComposerMode, Draft } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { attachmentsById } from './attachments.ts';

interface Row { conversation_id: string; mode: ComposerMode; text: string; subject: string | null; recipients: string | null; attachments: string; updated_at: number }
const COLUMNS = 'conversation_id, mode, text, subject, recipients, attachments, updated_at';

/** What of a mail stands above its text, and what under it. */
interface MailHead { to: string[] | null; cc: string[] | null; bcc?: string[] | null; forwards?: number | undefined; quotes?: boolean | undefined }

const toDraft = (db: ReadDb, row: Row): Draft => {
  const head = row.recipients === null ? null : (JSON.parse(row.recipients) as MailHead);
  return {
    conversationId: row.conversation_id, mode: row.mode, text: row.text, subject: row.subject, to: head?.to ?? null, cc: head?.cc ?? null, bcc: head?.bcc ?? null,
    ...(head?.forwards === undefined ? {} : { forwards: head.forwards }), ...(head?.quotes === undefined ? {} : { quotes: head.quotes }),
    attachments: attachmentsById(db, JSON.parse(row.attachments) as string[]), updatedAt: row.updated_at,
  };
};

const headOf = ({ to, cc, bcc, forwards, quotes }: MailHead): string | null => (to === null && cc === null && bcc === null && forwards === undefined && quotes === undefined ? null : JSON.stringify({ to, cc, bcc, forwards, quotes }));

/** `agent`: initials of who writes it; '' is for whoever takes it up. */
export function putDraft(db: WriteDb, d: { conversationId: string; mode: ComposerMode; text: string; subject: string | null; to: string[] | null; cc: string[] | null; bcc: string[] | null; attachmentIds: readonly string[]; forwards?: number | undefined; quotes?: boolean | undefined }, at: number, agent = ''): void {
  db.run(
    `INSERT INTO draft (${COLUMNS}, agent) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (conversation_id, mode, agent) DO UPDATE SET
     text = excluded.text, subject = excluded.subject, recipients = excluded.recipients, attachments = excluded.attachments, updated_at = excluded.updated_at`,
    d.conversationId, d.mode, d.text, d.subject, headOf(d), JSON.stringify(d.attachmentIds), at, agent,
  );
}
/** An agent's own draft, and the one that was for anybody: they have taken it up. */
export function deleteDraft(db: WriteDb, conversationId: string, mode: ComposerMode, agent: string): void {
  db.run(`DELETE FROM draft WHERE conversation_id = ? AND mode = ? AND agent IN (?, '')`, conversationId, mode, agent);
}
/** What an agent finds in the composer: their own draft, else the one for anybody. Without an agent: everybody's, newest first. */
export function draftsOf(db: ReadDb, conversationId: string, agent?: string): Draft[] {
  if (agent === undefined) return db.all<Row>(`SELECT ${COLUMNS} FROM draft WHERE conversation_id = ? ORDER BY updated_at DESC`, conversationId).map((row) => toDraft(db, row));
  const rows = db.all<Row & { agent: string }>(`SELECT ${COLUMNS}, agent FROM draft WHERE conversation_id = ? AND agent IN (?, '') ORDER BY agent DESC`, conversationId, agent);
  return rows.filter((row, at) => rows.findIndex((other) => other.mode === row.mode) === at).map((row) => toDraft(db, row));
}
export const draftOf = (db: ReadDb, conversationId: string, mode: ComposerMode, agent?: string): Draft | undefined => draftsOf(db, conversationId, agent).find((d) => d.mode === mode);
/** What somebody wrote stays theirs under new initials. */
export function renameDrafts(db: WriteDb, from: string, to: string): void {
  db.run('UPDATE OR REPLACE draft SET agent = ? WHERE agent = ?', to, from);
}
