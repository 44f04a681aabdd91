import { afterEach, describe, expect, it } from 'vitest';
import { manualClock, silentLog, type ManualClock } from '../../kernel/index.ts';
import { eventually, startChannel, type RunningChannel } from '../contract-suite.ts';
import { makeClient } from './client.ts';
import { createSession } from './session.ts';
import { startXTestPeer, type XTestPeer } from './test-peer.ts';

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const APP = 'app-bearer';
const minute = 60_000;

interface Desk { peer: XTestPeer; running: RunningChannel; clock: ManualClock; reads(path: RegExp): number; connects(): number }

async function desk({ appBearer = APP, prepare = () => {} }: { appBearer?: string; prepare?: (peer: XTestPeer) => void } = {}): Promise<Desk> {
  const clock = manualClock(Date.now());
  const peer = await startXTestPeer(() => clock.now());
  open.push(peer);
  peer.x.activity.addApp(APP);
  prepare(peer);
  const running = startChannel(peer, { clock, secrets: { ...peer.secrets, appBearer } });
  open.push({ close: () => running.channel.stop() });
  await running.untilState('live');
  const reads = (path: RegExp): number => peer.x.requests().filter((r) => path.test(r.path)).length;
  return { peer, running, clock, reads, connects: () => reads(/activity\/stream/) };
}

async function listening(options?: Parameters<typeof desk>[0]): Promise<Desk> {
  const made = await desk(options);
  await eventually(() => made.peer.x.activity.connections() === 1 && made.clock.pending() === 2);
  return made;
}

/** Moves time in small steps, until it holds or `ms` are over; how long it took. */
async function waited(clock: ManualClock, ms: number, check: () => boolean): Promise<number | null> {
  const from = clock.now();
  while (!check()) {
    if (clock.now() - from >= ms) return null;
    clock.advance(250);
    for (let turn = 0; turn < 60; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return clock.now() - from;
}

/** Heartbeats reach the reader: its time of silence begins anew. */
async function beat({ peer, clock }: Desk): Promise<void> {
  peer.x.activity.heartbeat();
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(0);
}

describe('the activity stream is a hint', () => {
  it('a mention comes within seconds, long before polling would ask', async () => {
    const one = await listening();
    one.clock.advance(5_000);
    one.peer.mention();
    expect(await waited(one.clock, 29_000, () => one.running.messages().length === 1)).toBeLessThanOrEqual(5_000);
  });

  it('a direct message, too', async () => {
    const one = await listening();
    one.clock.advance(6_000);
    one.peer.x.addDm({ fromId: one.peer.customer.id, toId: one.peer.own.id, text: 'my order number is 5' });
    expect(await waited(one.clock, 25_000, () => one.running.messages().length === 1)).toBeLessThanOrEqual(5_000);
  });

  it('a stream that loses every event misses nothing', async () => {
    const one = await listening({ prepare: (peer) => peer.x.activity.setDelivery('lost') });
    const wanted = [one.peer.mention()];
    expect(await waited(one.clock, 10_000, () => one.running.messages().length > 0)).toBeNull();
    await waited(one.clock, 40_000, () => one.running.messages().length === 1);
    wanted.push(one.peer.mention());
    await waited(one.clock, 40_000, () => one.running.messages().length === 2);
    expect(one.running.messages().map((m) => m.externalId)).toEqual(wanted);
  });

  it('a burst, every event twice, is a few reads and breaks no limit', async () => {
    const one = await listening({ prepare: (peer) => peer.x.activity.setDelivery('twice') });
    const before = one.reads(/mentions/);
    const startedAt = one.clock.now();
    for (let i = 0; i < 120; i += 1) {
      one.peer.mention();
      if (i % 4 === 0) one.peer.x.addDm({ fromId: one.peer.customer.id, toId: one.peer.own.id, text: `direct ${i}` });
      await waited(one.clock, 250, () => false);
    }
    // What exceeds the window of direct messages comes with the usual reading.
    await waited(one.clock, 3 * minute, () => one.running.messages().length === 150);
    const seconds = (one.clock.now() - startedAt) / 1_000;
    expect(one.reads(/mentions/) - before).toBeLessThanOrEqual(seconds / 3 + 2);
    expect(new Set(one.running.messages().map((m) => m.externalId)).size).toBe(150);
    expect(one.peer.x.requests().filter((r) => r.status === 429)).toEqual([]);
  });

  it('a deleted post of ours becomes a tombstone soon, not at the next quarter of an hour', async () => {
    const one = await listening();
    const id = one.peer.x.addPost({ authorId: one.peer.own.id, text: 'We are back' }).id;
    await one.running.channel.poll();
    one.peer.x.deletePost(id);
    const gone = (): boolean => one.running.batches.some((batch) => batch.events.some((event) => event.type === 'deleted' && event.externalId === id));
    expect(await waited(one.clock, 60_000, gone)).toBeLessThanOrEqual(31_000);
  });

  it('a revoked sign-in is believed only from the next read, and that comes at once', async () => {
    const one = await listening();
    one.clock.advance(5_000);
    const token = one.peer.x.state.grants[0]?.accessToken;
    await fetch(`${one.peer.x.url}/2/oauth2/revoke`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) });
    expect(await waited(one.clock, 20_000, () => one.running.statuses.at(-1)?.state === 'sign_in_needed')).toBeLessThanOrEqual(5_000);
  });
});

describe('the line of the stream', () => {
  it('silence is a broken line; heartbeats are not silence', async () => {
    const one = await listening();
    for (let i = 0; i < 6; i += 1) {
      one.clock.advance(20_000);
      await beat(one);
    }
    expect(one.connects()).toBe(1);
    one.clock.advance(26_000);
    expect(await waited(one.clock, 5_000, () => one.connects() === 2)).toBeLessThanOrEqual(1_000);
  });

  it('a cut one is opened again, each time a little later, and hears as before', async () => {
    const one = await listening();
    for (let i = 2; i <= 5; i += 1) {
      one.peer.x.activity.drop();
      expect(await waited(one.clock, 10_000, () => one.connects() === i && one.peer.x.activity.connections() === 1)).not.toBeNull();
    }
    await waited(one.clock, 1_000, () => false);
    one.peer.mention();
    expect(await waited(one.clock, 10_000, () => one.running.messages().length === 1)).not.toBeNull();
  });

  it('where two other desks hold both connections, it waits a minute, and reading goes on', async () => {
    const held: AbortController[] = [];
    const clock = manualClock(Date.now());
    const peer = await startXTestPeer(() => clock.now());
    open.push(peer);
    peer.x.activity.addApp(APP);
    for (let i = 0; i < 2; i += 1) {
      held.push(new AbortController());
      await fetch(`${peer.x.url}/2/activity/stream`, { headers: { authorization: `Bearer ${APP}` }, signal: held[i]?.signal ?? null });
    }
    const running = startChannel(peer, { clock, secrets: { ...peer.secrets, appBearer: APP } });
    open.push({ close: () => running.channel.stop() });
    const connects = (): number => peer.x.requests().filter((r) => r.path.endsWith('/stream')).length;
    await eventually(() => connects() === 3 && clock.pending() === 2);
    expect(peer.x.requests().findLast((r) => r.path.endsWith('/stream'))?.status).toBe(429);
    for (const one of held) one.abort();
    await eventually(() => peer.x.activity.connections() === 0);
    peer.mention();
    expect(await waited(clock, 59_000, () => connects() === 4)).toBeNull();
    expect(running.messages()).toHaveLength(1);
    expect(running.statuses.at(-1)?.state).toBe('live');
    expect(await waited(clock, 3_000, () => peer.x.activity.connections() === 1)).not.toBeNull();
  });

  it('a token X does not accept is said beside the connection, and everything is read as without it', async () => {
    const one = await desk({ appBearer: 'wrong' });
    await one.running.until(() => /bearer token/.test(one.running.statuses.at(-1)?.status ?? ''));
    expect(one.running.statuses.at(-1)?.state).toBe('live');
    one.peer.mention();
    await waited(one.clock, 2 * minute, () => one.running.messages().length === 1);
    expect(one.running.messages()).toHaveLength(1);
    expect(one.connects()).toBeLessThanOrEqual(4);
  });

  it('without a token none is opened; stopped, none stays open', async () => {
    const one = await desk({ appBearer: '' });
    await one.running.channel.poll();
    expect(one.reads(/activity/)).toBe(0);
    const other = await listening();
    await other.running.channel.stop();
    await eventually(() => other.peer.x.activity.connections() === 0);
    expect(other.clock.pending()).toBe(0);
  });

  it('each event is asked for once, whatever was asked for before', async () => {
    const one = await listening();
    await one.running.channel.stop();
    const asked = one.peer.x.state.subscriptions?.length;
    expect(asked).toBe(7);
    const again = startChannel(one.peer, { clock: one.clock, cursors: one.running.cursors, secrets: { ...one.peer.secrets, appBearer: APP } });
    open.push({ close: () => again.channel.stop() });
    await eventually(() => one.peer.x.activity.connections() === 1);
    expect(one.peer.x.requests().filter((r) => r.method === 'POST' && r.path.endsWith('/subscriptions'))).toHaveLength(7);
  });
});

it('a pasted token is locked away, and tried with the connection', async () => {
  const peer = await startXTestPeer();
  open.push(peer);
  peer.x.activity.addApp(APP);
  const tried = async (appBearer: string): Promise<unknown> => {
    const { config, secrets } = peer.driver.split({ channel: 'x', name: 'X', apiBase: peer.x.url, ownsApp: true, appBearer, tokens: { type: 'oauth2', accessToken: peer.secrets['accessToken'] ?? '', refreshToken: null, clientId: null } });
    expect(JSON.stringify(config)).not.toContain(appBearer);
    expect(secrets['appBearer']).toBe(appBearer);
    const { steps } = await peer.driver.test(config, secrets, { clock: manualClock(), log: silentLog, signal: new AbortController().signal });
    return steps.at(-1);
  };
  expect(await tried(APP)).toEqual({ step: 'Activity stream', ok: true, message: 'X accepts the app’s token.' });
  expect(await tried('app-wrong')).toMatchObject({ step: 'Activity stream', ok: false, message: expect.stringMatching(/bearer token/) as string });
});

it('the app’s token stays when the sign-in is renewed', async () => {
  const peer = await startXTestPeer();
  open.push(peer);
  const client = makeClient(peer.x.url, manualClock());
  open.push(client);
  let stored: Record<string, string> = { ...peer.secrets, appBearer: APP };
  const session = createSession(client, { secrets: () => Promise.resolve(stored), saveSecrets: (next) => Promise.resolve(void (stored = next)) }, { clock: manualClock(), log: silentLog });
  peer.x.state.grants.forEach((grant) => (grant.accessExpiresAt = 0));
  expect(await session.send({ method: 'GET', path: '/2/users/me' })).toMatchObject({ ok: true });
  expect(stored['accessToken']).not.toBe(peer.secrets['accessToken']);
  expect(stored['appBearer']).toBe(APP);
});
