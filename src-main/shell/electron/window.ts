import { join } from 'node:path';
import { BrowserWindow, MessageChannelMain, app, nativeTheme, screen, type Session } from 'electron';
import type { Clock, Log } from '../../kernel/index.ts';
import { builtPath, resourcePath } from '../resources.ts';
import { createRestartBudget } from '../restarts.ts';
import { firstBounds, readBounds, writeBounds } from './bounds.ts';
import type { CoreProcess } from './core-process.ts';
import type { Trust } from './trust.ts';

export interface WindowDeps {
  session: Session;
  trust: Trust;
  clock: Clock;
  log: Log;
}

/** Opens the console's window and shows it once it has painted. */
export function openWindow({ session, trust, clock, log }: WindowDeps): BrowserWindow {
  const boundsPath = join(app.getPath('userData'), 'window.json');
  const saved = readBounds(boundsPath, screen.getAllDisplays().map((display) => display.workArea), log);
  const { isMaximized, ...bounds } = saved ?? { ...firstBounds, isMaximized: false };
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Parley',
    icon: resourcePath('icon.png'),
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#17181b' : '#ffffff',
    webPreferences: {
      session,
      preload: builtPath('preload/electron.cjs'),
      // Written out though most are the default: a later default must not open what we rely on.
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      // Its dictionaries would be fetched from the web; ours lie beside the core.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  const { webContents } = window;
  const { id } = webContents;
  trust.windows.add(id);
  webContents.once('destroyed', () => trust.windows.delete(id));

  const budget = createRestartBudget(clock);
  webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    log.error('page.gone', { reason: details.reason });
    if (budget.take()) webContents.reload();
    else window.destroy();
  });
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize();
    window.show();
  });
  window.on('close', () => writeBounds(boundsPath, { ...window.getNormalBounds(), isMaximized: window.isMaximized() }, log));
  window.loadURL(`${trust.origin}/`).catch((error: unknown) => log.error('window.load', { error }));
  return window;
}

/** A channel whose one end goes to the core's process and the other straight to the page: the main process sees no message. */
export function connectWindow(window: BrowserWindow, core: CoreProcess, seat: number): void {
  const { port1, port2 } = new MessageChannelMain();
  core.attach(port1, seat);
  window.webContents.postMessage('parley:port', null, [port2]);
}

export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
