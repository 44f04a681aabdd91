import { mkdir, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { errnoOf, ParleyError } from '../../kernel/index.ts';
import type { HandlerContext } from './context.ts';

/** Writes a new file into the downloads folder, under the first free name; returns its path. */
export async function saveDownload(folder: string, name: string, content: string | Uint8Array): Promise<string> {
  await mkdir(folder, { recursive: true });
  const extension = extname(name);
  for (let n = 0; n < 1_000; n += 1) {
    const target = join(folder, n === 0 ? name : `${name.slice(0, name.length - extension.length)} (${n})${extension}`);
    try {
      await writeFile(target, content, { flag: 'wx' });
      return target;
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  }
  throw new ParleyError('conflict', `There are too many files named ${name} in the downloads folder.`);
}

/** Writes a list a person asked for where they say; in a shell that cannot ask, into the downloads folder. Returns its path. */
export async function saveExport({ askWhere, downloadsDir }: Pick<HandlerContext, 'askWhere' | 'downloadsDir'>, name: string, content: string): Promise<string> {
  if (askWhere === null) return saveDownload(downloadsDir, name, content);
  const path = await askWhere(join(downloadsDir, name));
  if (path === null) throw new ParleyError('cancelled', 'Nothing was saved.');
  try {
    await writeFile(path, content);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    throw new ParleyError('unavailable', `${basename(path)} could not be written there. Choose another folder.`, { cause: error });
  }
  return path;
}
