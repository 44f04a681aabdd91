import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Browser {
  name: string;
  path: string;
}

/** Browsers in the order we like them: plain Chromium first (no vendor services), then Chrome, then Edge. Names are looked up on PATH. */
const ON_PATH: readonly [name: string, command: string][] = [
  ['Chromium', 'chromium'],
  ['Chromium', 'chromium-browser'],
  ['Chrome', 'google-chrome-stable'],
  ['Chrome', 'google-chrome'],
  ['Edge', 'microsoft-edge-stable'],
  ['Edge', 'microsoft-edge'],
];

/** Every place a browser may lie, best first. */
export function browserCandidates(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Browser[] {
  const forced = env['PARLEY_CHROMIUM'];
  if (forced) return [{ name: 'Browser of PARLEY_CHROMIUM', path: forced }];
  if (platform === 'darwin') {
    const bundle = (name: string, app: string): Browser[] => ['/', env['HOME'] ?? '/'].map((root) => ({ name, path: join(root, 'Applications', `${app}.app`, 'Contents', 'MacOS', app) }));
    return [...bundle('Chromium', 'Chromium'), ...bundle('Chrome', 'Google Chrome'), ...bundle('Edge', 'Microsoft Edge')];
  }
  if (platform === 'win32') {
    const roots = [env['LOCALAPPDATA'], env['ProgramFiles'], env['ProgramFiles(x86)']].filter((root) => root !== undefined);
    const places: readonly [string, string][] = [['Chromium', 'Chromium\\Application\\chrome.exe'], ['Chrome', 'Google\\Chrome\\Application\\chrome.exe'], ['Edge', 'Microsoft\\Edge\\Application\\msedge.exe']];
    return places.flatMap(([name, place]) => roots.map((root) => ({ name, path: `${root}\\${place}` })));
  }
  const directories = (env['PATH'] ?? '').split(delimiter).filter((directory) => directory.startsWith('/'));
  return ON_PATH.flatMap(([name, command]) => directories.map((directory) => ({ name, path: join(directory, command) })));
}

/** The browser to use, or null when this machine has none. */
export function findBrowser(platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env, isProgram: (path: string) => boolean = canRun): Browser | null {
  return browserCandidates(platform, env).find((browser) => isProgram(browser.path)) ?? null;
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
