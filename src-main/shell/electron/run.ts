import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BrowserWindow, app, dialog, ipcMain, powerMonitor, session } from 'electron';
import { z } from 'zod';
import { messageOf, type Clock, type Log } from '../../kernel/index.ts';
import type { LaunchArguments } from '../arguments.ts';
import { loadAssets } from '../assets.ts';
import { takeInstance } from '../instance.ts';
import { builtPath } from '../resources.ts';
import type { FrameAnswer } from '../shell.ts';
import { startCoreProcess } from './core-process.ts';
import { registerScheme, serveFiles } from './files.ts';
import { guardContents, guardSession } from './guards.ts';
import { installMenu, installTray } from './menu.ts';
import { createCallKeys } from './shortcut.ts';
import { openLink } from './opener.ts';
import { askWhere } from './save-dialog.ts';
import { ORIGIN, isTrustedSender, type Trust } from './trust.ts';
import { connectWindow, focusWindow, openWindow } from './window.ts';

export interface ElectronShellDeps {
  launch: LaunchArguments;
  coreScript: string;
  clock: Clock;
  log: Log;
}

const handedOver = z.strictObject({ open: z.array(z.string().max(8_000)).max(50) });

/** Runs the whole life of the app; called before it is ready. */
export function runElectronShell({ launch, coreScript, clock, log }: ElectronShellDeps): void {
  app.enableSandbox();
  app.setName('Parley');
  // In the workspace, so that the single-instance lock is one per workspace and not one per person.
  const userData = join(launch.workspaceDir, 'window-electron');
  // Electron refuses a path that does not exist.
  mkdirSync(userData, { recursive: true });
  app.setPath('userData', userData);
  if (!app.requestSingleInstanceLock({ open: [...launch.open] })) return app.quit();
  registerScheme();

  // A packaged app takes files from its own map only, whatever its environment says.
  const devServer = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
  const trust: Trust = { origin: devServer === undefined ? ORIGIN : new URL(devServer).origin, windows: new Set() };
  const windows = new Map<number, BrowserWindow>();
  /** The window a person used last. */
  let window: BrowserWindow | null = null;
  const safely = (url: string): Promise<void> => openLink(url, window);
  const open = (url: string): void => void safely(url).catch((error: unknown) => log.warn('link.refused', { error }));
  let frame = async (_path: string): Promise<FrameAnswer | null> => null;
  const openFrameLink = async (path: string): Promise<void> => {
    const link = await frame(path);
    if (link?.type === 'link') open(link.url);
  };
  guardContents(app, trust, { open, openFrameLink: (path) => void openFrameLink(path) }, log);

  const focus = (): void => {
    if (window) focusWindow(window);
  };
  const fail = (reason: string): void => {
    process.stderr.write(`parley: ${reason}\n`);
    dialog.showErrorBox('Parley cannot go on', reason);
    app.exit(1);
  };

  const ready = async (): Promise<void> => {
    const pending: string[] = [...launch.open];
    let openPath = (path: string): void => void pending.push(path);
    let show = (): void => {};
    const handOver = (paths: readonly string[]): void => {
      paths.forEach((path) => openPath(path));
      focus();
    };
    app.on('second-instance', (_event, _argv, _directory, data) => {
      const parsed = handedOver.safeParse(data);
      // A plain second start is another window.
      if (parsed.success && parsed.data.open.length === 0) show();
      else handOver(parsed.success ? parsed.data.open : []);
    });
    app.on('open-url', (event, url) => {
      event.preventDefault();
      handOver([url]);
    });

    await app.whenReady();
    // The Chromium shell may have this workspace open: then that window is the one to show.
    const instance = await takeInstance(launch.workspaceDir, launch.open, (request) => (request.open.length === 0 ? show() : handOver(request.open)));
    if (!instance) return app.quit();
    guardSession(session.defaultSession, trust, log);
    serveFiles(session.defaultSession, await loadAssets(builtPath('renderer')), (path) => frame(path));

    const callKeys = createCallKeys(() => openPad(), log);
    const core = startCoreProcess({
      script: coreScript,
      start: { workspaceDir: launch.workspaceDir, demo: launch.demo, downloadsDir: app.getPath('downloads') },
      clock, log,
      openLink: safely,
      openWindow: () => show(),
      holdKeys: (keys) => callKeys.hold(keys),
      askWhere: (suggested) => askWhere(suggested, window),
      onRestart: () => windows.forEach((open) => open.webContents.reload()),
      onFailure: fail,
    });
    openPath = (path) => core.open(path);
    frame = (path) => core.frame(path);
    pending.splice(0).forEach((path) => core.open(path));

    ipcMain.on('parley:connect', (event) => {
      const from = isTrustedSender(event, trust) ? BrowserWindow.fromWebContents(event.sender) : null;
      const seat = [...windows].find(([, open]) => open === from)?.[0];
      if (from && seat !== undefined) connectWindow(from, core, seat);
      else log.warn('ipc.refused', { origin: event.senderFrame?.origin ?? null });
    });
    show = () => {
      let seat = 1;
      while (windows.has(seat)) seat += 1;
      const opened = openWindow({ session: session.defaultSession, trust, clock, log });
      windows.set(seat, opened);
      window = opened;
      opened.on('focus', () => (window = opened));
      opened.on('closed', () => {
        windows.delete(seat);
        if (window === opened) window = [...windows.values()].at(-1) ?? null;
      });
    };
    show();
    const openPad = (): void => {
      const wasOpen = window !== null;
      if (!wasOpen) show();
      const shown = window;
      if (!shown) return;
      const pad = (): void => shown.webContents.send('parley:menu', 'call.log');
      if (!wasOpen) return void shown.once('ready-to-show', pad);
      focusWindow(shown);
      pad();
    };
    app.on('activate', () => (window ? focus() : show()));
    installMenu((action) => window?.webContents.send('parley:menu', action));
    const tray = installTray(focus);
    powerMonitor.on('resume', () => core.resume());
    powerMonitor.on('unlock-screen', () => core.resume());
    quitAfter(async () => {
      callKeys.release();
      await core.close();
      await instance.release();
      tray.destroy();
    }, log);
  };
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  ready().catch((error: unknown) => fail(messageOf(error)));
}

/** Holds the first quit until the core has closed, then quits for good. */
function quitAfter(finish: () => Promise<void>, log: Log): void {
  let state: 'running' | 'closing' | 'closed' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    finish()
      .catch((error: unknown) => log.error('quit.failed', { error }))
      .finally(() => {
        state = 'closed';
        app.quit();
      });
  });
}

