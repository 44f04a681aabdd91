import { ParleyError, messageOf, systemClock } from './kernel/index.ts';
import { parseLaunchArguments } from './shell/arguments.ts';
import { findBrowser } from './shell/chromium/find-browser.ts';
import { createChromiumShell } from './shell/chromium/run.ts';
import { takeInstance } from './shell/instance.ts';
import { openLogFile } from './shell/log-file.ts';
import { defaultDownloadsDir } from './shell/places.ts';
import { builtPath, resourcePath } from './shell/resources.ts';
import { withPendingPaths } from './shell/shell.ts';
import { watchSleep } from './shell/wake.ts';
import { startCore } from './core.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { workspaceDir, demo, headless, open } = parseLaunchArguments(process.argv.slice(2));
  const hasTestPort = process.env['PARLEY_TEST_PORT'] === '1';
  const toOpen: string[] = [...open];
  let focus = async (): Promise<void> => {};
  let openWindow = async (): Promise<void> => {};
  let openPath = (path: string): void => void toOpen.push(path);

  const instance = await takeInstance(workspaceDir, open, (request) => {
    request.open.forEach((path) => openPath(path));
    // What comes with something to open goes to the window there is; a plain second start is another window.
    const shown = request.open.length > 0 ? focus() : openWindow();
    shown.catch((error: unknown) => say(messageOf(error)));
  });
  if (!instance) {
    say(open.length > 0 ? 'Parley is already open on this workspace: its window comes to the front.' : 'Parley is already open on this workspace: another window of it opens.');
    return 0;
  }
  const { log, close: closeLog, path: logPath } = openLogFile(workspaceDir, systemClock);
  process.on('unhandledRejection', (error) => log.error('bug.rejection', { error, stack: error instanceof Error ? error.stack : undefined }));
  process.on('uncaughtException', (error) => {
    log.error('bug.exception', { error, stack: error.stack });
    say(`Parley stopped on an error of its own; what was saved is safe. Details: ${logPath}`);
    process.exitCode = 1;
    void shell?.close().finally(() => process.exit(1));
  });

  const browser = findBrowser();
  if (!browser) throw new ParleyError('unavailable', 'No Chromium, Chrome or Edge was found on this machine. Install one, or set PARLEY_CHROMIUM to its path.');
  const files = { preload: builtPath('preload/chromium.js'), renderer: builtPath('renderer'), icon: resourcePath('icon.png') };
  const shell = await createChromiumShell({ browser, files, workspaceDir, isHeadless: headless, hasTestPort, clock: systemClock, log });
  const core = withPendingPaths(await startCore({ workspaceDir, shell: headless ? 'headless' : 'chromium', demo, openLink: shell.openLink, openWindow: () => shell.open(), log, downloadsDir: defaultDownloadsDir() }));
  openPath = (path) => core.openPath(path);
  toOpen.splice(0).forEach((path) => openPath(path));
  focus = () => shell.focus();
  const stopWatching = watchSleep(systemClock, () => core.notifyResume());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void shell.close());
  process.on('message', (message) => {
    if (message === 'refresh') shell.refresh().catch((error: unknown) => log.warn('window.refresh', { error }));
  });

  try {
    await shell.show(core, (running, seat) => {
      if (seat === 1) say(headless ? `Parley runs without a window (${running.product}). Ctrl-C ends it.` : `Parley is open (${running.product}).`);
      // Read by the test fixture.
      if (hasTestPort) say(`@ready ${JSON.stringify({ seat, devtools: running.devtoolsUrl, browserPid: running.pid })}`);
    });
    openWindow = () => shell.open();
    if (headless) say(`Screenshot: ${await shell.screenshot()}`);
    await shell.closed;
    return 0;
  } finally {
    stopWatching();
    await shell.close();
    await core.close();
    await instance.release();
    await closeLog();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`parley: ${messageOf(error)}\n`);
    process.exit(1);
  },
);
