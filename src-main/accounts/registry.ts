import type { AccountInput, AccountRow, EntryDetail, MailChange, MailFolder, MailSettings, TestStep } from '../../src-preload/contract/index.ts';
import type { Batch, Channel, ChannelDriver, ConnectionStatus, FileStore, MailboxChange } from '../channels/port.ts';
import { createIds, ParleyError, type Clock, type Log, type Random } from '../kernel/index.ts';
import { accept } from '../intake/index.ts';
import { leftFor, pausedSentence } from '../spending/index.ts';
import { tables, type Store } from '../store/index.ts';
import { withKept } from './kept-secrets.ts';
import { changeMailbox, chooseFolders, dropAccount, putAccount, removeAccount } from './operations.ts';
import { createSignIns, isPending, type SignIns } from './sign-ins.ts';

/** Locks secrets away, one set an account. */
export interface SecretBox {
  load(accountId: string): Promise<Record<string, string>>;
  save(accountId: string, secrets: Record<string, string>): Promise<void>;
  forget(accountId: string): Promise<void>;
}

export interface RegistryDeps {
  store: Store;
  files: FileStore & { remove(sha256: string): void };
  secrets: SecretBox;
  drivers: readonly ChannelDriver[];
  clock: Clock;
  random: Random;
  log: Log;
  /** Told at every change of an account's state. */
  onStatus(rows: AccountRow[]): void;
  /** An account can be reached again: waiting sends may go. */
  onLive(): void;
}

export interface AccountRegistry {
  rows(): AccountRow[];
  channelOf(accountId: string): Channel | null;
  test(input: AccountInput): Promise<{ ok: boolean; steps: TestStep[]; folders: MailFolder[] }>;
  add(input: AccountInput, by: { at: number; agent: string }): Promise<{ accountId: string; seq: number }>;
  signIns: Pick<SignIns, 'start' | 'again' | 'done' | 'cancel'>;
  /** Another password for a mailbox that runs: tried first; then it connects anew, with all it has. */
  changePassword(accountId: string, password: string, by: { at: number; agent: string }): Promise<{ seq: number }>;
  /** Changes settings of an account that runs; it connects anew. */
  configure(accountId: string, patch: Record<string, unknown>, by: { at: number; agent: string }): Promise<{ seq: number }>;
  settings(accountId: string): MailSettings;
  /** Changes settings of a mailbox once they were tried and are good; it connects anew. */
  change(accountId: string, change: MailChange, by: { at: number; agent: string }): Promise<{ ok: boolean; steps: TestStep[]; isSame: boolean }>;
  /** Folders a mailbox has now. */
  folders(accountId: string): Promise<MailFolder[]>;
  /** Chooses which folders of a mailbox are read besides the inbox and sent mails; it connects anew. */
  readFolders(accountId: string, paths: string[], by: { at: number; agent: string }): Promise<{ seq: number }>;
  remove(accountId: string, by: { at: number; agent: string }): Promise<{ seq: number }>;
  poll(accountId: string): Promise<void>;
  /** Sleep is over or the network changed: every account reads now. */
  pollAll(): Promise<void>;
  stop(): Promise<void>;
}

/** Mail and posts older than this come in as done when an account is connected. */
const OPEN_HISTORY_MS = 14 * 24 * 3_600_000;
/** Marks a channel is handed at a time. */
const OWED_AT_ONCE = 500;
const TEST_LIMIT_MS = 45_000;
/** Mails by which a mailbox is known to be the one it was. */
const SAMPLE = 20;
/** Status changes closer together than this reach the windows as one. */
const STATUS_FLUSH_MS = 50;

const OFF: ConnectionStatus = { state: 'off', status: 'Not connected', retryAt: null, progress: null };

/** Runs one channel for every connected account. */
export function startAccounts(deps: RegistryDeps): AccountRegistry {
  const { store, clock, log } = deps;
  const ids = createIds(clock, deps.random);
  const running = new Map<string, { channel: Channel; status: ConnectionStatus }>();
  let cancelFlush: (() => void) | null = null;

  const rows = (): AccountRow[] =>
    tables.accounts(store.read).filter((a) => (a.channel === 'x' || a.channel === 'email') && !isPending(a))
      .map((a) => {
        const shown = driverOf(a.channel).shown?.(a.config) ?? {};
        const mail = shown.mail ? { ...shown.mail, newFolders: tables.newFolders(store.read, a.id).filter((path) => shown.mail?.folders.includes(path) !== true) } : null;
        return { id: a.id, channel: a.channel, name: a.name, address: a.address, ...(running.get(a.id)?.status ?? OFF), x: null, ...shown, mail };
      });

  const announce = (): void => {
    cancelFlush ??= clock.after(STATUS_FLUSH_MS, () => {
      cancelFlush = null;
      try {
        deps.onStatus(rows());
      } catch (error) {
        // A database that cannot be read for a moment must not end the console; the next change tells it all.
        log.warn('accounts.untold', { error });
      }
    });
  };

  const driverOf = (channel: string): ChannelDriver => {
    const driver = deps.drivers.find((d) => d.kind === channel);
    if (!driver) throw new ParleyError('unavailable', `There is no channel ${channel} in this Parley.`);
    return driver;
  };

  const sink = async (batch: Batch): Promise<void> => {
    const args = { batch, ids, openSince: clock.now() - OPEN_HISTORY_MS };
    const by = { at: clock.now(), agent: 'Parley' };
    // One page of many that hold nothing but mails: what they say of files cannot change before they are committed.
    const { value } = batch.after === undefined ? store.run(accept, args, by) : await store.runInGroup(accept, args, by, batch.isFollowed === true);
    for (const sha256 of value.unused) deps.files.remove(sha256);
    if (batch.events.some((event) => event.type === 'folders')) announce();
  };

  const open = (account: tables.AccountRecord): void => {
    const channel = driverOf(account.channel).open({
      account: { id: account.id, name: account.name, address: account.address, config: account.config },
      secrets: () => deps.secrets.load(account.id),
      saveSecrets: (secrets) => deps.secrets.save(account.id, secrets),
      clock, random: deps.random, log, files: deps.files,
      cursor: (name) => tables.cursor(store.read, account.id, name),
      cursors: () => tables.cursorsOf(store.read, account.id),
      sink,
      setStatus(status) {
        const entry = running.get(account.id);
        if (!entry || JSON.stringify(entry.status) === JSON.stringify(status)) return;
        const cameBack = status.state === 'live' && entry.status.state !== 'live';
        entry.status = status;
        announce();
        if (cameBack) deps.onLive();
      },
      watch() {
        // A search finds the same for every account of a brand and is paid each time: one of them listens.
        const onX = tables.accounts(store.read).filter((a) => a.channel === 'x' && a.isConnected);
        const listener = onX.find((a) => driverOf('x').shown?.(a.config)?.x?.ownsApp === true) ?? onX[0];
        return { words: listener?.id === account.id ? tables.settingsOf(store.read).listenWords : [], ownHandles: onX.map((a) => a.address.replace(/^@/, '')) };
      },
      openThreads: (limit) => tables.openThreads(store.read, account.id, limit),
      budget() {
        const left = leftFor(store.read, account.id, clock.now());
        return { usd: left.usd, endsAt: left.endsAt, sentence: left.by === null ? '' : pausedSentence(left) };
      },
      places: async (path) => tables.placesOf(store.read, account.id, path),
      owed: async () => tables.owedTo(store.read, account.id, OWED_AT_ONCE).map(({ uid, ...mark }) => ({ ...mark, key: uid })),
      recentExternalIds(kind, limit) {
        const stored = tables.recentExternalIds(store.read, account.id, kind, limit);
        // What was heard must go as well when it is deleted; conversations come first.
        return kind === 'post' ? [...stored, ...tables.openHeardIds(store.read, account.id, limit - stored.length)] : stored;
      },
      recentReferences: (limit) => tables.recentReferences(store.read, account.id, limit),
      knownPost(externalId) {
        const row = tables.messageByExternal(store.read, account.id, externalId);
        if (row?.kind !== 'post' || row.deleted_at !== null) return null;
        const detail = JSON.parse(row.detail) as EntryDetail;
        return { author: row.direction === 'outbound' ? account.address : (row.address ?? row.author), text: row.shown_text ?? row.text, isPromoted: detail.type === 'post' && detail.isPromoted };
      },
      wantedMedia: (limit) => tables.wantedMedia(store.read, account.id, clock.now(), limit),
    });
    running.set(account.id, { channel, status: { ...OFF, state: 'connecting', status: 'Connecting …' } });
    channel.start();
  };

  const runTest = async (input: AccountInput): Promise<{ steps: TestStep[]; address: string | null; folders: MailFolder[]; ok: boolean }> => {
    const driver = driverOf(input.channel);
    const { config, secrets } = driver.split(input);
    const { steps, address, folders = [] } = await driver.test(config, secrets, { clock, log, signal: AbortSignal.timeout(TEST_LIMIT_MS) });
    return { steps, address, folders, ok: steps.length > 0 && steps.every((s) => s.ok) };
  };

  const mailboxOf = (accountId: string): { account: tables.AccountRecord; driver: MailboxChange } => {
    const account = tables.accounts(store.read).find((a) => a.id === accountId);
    const driver = account && driverOf(account.channel).change;
    if (!account || !driver) throw new ParleyError('not_found', 'This mailbox is not connected.');
    return { account, driver };
  };

  /** Whether an account connected anew is the mailbox it was. Where nobody can tell, it is read from the beginning: what is here is known. */
  const isSameAs = async (before: tables.AccountRecord | undefined, config: Record<string, unknown>, secrets: Record<string, string>): Promise<boolean> => {
    const driver = before && driverOf(before.channel).change;
    if (!before || !driver) return true;
    try {
      return !driver.movesMail(before.config, config) || (await driver.isSame(config, secrets, tables.someMails(store.read, before.id, 'INBOX', SAMPLE)));
    } catch {
      return false;
    }
  };

  const close = async (accountId: string): Promise<void> => {
    const entry = running.get(accountId);
    running.delete(accountId);
    await entry?.channel.stop();
  };

  const signIns = createSignIns({
    store, secrets: deps.secrets, ids, clock, log, driverOf, close, isSameAs,
    open(account) {
      open(account);
      announce();
    },
  });

  const stopListening = store.onCommit(({ rows }) => {
    if (rows?.has('owed_mark')) for (const { channel } of running.values()) channel.marksWait?.();
  });

  for (const account of tables.accounts(store.read)) {
    if (account.isConnected) open(account);
    // The console ended between the tokens and the name: the person signs in again.
    else if (isPending(account)) store.run(dropAccount, { accountId: account.id }, { at: clock.now(), agent: 'Parley' });
  }

  return {
    rows,
    signIns,
    channelOf: (accountId) => running.get(accountId)?.channel ?? null,
    async test(input) {
      const { steps, ok, folders } = await runTest(input);
      return { ok, steps, folders: ok ? folders : [] };
    },
    async add(input, by) {
      const { config, secrets } = driverOf(input.channel).split(input);
      let address = input.channel === 'email' ? input.address : null;
      if (address === null) {
        // Who we are on X is known only by asking.
        const tested = await runTest(input);
        if (tested.address === null) throw new ParleyError('refused', tested.steps.findLast((s) => !s.ok)?.message ?? 'X did not say which account this is.');
        address = tested.address;
      }
      const twin = tables.accountByAddress(store.read, input.channel, address);
      const state = twin && running.get(twin.id)?.status.state;
      // What no longer lets us in is replaced by what does; everything the account has stays its own.
      if (state !== undefined && state !== 'sign_in_needed' && state !== 'failed') throw new ParleyError('conflict', `${address} is connected already.`);
      if (twin) await close(twin.id);
      const account: tables.AccountRecord = { id: twin?.id ?? ids.next(), channel: input.channel, name: input.name, address, config, isConnected: true };
      const { seq } = store.run(changeMailbox, { account, isSame: await isSameAs(twin, config, secrets) }, by);
      await deps.secrets.save(account.id, twin ? await withKept(driverOf(input.channel), () => deps.secrets.load(twin.id), secrets) : secrets);
      open(account);
      announce();
      return { accountId: account.id, seq };
    },
    async configure(accountId, patch, by) {
      const account = tables.accounts(store.read).find((a) => a.id === accountId);
      if (!account) throw new ParleyError('not_found', 'This account is not connected.');
      await close(accountId);
      const changed = { ...account, config: { ...account.config, ...patch } };
      const { seq } = store.run(putAccount, changed, by);
      if (changed.isConnected) open(changed);
      announce();
      return { seq };
    },
    async changePassword(accountId, password, by) {
      const account = tables.accounts(store.read).find((a) => a.id === accountId && a.channel === 'email');
      if (!account) throw new ParleyError('not_found', 'This mailbox is not connected.');
      const driver = driverOf(account.channel);
      if (driver.shown?.(account.config).mail?.signIn !== 'password') throw new ParleyError('bad_input', 'This mailbox is not opened with a password.');
      const { steps } = await driver.test(account.config, { password }, { clock, log, signal: AbortSignal.timeout(TEST_LIMIT_MS) });
      // Refused is refused; a server that cannot be asked now is no reason to type it again.
      const refused = steps.find((s) => !s.ok && s.step.endsWith('sign-in'));
      if (refused) throw new ParleyError('refused', refused.message);
      await close(accountId);
      await deps.secrets.save(accountId, { password });
      const { seq } = store.run(putAccount, { ...account, isConnected: true }, by);
      open(account);
      announce();
      return { seq };
    },
    settings(accountId) {
      const { account, driver } = mailboxOf(accountId);
      return driver.shown(account.config, clock.now());
    },
    async change(accountId, change, by) {
      const { account, driver } = mailboxOf(accountId);
      const { password, oauth } = change;
      const config = driver.changed(account.config, change);
      const isRunning = running.has(accountId);
      // Whoever reads the mailbox may be renewing the same tokens: one at a time.
      if (oauth !== null) await close(accountId);
      const goOn = (): void => {
        if (!isRunning || running.has(accountId)) return;
        open(account);
        announce();
      };
      try {
        const stored = await deps.secrets.load(accountId);
        const fresh = password === undefined ? stored : { ...stored, password };
        const secrets = await driver.login(config, { secrets: async () => fresh, saveSecrets: (next) => deps.secrets.save(accountId, next), clock, log });
        const { steps } = await driverOf(account.channel).test(config, secrets, { clock, log, signal: AbortSignal.timeout(TEST_LIMIT_MS) });
        if (steps.length === 0 || steps.some((step) => !step.ok)) {
          goOn();
          return { ok: false, steps, isSame: true };
        }
        const isSame = await isSameAs(account, config, secrets);
        await close(accountId);
        if (password !== undefined) await deps.secrets.save(accountId, fresh);
        const after = { ...account, config, isConnected: true };
        store.run(changeMailbox, { account: after, isSame }, by);
        open(after);
        announce();
        return { ok: true, steps, isSame };
      } catch (error) {
        goOn();
        throw error;
      }
    },
    async folders(accountId) {
      const channel = running.get(accountId)?.channel;
      if (!channel?.folders) throw new ParleyError('not_found', 'This mailbox is not connected.');
      return channel.folders();
    },
    async readFolders(accountId, paths, by) {
      if (running.get(accountId)?.channel.folders === undefined) throw new ParleyError('not_found', 'This mailbox is not connected.');
      await close(accountId);
      const { seq, value } = store.run(chooseFolders, { accountId, paths }, by);
      open(value);
      announce();
      return { seq };
    },
    async remove(accountId, by) {
      if (!tables.accounts(store.read).some((a) => a.id === accountId)) throw new ParleyError('not_found', 'This account is not connected.');
      await close(accountId);
      await deps.secrets.forget(accountId);
      const { seq } = store.run(removeAccount, { accountId }, by);
      announce();
      return { seq };
    },
    async poll(accountId) {
      const entry = running.get(accountId);
      if (!entry) throw new ParleyError('not_found', 'This account is not connected.');
      await entry.channel.poll();
    },
    async pollAll() {
      await Promise.allSettled([...running.values()].map(({ channel }) => channel.poll()));
    },
    async stop() {
      stopListening();
      await signIns.stop();
      cancelFlush?.();
      await Promise.allSettled([...running.values()].map(({ channel }) => channel.stop()));
      running.clear();
    },
  };
}
