import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { ParleyError, messageOf } from '../kernel/index.ts';

export interface ArchiveFile {
  /** "tweets", "direct-messages", "account" … */
  kind: string;
  /** "data/tweets-part1.js". */
  name: string;
  part: number;
  /** Unpacked bytes as declared; more than that is never read. */
  size: number;
  chunks(): AsyncGenerator<Buffer>;
}

export interface Archive {
  files: ArchiveFile[];
  close(): void;
}

/** Media come as one entry each; a busy account has some hundred thousand. */
const MAX_ENTRIES = 1_000_000;
const MAX_FILE_BYTES = 8 * 1024 ** 3;
/** Posts as JSON shrink about twelvefold; a bomb a thousandfold. Small files may be as regular as they like. */
const MAX_RATIO = 200;
const RATIO_FREE_BYTES = 64 * 1024 ** 2;

/** Opens an archive's table of contents. Nothing is ever written out, so names in it need no trust. Throws ParleyError bad_input. */
export async function openArchive(path: string): Promise<Archive> {
  let zip: ZipFile;
  try {
    zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true });
  } catch (error) {
    const why = /end of central directory/i.test(messageOf(error)) ? 'it is cut off or no zip file: the table of contents at its end is missing' : messageOf(error);
    throw new ParleyError('bad_input', `${path} cannot be read: ${why}. Nothing was imported.`, { cause: error });
  }
  try {
    if (zip.entryCount > MAX_ENTRIES) throw new ParleyError('bad_input', `${path} holds ${zip.entryCount} files, more than an archive of X can. Nothing was imported.`);
    const files: ArchiveFile[] = [];
    for await (const entry of zip.eachEntry()) {
      const file = fileOf(zip, entry, path);
      if (file) files.push(file);
    }
    return { files, close: () => zip.close() };
  } catch (error) {
    zip.close();
    if (error instanceof ParleyError) throw error;
    throw new ParleyError('bad_input', `${path} cannot be read: its table of contents is damaged (${messageOf(error)}). Nothing was imported.`, { cause: error });
  }
}

/** Null for what is no data file: media, pages, readme. Whoever packed the folder again has one more level in front. */
function fileOf(zip: ZipFile, entry: Entry, path: string): ArchiveFile | null {
  const name = entry.fileNameRaw.toString('utf8').replaceAll('\\', '/');
  const [, short, kind, part] = /(?:^|\/)(data\/([a-z-]+?)(?:-part(\d+))?\.js)$/.exec(name) ?? [];
  if (short === undefined || kind === undefined) return null;
  const size = entry.uncompressedSize;
  async function* chunks(): AsyncGenerator<Buffer> {
    const broken = (why: string): ParleyError => new ParleyError('bad_input', `${path}: ${short} ${why}`);
    if (entry.isEncrypted()) throw broken('is locked with a password');
    if (!entry.canDecodeFileData()) throw broken('is packed in a way that is not understood');
    if (size > MAX_FILE_BYTES) throw broken(`is too large (${Math.round(size / 1024 ** 2)} MB)`);
    if (size > RATIO_FREE_BYTES && size > entry.compressedSize * MAX_RATIO) throw broken('unpacks to far more than any text would');
    let stream: Readable | null = null;
    let sum = 0;
    try {
      stream = await zip.openReadStreamPromise(entry);
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        sum = crc32(chunk, sum);
        yield chunk;
      }
    } catch (error) {
      if (error instanceof ParleyError) throw error;
      throw broken(`is damaged (${messageOf(error)})`);
    } finally {
      stream?.destroy();
    }
    if (sum !== entry.crc32) throw broken('is damaged (its checksum is wrong)');
  }
  return { kind, name: short, part: Number(part ?? 0), size, chunks };
}
