import { fileURLToPath } from 'node:url';

/**
 * A file or directory that is read at run time, from source and from the build alike: `resourcePath('sample')` is `src-main/demo/sample`
 * when run from source and its copy `out/main/sample` in the build (every built module lies flat in out/main).
 */
export const resourcePath = (name: 'sample' | 'icon.png'): string =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? SOURCES[name] : `./${name}`, import.meta.url));

const SOURCES = { sample: '../demo/sample', 'icon.png': './icon.png' } as const;

/** Where `electron-vite build` put the other parts: next to the main part. */
export const builtPath = (part: 'renderer' | 'preload/chromium.js' | 'preload/electron.cjs'): string =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? `../../out/${part}` : `../${part}`, import.meta.url));
