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
  /** Shows the first window; may be called once. `onReady` is called each time a window is there: at first, for further ones, after a crash. */
  show(core: Pick<Core, 'attach' | 'frame'>, onReady: (browser: RunningBrowser, seat: number) => void): Promise<void>;
  /** Opens a further window on the same core. */
  open(): Promise<void>;
  openLink(url: string): Promise<void>;
  focus(): Promise<void>;
  /** Takes the built files anew and reloads the pages. */
  refresh(): Promise<void>;
  screenshot(): Promise<string>;
  /** Resolves when the person closed the last window; rejects with ParleyError when the browser keeps crashing. */
  closed: Promise<void>;
  close(): Promise<void>;
}

/** Each costs the memory of a browser. */
const MOST_WINDOWS = 8;

/** Loads what the window will be made of; throws ParleyError when the build is missing. */
export async function createChromiumShell(deps: ChromiumShellDeps): Promise<ChromiumShell> {
  const { browser, files, workspaceDir, isHeadless, hasTestPort, clock, log } = deps;
  const preload = await readFile(files.preload, 'utf8').catch((cause: unknown) => {
    throw new ParleyError('unavailable', 'The console is not built. Run "npm run build".', { cause });
  });
  const load = async (): Promise<Assets> => new Map([...(await loadAssets(files.renderer)), ['/favicon.ico', { type: 'image/png', body: await readFile(files.icon) }]]);
  let assets = await load();
  // Seats are taken before their window is there: two that open at once are two.
  const seats = new Set<number>();
  const windows = new Map<number, ConsoleWindow>();
  /** The window a person used last. */
  let front: number | null = null;
  let shown: { core: Pick<Core, 'attach' | 'frame'>; onReady: (browser: RunningBrowser, seat: number) => void } | null = null;
  let isClosing = false;
  const closed = Promise.withResolvers<void>();
  closed.promise.catch(() => {});
  const budget = createRestartBudget(clock);
  const frontWindow = (): ConsoleWindow | undefined => (front === null ? undefined : windows.get(front)) ?? [...windows.values()].at(-1);

  const openLink = (url: string): Promise<void> =>
    openExternalSafely(url, {
      async confirm(host) {
        if (isHeadless) throw new ParleyError('unavailable', 'There is no display to open a link on.');
        return (await frontWindow()?.confirm(`Open ${host} in your browser?`)) ?? false;
      },
      open: (href) => openWithSystem(href),
    });

  /** A browser of its own for each window: a crash of one costs no other. */
  const start = async (seat: number): Promise<void> => {
    if (shown === null) throw new Error('no core is shown');
    const { core, onReady } = shown;
    const running = await startBrowser(browser, { profileDir: join(workspaceDir, seat === 1 ? 'window' : `window-${seat}`), isHeadless, hasTestPort, isRoot: process.getuid?.() === 0 }, clock, log);
    running.ended.then((how) => ended(how, seat)).catch(closed.reject);
    const attach: Core['attach'] = (transport) => core.attach({
      ...transport,
      listen: (listener) => transport.listen((message) => {
        if (message.name !== 'desk.keep') front = seat;
        listener(message);
      }),
    }, seat);
    const window: ConsoleWindow = await openConsoleWindow({
      browser: running, core: { frame: (path) => core.frame(path), attach }, clock, log, preload, assets: () => assets,
      shell: isHeadless ? 'headless' : 'chromium',
      onLink: (url) => void openLink(url).catch((error: unknown) => log.warn('link.refused', { error })),
      onCrash() {
        log.error('page.crashed');
        if (budget.take()) windows.get(seat)?.reload().catch((error: unknown) => log.error('page.reload', { error }));
        else running.kill();
      },
    });
    windows.set(seat, window);
    log.info('window.open', { product: running.product, seat });
    onReady(running, seat);
  };
  const ended = async (how: 'closed' | 'crashed', seat: number): Promise<void> => {
    windows.delete(seat);
    if (front === seat) front = null;
    if (isClosing || how === 'closed') {
      seats.delete(seat);
      if (isClosing || seats.size === 0) closed.resolve();
      return;
    }
    if (!budget.take()) throw new ParleyError('unavailable', `${browser.name} crashed again and again; nothing is lost. Its log is in ${join(workspaceDir, 'logs')}.`);
    log.warn('browser.restart');
    await start(seat);
  };
  const open = async (): Promise<void> => {
    let seat = 1;
    while (seats.has(seat)) seat += 1;
    if (seat > MOST_WINDOWS) throw new ParleyError('unavailable', `${MOST_WINDOWS} windows are open already.`);
    seats.add(seat);
    try {
      await start(seat);
    } catch (error) {
      seats.delete(seat);
      throw error;
    }
  };

  return {
    async show(core, onReady) {
      shown = { core, onReady };
      await open();
    },
    open,
    openLink,
    closed: closed.promise,
    async focus() {
      await frontWindow()?.focus();
    },
    async refresh() {
      assets = await load();
      await Promise.all([...windows.values()].map((window) => window.reload()));
    },
    async screenshot() {
      const window = frontWindow();
      await window?.painted();
      const path = join(workspaceDir, 'screenshot.png');
      await writeFile(path, (await window?.screenshot()) ?? Buffer.alloc(0));
      return path;
    },
    async close() {
      isClosing = true;
      await Promise.all([...windows.values()].map((window) => window.close()));
    },
  };
}
