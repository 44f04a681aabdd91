// Builds when sources changed since the last build, and not otherwise.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runtimeEnv, setupLog } from './runtime.mjs';
import { Stop, run, say, step, whyFailed } from './terminal.mjs';

const stampPath = join(root, 'out', '.build-stamp');
const BUILT_FROM = ['src-main', 'src-preload', 'src-renderer', 'electron.vite.config.ts', 'package-lock.json', 'tsconfig.json'];

function* filesOf(path) {
  const directory = readdirSync(join(root, path), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of directory) {
    const inside = `${path}/${entry.name}`;
    if (entry.isDirectory()) yield* filesOf(inside);
    else if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) yield inside;
  }
}

export function sourceHash() {
  const hash = createHash('sha256');
  for (const path of BUILT_FROM) {
    if (!existsSync(join(root, path))) continue;
    for (const file of /\.\w+$/.test(path) ? [path] : filesOf(path)) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** Throws Stop when the build fails, with the build's first words. */
export async function ensureBuild() {
  const hash = sourceHash();
  const isBuilt = existsSync(stampPath) && readFileSync(stampPath, 'utf8') === hash && existsSync(join(root, 'out/renderer/index.html')) && existsSync(join(root, 'out/main/entry-node.js')) && existsSync(join(root, 'out/preload/chromium.js'));
  if (isBuilt) return say('• The build is up to date');
  await step('Building', async () => {
    const { code, output } = await run(process.execPath, [join(root, 'src-main/launch/build.mjs')], { cwd: root, env: runtimeEnv(), logPath: setupLog });
    // oxlint-disable-next-line no-control-regex
    const plain = output.replace(/\u001b\[[0-9;]*m/g, '');
    if (code !== 0) throw new Stop(`The build failed: ${whyFailed('', /\[[A-Z_]+\][^\n]*|Error: [^\n]*/.exec(plain)?.[0] ?? 'see the log')}. Details: ${setupLog}`);
  });
  writeFileSync(stampPath, hash);
}
