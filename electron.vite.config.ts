import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** Everything that is started or loaded by name at run time: processes, workers, and what the launcher asks. */
const mainEntries = ['entry-electron', 'entry-node', 'entry-core', 'cli', 'shell/chromium/find-browser', 'store/reader-worker', 'channels/email/parse-worker'].filter((name) => existsSync(at(`src-main/${name}.ts`)));

export default defineConfig({
  main: {
    build: {
      target: 'node24',
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
      outDir: at('out/renderer'),
      target: 'chrome140',
      // An inlined file would be a data: script or style, which the content policy refuses.
      assetsInlineLimit: 0,
      rolldownOptions: { input: at('src-renderer/index.html') },
    },
  },
});
