import { join } from 'node:path';
import type { AccountRow } from '../src-preload/contract/index.ts';
import { sealSecret, startAccounts, type AccountRegistry, type SecretBox } from './accounts/index.ts';
import { createCallBoard, startCallSources, type CallBoard, type CallSourceControl } from './calls/index.ts';
import type { ChannelDriver, OutgoingMode } from './channels/port.ts';
import { localClaims, startAlarms, type ClaimAuthority } from './desk/index.ts';
import { createJobs, type Jobs } from './ipc/jobs.ts';
import { startFeed, type ToSeats } from './ipc/feed.ts';
import { createIds, type Clock, type Ids, type Log, type Random } from './kernel/index.ts';
import { startDispatcher, type Dispatcher } from './outbox/index.ts';
import { lockWorkspace, openContentStore, openStore, startCheckpoints, startReader, startSweeping, tables, type ContentStore, type Operation, type Reader, type Store } from './store/index.ts';
import { openVault } from './vault/index.ts';

export interface WorkspaceDeps {
  dir: string;
  drivers: readonly ChannelDriver[];
  clock: Clock;
  random: Random;
  log: Log;
}

/** Files of a workspace: what the command line needs, too. */
export interface WorkspaceFiles {
  store: Store;
  files: ContentStore;
  ids: Ids;
  secrets: SecretBox;
  close(): void;
}

export interface Workspace extends WorkspaceFiles {
  dir: string;
  reader: Reader;
  accounts: AccountRegistry;
  dispatcher: Dispatcher;
  jobs: Jobs;
  claims: ClaimAuthority;
  calls: CallBoard;
  callSources: CallSourceControl;
  /** Calls an agent logs by hand belong to this account. */
  phoneAccountId: string;
  /** US dollars per action as X counts it, and for one send. */
  priceList: Record<string, number>;
  priceOf(mode: OutgoingMode, text: string, isContinued?: boolean): number;
  /** A text too long for one post as several; one part where it fits. */
  splitPost: NonNullable<ChannelDriver['splitPost']>;
  /** Why the channel would not take these files, in one sentence. */
  fileProblem(mode: OutgoingMode, files: readonly { name: string; type: string; size: number }[]): string | null;
  /** US dollars a send costs, by mode of the composer. */
  prices: Record<string, { plain: number; withLink: number }>;
  stop(): Promise<void>;
}

const WARM_SEARCH_MS = 1_500;

export const databasePath = (dir: string): string => join(dir, 'parley.db');

/** Opens the database and files of a workspace without running anything in it. Throws ParleyError with one sentence when it cannot. */
export function openWorkspaceFiles(deps: Pick<WorkspaceDeps, 'dir' | 'clock' | 'random' | 'log'>): WorkspaceFiles {
  const store = openStore(databasePath(deps.dir));
  const by = (): { at: number; agent: string } => ({ at: deps.clock.now(), agent: 'Parley' });
  const vault = openVault({
    dir: deps.dir,
    random: deps.random,
    rows: {
      get: (accountId) => tables.sealedSecret(store.read, accountId),
      put: (accountId, sealed) => void store.run(sealSecret, { accountId, sealed }, by()),
      delete: (accountId) => void store.run(sealSecret, { accountId, sealed: null }, by()),
    },
  });
  return {
    store,
    files: openContentStore(join(deps.dir, 'files')),
    ids: createIds(deps.clock, deps.random),
    secrets: { load: (id) => vault.load(id), save: (id, secrets) => vault.save(id, secrets), forget: (id) => vault.forget(id) },
    close: () => store.close(),
  };
}

/** Opens a workspace and runs it: channels, sends, alarms, pushes. One console at a time; a second one is told so. */
export function openWorkspace(deps: WorkspaceDeps, push: (push: ToSeats) => void): Workspace {
  const lock = lockWorkspace(deps.dir);
  try {
    const base = openWorkspaceFiles(deps);
    const { store, files, ids, secrets } = base;
    const phoneAccountId = setUp(base, deps.clock);
    const reader = startReader(databasePath(deps.dir));
    const feed = startFeed(store, deps.clock, push);
    const jobs = createJobs(ids, deps.log, (job) => push(() => ({ type: 'job', job })));
    let dispatcher: Dispatcher | null = null;
    const accounts = startAccounts({
      store, files, secrets, drivers: deps.drivers, clock: deps.clock, random: deps.random, log: deps.log,
      onStatus: (rows: AccountRow[]) => push(() => ({ type: 'accounts', accounts: rows })),
      onLive: () => dispatcher?.wake(),
    });
    dispatcher = startDispatcher({ store, clock: deps.clock, random: deps.random, log: deps.log, channelOf: (id) => accounts.channelOf(id) });
    const running = dispatcher;
    const stopAlarms = startAlarms(store, deps.clock);
    let callSources: CallSourceControl | null = null;
    const pushCalls = (): void => {
      if (!callSources) return;
      const message = { type: 'calls' as const, calls: calls.rows(), sources: callSources.state() };
      push(() => message);
    };
    const calls = createCallBoard({ store, clock: deps.clock, ids, accountId: phoneAccountId, onChange: pushCalls });
    const sources = startCallSources({ store, secrets, accountId: phoneAccountId, clock: deps.clock, random: deps.random, onSignal: (signal) => calls.take(signal), onState: pushCalls });
    callSources = sources;
    const stopSweeping = startSweeping(store, files, deps.clock);
    const checkpoints = startCheckpoints(store, reader, deps.clock);
    // After the first paint, which needs the processor more.
    const cancelWarming = deps.clock.after(WARM_SEARCH_MS, () => reader.warm());
    return {
      ...base, dir: deps.dir, reader, accounts, dispatcher: running, jobs, calls, callSources: sources, claims: localClaims({ store, clock: deps.clock }), phoneAccountId, prices: Object.assign({}, ...deps.drivers.map((d) => d.prices)),
      priceList: Object.assign({}, ...deps.drivers.map((d) => d.priceList ?? {})),
      priceOf: (mode, text, isContinued) => deps.drivers.reduce((usd, d) => usd + (d.priceOf?.(mode, text, isContinued) ?? 0), 0),
      splitPost: deps.drivers.find((d) => d.splitPost)?.splitPost ?? ((text) => [{ source: text, text, weight: text.length }]),
      fileProblem: (mode, files) => deps.drivers.map((d) => d.fileProblem?.(mode, files) ?? null).find((problem) => problem !== null) ?? null,
      async stop() {
        await sources.stop();
        calls.stop();
        stopAlarms();
        stopSweeping();
        cancelWarming();
        await jobs.stop();
        await running.stop();
        await accounts.stop();
        feed.stop();
        checkpoints.stop();
        await reader.close();
        store.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

const firstSetUp: Operation<{ workspaceId: string; phone: tables.AccountRecord }, void> = {
  name: 'workspace.setUp',
  apply(tx, { workspaceId, phone }) {
    tables.putSetting(tx.db, 'workspace', workspaceId);
    tables.putAccount(tx.db, phone, tx.at);
  },
};

/** Gives a new workspace its id and its telephone; returns the account of calls logged by hand. */
function setUp({ store, ids }: WorkspaceFiles, clock: Clock): string {
  const known = tables.accounts(store.read).find((a) => a.channel === 'phone');
  if (known && tables.settingOf(store.read, 'workspace') !== null) return known.id;
  const phone = known ?? { id: ids.next(), channel: 'phone', name: 'Phone', address: 'Phone', config: {}, isConnected: false };
  store.run(firstSetUp, { workspaceId: ids.next(), phone }, { at: clock.now(), agent: 'Parley' });
  return phone.id;
}
