// Which window the console gets on this machine, and why, in one line.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runtimeEnv, setupLog } from './runtime.mjs';
import { installPackages, isDebian, isRoot } from './system-packages.mjs';
import { Stop, run, step } from './terminal.mjs';

const DOWNLOAD_WITHIN_MS = 20_000;
const TRY_AGAIN_AFTER_MS = 24 * 60 * 60_000;
const electronDir = join(root, 'node_modules', 'electron');
const attemptPath = join(root, 'out', 'electron-attempt.json');

/** Path of Electron's binary, or null when it was never downloaded. */
function electronBinary() {
  const pathFile = join(electronDir, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronDir, 'dist'), readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

async function downloadElectron() {
  const { version } = JSON.parse(readFileSync(join(electronDir, 'package.json'), 'utf8'));
  const last = existsSync(attemptPath) ? JSON.parse(readFileSync(attemptPath, 'utf8')) : null;
  if (last?.version === version && Date.now() - last.at < TRY_AGAIN_AFTER_MS) return null;
  await step(`Electron ${version} has no binary yet: downloading it, for at most ${DOWNLOAD_WITHIN_MS / 1_000} s`, () =>
    run(process.execPath, [join(electronDir, 'install.js')], { cwd: root, env: runtimeEnv(), logPath: setupLog, timeoutMs: DOWNLOAD_WITHIN_MS }));
  const binary = electronBinary();
  mkdirSync(dirname(attemptPath), { recursive: true });
  if (!binary) writeFileSync(attemptPath, JSON.stringify({ version, at: Date.now() }));
  return binary;
}

/** Path of Electron's binary, downloaded now if that goes quickly, or null. */
export const ensureElectron = async () => electronBinary() ?? (await downloadElectron());

/** A display to open a window on; Windows and macOS always have one. */
export const hasDisplay = (env = process.env, platform = process.platform) => platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

/** The browser the built console would use, as a person reads it. The search is the console's own. */
async function installedBrowser() {
  const { findBrowser } = await import(pathToFileURL(join(root, 'out/main/find-browser.js')).href);
  const browser = findBrowser();
  return browser && `${browser.name} (${browser.path})`;
}

/**
 * Answers `{ shell: 'electron', binary, why }` or `{ shell: 'chromium', headless, why }`. Throws Stop when this machine has neither
 * and nothing can be installed, naming the package.
 */
export async function chooseShell(forced = process.env.PARLEY_SHELL) {
  if (forced && !['electron', 'chromium'].includes(forced)) throw new Stop(`PARLEY_SHELL is "${forced}"; it can be electron or chromium.`);
  const headless = !hasDisplay();
  if (forced === 'electron' || (!forced && !headless)) {
    const binary = await ensureElectron();
    if (binary) return { shell: 'electron', binary, why: forced ? 'PARLEY_SHELL asks for it' : 'its binary is there' };
    if (forced) throw new Stop('PARLEY_SHELL=electron, but Electron\'s binary is not there and could not be downloaded. Run "npx install-electron", or leave PARLEY_SHELL out.');
  }
  let browser = await installedBrowser();
  if (!browser && process.env.PARLEY_CHROMIUM) throw new Stop(`PARLEY_CHROMIUM is ${process.env.PARLEY_CHROMIUM}, which cannot be run.`);
  if (!browser && isDebian() && isRoot()) {
    await installPackages(['chromium'], 'the window, since this machine has no browser of its kind');
    browser = await installedBrowser();
  }
  if (!browser) throw new Stop(isDebian() ? 'There is no Electron, Chromium, Chrome or Edge on this machine. Install one: sudo apt-get install chromium' : 'There is no Electron, Chromium, Chrome or Edge on this machine. Install Chromium or Chrome and start again.');
  const why = headless ? 'there is no display' : forced ? 'PARLEY_SHELL asks for it' : 'Electron\'s binary is not there';
  return { shell: 'chromium', headless, browser, why };
}
