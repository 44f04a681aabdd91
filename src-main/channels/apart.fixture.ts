import { parentPort } from 'node:worker_threads';
import { ParleyError } from '../kernel/index.ts';
import { serveApart, type ApartContext } from './apart-thread.ts';
import { memoryFiles } from './contract-suite.ts';
import type { Channel, OutgoingItem, SendOutcome } from './port.ts';

// The thread of a made-up channel: a send does what its text says. See apart.test.ts.

const failures: Record<string, Error> = {
  'auth': new ParleyError('auth_needed', 'Sign in again.'),
  'odd': Object.assign(new Error('no'), { code: 'ECONNRESET' }),
};

function openMadeUp(context: ApartContext): Channel {
  const { account, sink } = context;
  const status = (words: string): void => context.setStatus({ state: 'live', status: words, retryAt: null, progress: null });
  const commit = (name: string, value: string, origin: 'live' | 'backfill' = 'live'): Promise<void> => sink({ accountId: account.id, origin, events: [], cursors: { [name]: value } });
  const acts: Record<string, () => Promise<unknown> | unknown> = {
    die: () => process.exit(1),
    'die of memory': () => {
      const kept: unknown[] = [];
      for (;;) kept.push(Array.from({ length: 100_000 }, () => ({})));
    },
    hang: () => {
      for (;;);
    },
    'commit and die': () => {
      void commit('place', '7');
      setImmediate(() => process.exit(1));
      return new Promise(() => {});
    },
    commit: async () => {
      try {
        await commit('place', '8');
      } finally {
        status(`place ${context.cursor('place')}`);
      }
    },
    'three pages': () => Promise.all([...['1', '2', '3'].map((page) => commit('page', page, 'backfill')), commit('page', 'now')]),
    'save secrets': () => context.saveSecrets({ token: 'new' }),
    secrets: async () => status(`secret ${(await context.secrets())['token']}`),
    places: async () => status(`places ${JSON.stringify([await context.places('INBOX'), await context.owed()])}`),
    log: () => context.log.warn('made.up', { error: Object.assign(new Error('from maria@example.org'), { socket: () => {} }), password: 'hunter2' }),
  };
  return {
    start: () => status(`begins at ${context.cursor('place')}`),
    async stop() {
      if (account.name === 'hangs at stop') for (;;);
      if (account.name === 'commits at stop') await commit('place', '9');
    },
    poll: async () => status('polled'),
    folders: async () => [{ path: `of ${account.name}`, name: 'x', role: 'other' }] as never,
    marksWait: () => status('marks wait'),
    async send(item: OutgoingItem): Promise<SendOutcome> {
      const failure = failures[item.text];
      if (failure) throw failure;
      await acts[item.text]?.();
      return { type: 'retry', waitsFor: 'network', retryAt: null, problem: `${account.name} got ${item.text}` };
    },
    reconcile: async () => ({ type: 'not_found' }),
  };
}

if (parentPort) serveApart(parentPort, { kind: 'email', prices: {}, split: () => ({ config: {}, secrets: {} }), open: openMadeUp, test: async () => ({ steps: [], address: null }) }, () => memoryFiles());
