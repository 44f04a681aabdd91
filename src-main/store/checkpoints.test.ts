import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { manualClock } from '../kernel/index.ts';
import { tempDir } from '../test-desk.ts';
import { startCheckpoints } from './checkpoints.ts';
import { connect } from './db.ts';
import { startReader } from './reader.ts';
import { openStore, type Store } from './store.ts';

/** About 4 kB of log a row. */
const write = (store: Store, rows: number): void => void store.run({
  name: 't', summarise: () => null, apply: ({ db }) => { for (let n = 0; n < rows; n += 1) db.run('INSERT INTO setting (name, value) VALUES (?, ?)', `${store.seq()}-${n}`, 'x'.repeat(3_000)); },
}, null, { at: 1, agent: 't' });

function open() {
  const path = join(tempDir(), 'parley.db');
  const store = openStore(path);
  const clock = manualClock();
  const reader = startReader(path);
  const checkpoints = startCheckpoints(store, reader, clock);
  onTestFinished(async () => {
    checkpoints.stop();
    await reader.close();
    store.close();
  });
  return { path, store, clock, checkpoints };
}

test('after a moment of rest the log is in the database, and the next commit begins it anew', async () => {
  const { path, store, clock, checkpoints } = open();
  write(store, 2_400);
  clock.advance(99);
  write(store, 100);
  clock.advance(99);
  await checkpoints.settled();
  expect(store.logLeft()).toBeGreaterThan(2_400);
  clock.advance(1);
  await checkpoints.settled();
  expect(store.logLeft()).toBe(0);
  const size = statSync(`${path}-wal`).size;
  write(store, 10);
  expect(store.logLeft()).toBeLessThan(100);
  expect(statSync(`${path}-wal`).size).toBe(size);
  expect(store.read.get('SELECT count(*) AS n FROM setting WHERE value LIKE ?', 'xxx%')).toEqual({ n: 2_510 });
});

test('a little log is left where it is', async () => {
  const { store, clock, checkpoints } = open();
  write(store, 2_400);
  clock.advance(100);
  await checkpoints.settled();
  write(store, 100);
  clock.advance(100);
  await checkpoints.settled();
  expect(store.logLeft()).toBeGreaterThan(99);
});

test('whoever reads an older state goes on reading it, and what is committed meanwhile is not lost', async () => {
  const { path, store, clock, checkpoints } = open();
  write(store, 10);
  const reader = connect(path, { readonly: true });
  const count = (): unknown => reader.read.get('SELECT count(*) AS n FROM setting WHERE value LIKE ?', 'xxx%');
  reader.raw.exec('BEGIN');
  expect(count()).toEqual({ n: 10 });
  write(store, 2_400);
  clock.advance(100);
  write(store, 20);
  await checkpoints.settled();
  expect(count()).toEqual({ n: 10 });
  reader.raw.exec('COMMIT');
  expect(count()).toEqual({ n: 2_430 });
  reader.raw.close();
  expect(store.read.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
});
