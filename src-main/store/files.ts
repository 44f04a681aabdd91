import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, closeSync, createReadStream, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore } from '../channels/port.ts';
import { errnoOf, ParleyError } from '../kernel/index.ts';

export interface ContentStore extends FileStore {
  folder: string;
  has(sha256: string): boolean;
  /** Where the bytes lie, for copying. */
  pathOf(sha256: string): string;
  /** When these bytes were last put here, ms UTC; null when they are not here. */
  putAt(sha256: string): number | null;
  /** Takes a file of this machine in, piece by piece: films are larger than what fits beside everything else. */
  putFile(path: string): Promise<{ sha256: string; size: number }>;
  /** Takes the bytes away for good. */
  remove(sha256: string): void;
}

/** Files written side by side: those that wait for the disk together wait once. */
const LANES = 16;

/** Files under the name of their content: the same picture in a hundred mails lies here once. */
export function openContentStore(dir: string): ContentStore {
  const pathOf = (sha256: string): string => {
    // The name comes from the database, but a damaged one must not lead out of the folder.
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new ParleyError('bad_input', 'This is no name of a stored file.');
    return join(dir, sha256.slice(0, 2), sha256);
  };
  const isHere = (path: string): boolean => {
    if (!existsSync(path)) return false;
    // Sets the time of its last change: what was just put must not be swept away before its row is there.
    chmodSync(path, 0o600);
    return true;
  };
  const folders = new Set<string>();
  const makeFolder = (sha256: string): void => {
    const folder = join(dir, sha256.slice(0, 2));
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
  };
  return {
    folder: dir,
    put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const path = pathOf(sha256);
      if (isHere(path)) return sha256;
      makeFolder(sha256);
      const partial = `${path}.partial`;
      const file = openSync(partial, 'w', 0o600);
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(partial, path);
      return sha256;
    },
    async putAll(files) {
      const names = files.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
      const missing = new Map(names.map((sha256, i) => [sha256, files[i] ?? new Uint8Array()] as const).filter(([sha256]) => !isHere(pathOf(sha256))));
      const left = missing.entries();
      const lane = async (): Promise<void> => {
        for (const [sha256, bytes] of left) {
          makeFolder(sha256);
          // A name of its own: another mailbox may be putting the same picture right now.
          const partial = `${pathOf(sha256)}.${randomUUID()}.partial`;
          try {
            await writeFile(partial, bytes, { flag: 'wx', mode: 0o600, flush: true });
            await rename(partial, pathOf(sha256));
          } catch (error) {
            rmSync(partial, { force: true });
            throw error;
          }
        }
      };
      const ended = await Promise.allSettled(Array.from({ length: Math.min(LANES, missing.size) }, lane));
      for (const one of ended) if (one.status === 'rejected') throw one.reason;
      return names;
    },
    get(sha256) {
      try {
        return readFileSync(pathOf(sha256));
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') throw new ParleyError('not_found', 'The file is no longer on this machine.');
        throw error;
      }
    },
    async putFile(path) {
      mkdirSync(dir, { recursive: true });
      const partial = join(dir, `${randomUUID()}.partial`);
      const hash = createHash('sha256');
      let size = 0;
      const file = openSync(partial, 'w', 0o600);
      try {
        for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
          hash.update(chunk);
          for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at);
          size += chunk.length;
        }
        fsyncSync(file);
      } catch (error) {
        rmSync(partial, { force: true });
        throw error;
      } finally {
        closeSync(file);
      }
      const sha256 = hash.digest('hex');
      mkdirSync(join(dir, sha256.slice(0, 2)), { recursive: true });
      renameSync(partial, pathOf(sha256));
      return { sha256, size };
    },
    slice(sha256, from, to) {
      let file: number;
      try {
        file = openSync(pathOf(sha256), 'r');
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') throw new ParleyError('not_found', 'The file is no longer on this machine.');
        throw error;
      }
      try {
        const bytes = Buffer.alloc(Math.max(0, to - from));
        let read = 0;
        for (let n = 1; n > 0 && read < bytes.length; read += n) n = readSync(file, bytes, read, bytes.length - read, from + read);
        return bytes.subarray(0, read);
      } finally {
        closeSync(file);
      }
    },
    pathOf,
    has: (sha256) => existsSync(pathOf(sha256)),
    putAt: (sha256) => statSync(pathOf(sha256), { throwIfNoEntry: false })?.ctimeMs ?? null,
    remove: (sha256) => rmSync(pathOf(sha256), { force: true }),
  };
}
