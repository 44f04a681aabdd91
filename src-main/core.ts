import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Push, ToCore, ToWindow, Transport } from '../src-preload/contract/index.ts';
import { prepareDemo, type Demo } from './demo/index.ts';
import { drivers } from './drivers.ts';
import { createHandlers } from './ipc/handlers/index.ts';
import { createRouter } from './ipc/router.ts';
import { systemClock, systemRandom, type Clock, type Log, type Random } from './kernel/index.ts';
import { createMailPages, type FrameAnswer } from './mail-view/index.ts';
import { VERSION } from './version.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

export type { FrameAnswer };

export interface CoreOptions {
  workspaceDir: string;
  shell: 'electron' | 'chromium' | 'headless';
  /** auto: the demo desk until an own account or history is there; never; only: always the demo desk. */
  demo: 'auto' | 'never' | 'only';
  /** Opens a link in the person's own program; has checked it before. */
  openLink(url: string): Promise<void>;
  log: Log;
  downloadsDir: string;
  clock?: Clock;
  random?: Random;
}

export interface Core {
  /** Connects a window. Returns the function that disconnects it. */
  attach(transport: Transport<ToWindow, ToCore>): () => void;
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
  const windows = new Set<Transport<ToWindow, ToCore>>();
  const isTraced = process.env['PARLEY_TRACE'] === 'bridge';
  const push = (message: Push): void => {
    if (isTraced) options.log.info('bridge.push', { type: message.type });
    for (const window of windows) window.send({ t: 'push', push: message });
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

  let workspace = wantsDemo() ? await openDemo() : open(ownDir);

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
      push({ type: 'reset', seq: workspace.store.seq(), reason: 'workspace' });
    });
    return switching;
  };

  const pages = createMailPages({ clock, random });
  const router = createRouter(createHandlers({
    workspace: () => workspace, isDemo: () => demo !== null, switchTo, clock, log: options.log, version: VERSION, shell: options.shell,
    downloadsDir: options.downloadsDir, pages, openLink: options.openLink,
  }), options.log);

  return {
    attach(transport) {
      windows.add(transport);
      const stop = transport.listen((message) => {
        if (message.t !== 'call') return;
        const { id } = message;
        if (isTraced) options.log.info('bridge.call', { command: message.name });
        void router.call(message.name, message.input).then((result) => transport.send({ t: 'reply', id, result }));
      });
      return () => {
        windows.delete(transport);
        stop();
      };
    },
    openPath: (path) => push({ type: 'menu', action: `open:${path.slice(0, 2_000)}` }),
    frame: (path) => pages.frame(path),
    notifyResume: () => void workspace.accounts.pollAll(),
    async close() {
      await switching.catch(() => {});
      await stopWorkspace();
    },
  };
}
