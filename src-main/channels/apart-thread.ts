import { createLine, redact, systemClock, systemRandom, type Callable, type LinePort, type Log } from '../kernel/index.ts';
import type { NearSide } from './apart.ts';
import type { Channel, ChannelContext, ChannelDriver, FileStore } from './port.ts';

/** All a driver may ask for that runs in a thread of its own: what has to be answered at once is known there, or a promise. */
export type ApartContext = Pick<ChannelContext, 'account' | 'secrets' | 'saveSecrets' | 'clock' | 'random' | 'log' | 'files' | 'cursor' | 'sink' | 'setStatus' | 'places' | 'owed'>;

/** A driver that can. It brings no files ahead of a send, and asks nothing that must be answered at once but its cursors. */
export type ApartDriver = Omit<ChannelDriver, 'open'> & { open(context: ApartContext): Channel };

/** What an account is opened with. */
export interface Opening {
  account: ApartContext['account'];
  /** As they stand now: nobody else moves the cursors of an account that is open. */
  cursors: Record<string, string>;
  folder: string;
}

/** What the thread is asked as a whole, under the number 0. */
export const THREAD = 0;

/** What the thread can be asked: by the number of an account, or as a whole. */
export type FarSide = {
  open(id: number, opening: Opening): void;
  start(): void;
  stop(): Promise<void>;
  poll(): Promise<void>;
  marksWait(): void;
  folders(): ReturnType<NonNullable<Channel['folders']>>;
  send: Channel['send'];
  reconcile: Channel['reconcile'];
};

/** The thread's side: opens accounts when told to, over a context that is made of messages. */
export function serveApart(port: LinePort, driver: ApartDriver, openFiles: (folder: string) => FileStore): void {
  const accounts = new Map<number, Callable>();

  const contextOf = (id: number, { account, cursors: known, folder }: Opening): ApartContext => {
    const cursors = new Map(Object.entries(known));
    // Redacted before it crosses, too: errors of libraries hold what cannot.
    const say = (level: keyof Log): Log[keyof Log] => (event, fields = {}) => line.tell(id, 'log', level, event, redact(fields) as Record<string, unknown>);
    return {
      account, clock: systemClock, random: systemRandom, files: openFiles(folder),
      log: { info: say('info'), warn: say('warn'), error: say('error') },
      secrets: () => line.ask(id, 'secrets'),
      saveSecrets: (secrets) => line.ask(id, 'saveSecrets', secrets),
      cursor: (name) => cursors.get(name) ?? null,
      // Keeps nothing of the batch but its cursors while it waits: the mails of seven pages would be copied at each collection of young objects.
      sink: (batch) => {
        const stored = Object.entries(batch.cursors);
        return line.ask(id, 'sink', batch).then(() => {
          for (const [name, value] of stored) cursors.set(name, value);
        });
      },
      setStatus: (status) => line.tell(id, 'setStatus', status),
      places: (path) => line.ask(id, 'places', path),
      owed: () => line.ask(id, 'owed'),
    };
  };

  const open = (id: number, opening: Opening): void => {
    const channel = driver.open(contextOf(id, opening));
    accounts.set(id, {
      start: () => channel.start(),
      async stop() {
        await channel.stop();
        accounts.delete(id);
      },
      poll: () => channel.poll(),
      marksWait: () => channel.marksWait?.(),
      folders: () => channel.folders?.() ?? Promise.resolve([]),
      send: (item) => channel.send(item),
      reconcile: (item) => channel.reconcile(item),
    } satisfies Omit<FarSide, 'open'>);
  };
  accounts.set(THREAD, { open });
  const line = createLine<NearSide>(port, (to) => accounts.get(to));
}
