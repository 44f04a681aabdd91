import Papa from 'papaparse';
import type { Faq } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { guardCell, unguardCell } from '../canned/csv.ts';

const COLUMNS = ['title', 'url', 'words', 'language', 'uses'] as const;
const MAX_ROWS = 5_000;
const URL_FORM = /^https?:\/\/[^\s/]+\.[^\s]+$/iu;

export function faqToCsv(pages: readonly Faq[]): string {
  // With the mark at the start spreadsheets read it as UTF-8.
  return `\uFEFF${Papa.unparse([[...COLUMNS], ...pages.map((p) => [p.title, p.url, p.words, p.language ?? '', String(p.uses)].map(guardCell))], { newline: '\r\n' })}\r\n`;
}

export interface CsvFaq { title: string; url: string; words: string; language: string | null }

/** Reads what `faqToCsv` writes, and lists with fewer columns: `title` and `url` are enough. Bad lines are told, good ones taken. */
export function faqFromCsv(csv: string): { rows: CsvFaq[]; problems: string[] } {
  const { data } = Papa.parse<string[]>(csv.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' });
  const [header = [], ...lines] = data;
  const columns = new Map(header.map((name, i) => [name.trim().toLowerCase(), i]));
  if (!columns.has('title') || !columns.has('url')) throw new ParleyError('bad_input', `A list of help pages needs the columns title and url; this file has ${header.slice(0, 12).join(', ') || 'none'}. Nothing was imported.`);
  if (lines.length > MAX_ROWS) throw new ParleyError('bad_input', `This file has ${lines.length} lines; ${MAX_ROWS} help pages are the most. Nothing was imported.`);
  const problems: string[] = [];
  const seen = new Set<string>();
  const rows = lines.flatMap((cells, i): CsvFaq[] => {
    const of = (name: string): string => unguardCell(cells[columns.get(name) ?? -1] ?? '').trim();
    const row = { title: of('title').slice(0, 1_000), url: of('url'), words: of('words').slice(0, 2_000), language: of('language').toLowerCase() };
    const problem = row.title === '' ? `${row.url || 'a page'} has no title`
      : !URL_FORM.test(row.url) || row.url.length > 2_000 ? `“${row.url.slice(0, 80)}” is no http or https address`
      : row.language !== '' && !/^[a-z]{2}$/.test(row.language) ? `“${row.language}” is no language of two letters`
      : seen.has(`${row.url} ${row.language}`) ? `${row.url} is in the file twice` : null;
    if (problem !== null) {
      problems.push(`Line ${i + 2}: ${problem}.`);
      return [];
    }
    seen.add(`${row.url} ${row.language}`);
    return [{ ...row, language: row.language === '' ? null : row.language }];
  });
  return { rows, problems };
}
