import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { ParleyError } from '../kernel/index.ts';
import type { ChannelEvent } from '../channels/port.ts';
import type { ImportContext, Importer } from './importer.ts';
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

/** Reads a CSV with a header line. Throws `bad_input`, naming what is missing and what is there, when the columns are others. */
async function readCsv(path: string, required: readonly string[], what: string): Promise<CsvRow[]> {
  const size = await sizeOfFile(path);
  if (size > MAX_CSV_BYTES) throw new ParleyError('bad_input', `${path} is larger than ${MAX_CSV_BYTES / 1_048_576} MB. Nothing was imported.`);
  const text = new TextDecoder('utf-8').decode(await readFile(path));
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: 'greedy' });
  const [header, ...rows] = data;
  const columns = new Map((header ?? []).map((name, i) => [key(name), i]));
  const missing = required.filter((name) => !columns.has(key(name)));
  if (missing.length > 0) {
    throw new ParleyError('bad_input', `${path}, line 1: ${what} needs the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}; the file has ${(header ?? []).slice(0, 20).join(', ') || 'none'}. Nothing was imported.`);
  }
  return rows.map((cells, i) => ({ line: i + 2, of: (column) => (cells[columns.get(key(column)) ?? -1] ?? '').trim() }));
}

/** An importer of a CSV: one event a line; a line `eventOf` answers with a sentence is left out, and named. */
export const csvImporter = (required: readonly string[], what: string, eventOf: (row: CsvRow, context: ImportContext) => ChannelEvent | string): Importer =>
  async function* (path, context) {
    const rows = await readCsv(path, required, what);
    for (let at = Number(context.resumeAt ?? 0); at < rows.length; at += BATCH) {
      context.signal.throwIfAborted();
      const made = rows.slice(at, at + BATCH).map((row) => eventOf(row, context));
      const done = Math.min(at + BATCH, rows.length);
      yield {
        batch: { accountId: context.account.id, origin: 'import', events: made.filter((e) => typeof e !== 'string'), cursors: {} },
        done, total: rows.length, resumeAt: String(done), problems: made.filter((e) => typeof e === 'string').map((p) => `${p}; the line was left out`),
      };
    }
  };
