import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { errnoOf, ParleyError } from '../kernel/index.ts';
import type { ContentStore, ReadDb } from '../store/index.ts';
import { readDocument, writeDocument, type SetupDocument } from './document.ts';
import { toPortable } from './portable.ts';
import { readState } from './state.ts';

/** As text, attachments and all; a desk with more in its responses keeps them elsewhere. */
const MOST_BYTES = 200 * 1024 * 1024;
const tooLarge = (what: string): ParleyError => new ParleyError('bad_input', `${what} is larger than ${MOST_BYTES / 1024 / 1024} MB.`);

export const setupFileName = (now: number): string => `parley-setup-${new Date(now).toISOString().slice(0, 10)}.json`;

/** The whole setup of a desk as the text of one file. */
export function setupText(db: ReadDb, files: ContentStore, agentId: string | null, made: { at: number; with: string }): string {
  const setup = toPortable(db, readState(db, agentId));
  const contents: Record<string, string> = {};
  let size = 0;
  for (const file of new Set(setup.responses.flatMap((response) => response.attachments.map((a) => a.file)))) {
    const content = Buffer.from(files.get(file)).toString('base64');
    size += content.length;
    if (size > MOST_BYTES) throw tooLarge('The setup with the attachments of its responses');
    contents[file] = content;
  }
  return writeDocument({ madeAt: made.at, madeWith: made.with, setup, files: contents });
}

export interface SetupFile extends SetupDocument { fingerprint: string }

export async function readSetupFile(path: string): Promise<SetupFile> {
  const name = basename(path);
  try {
    if ((await stat(path)).size > MOST_BYTES) throw tooLarge(name);
    const text = await readFile(path, 'utf8');
    return { ...readDocument(text, name), fingerprint: createHash('sha256').update(text).digest('hex') };
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'EACCES', 'ENOTDIR'].includes(errnoOf(error) ?? '')) throw new ParleyError('bad_input', `${name} is no file that can be read. Nothing was changed.`);
    throw error;
  }
}

/** Puts the attachments of the chosen responses into the content store; answers their sizes. Bytes that are not what the file calls them are refused. */
export function takeContents(files: ContentStore, { setup, files: contents }: SetupDocument): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const { name, file } of (setup.responses ?? []).flatMap((response) => response.attachments)) {
    if (sizes[file] !== undefined) continue;
    const bytes = Buffer.from(contents[file] ?? '', 'base64');
    if (createHash('sha256').update(bytes).digest('hex') !== file) throw new ParleyError('bad_input', `The content of the attachment ${name} is damaged. Nothing was changed.`);
    sizes[file] = bytes.length;
  }
  for (const [file, content] of Object.entries(contents)) if (sizes[file] !== undefined) files.put(Buffer.from(content, 'base64'));
  return sizes;
}

/** At most this much of a file becomes rows with ids of their own. */
export const idsNeeded = ({ setup }: SetupDocument): number =>
  (setup.responses ?? []).reduce((n, response) => n + 1 + response.attachments.length, 0) + (setup.helpPages?.length ?? 0) + (setup.agents?.length ?? 0);
