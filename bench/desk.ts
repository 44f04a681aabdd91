// What the desk costs with 100,000 open conversations: `node bench/desk.ts [open conversations]`. Suggestions: bench/suggest.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postEvent } from '../src-main/test-desk.ts';
import { claim, markDone } from '../src-main/desk/index.ts';
import { evaluateRules, type RuleFacts, type RunnableRule } from '../src-main/desk/rules/evaluate.ts';
import { accept } from '../src-main/intake/index.ts';
import { changeSet } from '../src-main/ipc/feed.ts';
import { createIds, seededRandom, systemClock } from '../src-main/kernel/index.ts';
import { tables } from '../src-main/store/index.ts';
import { figures, fillDesk } from './fill-desk.ts';

const ROUNDS = 500;
const open = Number(process.argv[2] ?? 100_000);
const dir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const began = performance.now();
const { store, conversations, longest, end, accountId } = fillDesk(join(dir, 'parley.db'), { open, messages: open + 6_000, longest: 5_000 });
process.stdout.write(`${open} open conversations, filled in ${((performance.now() - began) / 1_000).toFixed(1)} s\n`);
const random = seededRandom(5);
const ids = createIds(systemClock, random);
const timed = (work: (n: number) => void, rounds = ROUNDS): number[] => Array.from({ length: rounds }, (_, n) => {
  const from = performance.now();
  work(n);
  return performance.now() - from;
});
const say = (name: string, times: number[], limit?: string): void => void process.stdout.write(figures(name, times, limit));
const by = { at: end + 1, agent: 'RB' };

say('a message comes in: intake, queue, index, commit', timed((n) => {
  const who = Math.floor(random.unit() * open);
  store.run(accept, { batch: { accountId, origin: 'live', events: [postEvent(String(10_000 + who), `@customer${who}`, end + n, 'is anybody there?', { externalId: `n${n}` })], cursors: {} }, ids, openSince: 0 }, by);
}), 'p99 25 ms');
say('one more in a conversation of 5,000', timed((n) => {
  store.run(accept, { batch: { accountId, origin: 'live', events: [postEvent('10000', '@customer0', end + ROUNDS + n, 'and again', { externalId: `l${n}` })], cursors: {} }, ids, openSince: 0 }, by);
}, 100));
say('its push: row, entry, customer, counts', timed(() => {
  const customerId = store.read.get<{ id: string }>('SELECT customer_id AS id FROM conversation WHERE id = ?', longest)?.id ?? '';
  changeSet(store.read, { seq: store.seq(), rows: new Map([['conversation', new Set([longest])], ['customer', new Set([customerId])]]) }, 0, end)(1);
}), '2 ms');
say('claim, done: two operations', timed((n) => {
  const conversationId = conversations[n + 1] ?? longest;
  store.run(claim, { conversationId, takeOver: false }, by);
  store.run(markDone, { conversationId }, by);
}, 200));
for (const sort of ['priority', 'oldest'] as const) {
  say(`top 50, ${sort === 'priority' ? 'most urgent' : 'longest waiting'} first`, timed(() => void tables.queuePage(store.read, { view: 'open', sort, accountId: null, onlyAds: false, me: 'RB', after: null, limit: 50 })), '0.3 ms');
}
say('counts of all views', timed(() => void tables.queueCounts(store.read, 'RB')));
const rules: RunnableRule[] = Array.from({ length: 200 }, (_, n) => ({
  id: `r${n}`, name: `Rule ${n}`, conditions: { words: [`word${n}`, `other words ${n}`, 'नहीं'], accountIds: [], handles: n % 5 === 0 ? [`@customer${n}`] : [], languages: [], tags: n % 7 === 0 ? ['business'] : [], segment: 'any', channels: ['x'], hours: 'any' },
  actions: { priority: 'raise', tags: ['seen'], owner: null, cannedId: null },
}));
const facts: RuleFacts = { text: 'My router has been dark since the morning and nobody answers the phone, can somebody please look into it? word199', accountId, handles: ['@customer1'], language: 'en', tags: ['business'], isVip: false, channel: 'x', isInsideHours: true };
say('200 rules on one message', timed(() => void evaluateRules(rules, facts)), '1 ms');
store.close();
rmSync(dir, { recursive: true, force: true });
