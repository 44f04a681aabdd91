import { appendFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import Papa from 'papaparse';
import { PROBLEM_COLUMN } from '../importers/index.ts';
import { errnoOf } from '../kernel/index.ts';

/** Keeps lines that could not come in beside their file, to be put right and imported: same columns, and one that says why. */
export function keepLeftOut(path: string): { add(table: { header: string[]; rows: string[][] }): void; kept(): { path: string | null; problem: string | null } } {
  const stem = path.replace(/\.csv$/i, '');
  let file: string | null = null;
  let problem: string | null = null;
  const csv = (rows: string[][]): string => `${Papa.unparse(rows)}\r\n`;
  return {
    add({ header, rows }) {
      // A line may have fewer or more cells than there are columns: the reason is always under its name.
      const had = header.indexOf(PROBLEM_COLUMN);
      const width = had >= 0 ? had : header.length;
      const lines = rows.map((cells) => { const bare = cells.slice(0, Math.min(width, cells.length - 1)); return [...bare, ...Array<string>(width - bare.length).fill(''), cells.at(-1) ?? '']; });
      try {
        if (file === null) file = create(stem, csv([[...header.slice(0, width), PROBLEM_COLUMN]]));
        appendFileSync(file, csv(lines));
      } catch (error) {
        problem ??= `The lines left out could not be kept beside ${basename(path)}: ${errnoOf(error) ?? 'the folder cannot be written to'}.`;
      }
    },
    kept: () => ({ path: file, problem }),
  };
}

/** Never over another file: somebody may be putting the last one right. */
function create(stem: string, head: string): string {
  for (let n = 0; ; n += 1) {
    const target = `${stem}.left-out${n === 0 ? '' : ` (${n})`}.csv`;
    try {
      writeFileSync(target, head, { flag: 'wx', mode: 0o600 });
      return target;
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST' || n > 999) throw error;
    }
  }
}
