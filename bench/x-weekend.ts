// A long weekend offline on X: `node bench/x-weekend.ts [mentions] [limit in dollars]`. More mentions wait than X's list shows, so its search fills
// the rest, inside the rate limits and the spending limit. Prints figures and fails when a mention is missing, double or out of order.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAccounts } from '../src-main/accounts/index.ts';
import type { FileStore } from '../src-main/channels/port.ts';
import { xDriver } from '../src-main/channels/x/index.ts';
import { startXPeer } from '../src-main/demo/peers/x-api/index.ts';
import { createIds, manualClock, seededRandom, silentLog } from '../src-main/kernel/index.ts';
import { setLimit } from '../src-main/spending/index.ts';
import { openStore, tables } from '../src-main/store/index.ts';

const [mentions = 5_000, limitUsd = 40] = process.argv.slice(2).map(Number);
const AUTHORS = 1_500;
const MINUTE = 60_000;
const files: FileStore & { remove(): void } = { put: () => '', putAll: async (all) => all.map(() => ''), get: () => new Uint8Array(), slice: () => new Uint8Array(), remove: () => {} };
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const dir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const clock = manualClock(Date.UTC(2026, 8, 4, 16));
const store = openStore(join(dir, 'parley.db'));
const x = await startXPeer({ clock: { now: () => clock.now() } });
const care = x.addUser({ username: 'acmecare', name: 'Acme Care' });
x.state.appOwnerId = care.id;
const tokens = { type: 'oauth1', appKey: 'k', appSecret: 's', accessToken: 't', accessSecret: 'z' } as const;
x.addOAuth1({ userId: care.id, consumerKey: 'k', consumerSecret: 's', accessToken: 't', accessSecret: 'z' });
const authors = Array.from({ length: AUTHORS }, (_, i) => x.addUser({ username: `customer${i}`, name: `Customer ${i}` }));
const ids = createIds(clock, seededRandom(1));
const accountId = ids.next();
store.run({ name: 'bench.account', apply: (tx) => tables.putAccount(tx.db, { id: accountId, channel: 'x', name: 'X', address: '@acmecare', config: { apiBase: x.url, ownsApp: true }, isConnected: true }, tx.at) }, null, { at: clock.now(), agent: 'B' });
const run = (): ReturnType<typeof startAccounts> => startAccounts({
  store, files, drivers: [xDriver], clock, random: seededRandom(2), log: silentLog, onStatus: () => {}, onLive: () => {},
  secrets: { load: async () => tokens, save: async () => {}, forget: async () => {} },
});

x.addPost({ authorId: authors[0]?.id ?? '', text: '@acmecare Friday afternoon' });
const friday = run();
await friday.poll(accountId);
await friday.stop();
const WEEKEND = 66 * 60 * MINUTE;
for (let i = 0; i < mentions; i += 1) {
  clock.advance(WEEKEND / mentions);
  x.addPost({ authorId: authors[(i * 7_919) % AUTHORS]?.id ?? '', text: `@acmecare my zip broke, number ${i}` });
}

const since = store.seq();
store.run(setLimit, { accountId, dayUsd: limitUsd, monthUsd: null }, { at: clock.now(), agent: 'B' });
/** The newest message of each commit, in commit order: newest first means that it falls. */
const tops: number[] = [];
store.onCommit(({ rows }) => {
  const got = [...(rows?.get('message') ?? [])].map(Number);
  if (got.length > 0) tops.push(Math.max(...got));
});
const started = performance.now();
const startedAt = clock.now();
const monday = run();
let pausedAfter: number | null = null;
const here = (): number => store.read.get<{ n: number }>(`SELECT count(*) AS n FROM message WHERE direction = 'inbound'`)?.n ?? 0;
const state = (): string => monday.rows()[0]?.state ?? 'off';
for (let minute = 0; here() < mentions + 1 && minute < 4 * 24 * 60; minute += 1) {
  await monday.poll(accountId);
  if (state() === 'paused') pausedAfter ??= here();
  clock.advance(state() === 'paused' ? 15 * MINUTE : MINUTE);
}
const took = (performance.now() - started) / 1_000;
const stored = store.read.all<{ external_id: string }>(`SELECT external_id FROM message WHERE direction = 'inbound'`).map((row) => row.external_id);
const there = x.posts().filter((post) => post.authorId !== care.id).map((post) => post.id);
const known = new Set(stored);
const missing = there.filter((id) => !known.has(id)).length;
const doubles = stored.length - new Set(stored).size;
const isNewestFirst = tops.every((top, i) => i === 0 || top < (tops[i - 1] ?? 0));
const refused = x.requests().filter((r) => r.status === 429).length;
const routes = new Map<string, number>();
for (const r of x.requests()) routes.set(r.path.replace(/\d{5,}/, ':id'), (routes.get(r.path.replace(/\d{5,}/, ':id')) ?? 0) + 1);
say(`${mentions} mentions after a weekend offline, spending limit $${limitUsd} a day`);
say(`taken in: ${stored.length} of ${there.length}, ${missing} missing, ${doubles} double, in ${took.toFixed(1)} s of work (${Math.round(stored.length / took)}/s, X peer included) and ${((clock.now() - startedAt) / MINUTE / 60).toFixed(1)} h on the clock`);
say(`order: ${isNewestFirst ? 'newest first' : 'NOT newest first'}, in ${tops.length} commits, ${store.seq() - since} operations`);
say(`limit: ${pausedAfter === null ? 'not reached' : `reached after ${pausedAfter} mentions; the rest came the next day`}`);
for (const line of tables.spendLines(store.read, accountId, 0)) say(`  ${line.action.padEnd(12)} ${String(line.count).padStart(6)}  $${line.usd.toFixed(3)}`);
say(`counted $${tables.spentByAccount(store.read, accountId, 0).toFixed(3)}, billed $${x.bill().totalUsd.toFixed(3)}`);
say(`requests: ${[...routes].map(([path, n]) => `${path} ${n}`).join(', ')}; refused for a rate limit: ${refused}`);
await monday.stop();
await x.close();
store.close();
rmSync(dir, { recursive: true, force: true });
if (missing + doubles + refused > 0 || !isNewestFirst) process.exitCode = 1;
