// What taking mails in costs beside reading and parsing them: customers, conversations, threads, rows, both indexes, queue, commits.
// `node bench/take-in.ts [--mails 20000] [--customers 4000] [--batch 500] [--live 1000]`. Pages come newest first, as in a first sync.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseMail } from '../src-main/channels/email/index.ts';
import type { MessageEvent } from '../src-main/channels/port.ts';
import { accept } from '../src-main/intake/index.ts';
import { createIds, seededRandom, systemClock } from '../src-main/kernel/index.ts';
import { openStore, tables } from '../src-main/store/index.ts';
import { figures } from './fill-desk.ts';
import { makeMails, OURS } from './make-mails.ts';

const { values } = parseArgs({ options: { mails: { type: 'string', default: '20000' }, customers: { type: 'string', default: '4000' }, batch: { type: 'string', default: '500' }, live: { type: 'string', default: '1000' } } });
const [mails, size, live] = [Number(values.mails), Number(values.batch), Number(values.live)];

const files = { put: () => '0'.repeat(64) } as unknown as Parameters<typeof parseMail>[1]['files'];
const events: MessageEvent[] = [];
for (const { raw } of makeMails(mails + live, Number(values.customers))) {
  const event = await parseMail(Buffer.from(raw), { own: [OURS], receivedAt: systemClock.now(), files });
  events.push({ ...event, place: { path: 'INBOX', epoch: '1', key: events.length + 1 } });
}

const dir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const path = join(dir, 'parley.db');
const store = openStore(path);
const ids = createIds(systemClock, seededRandom(5));
const accountId = ids.next();
store.run({ name: 'bench.account', apply: (tx) => tables.putAccount(tx.db, { id: accountId, channel: 'email', name: 'Care', address: OURS, config: {}, isConnected: true }, tx.at) }, null, { at: systemClock.now(), agent: 'bench' });

const take = (batch: MessageEvent[], origin: 'live' | 'backfill'): number => {
  const from = performance.now();
  store.run(accept, { batch: { accountId, origin, events: batch, cursors: { 'imap:INBOX': `${batch[0]?.place?.key}` } }, ids, openSince: systemClock.now() - 14 * 86_400_000 }, { at: systemClock.now(), agent: 'Parley' });
  return performance.now() - from;
};

const commits: number[] = [];
const cpu = process.cpuUsage();
for (let end = mails; end > 0; end -= size) commits.push(take(events.slice(Math.max(0, end - size), end), 'backfill'));
const used = process.cpuUsage(cpu);
const seconds = commits.reduce((sum, ms) => sum + ms, 0) / 1_000;
process.stdout.write(`${mails} mails in batches of ${size}: ${seconds.toFixed(2)} s (${Math.round(mails / seconds)}/s), processor ${((used.user + used.system) / 1e6).toFixed(2)} s (${((used.user + used.system) / mails).toFixed(0)} µs a mail, ${(used.system / 1e6).toFixed(2)} s of it the system's), ${(statSync(path).size / 1_048_576).toFixed(0)} MB\n`);
process.stdout.write(figures('a batch, with its commit', commits));
process.stdout.write(figures('a live mail, with its commit', events.slice(mails).map((event) => take([event], 'live')), 'p99 25 ms'));
store.close();
rmSync(dir, { recursive: true, force: true });
