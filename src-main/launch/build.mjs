// Builds everything into out/. Run by the launcher when sources changed, and by `npm run build`.
import { cpSync, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { build as buildElectron } from 'electron-vite';
import { build as buildVite } from 'vite';

export const root = resolve(import.meta.dirname, '../..');

/** The preload of the Chromium shell is text that is put into a page, so it has to be one script without imports; electron-vite builds modules only. */
export const chromiumPreload = {
  configFile: false,
  root,
  logLevel: 'warn',
  build: {
    target: 'chrome120',
    outDir: resolve(root, 'out/preload'),
    emptyOutDir: false,
    lib: { entry: resolve(root, 'src-preload/chromium.ts'), formats: ['iife'], name: 'parleyPreload', fileName: () => 'chromium.js' },
  },
};

/** Files read at run time go next to the built modules: see src-main/shell/resources.ts. */
export function copyResources() {
  const copies = { 'src-main/demo/sample': 'out/main/sample', 'src-main/shell/icon.png': 'out/main/icon.png' };
  for (const [from, to] of Object.entries(copies)) {
    if (existsSync(resolve(root, from))) cpSync(resolve(root, from), resolve(root, to), { recursive: true });
  }
}

export async function buildAll() {
  await buildElectron({ root, logLevel: 'warn' });
  await buildVite(chromiumPreload);
  copyResources();
}

if (process.argv[1] === import.meta.filename) await buildAll();
