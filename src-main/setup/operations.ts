import type { SetupArea, SetupPreview } from '../../src-preload/contract/index.ts';
import { assertMayChange, agentsOf, type SaidBy } from '../desk/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation, type ReadDb, type Tx } from '../store/index.ts';
import type { Setup } from './document.ts';
import { mergeSetup, type ImportMode } from './merge.ts';
import { toPortable, toState, type Taken } from './portable.ts';
import { readState, writeState, type SetupState } from './state.ts';

const KEPT = 'setup-kept';
interface Kept { at: number; by: string; areas: SetupArea[]; isUndone: boolean; state: SetupState }

const keptState = (db: ReadDb): Kept | null => JSON.parse(tables.settingOf(db, KEPT) ?? 'null') as Kept | null;
export const keptSetup = (db: ReadDb): Omit<Kept, 'state'> | null => {
  const kept = keptState(db);
  return kept && { at: kept.at, by: kept.by, areas: kept.areas, isUndone: kept.isUndone };
};

interface Wanted { agentId: string | null; setup: Setup; mode: ImportMode; areas: readonly SetupArea[] }

/** What an import would make of this desk; the import itself does just that. */
export function planImport(db: ReadDb, { agentId, setup, mode, areas }: Wanted, nextId: () => string): Taken & { areas: SetupPreview['areas'] } {
  const have = readState(db, agentId);
  const merged = mergeSetup(toPortable(db, have), setup, mode, areas);
  return { ...toState(db, have, merged.next, merged.areas.map(({ area }) => area), nextId), areas: merged.areas };
}

/** The setup decides what everybody may do: once a senior agent has a PIN, it takes one to change all of it at once. */
const assertMay = (tx: Tx, saidBy: SaidBy): void => assertMayChange({ what: 'role' }, agentsOf(tx.db), saidBy);

/** Replaces what was kept before: one setup is, the newest. */
const keep = (tx: Tx, kept: Omit<Kept, 'at' | 'by'>): void => tables.putSetting(tx.db, KEPT, JSON.stringify({ at: tx.at, by: tx.agent, ...kept } satisfies Kept));

/** `ids`: enough for everything that may be new. `sizes`: of contents that lie in the content store already. */
export const importSetup: Operation<Wanted & { ids: readonly string[]; sizes: Readonly<Record<string, number>>; saidBy: SaidBy }, void> = {
  name: 'setup.import',
  summarise: ({ areas, mode, saidBy }) => ({ areas, mode, saidBy }),
  apply(tx, { ids, sizes, saidBy, ...wanted }) {
    assertMay(tx, saidBy);
    const left = [...ids];
    const { state, files, areas } = planImport(tx.db, wanted, () => {
      const id = left.shift();
      if (id === undefined) throw new Error('too few ids for an import of a setup');
      return id;
    });
    const chosen = areas.map(({ area }) => area);
    if (chosen.length === 0) throw new ParleyError('bad_input', 'This file holds none of the chosen areas. Nothing was changed.');
    keep(tx, { areas: chosen, isUndone: false, state: readState(tx.db, wanted.agentId) });
    for (const { id, ...file } of files) tables.insertAttachment(tx.db, id, null, { ...file, size: sizes[file.sha256] ?? 0, contentId: null }, tx.at);
    writeState(tx, wanted.agentId, state, chosen);
  },
};

/** Puts the kept setup back, and keeps what was there in its place: undoing is undone in the same way. */
export const undoImport: Operation<{ agentId: string | null; saidBy: SaidBy }, void> = {
  name: 'setup.undo',
  apply(tx, { agentId, saidBy }) {
    assertMay(tx, saidBy);
    const kept = keptState(tx.db);
    if (kept === null) throw new ParleyError('not_found', 'No setup was imported here.');
    keep(tx, { areas: kept.areas, isUndone: !kept.isUndone, state: readState(tx.db, agentId) });
    writeState(tx, agentId, kept.state, kept.areas);
  },
};
