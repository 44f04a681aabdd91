// Installs what package-lock.json says, and only when it says something else than what is there.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmForInstall, root, runtimeEnv, setupLog } from './runtime.mjs';
import { Stop, run, say, step, whyFailed } from './terminal.mjs';

const lockPath = join(root, 'package-lock.json');
const stampPath = join(root, 'node_modules', '.parley-stamp');

const wanted = () => `${createHash('sha256').update(readFileSync(lockPath)).digest('hex')} ${process.platform} ${process.arch}`;

/** True when an install by hand left exactly what the lock file says; optional packages may be missing. */
export function matchesLock(lock, installed) {
  return Object.entries(lock.packages).every(([name, { version, optional, devOptional }]) => name === '' || installed.packages[name]?.version === version || ((optional || devOptional) && !installed.packages[name]));
}

function isInstalled() {
  const installedPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedPath)) return false;
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === wanted()) return true;
  return matchesLock(JSON.parse(readFileSync(lockPath, 'utf8')), JSON.parse(readFileSync(installedPath, 'utf8')));
}

const KEYTAR_WITHIN_MS = 120_000;

/** Throws Stop with one sentence when the install fails. */
export async function ensureDependencies() {
  if (isInstalled()) {
    writeFileSync(stampPath, wanted());
    return say('• Dependencies are up to date');
  }
  const npm = await npmForInstall();
  const call = (...args) => run(process.execPath, [npm, ...args, '--no-audit', '--no-fund'], { cwd: root, env: runtimeEnv(), logPath: setupLog });
  await step('Dependencies: npm ci', async () => {
    // No package needs its install script: better-sqlite3 brings its binaries but would ask for a compiler all the same.
    let { code, output } = await call('ci', '--ignore-scripts');
    // A lock file written against another registry may lack optional packages (.ci/complete-lock.mjs); what it pins still holds.
    if (code !== 0 && output.includes('EUSAGE')) ({ code, output } = await call('install', '--no-save', '--ignore-scripts'));
    if (code !== 0) throw new Stop(`The dependencies could not be installed: ${whyFailed(output, lastError(output) ?? `npm ended with code ${code}`)}. Details: ${setupLog}`);
  });
  await buildKeytar(npm);
  writeFileSync(stampPath, wanted());
}

/** The system's key ring through keytar: optional, and without it another source of the key is used. */
async function buildKeytar(npm) {
  const directory = join(root, 'node_modules', 'keytar');
  if (!existsSync(directory)) return;
  await step('Building keytar (optional)', async () => {
    await run(process.execPath, [npm, 'rebuild', 'keytar'], { cwd: root, env: runtimeEnv(), logPath: setupLog, timeoutMs: KEYTAR_WITHIN_MS });
    if (existsSync(join(directory, 'build', 'Release', 'keytar.node'))) return;
    say('  keytar could not be built here; the console uses its other key source');
    // Half-installed it would fail at its first use instead of at import.
    rmSync(directory, { recursive: true, force: true });
  });
}

const lastError = (output) => output.split('\n').map((line) => /^npm (?:error|ERR!) (.+)/.exec(line)?.[1]).find((line) => line && !/^(?:code|errno|syscall|A complete log)/.test(line));
