import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setupArea, type SetupArea, type SetupPreview } from '../../src-preload/contract/index.ts';
import { agentsOf, checkPin } from '../desk/index.ts';
import { errnoOf, ParleyError, systemClock } from '../kernel/index.ts';
import { keptSetup, previewSetup, readSetupFile, setupText, takeSetup, undoImport } from '../setup/index.ts';
import { VERSION } from '../version.ts';
import type { WorkspaceFiles } from '../workspace.ts';
import { withFiles } from './commands.ts';
import type { Output } from './output.ts';

export interface SetupOptions { replace?: boolean; areas?: string; dryRun?: boolean; senior?: string }

/** The command line works as whoever set the desk up. */
const MAIN = null;
const by = () => ({ at: systemClock.now(), agent: 'command line' });

function areasIn(text: string | undefined): readonly SetupArea[] {
  if (text === undefined) return setupArea.options;
  return text.split(',').map((name) => {
    const area = setupArea.safeParse(name.trim());
    if (!area.success) throw new ParleyError('bad_input', `"${name.trim()}" is no area of a setup. There are ${setupArea.options.join(', ')}.`);
    return area.data;
  });
}

async function said({ store }: WorkspaceFiles, initials: string | undefined): Promise<{ agentId: string | null } | null> {
  if (initials === undefined) return null;
  const agent = agentsOf(store.read).find((other) => other.initials.toLowerCase() === initials.toLowerCase());
  if (agent === undefined) throw new ParleyError('not_found', `Nobody here has the initials ${initials}.`);
  const pin = process.env['PARLEY_PIN'] ?? '';
  if (pin === '') throw new ParleyError('bad_input', `Give the PIN of ${agent.name} in PARLEY_PIN.`);
  return { agentId: (await checkPin(store, { agentId: agent.agentId, pin }, by())).agentId };
}

const inWords = (area: SetupPreview['areas'][number]): string => {
  const parts = ([['new', area.fresh], ['changed', area.changed], ['removed', area.removed]] as const).flatMap(([word, n]) => (n === 0 ? [] : [`${n} ${word}`]));
  return `${area.area}: ${parts.length > 0 ? parts.join(', ') : area.isReordered ? 'in another order' : 'the same'}`;
};

export async function runSetupExport(dir: string, to: string, out: Output): Promise<void> {
  await withFiles(dir, ({ store, files }) => {
    const path = resolve(to);
    const text = setupText(store.read, files, MAIN, { at: systemClock.now(), with: VERSION });
    try {
      writeFileSync(path, text, { flag: 'wx' });
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') throw new ParleyError('conflict', `${path} is there already; an export never overwrites a file.`);
      throw new ParleyError('storage', `${path} cannot be written.`, { cause: error });
    }
    out.result({ ok: true, path }, `The setup is in ${path}: no passwords, no accounts, nothing of customers.`);
  });
}

export async function runSetupImport(dir: string, path: string, options: SetupOptions, out: Output): Promise<void> {
  await withFiles(dir, async (workspace) => {
    const mode = options.replace === true ? 'replace' : 'merge';
    const areas = areasIn(options.areas);
    const file = await readSetupFile(resolve(path));
    const preview = previewSetup(workspace.store.read, file, MAIN, mode, areas);
    const isDry = options.dryRun === true;
    if (!isDry) await takeSetup(workspace, { path: resolve(path), mode, areas, agentId: MAIN, fingerprint: file.fingerprint, saidBy: await said(workspace, options.senior) }, by());
    const lines = [isDry ? `Nothing was changed yet. ${path} would do this:` : `${path} was taken in; the setup from before is kept.`, ...preview.areas.map((area) => `  ${inWords(area)}`), ...preview.notes.map((note) => `  ${note.text}`)];
    out.result({ ok: true, isDry, ...preview }, lines.join('\n'));
  });
}

export async function runSetupUndo(dir: string, options: SetupOptions, out: Output): Promise<void> {
  await withFiles(dir, async (workspace) => {
    const kept = keptSetup(workspace.store.read);
    workspace.store.run(undoImport, { agentId: MAIN, saidBy: await said(workspace, options.senior) }, by());
    out.result({ ok: true, areas: kept?.areas ?? [] }, `The setup from before ${kept?.isUndone === true ? 'that was undone' : 'the import'} is back.`);
  });
}
