import type { Push, ToCore, ToWindow, Transport } from '../../src-preload/contract/index.ts';
import type { Log } from '../kernel/index.ts';

export type ShellName = 'electron' | 'chromium' | 'headless';
export type DemoMode = 'auto' | 'never' | 'only';

export interface CoreOptions {
  workspaceDir: string;
  shell: ShellName;
  demo: DemoMode;
  openLink(url: string): Promise<void>;
  log: Log;
  downloadsDir: string;
}

/** What a shell needs of the core; the core knows no window. */
export interface Core {
  /** Connects one window; returns the function that disconnects it. */
  attach(transport: Transport<ToWindow, ToCore>): () => void;
  /** A deep link (tel:, sip:, mailto:) or a file from the command line. */
  openPath(path: string): void;
  /** The machine woke up: connections may be dead without knowing it. */
  notifyResume(): void;
  close(): Promise<void>;
}

/** Throws ParleyError with one clear sentence: workspace locked, database from the future, disk. */
export type StartCore = (options: CoreOptions) => Promise<Core>;

export type MenuPush = Extract<Push, { type: 'menu' }>;
