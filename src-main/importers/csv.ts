import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { ParleyError } from '../kernel/index.ts';
import type { ChannelEvent } from '../channels/port.ts';
import type { ImportContext, Importer, ImportStep } from './importer.ts';
import { sizeOfFile } from './mbox.ts';

const BATCH = 300;
const MAX_CSV_BYTES = 200 * 1024 * 1024;

export interface CsvRow {
  line: number;
  /** The value of a column, trimmed; "" when the row has none. */
  of(column: string): string;
}

/** Column names are compared without case, spaces, dashes and underscores: "Started At" is started_at. */
const key = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Telephone systems still write the code pages of their day: what is no UTF-8 is read as Windows-1252. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** A CSV as it is: its first line, and the others. Commas, semicolons and tabs are told apart by what stands there. */
export async function readSheet(path: string): Promise<{ header: string[]; rows: string[][] }> {
  const size = await sizeOfFile(path);
  if (size > MAX_CSV_BYTES) throw new ParleyError('bad_input', `${path} is larger than ${MAX_CSV_BYTES / 1_048_576} MB. Nothing was imported.`);
  const { data } = Papa.parse<string[]>(decode(await readFile(path)), { skipEmptyLines: 'greedy' });
  const [header, ...rows] = data;
  return { header: header ?? [], rows };
}

/** Rows of a CSV that must have these columns. Throws `bad_input`, naming what is missing and what is there, when they are others. */
function rowsOf(path: string, { header, rows }: Awaited<ReturnType<typeof readSheet>>, required: readonly string[], what: string): CsvRow[] {
  const columns = new Map(header.map((name, i) => [key(name), i]));
  const missing = required.filter((name) => !columns.has(key(name)));
  if (missing.length > 0) {
    throw new ParleyError('bad_input', `${path}, line 1: ${what} needs the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}; the file has ${header.slice(0, 20).join(', ') || 'none'}. Nothing was imported.`);
  }
  return rows.map((cells, i) => ({ line: i + 2, of: (column) => (cells[columns.get(key(column)) ?? -1] ?? '').trim() }));
}

export const hasColumns = (header: readonly string[], required: readonly string[]): boolean => required.every((name) => header.some((own) => key(own) === key(name)));

/** Steps over a sheet: one event a line; a line `eventAt` answers with a sentence is left out, named, and handed back to be kept. */
export async function* stepsOf(sheet: { header: readonly string[]; rows: readonly (readonly string[])[] }, context: ImportContext, eventAt: (index: number) => ChannelEvent | string): AsyncGenerator<ImportStep> {
  const total = sheet.rows.length;
  for (let at = Number(context.resumeAt ?? 0); at < total; at += BATCH) {
    context.signal.throwIfAborted();
    const events: ChannelEvent[] = [];
    const problems: string[] = [];
    const leftOut: string[][] = [];
    const done = Math.min(at + BATCH, total);
    for (let i = at; i < done; i += 1) {
      const made = eventAt(i);
      if (typeof made !== 'string') events.push(made);
      else {
        problems.push(`${made}; the line was left out`);
        leftOut.push([...(sheet.rows[i] ?? []), made]);
      }
    }
    yield {
      batch: { accountId: context.account.id, origin: 'import', events, cursors: {} }, done, total, resumeAt: String(done), problems,
      ...(leftOut.length === 0 ? {} : { leftOut: { header: [...sheet.header], rows: leftOut } }),
    };
  }
}

/** An importer of a CSV whose columns are ours. */
export const csvImporter = (required: readonly string[], what: string, eventOf: (row: CsvRow, context: ImportContext) => ChannelEvent | string): Importer =>
  async function* (path, context) {
    const sheet = await readSheet(path);
    const rows = rowsOf(path, sheet, required, what);
    yield* stepsOf(sheet, context, (index) => eventOf(rows[index] ?? { line: index + 2, of: () => '' }, context));
  };
