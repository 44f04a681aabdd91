import { keptSetup, previewSetup, readSetupFile, setupFileName, setupText, takeSetup, undoImport } from '../../setup/index.ts';
import type { Handlers } from '../router.ts';
import { said } from './agents.ts';
import { agentOf, by, did, type HandlerContext } from './context.ts';
import { saveExport } from './downloads.ts';

export const setupHandlers = (c: HandlerContext): Pick<Handlers, 'setup.export' | 'setup.look' | 'setup.import' | 'setup.kept' | 'setup.undo'> => ({
  'setup.export': async () => {
    const { store, files } = c.workspace();
    const now = c.clock.now();
    return { path: await saveExport(c, setupFileName(now), setupText(store.read, files, agentOf(c), { at: now, with: c.version })) };
  },
  'setup.look': async ({ path, mode }) => previewSetup(c.workspace().store.read, await readSetupFile(path), agentOf(c), mode),
  'setup.import': async ({ senior, ...given }) => takeSetup(c.workspace(), { ...given, agentId: agentOf(c), saidBy: await said(c, senior) }, by(c)),
  'setup.kept': () => ({ kept: keptSetup(c.workspace().store.read) }),
  'setup.undo': async ({ senior }) => did(c, undoImport, { agentId: agentOf(c), saidBy: await said(c, senior) }),
});
