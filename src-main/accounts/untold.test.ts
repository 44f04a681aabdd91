import { expect, test } from 'vitest';
import { memoryFiles } from '../channels/contract-suite.ts';
import type { ChannelContext, ChannelDriver } from '../channels/port.ts';
import { createLog, seededRandom } from '../kernel/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk } from '../test-desk.ts';
import { startAccounts } from './index.ts';

test('a database that cannot be read when a status is to be told ends nothing: it is logged, and told with the next change', async () => {
  const desk = openTestDesk();
  desk.run({ name: 'test.mailOnly', apply: (tx) => [desk.accounts.x, desk.accounts.phone].forEach((id) => tables.dropAccount(tx.db, id)) }, null);
  const lines: string[] = [];
  const told: number[] = [];
  let context: ChannelContext | null = null;
  const driver: ChannelDriver = {
    kind: 'email', prices: {}, split: () => ({ config: {}, secrets: {} }), test: async () => ({ steps: [], address: null }),
    open(given) {
      context = given;
      return { start: () => {}, stop: async () => {}, poll: async () => {}, send: async () => ({ type: 'done' }), reconcile: async () => ({ type: 'not_found' }) };
    },
  };
  let isReadable = true;
  // Only the reading fails: the account was opened before.
  const read: typeof desk.store.read = {
    all: (sql, ...params) => {
      if (!isReadable) throw new Error('disk I/O error');
      return desk.store.read.all(sql, ...params);
    },
    get: (sql, ...params) => desk.store.read.get(sql, ...params),
  };
  const registry = startAccounts({
    store: { ...desk.store, read }, files: memoryFiles(), drivers: [driver], clock: desk.clock, random: seededRandom(3), log: createLog((line) => void lines.push(line), () => desk.clock.now()),
    onStatus: (rows) => void told.push(rows.length), onLive: () => {}, secrets: { load: async () => ({}), save: async () => {}, forget: async () => {} },
  });
  const say = (status: string): void => {
    (context as ChannelContext | null)?.setStatus({ state: 'live', status, retryAt: null, progress: null });
    desk.clock.advance(1_000);
  };
  isReadable = false;
  say('one');
  expect([told.length, lines.filter((line) => line.includes('accounts.untold')).length]).toEqual([0, 1]);
  isReadable = true;
  say('two');
  expect(told).toHaveLength(1);
  await registry.stop();
});
