import type { SignInInput } from '../../src-preload/contract/index.ts';
import type { ChannelDriver, SignedIn } from '../channels/port.ts';
import { ParleyError, type Clock, type Ids, type Log } from '../kernel/index.ts';
import { tables, type Store } from '../store/index.ts';
import { withKept } from './kept-secrets.ts';
import { changeMailbox, dropAccount, putAccount } from './operations.ts';
import type { SecretBox } from './registry.ts';

export interface SignInResult { accountId: string; address: string; seq: number }

interface Started { signInId: string; url: string; redirectUri: string; expiresAt: number; userCode: string | null }

export interface SignIns {
  start(input: SignInInput, accountId: string | null, by: { at: number; agent: string }): Promise<Started>;
  /** Starts the sign-in of an account once more, with what it was started with. */
  again(accountId: string, way: 'page' | 'code', by: { at: number; agent: string }): Promise<Started>;
  done(signInId: string): Promise<SignInResult>;
  cancel(signInId: string): void;
  stop(): Promise<void>;
}

export interface SignInDeps {
  store: Store;
  secrets: SecretBox;
  ids: Ids;
  clock: Clock;
  log: Log;
  driverOf(channel: string): ChannelDriver;
  /** Stops the account's channel, if one runs. */
  close(accountId: string): Promise<void>;
  open(account: tables.AccountRecord): void;
  /** Whether an account connected anew is read on from where it stood. */
  isSameAs(before: tables.AccountRecord | undefined, config: Record<string, unknown>, secrets: Record<string, string>): Promise<boolean>;
}

interface UnderWay { id: string; abort: AbortController; result: Promise<SignInResult> }

/** An account whose tokens are sealed, but of which nobody has said yet whose it is: nothing shows it and nothing runs it. */
export const isPending = (account: tables.AccountRecord): boolean => account.address === '' && !account.isConnected;

/** Signs accounts in through the person's browser; one at a time, because one person does it. */
export function createSignIns(deps: SignInDeps): SignIns {
  const { store, secrets, ids, clock, log } = deps;
  let current: UnderWay | null = null;

  const drop = async (accountId: string): Promise<void> => {
    await secrets.forget(accountId);
    store.run(dropAccount, { accountId }, { at: clock.now(), agent: 'Parley' });
  };

  async function settle(pendingId: string, target: tables.AccountRecord | null, input: SignInInput, signedIn: SignedIn, agent: string): Promise<SignInResult> {
    const { address, config } = signedIn;
    const isSame = (other: { address: string }): boolean => other.address.toLowerCase() === address.toLowerCase();
    if (target && !isSame(target)) throw new ParleyError('refused', `This sign-in belongs to ${address}, not to ${target.address}. Nothing was changed; sign in as ${target.address}.`);
    const known = target ?? tables.accountByAddress(store.read, input.channel, address);
    const wasRemoved = known !== undefined && !tables.accounts(store.read).some((a) => a.id === known.id);
    const account: tables.AccountRecord = known
      ? { ...known, ...(wasRemoved ? { name: input.name } : {}), config: { ...known.config, ...config }, isConnected: true }
      : { id: pendingId, channel: input.channel, name: input.name, address, config, isConnected: true };
    if (known) {
      // A running channel could renew the old tokens and store them over the new ones.
      await deps.close(known.id);
      await secrets.save(known.id, await withKept(deps.driverOf(input.channel), () => secrets.load(known.id), signedIn.secrets));
    }
    const { seq } = store.run(changeMailbox, { account, isSame: await deps.isSameAs(known, account.config, signedIn.secrets) }, { at: clock.now(), agent });
    if (known) await drop(pendingId);
    deps.open(account);
    log.info('account.signedIn', { accountId: account.id, isNew: known === undefined });
    return { accountId: account.id, address: account.address, seq };
  }

  const signIns: SignIns = {
    async again(accountId, way, by) {
      const account = tables.accounts(store.read).find((a) => a.id === accountId);
      const driver = account && deps.driverOf(account.channel);
      if (!account || !driver?.signInAgain) throw new ParleyError('not_found', 'This account is not connected, or has no sign-in page.');
      return signIns.start(driver.signInAgain(account, await secrets.load(accountId), way), accountId, by);
    },
    async start(input, accountId, by) {
      const driver = deps.driverOf(input.channel);
      if (!driver.signIn) throw new ParleyError('unavailable', 'This kind of account has no sign-in page.');
      const target = accountId === null ? null : (tables.accounts(store.read).find((a) => a.id === accountId && a.channel === input.channel) ?? null);
      if (accountId !== null && target === null) throw new ParleyError('not_found', 'This account is not connected.');
      current?.abort.abort();
      await current?.result.catch(() => {});
      const pendingId = ids.next();
      const abort = new AbortController();
      const isKept = { value: false };
      const underWay = await driver.signIn(input, {
        clock, log, signal: abort.signal,
        async keep(config, secretValues) {
          isKept.value = true;
          store.run(putAccount, { id: pendingId, channel: input.channel, name: input.name, address: '', config, isConnected: false }, { at: clock.now(), agent: by.agent });
          await secrets.save(pendingId, secretValues);
        },
      });
      const result = underWay.done
        .then((signedIn) => settle(pendingId, target, input, signedIn, by.agent))
        .catch(async (error: unknown) => {
          if (isKept.value && tables.accounts(store.read).some((a) => a.id === pendingId && isPending(a))) await drop(pendingId);
          throw error;
        });
      // Whoever asks for the end gets it; nobody asking is no fault.
      result.catch(() => {});
      current = { id: ids.next(), abort, result };
      return { signInId: current.id, url: underWay.url, redirectUri: underWay.redirectUri, expiresAt: underWay.expiresAt, userCode: underWay.userCode };
    },
    done(signInId) {
      if (current?.id !== signInId) throw new ParleyError('not_found', 'This sign-in is over; start it again.');
      return current.result;
    },
    cancel(signInId) {
      if (current?.id === signInId) current.abort.abort();
    },
    async stop() {
      current?.abort.abort();
      await current?.result.catch(() => {});
    },
  };
  return signIns;
}
