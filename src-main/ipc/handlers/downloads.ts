import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { errnoOf, ParleyError } from '../../kernel/index.ts';

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
