import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ParleyError } from '../kernel/index.ts';
import { createStepper, sizeOfFile, takeMail } from './mbox.ts';
import type { Importer } from './importer.ts';

const MAX_FILE_BYTES = 60 * 1024 * 1024;

/** One RFC 5322 message in a file. */
export const importEml: Importer = async function* (path, context) {
  const size = await sizeOfFile(path);
  if (size > MAX_FILE_BYTES) throw new ParleyError('bad_input', `${path} is larger than ${MAX_FILE_BYTES / 1_048_576} MB. Nothing was imported.`);
  const raw = await readFile(path);
  if (!/^[\x21-\x39\x3b-\x7e]+[ \t]*:/m.test(raw.subarray(0, 4_096).toString('latin1'))) throw new ParleyError('bad_input', `${path} is no mail: it has no header lines. Nothing was imported.`);
  const steps = createStepper(context, size);
  await takeMail(steps, context, raw, null, path);
  yield steps.take(size, String(size));
};

/** A maildir (cur and new); files are taken in the order of their names, which begin with their delivery time in seconds. */
export const importMaildir: Importer = async function* (path, context) {
  const names = (await Promise.all(['cur', 'new'].map(async (part) => (await readdir(join(path, part)).catch(() => [])).filter((name) => !name.startsWith('.')).map((name) => join(part, name)))))
    .flat().sort((a, b) => (a.slice(4) < b.slice(4) ? -1 : 1));
  if (names.length === 0) throw new ParleyError('bad_input', `${path} holds no mail in cur or new. Nothing was imported.`);
  const steps = createStepper(context, names.length);
  // The flags after ":" change, so the place to go on from is the name before them.
  const key = (name: string): string => name.slice(4).replace(/[:;!].*$/, '');
  let done = 0;
  let last = context.resumeAt ?? '';
  for (const name of names) {
    done += 1;
    if (context.resumeAt !== null && key(name) <= context.resumeAt) continue;
    context.signal.throwIfAborted();
    const file = join(path, name);
    const size = (await stat(file)).size;
    const seconds = Number(/^(\d{9,11})\./.exec(name.slice(4))?.[1] ?? Number.NaN);
    if (size > MAX_FILE_BYTES) steps.problem(`${name}: too large and was left out`);
    else await takeMail(steps, context, await readFile(file), Number.isFinite(seconds) ? seconds * 1_000 : null, name);
    last = key(name);
    if (steps.isFull()) yield steps.take(done, last);
  }
  if (!steps.isEmpty()) yield steps.take(done, last);
};
