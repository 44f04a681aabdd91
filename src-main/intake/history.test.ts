import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { Batch } from '../channels/port.ts';
import { seededRandom } from '../kernel/index.ts';
import { checkStore, openContentStore, openStore, tables, type Operation, type Store } from '../store/index.ts';
import { sweepFiles } from '../store/sweep.ts';
import { openTestDesk, tempDir, type TestDesk } from '../test-desk.ts';
import { ACCOUNT, CURSOR, MAILS_A_PAGE, pageOf } from './history.fixture.ts';
import { accept, type AcceptResult } from './index.ts';

const by = { at: 1, agent: 'test' };
const connected: Operation<null, void> = {
  name: 'test.account', apply: (tx) => tables.putAccount(tx.db, { id: ACCOUNT, channel: 'email', name: 'Care', address: 'care@acme.example', config: {}, isConnected: true }, tx.at),
};
const cursorOf = (store: Store): number => Number(tables.cursor(store.read, ACCOUNT, CURSOR) ?? 0);
const mailsIn = (store: Store): number => store.read.get<{ n: number }>('SELECT count(DISTINCT external_id) AS n FROM message WHERE external_id IS NOT NULL')?.n ?? 0;

function open(): TestDesk & { page: (n: number, isFollowed: boolean, over?: Partial<Batch>) => Promise<AcceptResult> } {
  const desk = openTestDesk();
  desk.run(connected, null);
  return {
    ...desk,
    page: async (n, isFollowed, over = {}) =>
      (await desk.store.runInGroup(accept, { batch: { ...pageOf(n), after: { [CURSOR]: n === 1 ? null : String(n - 1) }, ...over }, ids: desk.ids, openSince: 0 }, by, isFollowed)).value,
  };
}

test('pages committed together leave what pages of their own leave', async () => {
  const [together, alone] = [open(), open()];
  await Promise.all([1, 2, 3, 4, 5, 6].map((n) => together.page(n, n !== 6)));
  for (let n = 1; n <= 6; n += 1) await alone.page(n, false);
  const seen = (desk: TestDesk): unknown => ['message', 'mail_place', 'thread_key', 'queue_count'].map((table) => desk.store.read.get(`SELECT count(*) AS n FROM ${table}`));
  expect(seen(together)).toEqual(seen(alone));
  expect(together.store.read.all('SELECT external_id, thread FROM message ORDER BY id')).toEqual(alone.store.read.all('SELECT external_id, thread FROM message ORDER BY id'));
  for (const { store, dir } of [together, alone]) expect(checkStore(store, openContentStore(join(dir, 'files')))).toMatchObject({ ok: true, messages: 6 * MAILS_A_PAGE });
});

test('no cursor goes past a page that was lost: the pages after it are refused, those of other folders are not', async () => {
  const { store, page } = open();
  const broken = { events: [{ ...pageOf(2).events[0], at: 'never' }] } as unknown as Partial<Batch>;
  const elsewhere = { cursors: { 'Sent:1': '4' }, after: { 'Sent:1': null } };
  const ended = await Promise.allSettled([page(1, true), page(2, true, broken), page(3, true), page(4, false, elsewhere)]);
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(ended[2]).toMatchObject({ reason: { code: 'conflict', retryable: true } });
  expect([cursorOf(store), tables.cursor(store.read, ACCOUNT, 'Sent:1')]).toEqual([1, '4']);
  await Promise.all([page(2, true), page(3, false)]);
  expect([cursorOf(store), mailsIn(store)]).toEqual([3, 4 * MAILS_A_PAGE]);
});

test('a file that a mail not committed yet needs is not swept', async () => {
  const { store, dir, run, page } = open();
  const files = openContentStore(join(dir, 'files'));
  const sha256 = files.put(Buffer.from('a picture'));
  run({ name: 'test.left', apply: (tx) => tx.db.run('INSERT INTO file_left (sha256, at) VALUES (?, 1)', sha256) }, null);
  const events = pageOf(1).events.map((event) => ({ ...event, files: [{ sha256, name: 'a.png', type: 'image/png', size: 9, contentId: null, alt: null }] }));
  const waiting = page(1, true, { events });
  sweepFiles(store, files, Date.now() + 120_000);
  await waiting;
  expect(files.has(sha256)).toBe(true);
});

function startChild(path: string) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./history-child.ts', import.meta.url)), path], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = new Set<string>();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => said.add(line));
  return {
    said,
    write: (line: string) => void child.stdin.write(`${line}\n`),
    async hears(line: string) {
      while (!said.has(line)) await once(lines, 'line');
    },
    async kill() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

test('killed at any moment of a group: what was said to be committed is here, nothing is here twice, and reading goes on where the cursor stands', async () => {
  const path = join(tempDir(), 'parley.db');
  const random = seededRandom(5);
  const store = openStore(path);
  onTestFinished(() => store.close());
  store.run(connected, null, by);
  for (let round = 0; round < 3; round += 1) {
    const from = cursorOf(store);
    const child = startChild(path);
    await child.hears('open');
    child.write(`page ${from + 1}`);
    child.write(`page ${from + 2}`);
    if (round > 0) child.write(`last ${from + 3}`);
    await child.hears(`taken ${from + (round > 0 ? 3 : 2)}`);
    // From a group that is open to one that is committed, in the steps of its end.
    if (round > 0) await pause(Math.floor(random.unit() * 12));
    await child.kill();
    const [to, committed] = [cursorOf(store), [...child.said].filter((line) => line.startsWith('committed')).length];
    expect([from, from + 3]).toContain(to);
    expect(to - from).toBeGreaterThanOrEqual(committed);
    expect(store.read.get('SELECT count(*) AS n FROM message WHERE external_id IS NOT NULL')).toEqual({ n: to * MAILS_A_PAGE });
    expect(mailsIn(store)).toBe(to * MAILS_A_PAGE);
  }
  expect(checkStore(store, openContentStore(join(path, '..', 'files'))).problems).toEqual([]);
});

test('another process that writes gets its turn between two groups', async () => {
  const path = join(tempDir(), 'parley.db');
  const store = openStore(path);
  onTestFinished(() => store.close());
  store.run(connected, null, by);
  const child = startChild(path);
  await child.hears('open');
  const flood = (from: number): void => {
    for (let n = from; n < from + 4; n += 1) child.write(`page ${n}`);
  };
  flood(1);
  for (let n = 5; n <= 37; n += 4) {
    flood(n);
    await child.hears(`taken ${n - 1}`);
    store.run({ name: 'test.own', apply: (tx) => tables.putSetting(tx.db, 'own', String(n)) }, null, by);
  }
  await child.hears('committed 40');
  expect([cursorOf(store), tables.settingOf(store.read, 'own'), [...child.said].filter((line) => line.startsWith('failed'))]).toEqual([40, '37', []]);
});
