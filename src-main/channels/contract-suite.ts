import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { manualClock, oneTurn, ParleyError, seededRandom, silentLog, type ManualClock } from '../kernel/index.ts';
import type { Batch, Channel, ChannelContext, ChannelDriver, ConnectionStatus, FileStore, MessageEvent, OutgoingItem, OwedMark, ReconcileOutcome } from './port.ts';

/**
 * What every channel promises, run against a real server on loopback. A channel's own test calls `channelContract(name, startPeer)`;
 * `startChannel` is also good for its further tests. Time stands still (`clock` is manual) unless a test moves it, so nothing here
 * waits by the clock: tests wait for events and states.
 */
export interface ChannelPeer {
  driver: ChannelDriver;
  account: { name: string; address: string; config: unknown };
  secrets: Record<string, string>;
  /** Secrets the server refuses. */
  wrongSecrets: Record<string, string>;
  /** Lets customers write `count` messages; returns their external ids. They must be readable when it resolves. */
  deliver(count: number): Promise<string[]>;
  /** A send to a customer who exists there. The same `key` must always give the same item. */
  item(key: string): OutgoingItem;
  /** How the server treats the next send. `vanish` = it takes the message and the connection ends without an answer. */
  nextSend(how: 'accept' | 'refuse' | 'later' | 'auth' | 'vanish'): void;
  /** Number of messages with this item's key or text that the server has taken for good. */
  taken(item: OutgoingItem): number;
  /** What reading back must find after `vanish`. */
  afterVanish: ReconcileOutcome['type'];
  /** Cuts all connections and refuses new ones, and the way back. */
  outage(): Promise<void>;
  restore(): Promise<void>;
  /** Connections open at the server now. */
  connections(): number;
  /** Ends the sign-in at the provider; `signInAgain` gives the secrets of a new one. Absent where secrets cannot be ended. */
  revocation?: { revoke(): void; signInAgain(): Record<string, string> };
  /** What goes wrong between a server and us one message at a time. Absent where one answer carries all that a read brings. */
  disorder?: {
    /** Leaves out the answer about one message of the next read. */
    lose(which: 'first' | 'middle' | 'last' | 'only'): void;
    /** Hands out the messages of every read in reverse. */
    reverse(): void;
    /** Acts once in the middle of the next read. */
    during(act: () => Promise<void> | void): void;
    /** Answers left out or moved so far: a test in which nothing went wrong shows nothing. */
    altered(): number;
    /** Takes a message away at the server. */
    withdraw(externalId: string): Promise<void>;
    /** Delivers messages dated so (ms UTC), in this order; returns their external ids. */
    deliverDated(times: readonly number[]): Promise<string[]>;
  };
  close(): Promise<void>;
}

export interface RunningChannel {
  channel: Channel;
  clock: ManualClock;
  cursors: Map<string, string>;
  files: FileStore;
  batches: Batch[];
  statuses: ConnectionStatus[];
  /** Message events so far, in the order they came. */
  messages(): MessageEvent[];
  /** Resolves when `check` holds; looked at after every batch and status. */
  until(check: () => boolean): Promise<void>;
  untilState(state: ConnectionStatus['state']): Promise<void>;
  /** The next `sink` rejects with this, once. */
  failNextSink(error: Error): void;
}

/** Files in memory; `put` hashes as the real store does. */
export function memoryFiles(): FileStore & { remove(sha256: string): void } {
  const files = new Map<string, Uint8Array>();
  const put = (bytes: Uint8Array): string => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.set(sha256, Uint8Array.from(bytes));
    return sha256;
  };
  return {
    put,
    putAll: async (many) => many.map(put),
    get(sha256) {
      const bytes = files.get(sha256);
      if (!bytes) throw new ParleyError('not_found', 'This file is not here.');
      return bytes;
    },
    slice: (sha256, from, to) => files.get(sha256)?.subarray(from, to) ?? new Uint8Array(),
    remove: (sha256) => void files.delete(sha256),
  };
}

/** Opens and starts a channel of `peer` over a context that keeps everything in memory. `cursors` of an earlier run make it resume. */
export function startChannel(
  peer: Pick<ChannelPeer, 'driver' | 'account' | 'secrets'>,
  options: { cursors?: Map<string, string>; files?: FileStore; clock?: ManualClock; budget?: ChannelContext['budget']; watch?: ChannelContext['watch']; openThreads?: ChannelContext['openThreads']; secrets?: Record<string, string>; onBatch?: (batch: Batch) => Promise<void> | void; owed?: () => OwedMark[]; places?: (path: string) => Awaited<ReturnType<ChannelContext['places']>> } = {},
): RunningChannel {
  const clock = options.clock ?? manualClock(Date.now());
  const cursors = options.cursors ?? new Map<string, string>();
  const files = options.files ?? memoryFiles();
  let secrets = options.secrets ?? peer.secrets;
  const batches: Batch[] = [];
  const statuses: ConnectionStatus[] = [];
  const watchers = new Set<() => void>();
  let sinkError: Error | null = null;
  const changed = (): void => [...watchers].forEach((watch) => watch());
  const messages = (): MessageEvent[] => batches.flatMap((batch) => batch.events.filter((event) => event.type === 'message'));
  const context: ChannelContext = {
    account: { id: '01900000-0000-7000-8000-000000000001', ...peer.account },
    secrets: async () => secrets,
    saveSecrets: async (next) => void (secrets = next),
    clock,
    random: seededRandom(7),
    log: silentLog,
    files,
    cursor: (name) => cursors.get(name) ?? null,
    cursors: () => Object.fromEntries(cursors),
    async sink(batch) {
      await options.onBatch?.(batch);
      if (sinkError) {
        const error = sinkError;
        sinkError = null;
        throw error;
      }
      batches.push(batch);
      for (const [name, value] of Object.entries(batch.cursors)) cursors.set(name, value);
      changed();
    },
    setStatus(status) {
      statuses.push(status);
      changed();
    },
    watch: options.watch ?? (() => ({ words: [], ownHandles: [] })),
    openThreads: options.openThreads ?? (() => []),
    owed: async () => options.owed?.() ?? [],
    async places(path) {
      if (options.places) return options.places(path);
      const keys = new Map<string, Set<number>>();
      for (const event of batches.flatMap((batch) => batch.events)) {
        if (event.type === 'message' && event.place?.path === path) keys.set(event.place.epoch, (keys.get(event.place.epoch) ?? new Set()).add(event.place.key));
        if (event.type === 'gone' && event.path === path) for (const key of event.keys) keys.get(event.epoch)?.delete(key);
        if (event.type === 'renumbered' && event.path === path) for (const epoch of keys.keys()) if (epoch !== event.epoch) keys.delete(epoch);
      }
      return [...keys].filter(([, of]) => of.size > 0).map(([epoch, of]) => ({ epoch, keys: [...of].sort((a, b) => a - b) }));
    },
    budget: options.budget ?? (() => ({ usd: Infinity, endsAt: clock.now(), sentence: '' })),
    recentExternalIds: (kind, limit) => messages().filter((event) => event.kind === kind).map((event) => event.externalId).reverse().slice(0, limit),
    recentReferences: (limit) => messages().flatMap(({ detail }) => (detail.type === 'post' ? [detail.quoted, detail.parent ?? null].flatMap((other) => other?.postId ?? []) : [])).slice(0, limit),
    knownPost(externalId) {
      const found = messages().find((event) => event.kind === 'post' && event.externalId === externalId);
      return found?.detail.type === 'post' ? { author: found.direction === 'outbound' ? peer.account.address : found.party.display, text: found.text, isPromoted: found.detail.isPromoted } : null;
    },
    wantedMedia(limit) {
      const settled = new Set(batches.flatMap((batch) => batch.events.flatMap((event) => (event.type === 'media' ? [`${event.externalId} ${event.key}`] : []))));
      return messages().flatMap((event) => (event.wanted ?? []).map((wanted) => ({ ...wanted, externalId: event.externalId, tries: 0 }))).filter((w) => !settled.has(`${w.externalId} ${w.key}`)).slice(0, limit);
    },
  };
  const until = (check: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const watch = (): void => {
        if (!check()) return;
        watchers.delete(watch);
        resolve();
      };
      watchers.add(watch);
      watch();
    });
  const channel = peer.driver.open(context);
  channel.start();
  return {
    channel, clock, cursors, files, batches, statuses, messages, until,
    untilState: (state) => until(() => statuses.at(-1)?.state === state),
    failNextSink: (error) => void (sinkError = error),
  };
}

/** Calls `check` until it holds, giving the event loop a turn in between; the test's timeout is the limit. */
export async function eventually(check: () => boolean): Promise<void> {
  while (!check()) await oneTurn();
}

/** Defines the cases every channel must pass. `startPeer` is called afresh for each case; `skip` is the reason when it cannot run here. */
export function channelContract(name: string, startPeer: () => Promise<ChannelPeer>, skip: string | null = null): void {
  describe.skipIf(skip !== null)(`${name} keeps the channel contract${skip === null ? '' : ` (SKIPPED: ${skip})`}`, () => {
    const cleanUp: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const step of cleanUp.splice(0).reverse()) await step();
    });
    const setUp = async (delivered = 0): Promise<{ peer: ChannelPeer; ids: string[] }> => {
      const peer = await startPeer();
      cleanUp.push(() => peer.close());
      return { peer, ids: delivered === 0 ? [] : await peer.deliver(delivered) };
    };
    const run = (...args: Parameters<typeof startChannel>): RunningChannel => {
      const running = startChannel(...args);
      cleanUp.push(() => running.channel.stop());
      return running;
    };
    const idsOf = (running: RunningChannel): string[] => running.messages().map((event) => event.externalId).sort();

    it('reads what is there and reaches live', async () => {
      const { peer, ids } = await setUp(3);
      const running = run(peer);
      await running.untilState('live');
      await running.channel.poll();
      expect(idsOf(running)).toEqual([...ids].sort());
      for (const event of running.messages()) {
        expect(event.direction).toBe('inbound');
        expect(event.party.value).not.toBe('');
        expect(event.at).toBeLessThanOrEqual(running.clock.now());
      }
    });

    it('says every state in one sentence, waiting always with a time', async () => {
      const { peer } = await setUp(1);
      const running = run(peer);
      await running.untilState('live');
      await peer.outage();
      await running.channel.poll();
      await running.untilState('waiting');
      for (const status of running.statuses) {
        // Where all is well there may be nothing to say beside the state itself.
        if (status.state !== 'live' || status.status !== '') expect(status.status).toMatch(/^[\p{L}\p{N}].*\.$/u);
        if (status.state === 'waiting') expect(status.retryAt).toBeGreaterThanOrEqual(running.clock.now());
      }
    });

    it('gives the same external ids when everything is read again', async () => {
      const { peer, ids } = await setUp(4);
      for (let round = 0; round < 2; round += 1) {
        const running = run(peer);
        await running.untilState('live');
        await running.channel.poll();
        expect(idsOf(running)).toEqual([...ids].sort());
        await running.channel.stop();
      }
    });

    it('resumes from its cursors and reads nothing twice', async () => {
      const { peer } = await setUp(3);
      const first = run(peer);
      await first.untilState('live');
      await first.channel.poll();
      await first.channel.stop();
      const more = await peer.deliver(2);
      const second = run(peer, { cursors: first.cursors, files: first.files });
      await second.untilState('live');
      await second.channel.poll();
      expect(idsOf(second)).toEqual([...more].sort());
    });

    it('delivers a batch again that was not committed', async () => {
      const { peer, ids } = await setUp(2);
      const running = startChannel(peer);
      cleanUp.push(() => running.channel.stop());
      running.failNextSink(new Error('disk full'));
      await running.until(() => running.statuses.at(-1)?.state === 'waiting' || running.statuses.at(-1)?.state === 'live');
      await running.channel.poll();
      await running.channel.poll();
      await running.until(() => ids.every((id) => running.messages().some((event) => event.externalId === id)));
    });

    it('waits through an outage and comes back', async () => {
      const { peer } = await setUp(1);
      const running = run(peer);
      await running.untilState('live');
      await peer.outage();
      await running.channel.poll();
      await running.untilState('waiting');
      await peer.restore();
      const more = await peer.deliver(1);
      await running.channel.poll();
      await running.untilState('live');
      await running.channel.poll();
      expect(idsOf(running)).toEqual(expect.arrayContaining(more));
    });

    it('comes back by itself when its back-off has passed', async () => {
      const { peer } = await setUp(1);
      await peer.outage();
      const running = run(peer);
      await running.untilState('waiting');
      await peer.restore();
      const retryAt = running.statuses.at(-1)?.retryAt ?? 0;
      running.clock.advance(retryAt - running.clock.now() + 1);
      await running.untilState('live');
    });

    it('asks the person to sign in when its secrets are refused', async () => {
      const { peer } = await setUp(1);
      const running = run(peer, { secrets: peer.wrongSecrets });
      await running.untilState('sign_in_needed');
      expect(running.messages()).toEqual([]);
    });

    it('with its sign-in ended reads nothing and sends nothing; signed in again it goes on, nothing lost, nothing twice', async () => {
      const { peer, ids } = await setUp(2);
      // Where a sign-in cannot be ended there is nothing to promise.
      if (!peer.revocation) return;
      const running = run(peer);
      await running.untilState('live');
      await peer.outage();
      await running.channel.poll();
      await running.untilState('waiting');
      peer.revocation.revoke();
      await peer.restore();
      await running.channel.poll();
      await running.untilState('sign_in_needed');
      const more = await peer.deliver(2);
      const item = peer.item('revoked');
      expect(await running.channel.send(item)).toMatchObject({ type: 'auth_needed', problem: expect.stringMatching(/^[\p{L}\p{N}].*\.$/su) });
      await running.channel.poll();
      expect(idsOf(running)).toEqual([...ids].sort());
      await running.channel.stop();
      const again = run(peer, { cursors: running.cursors, files: running.files, secrets: peer.revocation.signInAgain() });
      await again.untilState('live');
      await again.channel.poll();
      expect(idsOf(again)).toEqual(expect.arrayContaining(more));
      expect(again.messages().filter((event) => ids.includes(event.externalId))).toEqual([]);
      expect((await again.channel.send({ ...item, attempt: 2 })).type).toBe('sent');
      expect(peer.taken(item)).toBe(1);
    });

    it.each([['first', 5], ['middle', 5], ['last', 5], ['only', 1]] as const)('misses nothing although the answer about the %s message of %d is lost, new or old', async (which, count) => {
      const { peer, ids } = await setUp(count);
      if (!peer.disorder) return;
      peer.disorder.lose(which);
      const running = run(peer);
      await running.untilState('live');
      expect(idsOf(running)).toEqual([...ids].sort());
      expect(peer.disorder.altered()).toBe(1);
      peer.disorder.lose(which);
      const more = await peer.deliver(count);
      // Heard of at once: nobody asks, and the clock stands still.
      await running.until(() => idsOf(running).length >= count * 2);
      expect(idsOf(running)).toEqual([...ids, ...more].sort());
      expect(peer.disorder.altered()).toBe(2);
    });

    it('takes messages in whatever order they are handed out, each with its own time', async () => {
      const { peer } = await setUp();
      if (!peer.disorder) return;
      const { disorder } = peer;
      disorder.reverse();
      const now = Math.floor(Date.now() / 1_000) * 1_000;
      const times = [3, 9, 1, 7, 5].map((hours) => now - hours * 3_600_000);
      const old = await disorder.deliverDated(times);
      const running = run(peer);
      await running.untilState('live');
      const late = await disorder.deliverDated(times.map((time) => time + 60_000));
      await running.until(() => running.messages().length >= 10);
      const timeOf = new Map(running.messages().map((event) => [event.externalId, event.at]));
      expect(idsOf(running)).toEqual([...old, ...late].sort());
      expect([...old, ...late].map((id) => timeOf.get(id))).toEqual([...times, ...times.map((time) => time + 60_000)]);
      expect(disorder.altered()).toBeGreaterThan(0);
      await running.channel.stop();
      const again = run(peer, { cursors: running.cursors, files: running.files });
      await again.untilState('live');
      await again.channel.poll();
      expect(again.messages()).toEqual([]);
    });

    it('misses nothing that comes, and does not stumble over what goes, in the middle of a read', async () => {
      const { peer, ids } = await setUp(6);
      if (!peer.disorder) return;
      const { disorder } = peer;
      let more: string[] = [];
      const [gone = '', later = ''] = [ids[1], ids[4]];
      disorder.during(async () => {
        await disorder.withdraw(gone);
        more = await peer.deliver(3);
      });
      const running = run(peer);
      await running.untilState('live');
      await running.channel.poll();
      disorder.during(async () => {
        await disorder.withdraw(later);
        more = [...more, ...(await peer.deliver(2))];
      });
      const last = await peer.deliver(2);
      await running.until(() => [...more, ...last].every((id) => idsOf(running).includes(id)) && more.length === 5);
      await running.channel.poll();
      // What went in the middle of being read may be here or not; everything else is, once.
      expect(idsOf(running).filter((id) => id !== gone)).toEqual([...ids, ...more, ...last].filter((id) => id !== gone).sort());
      expect(running.statuses.every((status) => status.state !== 'waiting')).toBe(true);
    });

    it('leaves no timer and no connection after stop', async () => {
      const { peer } = await setUp(1);
      const running = startChannel(peer);
      await running.untilState('live');
      await running.channel.stop();
      expect(running.clock.pending()).toBe(0);
      await eventually(() => peer.connections() === 0);
    });

    it('can be stopped in every state', async () => {
      const { peer } = await setUp(1);
      const connecting = startChannel(peer);
      await connecting.channel.stop();
      await peer.outage();
      const waiting = startChannel(peer);
      await waiting.untilState('waiting');
      await waiting.channel.stop();
      await peer.restore();
      const refused = startChannel(peer, { secrets: peer.wrongSecrets });
      await refused.untilState('sign_in_needed');
      await refused.channel.stop();
      expect([connecting, waiting, refused].map((running) => running.clock.pending())).toEqual([0, 0, 0]);
      await eventually(() => peer.connections() === 0);
    });

    it.each([
      ['accept', ['sent'], 1],
      ['refuse', ['refused'], 0],
      ['later', ['retry'], 0],
      ['auth', ['auth_needed'], 0],
      ['vanish', ['unknown'], 1],
    ] as const)('a send the server answers with "%s" ends as %s', async (how, expected, taken) => {
      const { peer } = await setUp();
      const running = run(peer);
      await running.untilState('live');
      const item = peer.item(`send-${how}`);
      peer.nextSend(how);
      const outcome = await running.channel.send(item);
      expect(expected).toContain(outcome.type);
      expect(peer.taken(item)).toBe(taken);
      if (outcome.type === 'sent') expect(outcome.externalId).not.toBe('');
      else if (outcome.type !== 'done') expect(outcome.problem).toMatch(/^[\p{L}\p{N}].*\.$/su);
    });

    it('a send without network waits for the network', async () => {
      const { peer } = await setUp();
      const running = run(peer);
      await running.untilState('live');
      await peer.outage();
      expect(await running.channel.send(peer.item('offline'))).toMatchObject({ type: 'retry', waitsFor: 'network' });
    });

    it('settles a lost answer by reading back, never by sending again', async () => {
      const { peer } = await setUp();
      const running = run(peer);
      await running.untilState('live');
      const item = peer.item('vanish');
      peer.nextSend('vanish');
      expect((await running.channel.send(item)).type).toBe('unknown');
      const outcome = await running.channel.reconcile(item);
      expect(outcome.type).toBe(peer.afterVanish);
      expect(peer.taken(item)).toBe(1);
    });

    it('polling again brings nothing twice', async () => {
      const { peer } = await setUp(1);
      const running = run(peer);
      await running.untilState('live');
      await running.channel.poll();
      await running.channel.poll();
      const ids = idsOf(running);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });
}
