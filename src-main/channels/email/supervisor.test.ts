import { describe, expect, it } from 'vitest';
import { manualClock, seededRandom, silentLog } from '../../kernel/index.ts';
import type { ConnectionStatus } from '../port.ts';
import type { Problem } from './problems.ts';
import type { Attempt } from './session.ts';
import { createSupervisor } from './supervisor.ts';

function setUp(kind: Problem['kind'] = 'network') {
  const clock = manualClock();
  const statuses: ConnectionStatus[] = [];
  const attempts: { attempt: Attempt; end(): void }[] = [];
  const supervisor = createSupervisor({
    clock, random: seededRandom(1), log: silentLog, host: 'imap.example.org',
    setStatus: (status) => void statuses.push(status),
    attempt: (attempt) => new Promise((_resolve, reject) => {
      const end = (): void => reject(new Error('lost'));
      attempt.signal.addEventListener('abort', end);
      attempts.push({ attempt, end });
    }),
    explain: () => ({ kind, sentence: 'The connection was lost.', code: '' }),
  });
  /** Lets promises run. */
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
  };
  return { clock, statuses, attempts, supervisor, settle };
}

describe('keeping a connection', () => {
  it('waits longer after each failure, up to five minutes, and starts anew after a good connection', async () => {
    const { clock, statuses, attempts, supervisor, settle } = setUp();
    supervisor.start();
    const waits: number[] = [];
    for (let i = 0; i < 14; i += 1) {
      await settle();
      attempts.at(-1)?.end();
      await settle();
      const wait = (statuses.at(-1)?.retryAt ?? 0) - clock.now();
      waits.push(wait);
      clock.advance(wait);
    }
    await settle();
    expect(attempts).toHaveLength(15);
    expect(waits[0]).toBeLessThanOrEqual(2_000);
    expect(Math.max(...waits.slice(8))).toBeGreaterThan(60_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(300_000);
    clock.advance(40_000);
    attempts.at(-1)?.end();
    await settle();
    expect((statuses.at(-1)?.retryAt ?? 0) - clock.now()).toBeLessThanOrEqual(2_000);
    await supervisor.stop();
    expect(clock.pending()).toBe(0);
  });

  it('connects at once when asked, and the asker hears when that has failed or a round is done', async () => {
    const { attempts, supervisor, settle } = setUp();
    supervisor.start();
    await settle();
    attempts[0]?.end();
    await settle();
    const asked = supervisor.poll();
    await settle();
    expect(attempts).toHaveLength(2);
    attempts[1]?.end();
    await asked;
    let isDone = false;
    void supervisor.poll().then(() => (isDone = true));
    await settle();
    const round = attempts[2]?.attempt.roundStarts();
    expect(isDone).toBe(false);
    round?.();
    await settle();
    expect(isDone).toBe(true);
    await supervisor.stop();
  });

  it('answers an asker whose question came during a round with the next round', async () => {
    const { attempts, supervisor, settle } = setUp();
    supervisor.start();
    await settle();
    const early = attempts[0]?.attempt.roundStarts();
    let isDone = false;
    void supervisor.poll().then(() => (isDone = true));
    early?.();
    await settle();
    expect(isDone).toBe(false);
    attempts[0]?.attempt.roundStarts()();
    await settle();
    expect(isDone).toBe(true);
    await supervisor.stop();
  });

  it.each(['auth', 'setup'] as const)('does not try again by itself what only a person can mend (%s)', async (kind) => {
    const { clock, attempts, statuses, supervisor, settle } = setUp(kind);
    supervisor.start();
    await settle();
    attempts[0]?.end();
    await settle();
    clock.advance(7 * 24 * 3_600_000);
    await settle();
    expect(attempts).toHaveLength(1);
    expect(statuses.at(-1)).toMatchObject({ state: kind === 'auth' ? 'sign_in_needed' : 'failed', retryAt: null });
    void supervisor.poll();
    await settle();
    expect(attempts).toHaveLength(2);
    await supervisor.stop();
  });

  it('says nothing after stop and nothing twice', async () => {
    const { attempts, statuses, supervisor, settle } = setUp();
    supervisor.start();
    await settle();
    const live: ConnectionStatus = { state: 'live', status: 'Connected.', retryAt: null, progress: null };
    attempts[0]?.attempt.report(live);
    attempts[0]?.attempt.report({ ...live });
    await supervisor.stop();
    attempts[0]?.attempt.report({ ...live, status: 'late' });
    expect(statuses.map((status) => status.state)).toEqual(['connecting', 'live']);
  });
});
