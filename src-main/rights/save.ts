import { createReadStream, createWriteStream, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { finished } from 'node:stream/promises';
import type * as Fflate from 'fflate';
import { lazyPackage, ParleyError } from '../kernel/index.ts';
import { tables, type ContentStore, type ReadDb } from '../store/index.ts';
import { exportPerson, type ExportReport, type ExportSteps } from './export.ts';

const library = lazyPackage<typeof Fflate>('fflate');

/** How copies of one person are named, so that they can be told when the person is erased. */
function prefixOf(name: string): string {
  const safe = name.replace(/[^\p{L}\p{M}\p{N} ._-]+/gu, '_').replace(/^[. ]+|[. ]+$/g, '').slice(0, 80);
  return `Parley - ${safe === '' ? 'customer' : safe} - `;
}

/** Copies of a person's data saved from this desk into a folder, by their names. */
export const copiesIn = (folder: string, name: string): string[] =>
  (existsSync(folder) ? readdirSync(folder) : []).filter((entry) => entry.startsWith(prefixOf(name))).map((entry) => join(folder, entry));

function freeName(folder: string, name: string, ending: string): string {
  for (let n = 0; n < 1_000; n += 1) {
    const path = join(folder, `${name}${n === 0 ? '' : ` (${n})`}${ending}`);
    if (!existsSync(path)) return path;
  }
  throw new ParleyError('conflict', `There are too many copies named ${name} in ${folder}.`);
}

export interface SaveArgs { customerId: string; as: 'folder' | 'zip'; into: string; now: number }

/** Saves everything about one person under a free name; what was written is taken away when it is stopped or fails. */
export async function savePerson(db: ReadDb, files: ContentStore, { customerId, as, into, now }: SaveArgs, steps: ExportSteps): Promise<ExportReport & { path: string }> {
  const customer = tables.customerRow(db, customerId);
  if (!customer) throw new ParleyError('not_found', 'This customer is not here any more.');
  const name = `${prefixOf(customer.name)}${new Date(now).toISOString().slice(0, 10)}`;
  const folder = freeName(into, name, as === 'folder' ? '' : '.unfinished');
  const zip = as === 'zip' ? freeName(into, name, '.zip') : null;
  const partial = zip === null ? null : `${zip}.unfinished`;
  try {
    const report = await exportPerson(db, files, customerId, folder, now, steps);
    if (zip === null || partial === null) return { ...report, path: folder };
    await pack(folder, partial, steps);
    renameSync(partial, zip);
    rmSync(folder, { recursive: true });
    return { ...report, path: zip };
  } catch (error) {
    for (const path of [folder, ...(partial === null ? [] : [partial])]) rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

async function pack(folder: string, path: string, { signal }: ExportSteps): Promise<void> {
  const out = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  const { Zip, ZipDeflate } = library();
  const zip = new Zip((error, chunk, isLast) => {
    if (error !== null) out.destroy(error);
    else {
      out.write(chunk);
      if (isLast) out.end();
    }
  });
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
  for (const name of names) {
    const entry = new ZipDeflate(name.replaceAll('\\', '/'), { level: 6 });
    zip.add(entry);
    for await (const chunk of createReadStream(join(folder, name))) {
      signal?.throwIfAborted();
      entry.push(chunk as Buffer);
      if (out.writableNeedDrain) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
    }
    entry.push(new Uint8Array(0), true);
  }
  zip.end();
  await finished(out);
}
