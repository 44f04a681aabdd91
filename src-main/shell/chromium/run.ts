import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ParleyError, type Clock, type Log } from '../../kernel/index.ts';
import { loadAssets, type Assets } from '../assets.ts';
import { openExternalSafely } from '../links.ts';
import { createRestartBudget } from '../restarts.ts';
import type { Core } from '../shell.ts';
import { openWithSystem } from '../system-opener.ts';
import { startBrowser, type RunningBrowser } from './browser.ts';
import { openConsoleWindow, type ConsoleWindow } from './console-window.ts';
import type { Browser } from './find-browser.ts';

export interface ChromiumShellDeps {
  browser: Browser;
  /** The built preload (one script) and the directory of the built renderer. */
  files: { preload: string; renderer: string; icon: string };
  workspaceDir: string;
  isHeadless: boolean;
  hasTestPort: boolean;
  clock: Clock;
  log: Log;
}

export interface ChromiumShell {
  /** Shows the window; may be called once. `onReady` is called each time a window is there: at first and after a crash. */
  show(core: Pick<Core, 'attach' | 'frame'>, onReady: (browser: RunningBrowser) => void): Promise<void>;
  openLink(url: string): Promise<void>;
  focus(): Promise<void>;
  /** Takes the built files anew and reloads the page. */
  refresh(): Promise<void>;
  screenshot(): Promise<string>;
  /** Resolves when the person closed the window; rejects with ParleyError when the browser keeps crashing. */
  closed: Promise<void>;
  close(): Promise<void>;
}

/** Loads what the window will be made of; throws ParleyError when the build is missing. */
export async function createChromiumShell(deps: ChromiumShellDeps): Promise<ChromiumShell> {
  const { browser, files, workspaceDir, isHeadless, hasTestPort, clock, log } = deps;
  const preload = await readFile(files.preload, 'utf8').catch((cause: unknown) => {
    throw new ParleyError('unavailable', 'The console is not built. Run "npm run build".', { cause });
  });
  const load = async (): Promise<Assets> => new Map([...(await loadAssets(files.renderer)), ['/favicon.ico', { type: 'image/png', body: await readFile(files.icon) }]]);
  let assets = await load();
  let window: ConsoleWindow | null = null;
  let isClosing = false;
  const closed = Promise.withResolvers<void>();
  closed.promise.catch(() => {});
  const budget = createRestartBudget(clock);

  const openLink = (url: string): Promise<void> =>
    openExternalSafely(url, {
      async confirm(host) {
        if (isHeadless) throw new ParleyError('unavailable', 'There is no display to open a link on.');
        return (await window?.confirm(`Open ${host} in your browser?`)) ?? false;
      },
      open: (href) => openWithSystem(href),
    });

  const start = async (core: Pick<Core, 'attach' | 'frame'>, onReady: (browser: RunningBrowser) => void): Promise<void> => {
    const running = await startBrowser(browser, { profileDir: join(workspaceDir, 'window'), isHeadless, hasTestPort, isRoot: process.getuid?.() === 0 }, clock, log);
    running.ended.then((how) => ended(how, core, onReady)).catch(closed.reject);
    window = await openConsoleWindow({
      browser: running, core, clock, log, preload, assets: () => assets,
      shell: isHeadless ? 'headless' : 'chromium',
      onLink: (url) => void openLink(url).catch((error: unknown) => log.warn('link.refused', { error })),
      onCrash() {
        log.error('page.crashed');
        if (budget.take()) window?.reload().catch((error: unknown) => log.error('page.reload', { error }));
        else running.kill();
      },
    });
    log.info('window.open', { product: running.product });
    onReady(running);
  };
  const ended = async (how: 'closed' | 'crashed', core: Pick<Core, 'attach' | 'frame'>, onReady: (browser: RunningBrowser) => void): Promise<void> => {
    window = null;
    if (isClosing || how === 'closed') return closed.resolve();
    if (!budget.take()) throw new ParleyError('unavailable', `${browser.name} crashed again and again; nothing is lost. Its log is in ${join(workspaceDir, 'logs')}.`);
    log.warn('browser.restart');
    await start(core, onReady);
  };

  return {
    show: start,
    openLink,
    closed: closed.promise,
    async focus() {
      await window?.focus();
    },
    async refresh() {
      assets = await load();
      await window?.reload();
    },
    async screenshot() {
      await window?.painted();
      const path = join(workspaceDir, 'screenshot.png');
      await writeFile(path, (await window?.screenshot()) ?? Buffer.alloc(0));
      return path;
    },
    async close() {
      isClosing = true;
      await window?.close();
    },
  };
}
