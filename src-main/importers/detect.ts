import { basename } from 'node:path';
import { open, readdir, stat } from 'node:fs/promises';
import Papa from 'papaparse';
import { errnoOf, ParleyError } from '../kernel/index.ts';
import { guessMap, missingOf } from './call-map.ts';
import type { ImportFormat } from './importer.ts';
import { sizeOfFile } from './mbox.ts';

/** Times and numbers stand in it, whatever its columns are called. */
function looksLikeCalls(head: string): boolean {
  const [header = [], ...rows] = Papa.parse<string[]>(head, { skipEmptyLines: 'greedy' }).data;
  // The last line may be cut off.
  return missingOf(header, guessMap({ header, rows: rows.slice(0, -1) }, { zone: 'UTC', region: 'GB' })).length === 0;
}

/** Says what a file or folder is from its content. Throws `bad_input` with one sentence when it is nothing we import. */
export async function detectFormat(path: string): Promise<ImportFormat> {
  let isFolder = false;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
  if (isFolder) {
    const names = await readdir(path);
    if (names.includes('cur') || names.includes('new')) return 'maildir';
    throw new ParleyError('bad_input', `${path} is a folder, and no maildir (it has neither cur nor new). Nothing was imported.`);
  }
  await sizeOfFile(path);
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(4_096);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const start = head.subarray(0, bytesRead).toString('latin1');
    if (start.startsWith('PK')) return 'x-archive';
    if (start.startsWith('From ')) return 'mbox';
    const firstLine = start.split(/\r?\n/, 1)[0] ?? '';
    if (/started.?at/i.test(firstLine) && firstLine.includes(',')) return 'calls-csv';
    if (/\bbasis\b/i.test(firstLine) && firstLine.includes(',')) return 'customers-csv';
    if (/\.csv$/i.test(path)) return /number|duration/i.test(firstLine) || /call|cdr/i.test(basename(path)) || looksLikeCalls(start) ? 'calls-csv' : 'customers-csv';
    if (/^[\x21-\x39\x3b-\x7e]+[ \t]*:/.test(start)) return 'eml';
  } finally {
    await file.close();
  }
  throw new ParleyError('bad_input', `${path} is neither mbox, maildir, a mail, an X archive nor a list of calls or customers. Nothing was imported.`);
}
