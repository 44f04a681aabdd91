import { backoffMs, type Clock, type Log, type Random } from '../../kernel/index.ts';
import type { ConnectionStatus } from '../port.ts';
import { mailTimes } from './limits.ts';
import type { Problem } from './problems.ts';
import { createBell, type Attempt, type MailboxJob } from './session.ts';

export interface SupervisorDeps {
  clock: Clock;
  random: Random;
  log: Log;
  setStatus(status: ConnectionStatus): void;
  /** Name of the server, for the sentence while connecting. */
  host: string;
  /** Runs one connection until it ends; rejects with the reason. */
  attempt(attempt: Attempt): Promise<never>;
  explain(error: unknown): Problem;
}

/** Keeps one connection alive: a new one after each loss, with back-off and jitter. What only a person can mend waits for `poll`. */
export interface Supervisor {
  start(): void;
  stop(): Promise<void>;
  poll(): Promise<void>;
  /** Runs on the connection as soon as it is free; waits for the next connection while there is none. */
  enqueue(job: MailboxJob): void;
  status(): ConnectionStatus | null;
}

const isSame = (a: ConnectionStatus | null, b: ConnectionStatus): boolean =>
  a !== null && a.state === b.state && a.status === b.status && a.retryAt === b.retryAt && a.progress?.done === b.progress?.done && a.progress?.total === b.progress?.total;

export function createSupervisor(deps: SupervisorDeps): Supervisor {
  const { clock } = deps;
  const stopping = new AbortController();
  const bell = createBell();
  const jobs: MailboxJob[] = [];
  let current: ConnectionStatus | null = null;
  let pollers: (() => void)[] = [];
  let running: Promise<void> | null = null;

  const report = (status: ConnectionStatus): void => {
    if (stopping.signal.aborted || isSame(current, status)) return;
    current = status;
    deps.setStatus(status);
  };
  const releasePollers = (released: (() => void)[]): void => {
    pollers = pollers.filter((poller) => !released.includes(poller));
    released.forEach((release) => release());
  };

  /** Until the bell rings, or until `delayMs` have passed. */
  const pause = async (delayMs: number | null): Promise<void> => {
    const cancel = delayMs === null ? () => {} : clock.after(delayMs, () => bell.ring());
    await bell.rung();
    cancel();
  };

  const loop = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      report({ state: 'connecting', status: `Connecting to ${deps.host}.`, retryAt: null, progress: null });
      const startedAt = clock.now();
      let reason: unknown;
      try {
        await deps.attempt({
          bell, signal: stopping.signal, report,
          nextJob: () => jobs.shift() ?? null,
          hasJob: () => jobs.length > 0,
          roundStarts: () => {
            const asked = pollers;
            return () => releasePollers(asked);
          },
        });
      } catch (error) {
        reason = error;
      }
      if (stopping.signal.aborted) return;
      const problem = deps.explain(reason);
      deps.log.warn('email.connection_ended', { kind: problem.kind, sentence: problem.sentence, error: reason });
      // A connection that ends soon after it went live must not be opened again and again at full speed.
      failures = clock.now() - startedAt >= mailTimes.goodConnection ? 0 : failures;
      const delayMs = backoffMs(failures, deps.random, mailTimes.backoffBase, mailTimes.backoffCap);
      failures += 1;
      // Rung by the end of the connection itself; only what is asked from now on may cut the pause short.
      if (bell.isRung()) await bell.rung();
      if (problem.kind === 'auth') report({ state: 'sign_in_needed', status: problem.sentence, retryAt: null, progress: null });
      else if (problem.kind === 'setup') report({ state: 'failed', status: problem.sentence, retryAt: null, progress: null });
      else report({ state: 'waiting', status: problem.sentence, retryAt: clock.now() + delayMs, progress: null });
      releasePollers(pollers);
      // A refused password is not tried again by itself: servers lock accounts for that.
      await pause(problem.kind === 'auth' || problem.kind === 'setup' ? null : delayMs);
    }
  };

  return {
    start() {
      running ??= loop();
    },
    async stop() {
      stopping.abort(new Error('the channel is stopping'));
      bell.ring();
      await running;
      releasePollers(pollers);
    },
    poll() {
      if (running === null || stopping.signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        pollers = [...pollers, resolve];
        bell.ring();
      });
    },
    enqueue(job) {
      jobs.push(job);
      // Not while waiting for a better time to connect: a copy to store is no reason to try sooner.
      if (current?.state === 'live' || current?.state === 'syncing') bell.ring();
    },
    status: () => current,
  };
}
