import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const at = (path: string): string => resolve(import.meta.dirname, path);
/** Set by the build, which swaps whole directories so that a running console never sees half a build. */
const out = (part: string): string => at(`${process.env['PARLEY_OUT'] ?? 'out'}/${part}`);

/** Everything that is started or loaded by name at run time: processes, workers, and what the launcher asks. */
const mainEntries = ['entry-electron', 'entry-node', 'entry-core', 'cli', 'shell/chromium/find-browser', 'store/reader-worker', 'spelling/spell-worker', 'channels/email/parse-worker', 'mail-thread'].filter((name) => existsSync(at(`src-main/${name}.ts`)));

export default defineConfig({
  main: {
    build: {
      outDir: out('main'),
      target: 'node24',
      // As a package it is loaded whole, all its languages included: 70 ms and 9 MB of every process.
      externalizeDeps: { exclude: ['zod'] },
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(mainEntries.map((name) => [name.split('/').at(-1) ?? name, at(`src-main/${name}.ts`)])),
        // All modules lie flat in out/main: a path relative to import.meta.url means the same in every one of them.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: out('preload'),
      target: 'node24',
      // A sandboxed preload can require nothing but electron itself.
      externalizeDeps: false,
      rolldownOptions: { input: { electron: at('src-preload/electron.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [react()],
    build: {
      outDir: out('renderer'),
      emptyOutDir: true,
      target: 'chrome140',
      // electron-vite leaves it off; a third of the bytes is read and compiled before the first paint.
      minify: true,
      // An inlined file would be a data: script or style, which the content policy refuses.
      assetsInlineLimit: 0,
      rolldownOptions: { input: at('src-renderer/index.html') },
    },
  },
});
