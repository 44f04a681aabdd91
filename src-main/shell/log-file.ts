import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ParleyError, createLog, messageOf, type Clock, type Log } from '../kernel/index.ts';

const LARGEST_LOG = 5_000_000;

export interface LogFile {
  log: Log;
  path: string;
  close(): Promise<void>;
}

/** The console's own log under `<workspace>/logs`; one older file is kept. A full disk later never stops the console; throws ParleyError when the folder cannot be made. */
export function openLogFile(workspaceDir: string, clock: Clock, name = 'console'): LogFile {
  const directory = join(workspaceDir, 'logs');
  const path = join(directory, `${name}.jsonl`);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new ParleyError('storage', `The workspace folder ${workspaceDir} cannot be written: ${messageOf(cause)}.`, { cause });
  }
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG) renameSync(path, join(directory, `${name}.old.jsonl`));
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  let isBroken = false;
  stream.on('error', () => (isBroken = true));
  return {
    log: createLog((line) => void (isBroken || stream.write(`${line}\n`)), () => clock.now()),
    path,
    close: () => new Promise((resolve) => (isBroken ? resolve() : stream.end(resolve))),
  };
}
