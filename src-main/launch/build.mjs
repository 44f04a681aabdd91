// Builds everything into out/. Run by the launcher when sources changed, and by `npm run build`.
import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build as buildElectron } from 'electron-vite';
import { build as buildVite } from 'vite';

const root = resolve(import.meta.dirname, '../..');

/** The preload of the Chromium shell is text that is put into a page, so it has to be one script without imports; electron-vite builds modules only. */
export const chromiumPreload = (outDir) => ({
  configFile: false,
  root,
  logLevel: 'warn',
  build: {
    target: 'chrome120',
    outDir,
    emptyOutDir: false,
    lib: { entry: resolve(root, 'src-preload/chromium.ts'), formats: ['iife'], name: 'parleyPreload', fileName: () => 'chromium.js' },
  },
});

/** Files read at run time go next to the built modules: see src-main/shell/resources.ts. */
const RESOURCES = { 'src-main/demo/sample': 'main/sample', 'src-main/shell/icon.png': 'main/icon.png' };

async function buildAll() {
  const staging = resolve(root, 'out', `.building-${process.pid}`);
  try {
    process.env.PARLEY_OUT = staging;
    await buildElectron({ root, logLevel: 'warn' });
    await buildVite(chromiumPreload(join(staging, 'preload')));
    for (const [from, to] of Object.entries(RESOURCES)) cpSync(resolve(root, from), join(staging, to), { recursive: true });
    for (const part of ['main', 'preload', 'renderer']) {
      const place = resolve(root, 'out', part);
      if (existsSync(place)) renameSync(place, join(staging, `old-${part}`));
      renameSync(join(staging, part), place);
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) await buildAll();
