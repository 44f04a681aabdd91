import Papa from 'papaparse';
import type { CannedResponse, CannedTexts } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';

const COLUMNS = ['shortcut', 'title', 'folder', 'language', 'text', 'text_reply', 'text_dm', 'text_mail', 'uses'] as const;
const MAX_ROWS = 5_000;
const MAX_TEXT = 200_000;

/** A cell that a spreadsheet would run as a formula is written with an apostrophe before it, and read back without. */
export const guardCell = (cell: string): string => (/^[=+\-@\t\r']/.test(cell) ? `'${cell}` : cell);
export const unguardCell = (cell: string): string => (/^'[=+\-@\t\r']/.test(cell) ? cell.slice(1) : cell);

export function cannedToCsv(responses: readonly CannedResponse[]): string {
  const rows = responses.map(({ shortcut, title, folder, language, texts, uses }) =>
    [shortcut, title, folder, language ?? '', texts.any, texts.reply ?? '', texts.dm ?? '', texts.mail ?? '', String(uses)].map(guardCell));
  // With the mark at the start spreadsheets read it as UTF-8.
  return `\uFEFF${Papa.unparse([[...COLUMNS], ...rows], { newline: '\r\n' })}\r\n`;
}

export interface CsvCanned { shortcut: string; title: string; folder: string; language: string | null; texts: CannedTexts; attachmentIds: string[] }

/** Reads what `cannedToCsv` writes, and lists with fewer columns: `shortcut` and `text` are enough. Bad lines are told, good ones taken. */
export function cannedFromCsv(csv: string): { rows: CsvCanned[]; problems: string[] } {
  const { data } = Papa.parse<string[]>(csv.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' });
  const [header = [], ...lines] = data;
  const columns = new Map(header.map((name, i) => [name.trim().toLowerCase().replace(/[\s-]+/g, '_'), i]));
  if (!columns.has('shortcut') || !columns.has('text')) {
    throw new ParleyError('bad_input', `A list of responses needs the columns shortcut and text; this file has ${header.slice(0, 12).join(', ') || 'none'}. Nothing was imported.`);
  }
  if (lines.length > MAX_ROWS) throw new ParleyError('bad_input', `This file has ${lines.length} lines; ${MAX_ROWS} responses are the most. Nothing was imported.`);
  const problems: string[] = [];
  const seen = new Set<string>();
  const rows = lines.flatMap((cells, i): CsvCanned[] => {
    const of = (name: string): string => unguardCell(cells[columns.get(name) ?? -1] ?? '');
    const shortcut = of('shortcut').trim().replace(/^\//, '');
    const language = of('language').trim().toLowerCase();
    const problem = !/^[\p{L}\p{M}\p{N}_-]{1,32}$/u.test(shortcut) ? `“${shortcut}” is no shortcut (letters, digits, - and _)`
      : language !== '' && !/^[a-z]{2}$/.test(language) ? `“${language}” is no language of two letters`
      : of('text').trim() === '' ? `/${shortcut} has no text`
      : cells.some((cell) => cell.length > MAX_TEXT) ? `/${shortcut} is too long`
      : seen.has(`${shortcut}/${language}`) ? `/${shortcut} is in the file twice` : null;
    if (problem !== null) {
      problems.push(`Line ${i + 2}: ${problem}.`);
      return [];
    }
    seen.add(`${shortcut}/${language}`);
    const own = (name: string): string | null => (of(name).trim() === '' ? null : of(name));
    return [{
      shortcut, title: of('title').trim().slice(0, 1_000) || shortcut, folder: of('folder').trim().slice(0, 1_000), language: language === '' ? null : language,
      texts: { any: of('text'), reply: own('text_reply'), dm: own('text_dm'), mail: own('text_mail') }, attachmentIds: [],
    }];
  });
  return { rows, problems };
}
