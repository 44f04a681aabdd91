import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ToCore, ToWindow, Transport } from '../src-preload/contract/index.ts';
import { createMailDiscovery, placesOf } from './channels/email/index.ts';
import { createCallShortcut } from './calls/index.ts';
import { isDialLink, readDialLink } from './channels/phone/index.ts';
import { prepareDemo, type Demo } from './demo/index.ts';
import { drivers } from './drivers.ts';
import { createHandlers } from './ipc/handlers/index.ts';
import type { ToSeats } from './ipc/feed.ts';
import { createGate, type Gate } from './ipc/gate.ts';
import { createRouter } from './ipc/router.ts';
import { systemClock, systemRandom, type Clock, type Log, type Random } from './kernel/index.ts';
import { createMailPages, type FrameAnswer } from './mail-view/index.ts';
import { VERSION } from './version.ts';
import { startSpeller } from './spelling/index.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

export type { FrameAnswer };

export interface CoreOptions {
  workspaceDir: string;
  shell: 'electron' | 'chromium' | 'headless';
  /** auto: the demo desk until an own account or history is there; never; only: always the demo desk. */
  demo: 'auto' | 'never' | 'only';
  /** Opens a link in the person's own program; has checked it before. */
  openLink(url: string): Promise<void>;
  /** Opens a further window on this core. */
  openWindow(): Promise<void>;
  /** Holds these keys, and no others, from every program; answers in one sentence why not. Left out by a shell that cannot. */
  holdKeys?(keys: string | null): Promise<string | null>;
  /** Asks a person where a file shall go, beginning at `suggested`; null for nowhere. Left out by a shell that has no dialog for it: the downloads folder then. */
  askWhere?(suggested: string): Promise<string | null>;
  log: Log;
  downloadsDir: string;
  clock?: Clock;
  random?: Random;
}

export interface Core {
  /** Connects a window; its `seat` says which one it is, from 1, and stays the same when its page is loaded again. Returns the function that disconnects it. */
  attach(transport: Transport<ToWindow, ToCore>, seat?: number): () => void;
  /** A tel: or parley: link, or a file, from a command line or the system. */
  openPath(path: string): void;
  /** What a frame at the mail origin asks for; null for a path nobody handed out. */
  frame(path: string): FrameAnswer | null;
  /** The machine slept: whatever was missed is read now. */
  notifyResume(): void;
  /** Lets sends under way end and closes everything. */
  close(): Promise<void>;
}

/** Once somebody has left the demo desk, a start goes to their own. */
const LEFT_DEMO = 'own-desk';

/**
 * The console without a window. Throws ParleyError with one clear sentence when the workspace cannot be opened (locked by another console,
 * made by a newer Parley, disk full, no permission).
 */
export async function startCore(options: CoreOptions): Promise<Core> {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? systemRandom;
  const windows = new Map<Transport<ToWindow, ToCore>, number>();
  /** The window a person used last: what the system hands over belongs there. */
  let used: Transport<ToWindow, ToCore> | null = null;
  const isTraced = process.env['PARLEY_TRACE'] === 'bridge';
  const push = (toSeats: ToSeats): void => {
    for (const [window, seat] of windows) {
      const message = toSeats(seat);
      if (gate.isShut(window) && message.type !== 'reset') continue;
      if (isTraced) options.log.info('bridge.push', { type: message.type });
      window.send({ t: 'push', push: message });
    }
  };
  const ownDir = options.workspaceDir;
  const leftDemo = join(ownDir, LEFT_DEMO);
  let demo: Demo | null = null;

  const open = (dir: string): Workspace => openWorkspace({ dir, drivers, clock, random, log: options.log }, push);

  const openDemo = async (): Promise<Workspace> => {
    const dir = join(ownDir, 'demo');
    const prepared = await prepareDemo({ dir, clock, random, log: options.log });
    try {
      const opened = open(dir);
      demo = prepared;
      return opened;
    } catch (error) {
      await prepared.close();
      throw error;
    }
  };
  const wantsDemo = (): boolean => options.demo === 'only' || (options.demo === 'auto' && !existsSync(leftDemo));

  const gate: Gate<Transport<ToWindow, ToCore>> = createGate(() => workspace.store.read);
  let workspace = wantsDemo() ? await openDemo() : open(ownDir);
  const shortcut = options.holdKeys === undefined ? null : createCallShortcut(() => workspace.store, options.holdKeys);
  void shortcut?.apply();

  const stopWorkspace = async (): Promise<void> => {
    await workspace.stop();
    await demo?.close();
    demo = null;
  };

  let switching: Promise<void> = Promise.resolve();
  const switchTo = (which: 'demo' | 'own'): Promise<void> => {
    switching = switching.then(async () => {
      if ((demo !== null) === (which === 'demo')) return;
      await stopWorkspace();
      workspace = which === 'demo' ? await openDemo() : open(ownDir);
      if (which === 'own') {
        mkdirSync(ownDir, { recursive: true });
        writeFileSync(leftDemo, '');
      }
      await shortcut?.apply();
      for (const [window, seat] of windows) gate.meet(window, seat);
      push(() => ({ type: 'reset', seq: workspace.store.seq(), reason: 'workspace' }));
    });
    return switching;
  };

  const pages = createMailPages({ clock, random });
  const discovery = createMailDiscovery(clock, placesOf(process.env['PARLEY_TEST_DISCOVERY']));
  const speller = startSpeller();
  const routerOf = (window: Transport<ToWindow, ToCore>, seat: number) => createRouter(createHandlers({
    workspace: () => workspace, isDemo: () => demo !== null, switchTo, clock, log: options.log, version: VERSION, shell: options.shell,
    downloadsDir: options.downloadsDir, askWhere: options.askWhere ?? null, shortcut, pages, discovery, speller, openLink: options.openLink, openWindow: options.openWindow,
    seat, proof: {}, isShut: () => gate.isShut(window), letIn: () => gate.letIn(window), resetWindow: () => window.send({ t: 'push', push: { type: 'reset', seq: workspace.store.seq(), reason: 'agent' } }),
  }), options.log, (command) => gate.refuses(window, command));

  return {
    attach(transport, seat = 1) {
      windows.set(transport, seat);
      gate.meet(transport, seat);
      used = transport;
      const router = routerOf(transport, seat);
      const stop = transport.listen((message) => {
        if (message.t !== 'call') return;
        const { id } = message;
        // Every window says again and again what is on its screen; that is nobody's doing.
        if (message.name !== 'desk.keep') used = transport;
        if (isTraced) options.log.info('bridge.call', { command: message.name });
        void router.call(message.name, message.input).then((result) => transport.send({ t: 'reply', id, result }));
      });
      return () => {
        windows.delete(transport);
        gate.leave(transport);
        if (used === transport) used = [...windows.keys()].at(-1) ?? null;
        stop();
      };
    },
    openPath(path) {
      const asked = readDialLink(path);
      const problem = 'number' in asked ? null : isDialLink(path) ? asked.problem : 'Parley was asked to open something that is no telephone number. Files come in by Import history.';
      if (used !== null && !gate.isShut(used)) used.send({ t: 'push', push: { type: 'dial', number: 'number' in asked ? asked.number : null, problem } });
    },
    frame: (path) => pages.frame(path),
    notifyResume: () => void workspace.accounts.pollAll(),
    async close() {
      await switching.catch(() => {});
      await stopWorkspace();
      await speller.close();
    },
  };
}
