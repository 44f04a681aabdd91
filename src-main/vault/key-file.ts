import { chmod, link, mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../kernel/index.ts';
import { decodeKey, encodeKey, type KeySource } from './key-source.ts';

/** A key beside the data it locks, readable by this user only. Honest about what that is worth: nothing against whoever can read this user's files. */
export function fileSource(dir: string): KeySource {
  const path = join(dir, 'vault.key');
  const title = 'the key file of this workspace';
  return {
    name: 'file', title, isProtected: false,
    async getKey() {
      try {
        const { mode } = await stat(path);
        // A copy or a restored backup may have become readable for others.
        if (process.platform !== 'win32' && (mode & 0o077) !== 0) await chmod(path, 0o600);
        return decodeKey(await readFile(path, 'utf8'), title);
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') return null;
        throw error;
      }
    },
    async setKey(key) {
      await writeNew(path, `${encodeKey(key)}\n`);
      await syncFolder(dir);
    },
  };
}

/**
 * Never overwrites: throws EEXIST. Durable when it resolves. Whoever finds the file finds all of it: written in its place, one who looks at
 * that moment, and everybody after a crash then, would find a damaged key.
 */
export async function writeNew(path: string, text: string): Promise<void> {
  // A folder, because its name is nobody else's, also after a crash that left one.
  const aside = await mkdtemp(`${path}.`);
  try {
    await write(join(aside, 'whole'), text);
    await link(join(aside, 'whole'), path).catch(async (error: unknown) => {
      // A file system without links (FAT) says so in one of these ways.
      if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR'].includes(errnoOf(error) ?? '')) throw error;
      await write(path, text);
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function write(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(dir: string): Promise<void> {
  // Windows cannot open folders; its file system journals the name itself.
  if (process.platform === 'win32') return;
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
