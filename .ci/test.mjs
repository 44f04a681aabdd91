// `npm test`: everything that is checked, from a clean clone. Plain JavaScript: it sets up the machine before anything is installed.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureElectron, hasDisplay } from '../src-main/launch/choose-shell.mjs';
import { ensureDependencies } from '../src-main/launch/dependencies.mjs';
import { onNewerNode, root, runtimeEnv, sayRuntime } from '../src-main/launch/runtime.mjs';
import { ensureBuild } from '../src-main/launch/sources.mjs';
import { installPackages, isDebian, isRoot, missingPackages } from '../src-main/launch/system-packages.mjs';
import { Stop, launch, run, say } from '../src-main/launch/terminal.mjs';
import { countPlaywright, countVitest } from './count.mjs';

/** Window and screen; a mail server to be tested against; what keytar is built with and talks to. */
const SYSTEM_PACKAGES = ['git', 'chromium', 'xvfb', 'xauth', 'dovecot-imapd', 'libsecret-1-dev', 'gnome-keyring', 'dbus-x11', 'dbus-daemon', 'g++', 'make', 'python3'];
const LONGEST_MS = 30 * 60_000;
const TAIL_LINES = 80;

const results = join(root, 'out', 'test');
const bin = (name, path) => [process.execPath, [join(root, 'node_modules', name, path)]];
const noted = [];

async function setUp() {
  if (isDebian()) {
    const missing = missingPackages(SYSTEM_PACKAGES);
    if (missing.length > 0 && isRoot()) await installPackages(missing, 'for the tests');
    else if (missing.length > 0) noted.push(`Not installed, since this user is not root: ${missing.join(', ')}. Tests that need them are skipped or fail. To have them: sudo apt-get install ${missing.join(' ')}`);
  }
  await ensureDependencies();
}

/** Runs one program as a step. `count` reads how many tests it had; without it the step itself is the one test. */
async function check(name, [command, args], { env = {}, count, timeoutMs = LONGEST_MS } = {}) {
  const startedAt = Date.now();
  const logPath = join(results, `${name.replace(/\W+/g, '-')}.log`);
  // The log is read as a file, where colours are noise.
  const { code, output } = await run(command, args, { cwd: root, env: { ...runtimeEnv(), NO_COLOR: '1', FORCE_COLOR: undefined, ...env }, logPath, timeoutMs });
  const counted = count?.() ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
  // A runner that died without a report, or failed outside any test, has failed all the same.
  if (code !== 0 && counted.failed === 0) counted.failed = 1;
  const result = { name, ...counted, ms: Date.now() - startedAt };
  say(`• ${result.failed > 0 ? 'FAILED' : 'passed'}  ${name}  ${(result.ms / 1_000).toFixed(1)} s`);
  if (result.failed > 0) say(output.trimEnd().split('\n').slice(-TAIL_LINES).map((line) => `    ${line}`).join('\n') + `\n    (all of it: ${logPath})`);
  if (code === 124) say(`    ended after ${timeoutMs / 1_000} s`);
  return result;
}

async function build() {
  const startedAt = Date.now();
  try {
    await ensureBuild();
    return { name: 'build', passed: 1, failed: 0, skipped: [], ms: Date.now() - startedAt };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    say(`• FAILED  build\n    ${error.message}`);
    return { name: 'build', passed: 0, failed: 1, skipped: [], ms: Date.now() - startedAt };
  }
}

const skip = (name, reason) => {
  say(`\n!!! SKIPPED: ${name}: ${reason}\n`);
  return { name, passed: 0, failed: 0, skipped: [`${name}: ${reason}`], ms: 0 };
};

/** A screen of our own where there is a program for it: windows must not jump up on somebody's desk. */
function onScreen([command, args]) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/xvfb-run')) return hasDisplay() ? [command, args] : null;
  return ['xvfb-run', ['-a', '-s', '-screen 0 2560x1440x24', command, ...args]];
}

async function e2e(shell) {
  const name = `e2e on ${shell}`;
  const report = join(results, `e2e-${shell}.json`);
  const command = onScreen(bin('@playwright/test', 'cli.js'));
  if (!command) return skip(name, 'there is no display and no xvfb-run');
  return check(name, [command[0], [...command[1], 'test']], { env: { PARLEY_SHELL: shell, PARLEY_E2E_REPORT: report }, count: () => countPlaywright(report) });
}

function sum(steps) {
  const width = Math.max(...steps.map(({ name }) => name.length));
  say('');
  for (const { name, passed, failed, skipped, ms } of steps) say(`${name.padEnd(width)}  ${String(passed).padStart(5)} passed  ${String(failed).padStart(3)} failed  ${String(skipped.length).padStart(3)} skipped  ${(ms / 1_000).toFixed(1).padStart(6)} s`);
  const skipped = steps.flatMap((step) => step.skipped);
  if (skipped.length > 0) say(`\nSkipped:\n${skipped.map((line) => `  ${line}`).join('\n')}`);
  for (const line of noted) say(`\n${line}`);
  const total = (key) => steps.reduce((all, step) => all + step[key], 0);
  say(`\n${total('passed')} passed, ${total('failed')} failed, ${skipped.length} skipped`);
  return total('failed') === 0 ? 0 : 1;
}

await launch(async () => {
  const code = await onNewerNode(join(root, '.ci/test.mjs'), process.argv.slice(2));
  if (code !== null) return code;
  sayRuntime();
  await setUp();
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });

  const vitestReport = join(results, 'vitest.json');
  const typeAware = existsSync(join(root, 'node_modules/oxlint-tsgolint')) ? ['--type-aware'] : [];
  const steps = await Promise.all([
    check('types', bin('typescript', 'bin/tsc').map((part) => (Array.isArray(part) ? [...part, '-p', '.'] : part))),
    check('lint', bin('oxlint', 'bin/oxlint').map((part) => (Array.isArray(part) ? [...part, ...typeAware] : part))),
    check('layers', [process.execPath, [join(root, '.ci/layers.mjs')]]),
    check('dead code', bin('knip', 'bin/knip.js')),
  ]);
  steps.push(await build());
  steps.push(await check('unit and integration', [process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]], {
    // Many tests start the core or the command line as processes of their own, from source: compiled once, each starts in half the time.
    env: { NODE_COMPILE_CACHE: join(results, 'compiled') }, count: () => countVitest(vitestReport, root),
  }));
  steps.push(await e2e('chromium'));
  const wantsElectron = process.platform !== 'linux' || existsSync('/usr/bin/xvfb-run') || hasDisplay();
  const electron = wantsElectron ? await ensureElectron() : null;
  steps.push(electron ? await e2e('electron') : skip('e2e on electron', 'Electron\'s binary is not on this machine and cannot be downloaded; its built entry and preload were executed against a stand-in instead'));
  return sum(steps);
});
