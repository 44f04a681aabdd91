import type { Worker } from 'node:worker_threads';
import { backoffMs, createLine, oneTurn, ParleyError, systemClock, systemRandom, type Line, type Log } from '../kernel/index.ts';
import { THREAD, type ApartContext, type ApartDriver, type FarSide } from './apart-thread.ts';
import type { Channel, ChannelContext, ChannelDriver } from './port.ts';
import type { ThreadSource } from './thread-source.ts';

/** What the thread may ask about an account. */
export type NearSide = Pick<ApartContext, 'secrets' | 'saveSecrets' | 'sink' | 'setStatus' | 'places' | 'owed'> & {
  log(level: keyof Log, event: string, fields: Record<string, unknown>): void;
};

interface Account {
  context: ChannelContext;
  isStarted: boolean;
  /** What the thread asked for and we have not done yet. */
  underWay: Set<Promise<unknown>>;
}

interface Running { worker: Worker; line: Line<FarSide>; startedAt: number }

const limits = {
  /** A thread that ran this long was a good one: back-off starts from the beginning. */
  goodMs: 30_000,
  backoffMs: 500,
  backoffCapMs: 60_000,
  /** More than a channel takes for its own stop; after it the thread hangs. */
  stopMs: 20_000,
};

const INTERRUPTED = 'The connection to this account was interrupted inside Parley';

/**
 * Runs a driver's accounts in a thread of their own, all in one: the wire and its noise stay off the thread that commits and that
 * windows wait for. A thread that dies is started again and its accounts opened from their cursors; a send under way at that moment is
 * an unknown (the promise of it rejects), as if the whole console had died. What keeps time by another clock than the system's, or its
 * files in memory (a test), runs in the caller's thread.
 */
export function apart(driver: ApartDriver, threads: ThreadSource, { goodMs, backoffMs: firstMs, backoffCapMs, stopMs } = limits): ChannelDriver {
  const clock = systemClock;
  const accounts = new Map<number, Account>();
  let running: Running | null = null;
  let lastId = 0;
  let failures = 0;
  let cancelRestart: (() => void) | null = null;
  let restarting: Promise<void> | null = null;
  let turn = Promise.resolve();
  /** Page upon page would hold this thread: between any two others have their turn, and so has the store, which may be committing. */
  const nextTurn = (): Promise<void> => (turn = turn.then(oneTurn).then(oneTurn));

  const nearOf = ({ context, underWay }: Account): NearSide => {
    const tracked = <T>(work: Promise<T>): Promise<T> => {
      underWay.add(work);
      const done = (): void => void underWay.delete(work);
      work.then(done, done);
      return work;
    };
    return {
      secrets: () => context.secrets(),
      saveSecrets: (secrets) => tracked(context.saveSecrets(secrets)),
      // What comes live does not wait behind another mailbox's history.
      sink: (batch) => tracked((batch.origin === 'backfill' ? nextTurn() : oneTurn()).then(() => context.sink(batch))),
      setStatus: (status) => context.setStatus(status),
      places: (path) => context.places(path),
      owed: () => context.owed(),
      log: (level, event, fields) => context.log[level](event, fields),
    };
  };

  const begin = ({ line }: Running, id: number, { context, isStarted }: Account): void => {
    line.tell(THREAD, 'open', id, { account: context.account, cursors: context.cursors(), folder: context.files.folder ?? '' });
    if (isStarted) line.tell(id, 'start');
  };

  const start = (): Running => {
    const sides = new Map<Account, NearSide>();
    const sideOf = (id: number): NearSide | undefined => {
      const account = accounts.get(id);
      if (!account) return undefined;
      const side = sides.get(account) ?? nearOf(account);
      sides.set(account, side);
      return side;
    };
    const worker = threads.take();
    const line = createLine<FarSide>(worker, sideOf);
    const started: Running = { worker, line, startedAt: clock.now() };
    let cause: unknown = null;
    worker.on('error', (error) => (cause = error));
    // By now everything it had said has been heard.
    worker.on('exit', () => died(started, cause));
    running = started;
    for (const [id, account] of accounts) begin(started, id, account);
    return started;
  };

  const died = (one: Running, cause: unknown): void => {
    one.line.cut(new Error(INTERRUPTED));
    if (running !== one) return;
    running = null;
    const { log } = [...accounts.values()][0]?.context ?? {};
    failures = clock.now() - one.startedAt >= goodMs ? 0 : failures;
    const delayMs = backoffMs(failures, systemRandom, firstMs, backoffCapMs);
    failures += 1;
    log?.error('channel.thread_died', { channel: driver.kind, error: cause, failures, delayMs });
    const retryAt = clock.now() + delayMs;
    for (const { context, isStarted } of accounts.values()) if (isStarted) context.setStatus({ state: 'waiting', status: `${INTERRUPTED}; it is made again by itself.`, retryAt, progress: null });
    cancelRestart = clock.after(delayMs, () => void restart());
  };

  const restart = (): Promise<void> => {
    cancelRestart?.();
    cancelRestart = null;
    // What the dead thread asked for is finished first: its cursors are where the next one begins.
    restarting ??= Promise.allSettled([...accounts.values()].flatMap(({ underWay }) => [...underWay])).then(() => {
      restarting = null;
      if (running === null && accounts.size > 0) start();
    });
    return restarting;
  };

  const end = async (): Promise<void> => {
    cancelRestart?.();
    cancelRestart = null;
    const one = running;
    running = null;
    await one?.worker.terminate();
  };

  const open = (context: ChannelContext): Channel => {
    lastId += 1;
    const id = lastId;
    const account: Account = { context, isStarted: false, underWay: new Set() };
    accounts.set(id, account);
    if (running !== null) begin(running, id, account);
    else if (cancelRestart === null && restarting === null) start();
    return {
      start() {
        account.isStarted = true;
        running?.line.tell(id, 'start');
      },
      async stop() {
        account.isStarted = false;
        const one = running;
        if (one !== null) {
          const limit = Promise.withResolvers<'late'>();
          const cancel = clock.after(stopMs, () => limit.resolve('late'));
          const ended = await Promise.race([one.line.ask(id, 'stop').catch(() => {}), limit.promise]);
          cancel();
          if (ended === 'late') await one.worker.terminate();
        }
        // Whoever opens it again begins at its cursors.
        await Promise.allSettled([...account.underWay]);
        accounts.delete(id);
        if (accounts.size === 0) await end();
      },
      async poll() {
        if (running === null) await restart();
        // Its death is told by the status.
        await running?.line.ask(id, 'poll').catch(() => {});
      },
      marksWait: () => running?.line.tell(id, 'marksWait'),
      async folders() {
        if (running === null) throw new ParleyError('offline', `${INTERRUPTED}, so its folders are not known. Try again in a moment.`, { retryable: true });
        return running.line.ask(id, 'folders');
      },
      send: async (item) => running?.line.ask(id, 'send', item) ?? { type: 'retry', waitsFor: 'network', retryAt: null, problem: `${INTERRUPTED}; it is tried again.` },
      reconcile: async (item) => running?.line.ask(id, 'reconcile', item) ?? { type: 'undecided', problem: `${INTERRUPTED}, so nobody can say yet whether this left.`, retryAt: null },
    };
  };

  return { ...driver, open: (context) => (context.clock === systemClock && context.files.folder !== undefined ? open(context) : driver.open(context)) };
}
