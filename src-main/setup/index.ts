import type { SetupArea, SetupPreview } from '../../src-preload/contract/index.ts';
import type { SaidBy } from '../desk/index.ts';
import { ParleyError, type Ids } from '../kernel/index.ts';
import type { ContentStore, ReadDb, Store } from '../store/index.ts';
import { areaNames } from './document.ts';
import { idsNeeded, readSetupFile, takeContents, type SetupFile } from './files.ts';
import type { ImportMode } from './merge.ts';
import { importSetup, planImport } from './operations.ts';

export { keptSetup, undoImport } from './operations.ts';
export { readSetupFile, setupFileName, setupText } from './files.ts';

/** What an import of this file would do. */
export function previewSetup(db: ReadDb, file: SetupFile, agentId: string | null, mode: ImportMode, areas: readonly SetupArea[] = areaNames): SetupPreview {
  const { areas: lines, notes } = planImport(db, { agentId, setup: file.setup, mode, areas }, () => '');
  return { madeAt: file.madeAt, madeWith: file.madeWith, fingerprint: file.fingerprint, areas: lines, notes };
}

interface Given { path: string; mode: ImportMode; areas: readonly SetupArea[]; agentId: string | null; saidBy: SaidBy; /** Null: whatever the file holds now. */ fingerprint: string | null }

/** Takes a setup in as one step. */
export async function takeSetup({ store, files, ids }: { store: Store; files: ContentStore; ids: Ids }, { path, fingerprint, ...wanted }: Given, by: { at: number; agent: string }): Promise<{ seq: number }> {
  const file = await readSetupFile(path);
  if (fingerprint !== null && file.fingerprint !== fingerprint) throw new ParleyError('stale', 'The file has changed since it was looked at. Look at it again.');
  const sizes = takeContents(files, file);
  const { seq } = store.run(importSetup, { ...wanted, setup: file.setup, sizes, ids: Array.from({ length: idsNeeded(file) }, () => ids.next()) }, by);
  return { seq };
}
