import type { Faq } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';

interface Row { id: string; title: string; url: string; words: string; language: string; uses: number; last_used_at: number | null; updated_at: number; updated_by: string }
const COLUMNS = 'id, title, url, words, language, uses, last_used_at, updated_at, updated_by';
const toFaq = (r: Row): Faq => ({ id: r.id, title: r.title, url: r.url, words: r.words, language: r.language === '' ? null : r.language, uses: r.uses, lastUsedAt: r.last_used_at, updatedAt: r.updated_at, updatedBy: r.updated_by });

export const faqs = (db: ReadDb): Faq[] => db.all<Row>(`SELECT ${COLUMNS} FROM faq ORDER BY title, language`).map(toFaq);
export const faqById = (db: ReadDb, id: string): Faq | undefined => {
  const row = db.get<Row>(`SELECT ${COLUMNS} FROM faq WHERE id = ?`, id);
  return row && toFaq(row);
};
export const faqIdOf = (db: ReadDb, url: string, language: string | null): string | undefined => db.get<{ id: string }>('SELECT id FROM faq WHERE url = ? AND language = ?', url, language ?? '')?.id;

/** Writes all but the counts of use, which stay. */
export function putFaq(db: WriteDb, f: Pick<Faq, 'id' | 'title' | 'url' | 'words' | 'language'>, at: number, by: string): void {
  db.run(
    `INSERT INTO faq (${COLUMNS}) VALUES (?,?,?,?,?,0,NULL,?,?) ON CONFLICT (id) DO UPDATE SET title = excluded.title, url = excluded.url, words = excluded.words, language = excluded.language,
     updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    f.id, f.title, f.url, f.words, f.language ?? '', at, by,
  );
}
export function putFaqUse(db: WriteDb, id: string, uses: number, lastUsedAt: number | null): void {
  db.run('UPDATE faq SET uses = ?, last_used_at = ? WHERE id = ?', uses, lastUsedAt, id);
}
export const deleteFaq = (db: WriteDb, id: string): boolean => db.run('DELETE FROM faq WHERE id = ?', id).changes > 0;
export function countFaqUse(db: WriteDb, id: string, at: number): void {
  db.run('UPDATE faq SET uses = uses + 1, last_used_at = ? WHERE id = ?', at, id);
}
