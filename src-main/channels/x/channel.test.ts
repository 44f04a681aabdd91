import { afterEach, describe, expect, it } from 'vitest';
import { manualClock, type ManualClock } from '../../kernel/index.ts';
import { eventually, startChannel, type RunningChannel } from '../contract-suite.ts';
import { xDriver } from './index.ts';
import { rhythm } from './prices.ts';
import { startXTestPeer, type XTestPeer } from './test-peer.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** A clock that knows what is waited for: `idle` when that is the next reading, and no answer of X. */
function watchedClock(): { clock: ManualClock; isIdle(): boolean } {
  const clock = manualClock(Date.now());
  const waits = new Map<symbol, number>();
  return {
    clock: {
      ...clock,
      after(delayMs, run) {
        const key = Symbol();
        waits.set(key, delayMs);
        const cancel = clock.after(delayMs, () => {
          waits.delete(key);
          run();
        });
        return () => {
          waits.delete(key);
          cancel();
        };
      },
    },
    isIdle: () => waits.size === 1 && ![...waits.values()].includes(rhythm.requestMs),
  };
}

async function desk(prepare: (peer: XTestPeer) => void = () => {}): Promise<{ peer: XTestPeer; running: RunningChannel; reads(path: RegExp): number; isIdle(): boolean }> {
  const { clock, isIdle } = watchedClock();
  const peer = await startXTestPeer(() => clock.now());
  open.push(peer);
  prepare(peer);
  const running = startChannel(peer, { clock });
  open.push({ close: () => running.channel.stop() });
  return { peer, running, isIdle, reads: (path) => peer.x.requests().filter((r) => path.test(r.path)).length };
}

const minute = 60_000;

describe('the rhythm', () => {
  it('reads mentions every 30 seconds by itself, seldomer when nobody writes, and at once when asked', async () => {
    const { peer, running, reads, isIdle } = await desk();
    await eventually(isIdle);
    const mentions = (): number => reads(/mentions/);
    /** Advances and says whether that made it read. */
    const readsAfter = async (ms: number): Promise<boolean> => {
      const before = mentions();
      running.clock.advance(ms);
      await eventually(isIdle);
      return mentions() > before;
    };
    expect(await readsAfter(29_000)).toBe(false);
    expect(await readsAfter(1_100)).toBe(true);
    expect(await readsAfter(180 * minute)).toBe(true);
    expect(await readsAfter(100_000)).toBe(false);
    expect(await readsAfter(21_000)).toBe(true);
    peer.mention();
    await running.channel.poll();
    expect(running.messages()).toHaveLength(1);
    expect(await readsAfter(31_000)).toBe(true);
  });

  it('hours of asking all the time break no limit of X', async () => {
    const { peer, running } = await desk();
    await running.untilState('live');
    for (let i = 0; i < 3 * 60; i += 1) {
      running.clock.advance(minute);
      if (i % 3 === 0) peer.mention();
      await running.channel.poll();
    }
    expect(peer.x.requests().filter((r) => r.status === 429)).toEqual([]);
    expect(running.messages()).toHaveLength(60);
    expect(running.statuses.at(-1)?.state).toBe('live');
  });

  it('asks X at most once a day who we are', async () => {
    const { running, reads } = await desk();
    await running.untilState('live');
    for (let i = 0; i < 5; i += 1) await running.channel.poll();
    expect(reads(/users\/me/)).toBe(1);
  });
});

describe('what the account row says', () => {
  it.each([
    ['credits', 402, { title: 'CreditsDepleted', detail: 'x', type: 'x' }, 'waiting', /credits/],
    ['enrolment', 403, { title: 'Client Forbidden', detail: 'x', type: 'https://api.x.com/2/problems/client-not-enrolled' }, 'failed', /not enrolled/],
    ['a busy X', 503, '<html>', 'waiting', /trouble/],
    ['a gateway page', 200, '<html>', 'waiting', /not X’s format/],
  ])('%s', async (_name, status, body, state, sentence) => {
    const { running } = await desk((peer) => peer.x.failNext({ path: /mentions/, status, body, times: 1 }));
    await running.until(() => running.statuses.at(-1)?.state === state);
    expect(running.statuses.at(-1)?.status).toMatch(sentence);
    expect(running.statuses.at(-1)?.retryAt).toBeGreaterThan(running.clock.now());
    await running.channel.poll();
    expect(running.statuses.at(-1)?.state).toBe('live');
  });

  it('waits for the window X names, to the second', async () => {
    const { peer, running } = await desk();
    await running.untilState('live');
    const reset = Math.ceil(running.clock.now() / 1_000) + 300;
    peer.x.failNext({ path: /mentions/, status: 429, body: { type: 'about:blank', status: 429 }, headers: { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(reset) } });
    await running.channel.poll();
    expect(running.statuses.at(-1)).toMatchObject({ state: 'waiting', retryAt: reset * 1_000 });
    const before = peer.x.requests().filter((r) => r.path.includes('mentions')).length;
    await running.channel.poll();
    expect(peer.x.requests().filter((r) => r.path.includes('mentions'))).toHaveLength(before);
    // In small steps: a round that begins on the way must find the clock where it would be.
    await eventually(() => {
      running.clock.advance(1_000);
      return running.statuses.at(-1)?.state === 'live';
    });
    expect(running.clock.now()).toBeGreaterThanOrEqual(reset * 1_000);
  });

  it('a list that fails alone does not take the connection down', async () => {
    const { peer, running } = await desk((x) => x.x.failNext({ path: /dm_events/, status: 503, body: 'busy' }));
    await running.untilState('live');
    expect(running.statuses.at(-1)?.status).toMatch(/Direct messages cannot be read/);
    peer.mention();
    await running.channel.poll();
    expect(running.messages()).toHaveLength(1);
    expect(running.statuses.at(-1)).toMatchObject({ state: 'live', status: '' });
  });

  it('tokens of another account are noticed', async () => {
    const { peer, running } = await desk();
    await running.untilState('live');
    await running.channel.stop();
    const other = peer.x.addUser({ username: 'somebody', name: 'Somebody' });
    const second = startChannel(peer, { cursors: running.cursors, clock: running.clock, secrets: { type: 'oauth2', accessToken: peer.x.grant(other.id).accessToken } });
    open.push({ close: () => second.channel.stop() });
    await second.untilState('failed');
    expect(second.statuses.at(-1)?.status).toBe('This sign-in belongs to @somebody, not to @acmecare; add it as an account of its own.');
    expect(second.messages()).toEqual([]);
  });

  it('settings nobody can connect with are said, not thrown', async () => {
    for (const config of [{}, { apiBase: 'http://gateway.test' }, null]) {
      const broken = startChannel({ driver: xDriver, account: { name: 'X', address: '@x', config }, secrets: {} });
      expect(broken.statuses.at(-1)?.state).toBe('failed');
      expect(broken.statuses.at(-1)?.status).toMatch(/^\p{Lu}.*\.$/u);
      await broken.channel.stop();
    }
  });

  it('a first history shows how far it is', async () => {
    const { running } = await desk((peer) => void Array.from({ length: 250 }, () => peer.mention()));
    await running.untilState('live');
    expect(running.statuses.find((s) => s.state === 'syncing')?.progress).toEqual({ done: 100, total: 200 });
    expect(running.messages()).toHaveLength(200);
  });
});
