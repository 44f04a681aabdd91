import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImapState } from './peers/imap/index.ts';
import type { XState } from './peers/x-api/index.ts';

export type DemoPorts = { x: number; imap: number; smtp: number };

/** Everything that outlives a restart of the demo desk. */
export type SavedWorld = { version: 1; shiftMs: number; ports: DemoPorts; mailPass: string; x: XState; imap: ImapState; outgoing: SavedMail[] };

/** A mail the SMTP peer accepted; `raw` is latin1, one character an octet. */
export type SavedMail = { at: number; user: string; from: string; to: string[]; raw: string };

const fileName = 'demo-world.json';

/** Reads the saved world; `undefined` when there is none. Throws when the file is there but not ours: a fresh start would give UIDs and ids twice. */
export function loadWorld(dataDir: string): SavedWorld | undefined {
  let text: string;
  try {
    text = readFileSync(join(dataDir, fileName), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const saved = JSON.parse(text) as SavedWorld;
  // Older worlds kept no outgoing mail.
  saved.outgoing ??= [];
  if (saved.version !== 1) throw new Error(`${fileName} has version ${String(saved.version)}, expected 1`);
  return saved;
}

/** Writes it whole or not at all. */
export function saveWorld(dataDir: string, world: SavedWorld): void {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, fileName);
  writeFileSync(`${path}.new`, JSON.stringify(world), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
