import type { CannedResponse, CannedTexts } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { attachmentsById } from './attachments.ts';

interface Row { id: string; shortcut: string; title: string; folder: string; language: string; texts: string; attachments: string; uses: number; last_used_at: number | null; updated_at: number; updated_by: string }
const COLUMNS = 'id, shortcut, title, folder, language, texts, attachments, uses, last_used_at, updated_at, updated_by';

const toCanned = (db: ReadDb, r: Row): CannedResponse => ({
  id: r.id, shortcut: r.shortcut, title: r.title, folder: r.folder, language: r.language === '' ? null : r.language, texts: JSON.parse(r.texts) as CannedTexts,
  attachments: r.attachments === '[]' ? [] : attachmentsById(db, JSON.parse(r.attachments) as string[]), uses: r.uses, lastUsedAt: r.last_used_at, updatedAt: r.updated_at, updatedBy: r.updated_by,
});

export const cannedResponses = (db: ReadDb): CannedResponse[] => db.all<Row>(`SELECT ${COLUMNS} FROM canned ORDER BY folder, shortcut, language`).map((row) => toCanned(db, row));
export const cannedById = (db: ReadDb, id: string): CannedResponse | undefined => {
  const row = db.get<Row>(`SELECT ${COLUMNS} FROM canned WHERE id = ?`, id);
  return row && toCanned(db, row);
};
export const cannedIdOf = (db: ReadDb, shortcut: string, language: string | null): string | undefined =>
  db.get<{ id: string }>('SELECT id FROM canned WHERE shortcut = ? AND language = ?', shortcut, language ?? '')?.id;

/** Writes all but the counts of use, which stay. */
export function putCanned(db: WriteDb, c: { id: string; shortcut: string; title: string; folder: string; language: string | null; texts: CannedTexts; attachmentIds: readonly string[] }, at: number, by: string): void {
  db.run(
    `INSERT INTO canned (${COLUMNS}) VALUES (?,?,?,?,?,?,?,0,NULL,?,?) ON CONFLICT (id) DO UPDATE SET shortcut = excluded.shortcut, title = excluded.title, folder = excluded.folder,
     language = excluded.language, texts = excluded.texts, attachments = excluded.attachments, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    c.id, c.shortcut, c.title, c.folder, c.language ?? '', JSON.stringify(c.texts), JSON.stringify(c.attachmentIds), at, by,
  );
}
/** How often something was used, when it comes back after having been away. */
export function putCannedUse(db: WriteDb, id: string, uses: number, lastUsedAt: number | null): void {
  db.run('UPDATE canned SET uses = ?, last_used_at = ? WHERE id = ?', uses, lastUsedAt, id);
}
export function deleteCanned(db: WriteDb, id: string): boolean {
  return db.run('DELETE FROM canned WHERE id = ?', id).changes > 0;
}
export function countCannedUse(db: WriteDb, id: string, at: number): void {
  db.run('UPDATE canned SET uses = uses + 1, last_used_at = ? WHERE id = ?', at, id);
}
