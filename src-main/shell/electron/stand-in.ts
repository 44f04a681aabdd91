import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type * as Electron from 'electron';

/** A part of an Electron object, typed member by member; what the shell does not use is not there. */
const part = <T>(members: Partial<T>): T => members as T;
/** Electron's event methods are overloaded per event; an emitter serves them all. */
const emitting = <T>(members: Partial<T>): T & EventEmitter => Object.assign(new EventEmitter(), members) as T & EventEmitter;

/** Electron's port in the main and utility process: an emitter around a real one. */
export function mainPort(port: MessagePort): Electron.MessagePortMain {
  const emitter = new EventEmitter();
  port.on('message', (data: unknown) => emitter.emit('message', { data, ports: [] }));
  port.on('close', () => emitter.emit('close'));
  // Attaching a listener starts a Node port; Electron's waits for start().
  return Object.assign(emitter, { postMessage: (data: unknown) => port.postMessage(data), start: () => port.start(), close: () => port.close(), port }) as unknown as Electron.MessagePortMain;
}

export interface SentPort {
  channel: string;
  port: MessagePort;
}

/** What the app did, and what a test makes happen to it. */
export function createStandIn(userData: string) {
  const calls: string[] = [];
  const globalKeys = new Map<string, () => void>();
  const takenKeys = new Set<string>();
  const windows: FakeWindow[] = [];
  const children: FakeChild[] = [];
  const shown: Electron.MessageBoxOptions[] = [];
  const opened: string[] = [];
  const errors: string[] = [];
  const menus: Electron.MenuItemConstructorOptions[][] = [];
  const schemes: Electron.CustomScheme[] = [];
  const handlers: {
    request?: Parameters<Electron.Session['setPermissionRequestHandler']>[0];
    check?: Parameters<Electron.Session['setPermissionCheckHandler']>[0];
    device?: Parameters<Electron.Session['setDevicePermissionHandler']>[0];
    protocol?: (request: Request) => Response | Promise<Response>;
    beforeRequest?: undefined | ((details: { url: string }, answer: (response: Electron.CallbackResponse) => void) => void);
  } = {};
  let clickButton = 0;
  const saves: Electron.SaveDialogOptions[] = [];
  let saveAs: string | null = null;
  let hasLock = true;
  let paths: Record<string, string> = { userData, downloads: userData };
  const ready = Promise.withResolvers<void>();

  const session = emitting<Electron.Session>({
    setPermissionRequestHandler: (handler) => void (handlers.request = handler),
    setPermissionCheckHandler: (handler) => void (handlers.check = handler),
    setDevicePermissionHandler: (handler) => void (handlers.device = handler),
    setDisplayMediaRequestHandler: () => calls.push('displayMedia'),
    setSpellCheckerDictionaryDownloadURL: (url) => calls.push(`dictionaries ${url}`),
    protocol: part<Electron.Protocol>({ handle: (_scheme, handler) => void (handlers.protocol = handler as (request: Request) => Response) }),
    webRequest: part<Electron.WebRequest>({ onBeforeRequest: ((listener: typeof handlers.beforeRequest) => void (handlers.beforeRequest = listener)) as Electron.WebRequest['onBeforeRequest'] }),
  });

  class FakeContents extends EventEmitter {
    readonly id = windows.length + 1;
    readonly mainFrame = { parent: null, origin: 'parley://app' } as unknown as Electron.WebFrameMain;
    readonly sentPorts: SentPort[] = [];
    readonly sent: unknown[][] = [];
    reloads = 0;
    openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null;
    setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
      this.openHandler = handler;
    }
    postMessage(channel: string, _message: unknown, ports: { port: MessagePort }[]): void {
      ports.forEach(({ port }) => this.sentPorts.push({ channel, port }));
      this.emit('sent');
    }
    send(...message: unknown[]): void {
      this.sent.push(message);
    }
    reload(): void {
      this.reloads += 1;
    }
  }
  class FakeWindow extends EventEmitter {
    readonly webContents = new FakeContents();
    readonly options: Electron.BrowserWindowConstructorOptions;
    readonly did: string[] = [];
    loaded = '';
    isMin = false;
    constructor(options: Electron.BrowserWindowConstructorOptions) {
      super();
      this.options = options;
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
    loadURL(url: string): Promise<void> {
      this.loaded = url;
      return Promise.resolve();
    }
    show = (): void => void this.did.push('show');
    focus = (): void => void this.did.push('focus');
    restore = (): void => void this.did.push('restore');
    maximize = (): void => void this.did.push('maximize');
    isMinimized = (): boolean => this.isMin;
    isMaximized = (): boolean => false;
    getNormalBounds = (): Electron.Rectangle => ({ x: 10, y: 20, width: 1000, height: 700 });
    static fromWebContents(contents: unknown): FakeWindow | null {
      return windows.find((window) => window.webContents === contents) ?? null;
    }
  }
  class FakeChild extends EventEmitter {
    readonly script: string;
    readonly told: { message: unknown; ports: { port: MessagePort }[] }[] = [];
    constructor(script: string) {
      super();
      this.script = script;
    }
    postMessage(message: unknown, ports: { port: MessagePort }[] = []): void {
      this.told.push({ message, ports });
      this.emit('told', message);
    }
    kill(): boolean {
      return true;
    }
  }
  class FakeChannel {
    readonly port1: Electron.MessagePortMain;
    readonly port2: Electron.MessagePortMain;
    constructor() {
      const { port1, port2 } = new MessageChannel();
      // Only handed on, never spoken through here.
      this.port1 = { port: port1 } as unknown as Electron.MessagePortMain;
      this.port2 = { port: port2 } as unknown as Electron.MessagePortMain;
    }
  }

  const app = emitting<Electron.App>({
    isPackaged: true,
    enableSandbox: () => calls.push('enableSandbox'),
    setName: () => undefined,
    setPath: (name, path) => void (paths = { ...paths, [name]: path }),
    getPath: (name) => paths[name] ?? '',
    requestSingleInstanceLock: () => hasLock,
    whenReady: () => ready.promise.then(() => undefined),
    quit: () => {
      calls.push('quit');
      let isHeld = false;
      app.emit('before-quit', { preventDefault: () => (isHeld = true) });
      if (!isHeld) calls.push('gone');
      app.emit('asked');
    },
    exit: (code) => calls.push(`exit ${code}`),
  });
  const ipcMain = emitting<Electron.IpcMain>({});
  const powerMonitor = emitting<Electron.PowerMonitor>({});

  const electron = {
    globalShortcut: part<Electron.GlobalShortcut>({
      register: (keys, pressed) => {
        if (keys.includes('Nonsense')) throw new TypeError('conversion failure');
        if (takenKeys.has(keys)) return false;
        globalKeys.set(keys, pressed);
        return true;
      },
      unregister: (keys) => void globalKeys.delete(keys),
    }),
    app,
    ipcMain,
    powerMonitor,
    session: part<typeof Electron.session>({ defaultSession: session }),
    protocol: part<Electron.Protocol>({ registerSchemesAsPrivileged: (list) => void schemes.push(...list) }),
    dialog: part<Electron.Dialog>({
      showErrorBox: (_title, content) => void errors.push(content),
      showMessageBox: ((...args: unknown[]) => {
        shown.push(args.at(-1) as Electron.MessageBoxOptions);
        return Promise.resolve({ response: clickButton, checkboxChecked: false });
      }) as Electron.Dialog['showMessageBox'],
      showSaveDialog: ((...args: unknown[]) => {
        saves.push(args.at(-1) as Electron.SaveDialogOptions);
        return Promise.resolve({ canceled: saveAs === null, filePath: saveAs ?? '' });
      }) as Electron.Dialog['showSaveDialog'],
    }),
    shell: part<Electron.Shell>({ openExternal: (url) => Promise.resolve(void opened.push(url)) }),
    screen: part<Electron.Screen>({ getAllDisplays: () => [part<Electron.Display>({ workArea: { x: 0, y: 0, width: 1920, height: 1080 } })] }),
    nativeTheme: part<Electron.NativeTheme>({ shouldUseDarkColors: false }),
    utilityProcess: {
      fork: (script: string) => {
        const child = new FakeChild(script);
        children.push(child);
        return child;
      },
    } as unknown as typeof Electron.utilityProcess,
    BrowserWindow: FakeWindow as unknown as typeof Electron.BrowserWindow,
    MessageChannelMain: FakeChannel as unknown as typeof Electron.MessageChannelMain,
    Menu: {
      setApplicationMenu: () => undefined,
      buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => {
        menus.push(template);
        return {};
      },
    } as unknown as typeof Electron.Menu,
    Tray: class extends EventEmitter {
      setToolTip(): void {}
      setContextMenu(): void {}
      destroy(): void {
        calls.push('tray gone');
      }
    } as unknown as typeof Electron.Tray,
  } satisfies Partial<typeof Electron>;

  return {
    electron, globalKeys, takenKeys, calls, windows, children, shown, saves, opened, errors, menus, schemes, handlers, session,
    becomeReady: () => ready.resolve(),
    answerDialogs: (button: number) => (clickButton = button),
    chooseFile: (path: string | null) => (saveAs = path),
    refuseLock: () => (hasLock = false),
    path: (name: string) => paths[name],
  };
}
export type StandIn = ReturnType<typeof createStandIn>;
