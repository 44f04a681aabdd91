import { execFileSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Bridge } from '../../../src-preload/bridge.ts';
import { errorCode } from '../../../src-preload/contract/index.ts';
import { createStandIn, mainPort, type StandIn } from './stand-in.ts';

// The built files are executed, not the sources: what is tested is what ships.
const root = join(import.meta.dirname, '../../..');
const entry = join(root, 'out/main/entry-electron.js');
const coreEntry = join(root, 'out/main/entry-core.js');
const preload = join(root, 'out/preload/electron.cjs');
const base = mkdtempSync(join(tmpdir(), 'parley-electron-'));
const argv = process.argv;

let standIn: StandIn;
let workspaceDir: string;

beforeAll(() => {
  if (![entry, coreEntry, preload].every(existsSync)) execFileSync(process.execPath, [join(root, 'src-main/launch/build.mjs')], { cwd: root });
});
afterAll(() => {
  process.argv = argv;
  rmSync(base, { recursive: true, force: true });
});
beforeEach(() => {
  vi.resetModules();
  workspaceDir = mkdtempSync(join(base, 'w-'));
  standIn = createStandIn(workspaceDir);
  process.argv = ['/opt/parley/parley', '--workspace', workspaceDir, '--no-sandbox', 'tel:+15550100'];
});

async function boot(): Promise<StandIn> {
  vi.doMock('electron', () => standIn.electron);
  const before = { exception: process.listeners('uncaughtException'), rejection: process.listeners('unhandledRejection') };
  await import(entry);
  // The entry installs its own; a failing test must still reach the runner.
  for (const listener of process.listeners('uncaughtException')) if (!before.exception.includes(listener)) process.off('uncaughtException', listener);
  for (const listener of process.listeners('unhandledRejection')) if (!before.rejection.includes(listener)) process.off('unhandledRejection', listener);
  return standIn;
}
async function bootReady(): Promise<StandIn> {
  await boot();
  standIn.becomeReady();
  await vi.waitFor(() => expect(standIn.menus.length).toBe(2));
  return standIn;
}
const firstWindow = () => {
  const [window] = standIn.windows;
  if (!window) throw new Error('no window');
  return window;
};
const firstChild = () => {
  const [child] = standIn.children;
  if (!child) throw new Error('no core process');
  return child;
};
/** What a guard did with an event. */
const prevented = (emitter: EventEmitter, name: string, event: object): boolean => {
  let isPrevented = false;
  emitter.emit(name, { ...event, preventDefault: () => (isPrevented = true) });
  return isPrevented;
};

describe('lifecycle', () => {
  test('sandbox, scheme, data folder and lock are set before the app is ready', async () => {
    await boot();
    expect(standIn.calls).toEqual(['enableSandbox']);
    expect(standIn.schemes).toEqual([{ scheme: 'parley', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
    expect(standIn.path('userData')).toBe(join(workspaceDir, 'window-electron'));
    expect(standIn.windows).toEqual([]);
  });

  test('without the lock the second start quits and opens nothing', async () => {
    standIn.refuseLock();
    await boot();
    standIn.becomeReady();
    expect(standIn.calls).toContain('quit');
    expect(standIn.children).toEqual([]);
  });

  test('a second start focuses the first window and hands over its links', async () => {
    await bootReady();
    const window = firstWindow();
    window.isMin = true;
    standIn.electron.app.emit('second-instance', {}, [], '/', { open: ['sip:anna@example.org'] });
    expect(window.did).toEqual(['restore', 'show', 'focus']);
    expect(firstChild().told.map(({ message }) => message)).toContainEqual({ t: 'open', path: 'sip:anna@example.org' });
  });

  test('a plain second start is a further window on the same core, with a seat of its own', async () => {
    await bootReady();
    standIn.electron.app.emit('second-instance', {}, [], '/', { open: [] });
    expect([standIn.windows.length, standIn.children.length]).toEqual([2, 1]);
    for (const window of standIn.windows) standIn.electron.ipcMain.emit('parley:connect', { sender: window.webContents, senderFrame: window.webContents.mainFrame });
    expect(firstChild().told.map(({ message }) => message).filter((message) => (message as { t: string }).t === 'attach')).toEqual([{ t: 'attach', seat: 1 }, { t: 'attach', seat: 2 }]);
  });

  test('the core asks for a further window', async () => {
    await bootReady();
    firstChild().emit('message', { t: 'openWindow' });
    expect(standIn.windows).toHaveLength(2);
  });

  test('junk from a second start only focuses', async () => {
    await bootReady();
    standIn.electron.app.emit('second-instance', {}, [], '/', { open: [7], run: 'rm' });
    expect(firstWindow().did).toEqual(['show', 'focus']);
  });

  test('the core runs in a utility process and is told the workspace and the link of the command line', async () => {
    await bootReady();
    expect(firstChild().script).toBe(coreEntry);
    expect(firstChild().told.map(({ message }) => message)).toEqual([
      { t: 'start', workspaceDir, demo: 'auto', downloadsDir: workspaceDir },
      { t: 'open', path: 'tel:+15550100' },
    ]);
  });

  test('a dead core comes back three times within five minutes, then the app says so and ends', async () => {
    await bootReady();
    for (let death = 1; death <= 3; death += 1) {
      standIn.children.at(-1)?.emit('exit', 139);
      expect(standIn.children).toHaveLength(death + 1);
      expect(firstWindow().webContents.reloads).toBe(death);
    }
    standIn.children.at(-1)?.emit('exit', 139);
    expect(standIn.children).toHaveLength(4);
    expect(standIn.errors).toHaveLength(1);
    expect(standIn.calls).toContain('exit 1');
  });

  test('a core that cannot start is told in its own words and not started again', async () => {
    await bootReady();
    firstChild().emit('message', { t: 'failed', message: 'The workspace was written by a newer Parley.' });
    firstChild().emit('exit', 0);
    expect(standIn.errors).toEqual(['The workspace was written by a newer Parley.']);
    expect(standIn.children).toHaveLength(1);
  });

  test('quitting waits until the core has closed', async () => {
    await bootReady();
    standIn.electron.app.quit();
    expect(standIn.calls).not.toContain('gone');
    expect(firstChild().told.at(-1)?.message).toEqual({ t: 'close' });
    firstChild().emit('message', { t: 'closed' });
    await vi.waitFor(() => expect(standIn.calls).toContain('gone'));
    expect(standIn.calls).toContain('tray gone');
  });

  test('keys of the core open the call pad from any program, one sentence says when they are not to be had, and quitting gives them back', async () => {
    await bootReady();
    const hold = (id: number, keys: string | null): unknown => {
      firstChild().emit('message', { t: 'holdKeys', id, keys });
      return firstChild().told.at(-1)?.message;
    };
    expect(hold(1, 'Control+Shift+F9')).toEqual({ t: 'keysHeld', id: 1, problem: null });
    firstWindow().isMin = true;
    standIn.globalKeys.get('Control+Shift+F9')?.();
    expect(firstWindow().did).toEqual(['restore', 'show', 'focus']);
    expect(firstWindow().webContents.sent).toEqual([['parley:menu', 'call.log']]);
    expect(hold(2, 'Control+Alt+L')).toEqual({ t: 'keysHeld', id: 2, problem: null });
    expect([...standIn.globalKeys.keys()]).toEqual(['Control+Alt+L']);
    standIn.takenKeys.add('Control+Alt+T');
    expect(hold(3, 'Control+Alt+T')).toEqual({ t: 'keysHeld', id: 3, problem: 'Another program has Control+Alt+T already; choose other keys.' });
    expect(hold(4, 'Control+Nonsense')).toEqual({ t: 'keysHeld', id: 4, problem: 'Control+Nonsense are no keys this system knows; choose others.' });
    expect(hold(5, null)).toEqual({ t: 'keysHeld', id: 5, problem: null });
    expect(standIn.globalKeys.size).toBe(0);
    hold(6, 'F9');
    standIn.electron.app.quit();
    firstChild().emit('message', { t: 'closed' });
    await vi.waitFor(() => expect(standIn.calls).toContain('gone'));
    expect(standIn.globalKeys.size).toBe(0);
  });

  test('the core asks where a file shall go, and is told; nowhere is an answer, too', async () => {
    await bootReady();
    const ask = async (id: number): Promise<unknown> => {
      firstChild().emit('message', { t: 'askWhere', id, suggested: '/downloads/setup.json' });
      await vi.waitFor(() => expect(firstChild().told.at(-1)?.message).toMatchObject({ t: 'whereIs', id }));
      return firstChild().told.at(-1)?.message;
    };
    standIn.chooseFile('/desk/team.json');
    expect(await ask(1)).toEqual({ t: 'whereIs', id: 1, path: '/desk/team.json' });
    expect(standIn.saves).toEqual([expect.objectContaining({ defaultPath: '/downloads/setup.json' })]);
    standIn.chooseFile(null);
    expect(await ask(2)).toEqual({ t: 'whereIs', id: 2, path: null });
  });

  test('waking up reaches the core', async () => {
    await bootReady();
    standIn.electron.powerMonitor.emit('resume');
    expect(firstChild().told.at(-1)?.message).toEqual({ t: 'resume' });
  });

  test('the window remembers where it was', async () => {
    await bootReady();
    firstWindow().emit('close');
    expect(JSON.parse(readFileSync(join(workspaceDir, 'window-electron', 'window.json'), 'utf8'))).toEqual({ x: 10, y: 20, width: 1000, height: 700, isMaximized: false });
  });
});

test('the window has every safety of the checklist written out', async () => {
  await bootReady();
  expect(firstWindow().loaded).toBe('parley://app/');
  expect(firstWindow().options.webPreferences).toMatchObject({
    sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true,
    allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, disableDialogs: true, devTools: false, preload,
  });
  expect(firstWindow().options.show).toBe(false);
});

test('navigation, redirects, frames, webviews and windows are denied', async () => {
  await bootReady();
  const { webContents } = firstWindow();
  const elsewhere = ['https://example.com/', 'file:///etc/passwd', 'parley://app.evil/', 'parley://mail/1', 'javascript:alert(1)', 'parley:app', 'data:text/html,x'];
  for (const url of elsewhere) {
    expect(prevented(webContents, 'will-navigate', { url }), url).toBe(true);
    expect(prevented(webContents, 'will-frame-navigate', { url, isMainFrame: true }), url).toBe(true);
  }
  expect(prevented(webContents, 'will-navigate', { url: 'parley://app/' })).toBe(false);
  expect(prevented(webContents, 'will-frame-navigate', { url: 'parley://mail/1', isMainFrame: false })).toBe(false);
  expect(prevented(webContents, 'will-frame-navigate', { url: 'parley://app/', isMainFrame: false })).toBe(true);
  expect(prevented(webContents, 'will-redirect', { url: 'parley://app/' })).toBe(true);
  expect(prevented(webContents, 'will-attach-webview', {})).toBe(true);
  expect(prevented(standIn.session, 'will-download', {})).toBe(true);
});

const lastAsked = (): number => {
  const message = firstChild().told.at(-1)?.message;
  return typeof message === 'object' && message !== null && 'id' in message ? Number(message.id) : -1;
};

test('a link clicked in a mail stays in its frame and is opened by its address, after the host was shown', async () => {
  await bootReady();
  const { webContents } = firstWindow();
  const link = `parley://mail/l/${'a'.repeat(32)}/0`;
  standIn.answerDialogs(0);
  expect(prevented(webContents, 'will-frame-navigate', { url: link, isMainFrame: false })).toBe(true);
  await vi.waitFor(() => expect(firstChild().told.at(-1)?.message).toMatchObject({ t: 'frame', path: `/l/${'a'.repeat(32)}/0` }));
  const id = lastAsked();
  expect(standIn.opened).toEqual([]);
  firstChild().emit('message', { t: 'frameIs', id, answer: { type: 'link', url: 'https://example.com/order' } });
  await vi.waitFor(() => expect(standIn.opened).toEqual(['https://example.com/order']));
  expect(standIn.shown.at(-1)?.message).toBe('Open example.com in your browser?');
});

test('a mail comes from the core, under the policy of mails; what the core does not know is not there', async () => {
  await bootReady();
  const ask = async (answer: unknown): Promise<Response | undefined> => {
    const response = standIn.handlers.protocol?.(new Request(`parley://mail/m/${'b'.repeat(32)}`));
    await vi.waitFor(() => expect(firstChild().told.at(-1)?.message).toMatchObject({ t: 'frame' }));
    firstChild().emit('message', { t: 'frameIs', id: lastAsked(), answer });
    return response;
  };
  const shown = await ask({ type: 'page', html: '<p>Hello</p>' });
  expect(await shown?.text()).toBe('<p>Hello</p>');
  expect(shown?.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; sandbox");
  expect((await ask(null))?.status).toBe(404);
  expect((await ask({ type: 'link', url: 'https://example.com/' }))?.status).toBe(404);
});

test('a new window never opens; its link goes out only after the host was shown and agreed to', async () => {
  await bootReady();
  const open = (url: string): unknown => firstWindow().webContents.openHandler?.({ url } as Electron.HandlerDetails);
  standIn.answerDialogs(1);
  expect(open('https://example.com/a')).toEqual({ action: 'deny' });
  await vi.waitFor(() => expect(standIn.shown.at(-1)?.message).toBe('Open example.com in your browser?'));
  expect(standIn.opened).toEqual([]);
  standIn.answerDialogs(0);
  open('https://example.com/b');
  await vi.waitFor(() => expect(standIn.opened).toEqual(['https://example.com/b']));
  open('file:///etc/passwd');
  open('https://user:password@example.com/');
  expect(standIn.shown).toHaveLength(2);
});

test('permissions are denied but notifications, and those only for our origin', async () => {
  await bootReady();
  const { request, check, device } = standIn.handlers;
  const asked = (permission: string, requestingUrl: string): boolean => {
    let answer = true;
    request?.({} as never, permission as never, (isGranted) => (answer = isGranted), { requestingUrl } as never);
    return answer && check?.(null, permission as never, requestingUrl, {} as never) === true;
  };
  expect(asked('notifications', 'parley://app/')).toBe(true);
  expect(asked('notifications', 'https://example.com/')).toBe(false);
  for (const permission of ['media', 'geolocation', 'clipboard-read', 'openExternal', 'fileSystem', 'hid', 'midi', 'pointerLock', 'unknown']) expect(asked(permission, 'parley://app/'), permission).toBe(false);
  expect(device?.({} as never)).toBe(false);
});

test('files come from the map of built files with the content policy, and the network is shut', async () => {
  await bootReady();
  const get = async (url: string, method = 'GET') => standIn.handlers.protocol?.(new Request(url, { method }));
  const index = await get('parley://app/');
  expect(index?.status).toBe(200);
  expect(index?.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  for (const url of ['parley://app/../main/entry-core.js', 'parley://app/..%2f..%2fpackage.json', 'parley://mail/', 'parley://app/nothing']) expect((await get(url))?.status, url).toBe(404);
  expect((await get('parley://app/', 'POST'))?.status).toBe(404);
  const isCancelled = (url: string): boolean | undefined => {
    let cancel: boolean | undefined;
    standIn.handlers.beforeRequest?.({ url }, (answer) => (cancel = answer.cancel));
    return cancel;
  };
  expect(['https://example.com/', 'http://127.0.0.1/', 'file:///etc/passwd', 'wss://example.com/', 'ftp://x/'].map(isCancelled)).toEqual([true, true, true, true, true]);
  expect(['parley://app/x.js', 'data:,x', 'blob:parley://app/1'].map(isCancelled)).toEqual([false, false, false]);
});

test('only the main frame of a known window at our origin is connected', async () => {
  await bootReady();
  const { webContents } = firstWindow();
  const { mainFrame } = webContents;
  const from = (senderFrame: unknown, sender: unknown = webContents): number => {
    standIn.electron.ipcMain.emit('parley:connect', { sender, senderFrame });
    return webContents.sentPorts.length;
  };
  expect(from(null)).toBe(0);
  expect(from({ parent: mainFrame, origin: 'parley://app' })).toBe(0);
  expect(from({ parent: null, origin: 'parley://app' })).toBe(0);
  const stranger = { id: 99, mainFrame: { parent: null, origin: 'parley://app' } };
  expect(from(stranger.mainFrame, stranger)).toBe(0);
  Object.assign(mainFrame, { origin: 'https://example.com' });
  expect(from(mainFrame)).toBe(0);
  Object.assign(mainFrame, { origin: 'parley://app' });
  expect(from(mainFrame)).toBe(1);
  webContents.emit('destroyed');
  expect(from(mainFrame)).toBe(1);
});

test('every menu entry of ours sends its action to the window', async () => {
  await bootReady();
  const entries = (template: Electron.MenuItemConstructorOptions[]): Electron.MenuItemConstructorOptions[] => template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? entries(item.submenu) : [])]);
  const ours = entries(standIn.menus[0] ?? []).filter((item) => item.id !== undefined);
  for (const item of ours) item.click?.({} as never, undefined, {} as never);
  expect(firstWindow().webContents.sent).toEqual(ours.map((item) => ['parley:menu', item.id]));
  expect(ours.length).toBeGreaterThan(10);
});

/** Runs the built preload as Electron's sandbox would: CommonJS with nothing but `electron` to require. */
function runPreload(connect: () => void): { bridge: Bridge; ipc: EventEmitter } {
  const ipc = Object.assign(new EventEmitter(), { send: (channel: string) => channel === 'parley:connect' && connect() });
  const exposed: Record<string, unknown> = {};
  const electron = { ipcRenderer: ipc, contextBridge: { exposeInMainWorld: (name: string, value: unknown) => (exposed[name] = value) }, webUtils: { getPathForFile: () => '/home/anna/a.pdf' } };
  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`a sandboxed preload cannot require ${name}`);
  };
  runInNewContext(readFileSync(preload, 'utf8'), { require, exports: {}, module: { exports: {} } });
  expect(Object.keys(exposed)).toEqual(['parley']);
  return { bridge: exposed['parley'] as Bridge, ipc };
}

test('a call goes from the page through a MessagePort to the core and back, past the main process', async () => {
  await bootReady();
  const { webContents } = firstWindow();
  // The core's process: the built entry with a parentPort of its own.
  const parent = new MessageChannel();
  const parentPort = mainPort(parent.port1);
  Object.defineProperty(process, 'parentPort', { value: parentPort, configurable: true });
  await import(coreEntry);
  const fromCore: { t: string }[] = [];
  parent.port2.on('message', (message: { t: string }) => fromCore.push(message));
  const tellCore = (message: unknown, port?: MessagePort): void => void (parentPort as unknown as EventEmitter).emit('message', { data: message, ports: port ? [mainPort(port)] : [] });
  tellCore({ t: 'start', workspaceDir, demo: 'never', downloadsDir: workspaceDir });
  await vi.waitFor(() => expect(fromCore).toContainEqual({ t: 'started' }));

  const { bridge, ipc } = runPreload(() => standIn.electron.ipcMain.emit('parley:connect', { sender: webContents, senderFrame: webContents.mainFrame }));
  const early = bridge.invoke['app.snapshot']({});
  const pushes: unknown[] = [];
  bridge.onPush((push) => pushes.push(push));
  const pagePort = webContents.sentPorts[0]?.port;
  const corePort = firstChild().told.at(-1)?.ports[0]?.port;
  if (!pagePort || !corePort) throw new Error('no channel was made');
  tellCore({ t: 'attach', seat: 1 }, corePort);
  ipc.emit('parley:port', { ports: [pagePort] });

  const answer = await early;
  expect(answer.ok ? answer.value.shell : errorCode.safeParse(answer.error.code).success).toBe(answer.ok ? 'electron' : true);
  // Junk gets an envelope too.
  expect(await (bridge.invoke['desk.done'] as (input: unknown) => Promise<unknown>)({ nonsense: true })).toMatchObject({ ok: false });
  ipc.emit('parley:menu', {}, 'app.settings');
  expect(pushes).toContainEqual({ type: 'menu', action: 'app.settings' });
  expect(await bridge.pathOf({} as File)).toBe('/home/anna/a.pdf');
  expect(Object.isFrozen(bridge) && Object.isFrozen(bridge.invoke)).toBe(true);

  tellCore({ t: 'close' });
  await vi.waitFor(() => expect(fromCore).toContainEqual({ t: 'closed' }));
  pagePort.close();
  parent.port1.close();
});

