import { afterEach, describe, expect, it } from 'vitest';
import { createLog, silentLog, systemClock, systemRandom, manualClock, ParleyError, type Log } from '../kernel/index.ts';
import { apart } from './apart.ts';
import type { ApartDriver } from './apart-thread.ts';
import { memoryFiles } from './contract-suite.ts';
import { threadSource, type ThreadSource } from './thread-source.ts';
import type { Batch, Channel, ChannelContext, ChannelDriver, ConnectionStatus, OutgoingItem } from './port.ts';

const here: Channel = { start: () => {}, stop: async () => {}, poll: async () => {}, send: async () => ({ type: 'done' }), reconcile: async () => ({ type: 'not_found' }) };
const madeUp: ApartDriver = { kind: 'email', prices: {}, split: () => ({ config: {}, secrets: {} }), open: () => here, test: async () => ({ steps: [], address: null }) };
const limits = { goodMs: 30_000, backoffMs: 20, backoffCapMs: 40, stopMs: 20_000 };
const threads = (): ThreadSource => threadSource(new URL('./apart.fixture.ts', import.meta.url), 64);
const inThread = (changes: Partial<typeof limits> = {}): ChannelDriver => apart(madeUp, threads(), { ...limits, ...changes });

interface Account { channel: Channel; context: ChannelContext; statuses: ConnectionStatus[]; batches: Batch[]; cursors: Map<string, string>; until(status: RegExp): Promise<void> }

const open: Account[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ channel }) => channel.stop()));
});

function openAccount(driver: ChannelDriver, name = 'Care', changes: Partial<ChannelContext> = {}): Account {
  const [statuses, batches, cursors]: [ConnectionStatus[], Batch[], Map<string, string>] = [[], [], new Map([['place', '5']])];
  const waiting = new Set<() => void>();
  const unused = (): never => {
    throw new Error('not for mail');
  };
  const context: ChannelContext = {
    account: { id: name, name, address: name, config: {} }, clock: systemClock, random: systemRandom, log: silentLog, files: { ...memoryFiles(), folder: '/nowhere' },
    secrets: async () => ({ token: 'old' }), saveSecrets: async () => {},
    cursor: (cursor) => cursors.get(cursor) ?? null, cursors: () => Object.fromEntries(cursors),
    async sink(batch) {
      batches.push(batch);
      for (const [cursor, value] of Object.entries(batch.cursors)) cursors.set(cursor, value);
    },
    setStatus(status) {
      statuses.push(status);
      waiting.forEach((check) => check());
    },
    places: async (path) => [{ epoch: path, keys: [1, 2] }], owed: async () => [],
    watch: unused, openThreads: unused, budget: unused, recentExternalIds: unused, recentReferences: unused, knownPost: unused, wantedMedia: unused,
    ...changes,
  };
  const channel = driver.open(context);
  const account: Account = {
    channel, context, statuses, batches, cursors,
    until: (words) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!statuses.some(({ status }) => words.test(status))) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
  open.push(account);
  channel.start();
  return account;
}

const item = (text: string): OutgoingItem => ({ outboxId: 'o', idempotencyKey: 'k', attempt: 1, mode: 'mail', to: [], cc: [], subject: null, text, inReplyTo: null, references: [], peerId: null, files: [], enqueuedAt: 0 });

describe('an account in a thread of its own', () => {
  it('does what it is asked there, and asks here for what is kept here', async () => {
    const { channel, statuses, until } = openAccount(inThread());
    expect(await channel.send(item('hello'))).toMatchObject({ problem: 'Care got hello' });
    expect(await channel.reconcile(item('hello'))).toEqual({ type: 'not_found' });
    expect(await channel.folders?.()).toMatchObject([{ path: 'of Care' }]);
    await channel.poll();
    channel.marksWait?.();
    await channel.send(item('secrets'));
    await channel.send(item('places'));
    await until(/places/);
    expect(statuses.map(({ status }) => status)).toEqual(['begins at 5', 'polled', 'marks wait', 'secret old', 'places [[{"epoch":"INBOX","keys":[1,2]}],[]]']);
  });

  it('shares it with the others', async () => {
    const driver = inThread();
    const [a, b] = [openAccount(driver, 'A'), openAccount(driver, 'B')];
    expect(await a.channel.send(item('x'))).toMatchObject({ problem: 'A got x' });
    await a.channel.stop();
    expect(await b.channel.send(item('y'))).toMatchObject({ problem: 'B got y' });
  });

  it.each([
    ['auth', { name: 'ParleyError', code: 'auth_needed', message: 'Sign in again.' }],
    ['odd', { message: 'no', code: 'ECONNRESET' }],
  ])('hears of a failure as it was (%s)', async (text, failure) => {
    const { channel } = openAccount(inThread());
    await expect(channel.send(item(text))).rejects.toMatchObject(failure);
  });

  it('knows a cursor as moved once it is committed, and not when that failed', async () => {
    const good = openAccount(inThread());
    await good.channel.send(item('commit'));
    await good.until(/place 8/);
    const bad = openAccount(inThread(), 'Full', { sink: () => Promise.reject(new ParleyError('storage', 'The disk is full.')) });
    await expect(bad.channel.send(item('commit'))).rejects.toMatchObject({ code: 'storage', message: 'The disk is full.' });
    await bad.until(/place 5/);
  });

  it('goes on with new secrets only when they are kept', async () => {
    const events: string[] = [];
    const kept = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const { channel } = openAccount(inThread(), 'Care', {
      async saveSecrets(secrets) {
        asked.resolve();
        await kept.promise;
        events.push(`kept ${secrets['token']}`);
      },
    });
    const sent = channel.send(item('save secrets')).then(() => events.push('used'));
    await asked.promise;
    kept.resolve();
    await sent;
    expect(events).toEqual(['kept new', 'used']);
  });

  it('leaves a turn for others between two pages of history, in their order; what is live does not wait for them', async () => {
    const happened: string[] = [];
    const { channel } = openAccount(inThread(), 'Care', {
      async sink({ cursors }) {
        happened.push(`page ${cursors['page']}`);
        if (cursors['page'] !== 'now') setImmediate(() => happened.push('others'));
      },
    });
    await channel.send(item('three pages'));
    const pages = happened.filter((one) => one !== 'page now');
    expect(pages.slice(0, 5)).toEqual(['page 1', 'others', 'page 2', 'others', 'page 3']);
    expect(happened.indexOf('page now')).toBeLessThan(happened.indexOf('page 3'));
  });

  it('says nothing private in the log, and lets no error stop at the border', async () => {
    const lines: string[] = [];
    const log: Log = createLog((line) => lines.push(line), () => 0);
    const { channel } = openAccount(inThread(), 'Care', { log });
    await channel.send(item('log'));
    expect(lines).toEqual([expect.stringContaining('"event":"made.up","error":"Error: from [address]","password":"[hidden]"')]);
  });

  it('runs here when it has a clock of its own, or its files in memory only', async () => {
    const driver = inThread();
    const { context } = openAccount(driver);
    expect(driver.open({ ...context, clock: manualClock() })).toBe(here);
    const { folder: _, ...inMemory } = context.files;
    expect(driver.open({ ...context, files: inMemory })).toBe(here);
  });
});

describe('a thread that dies', () => {
  it.each(['die', 'die of memory'])('leaves the send under way unknown and comes back by itself, all its accounts too (%s)', async (how) => {
    const driver = inThread();
    const [a, b] = [openAccount(driver, 'A'), openAccount(driver, 'B')];
    await Promise.all([a.until(/begins/), b.until(/begins/)]);
    // Rejected: to the outbox that is "unknown", which is never sent again.
    await expect(a.channel.send(item(how))).rejects.toThrow('interrupted');
    for (const { statuses } of [a, b]) expect(statuses.at(-1)).toMatchObject({ state: 'waiting', status: expect.stringMatching(/^The .*\.$/), retryAt: expect.any(Number) });
    for (const { statuses } of [a, b]) statuses.length = 0;
    await Promise.all([a.until(/begins at 5/), b.until(/begins at 5/)]);
    expect(await b.channel.send(item('again'))).toMatchObject({ problem: 'B got again' });
  });

  it('is started again only when what it had handed in is committed', async () => {
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const account = openAccount(inThread(), 'Care', {
      async sink({ cursors }) {
        asked.resolve();
        await gate.promise;
        for (const [name, value] of Object.entries(cursors)) account.cursors.set(name, value);
      },
    });
    await account.until(/begins/);
    const sent = account.channel.send(item('commit and die'));
    await expect(sent).rejects.toThrow('interrupted');
    await asked.promise;
    const polled = account.channel.poll();
    gate.resolve();
    await polled;
    await account.until(/begins at 7/);
    expect(account.statuses.map(({ status }) => status).filter((status) => status.startsWith('begins'))).toEqual(['begins at 5', 'begins at 7']);
  });

  it('sends nothing while it is away, and says so; who reads now need not wait', async () => {
    const { channel, statuses } = openAccount(inThread({ backoffMs: 600_000, backoffCapMs: 600_000 }));
    await expect(channel.send(item('die'))).rejects.toThrow();
    expect(await channel.send(item('x'))).toMatchObject({ type: 'retry', waitsFor: 'network' });
    expect(await channel.reconcile(item('x'))).toMatchObject({ type: 'undecided' });
    await expect(channel.folders?.()).rejects.toMatchObject({ code: 'offline', retryable: true });
    channel.marksWait?.();
    await channel.poll();
    expect(statuses.at(-1)?.status).toBe('polled');
  });
});

describe('the end of an account', () => {
  it('waits for a commit under way', async () => {
    const { channel, cursors } = openAccount(inThread(), 'commits at stop');
    await channel.stop();
    expect(cursors.get('place')).toBe('9');
  });

  it('comes though its thread hangs, and the others go on', async () => {
    const driver = inThread({ stopMs: 100 });
    const [bad, good] = [openAccount(driver, 'hangs at stop'), openAccount(driver, 'Good')];
    await Promise.all([bad.until(/begins/), good.until(/begins/)]);
    good.statuses.length = 0;
    await bad.channel.stop();
    await good.until(/begins/);
    expect(await good.channel.send(item('x'))).toMatchObject({ problem: 'Good got x' });
  });

  it('leaves no thread behind, and asked again it answers', async () => {
    const driver = inThread();
    const one = openAccount(driver);
    await one.until(/begins/);
    expect(process.getActiveResourcesInfo()).toContain('MessagePort');
    await one.channel.stop();
    await one.channel.stop();
    expect(process.getActiveResourcesInfo()).not.toContain('MessagePort');
    const again = openAccount(driver);
    expect(await again.channel.send(item('x'))).toMatchObject({ problem: 'Care got x' });
  });
});
