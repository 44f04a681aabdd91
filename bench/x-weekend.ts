// A long weekend offline on X: `node bench/x-weekend.ts [mentions] [limit in dollars]`. More mentions wait than X's list shows, so its search fills
// the rest, inside the rate limits and the spending limit. Every third one answers a post, of ours or of others, which is read and billed too. A window
// asks for its queue and a conversation meanwhile. Prints figures and fails when a mention is missing, double or out of order, or the bill another.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAccounts } from '../src-main/accounts/index.ts';
import type { FileStore } from '../src-main/channels/port.ts';
import { xDriver } from '../src-main/channels/x/index.ts';
import { startXPeer } from '../src-main/demo/peers/x-api/index.ts';
import { createIds, manualClock, seededRandom, silentLog } from '../src-main/kernel/index.ts';
import { setLimit } from '../src-main/spending/index.ts';
import { openStore, tables, type Store } from '../src-main/store/index.ts';

const [mentions = 5_000, limitUsd = 40] = process.argv.slice(2).map(Number);
const AUTHORS = 1_500;
const TALKED_OF = 307;
const PROBE_MS = 25;
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
const run = (on: Store): ReturnType<typeof startAccounts> => startAccounts({
  store: on, files, drivers: [xDriver], clock, random: seededRandom(2), log: silentLog, onStatus: () => {}, onLive: () => {},
  secrets: { load: async () => tokens, save: async () => {}, forget: async () => {} },
});

x.addPost({ authorId: authors[0]?.id ?? '', text: '@acmecare Friday afternoon' });
const news = x.addPost({ authorId: care.id, text: 'We are open on Sunday' });
const talk = Array.from({ length: TALKED_OF }, (_, i) => x.addPost({ authorId: authors[i]?.id ?? '', text: `the zips of this year, part ${i}` }));
const friday = run(store);
await friday.poll(accountId);
await friday.stop();
const WEEKEND = 66 * 60 * MINUTE;
for (let i = 0; i < mentions; i += 1) {
  clock.advance(WEEKEND / mentions);
  const answered = i % 3 !== 0 ? undefined : i % 2 === 0 ? news : talk[(i * 31) % TALKED_OF];
  x.addPost({ authorId: authors[(i * 7_919) % AUTHORS]?.id ?? '', text: `@acmecare my zip broke, number ${i}`, ...(answered ? { inReplyToId: answered.id } : {}) });
}

const since = store.seq();
store.run(setLimit, { accountId, dayUsd: limitUsd, monthUsd: null }, { at: clock.now(), agent: 'B' });
let firstAt: number | null = null;
/** The newest message of each commit, in commit order: newest first means that it falls. */
const tops: number[] = [];
store.onCommit(({ rows }) => {
  const got = [...(rows?.get('message') ?? [])].map(Number);
  if (got.length === 0) return;
  firstAt ??= performance.now();
  tops.push(Math.max(...got));
});
/** What a window does: the queue anew, and the conversation on top with its messages. It waits at most for one commit. */
const asked: number[] = [];
const probe = setInterval(() => {
  const at = performance.now();
  const { rows } = tables.queuePage(store.read, { view: 'open', sort: 'priority', accountId: null, me: 'B', after: null, limit: 60 });
  if (rows[0]) tables.entriesBefore(store.read, rows[0].id, null, 100);
  asked.push(performance.now() - at);
}, PROBE_MS);
const commits: number[] = [];
const timed: Store = {
  ...store,
  run(operation, args, by) {
    const at = performance.now();
    const done = store.run(operation, args, by);
    if (operation.name === 'intake.accept') commits.push(performance.now() - at);
    return done;
  },
};
const share = (times: number[], part: number): string => (times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0).toFixed(1);
const started = performance.now();
const startedAt = clock.now();
const monday = run(timed);
let pausedAfter: number | null = null;
const here = (): number => store.read.get<{ n: number }>(`SELECT count(*) AS n FROM message WHERE direction = 'inbound'`)?.n ?? 0;
const state = (): string => monday.rows()[0]?.state ?? 'off';
for (let minute = 0; here() < mentions + 1 && minute < 4 * 24 * 60; minute += 1) {
  await monday.poll(accountId);
  if (state() === 'paused') pausedAfter ??= here();
  clock.advance(state() === 'paused' ? 15 * MINUTE : MINUTE);
}
const took = (performance.now() - started) / 1_000;
clearInterval(probe);
const stored = store.read.all<{ external_id: string }>(`SELECT external_id FROM message WHERE direction = 'inbound'`).map((row) => row.external_id);
const there = x.posts().filter((post) => post.text.startsWith('@acmecare')).map((post) => post.id);
const known = new Set(stored);
const missing = there.filter((id) => !known.has(id)).length;
const doubles = stored.length - new Set(stored).size;
const isNewestFirst = tops.every((top, i) => i === 0 || top < (tops[i - 1] ?? 0));
const refused = x.requests().filter((r) => r.status === 429).length;
const routes = new Map<string, number>();
for (const r of x.requests()) routes.set(r.path.replace(/\d{5,}/, ':id'), (routes.get(r.path.replace(/\d{5,}/, ':id')) ?? 0) + 1);
say(`${mentions} mentions after a weekend offline, spending limit $${limitUsd} a day`);
say(`taken in: ${stored.length} of ${there.length}, ${missing} missing, ${doubles} double, in ${took.toFixed(1)} s of work (${Math.round(stored.length / took)}/s, X peer included) and ${((clock.now() - startedAt) / MINUTE / 60).toFixed(1)} h on the clock`);
say(`first mentions here after ${((firstAt ?? started) - started).toFixed(0)} ms; each commit p50 ${share(commits, 0.5)} ms, p95 ${share(commits, 0.95)} ms, longest ${share(commits, 1)} ms; queue and a conversation asked for ${asked.length} times meanwhile: p50 ${share(asked, 0.5)} ms, p95 ${share(asked, 0.95)} ms`);
say(`order: ${isNewestFirst ? 'newest first' : 'NOT newest first'}, in ${tops.length} commits, ${store.seq() - since} operations`);
say(`limit: ${pausedAfter === null ? 'not reached' : `reached after ${pausedAfter} mentions; the rest came the next day`}`);
for (const line of tables.spendLines(store.read, accountId, 0)) say(`  ${line.action.padEnd(12)} ${String(line.count).padStart(6)}  $${line.usd.toFixed(3)}`);
const [counted, billed] = [tables.spentByAccount(store.read, accountId, 0).toFixed(3), x.bill().totalUsd.toFixed(3)];
say(`counted $${counted}, billed $${billed}`);
say(`requests: ${[...routes].map(([path, n]) => `${path} ${n}`).join(', ')}; refused for a rate limit: ${refused}`);
await monday.stop();
await x.close();
store.close();
rmSync(dir, { recursive: true, force: true });
if (missing + doubles + refused > 0 || !isNewestFirst || counted !== billed) process.exitCode = 1;
