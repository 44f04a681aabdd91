import { describe, expect, onTestFinished, test } from 'vitest';
import { eventually, memoryFiles } from '../channels/contract-suite.ts';
import type { OutgoingMode } from '../channels/port.ts';
import { xDriver } from '../channels/x/index.ts';
import { startXPeer, type XPeer } from '../demo/peers/x-api/index.ts';
import { updateSettings } from '../desk/index.ts';
import { seededRandom, silentLog } from '../kernel/index.ts';
import { composeSend, enqueue, startDispatcher } from '../outbox/index.ts';
import { allowToday, assertWithinLimit, leftFor, setLimit, spendReport } from '../spending/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk, type TestDesk } from '../test-desk.ts';
import { startAccounts, type AccountRegistry } from './index.ts';

const minute = 60_000;
const priceOf = (mode: OutgoingMode, text: string): number => xDriver.priceOf?.(mode, text) ?? 0;

interface Day {
  desk: TestDesk; x: XPeer; registry: AccountRegistry; care: { id: string; accountId: string }; main: { id: string; accountId: string }; maria: { id: string };
  /** Minutes pass; both accounts read whatever is due. */
  pass(minutes: number): Promise<void>;
  send(mode: 'reply' | 'dm', text: string, accountId: string): Promise<void>;
  report(): ReturnType<typeof spendReport>['accounts'];
}

async function setUp(): Promise<Day> {
  const desk = openTestDesk();
  desk.run({ name: 't', apply: (tx) => { for (const id of Object.values(desk.accounts)) tables.dropAccount(tx.db, id); } }, null);
  desk.run(updateSettings, { patch: { undoSeconds: { mail: 0, reply: 0, dm: 0 }, officeZone: 'UTC' } });
  const x = await startXPeer({ clock: { now: () => desk.clock.now() } });
  onTestFinished(() => x.close());
  const users = { care: x.addUser({ username: 'acmecare', name: 'Acme Care' }), main: x.addUser({ username: 'acme', name: 'Acme' }) };
  x.state.appOwnerId = users.care.id;
  const tokens = new Map<string, Record<string, string>>();
  const registry = startAccounts({
    store: desk.store, files: memoryFiles(), drivers: [xDriver], clock: desk.clock, random: seededRandom(3), log: silentLog, onStatus: () => {}, onLive: () => {},
    secrets: { load: async (id) => tokens.get(id) ?? {}, save: async (id, values) => void tokens.set(id, values), forget: async (id) => void tokens.delete(id) },
  });
  onTestFinished(() => registry.stop());
  const dispatcher = startDispatcher({ store: desk.store, clock: desk.clock, random: seededRandom(4), log: silentLog, channelOf: (id) => registry.channelOf(id) });
  onTestFinished(() => dispatcher.stop());
  const connect = async (user: { id: string }, ownsApp: boolean): Promise<{ id: string; accountId: string }> => {
    x.addOAuth1({ userId: user.id, consumerKey: 'k', consumerSecret: 's', accessToken: `t${user.id}`, accessSecret: 'z' });
    const { accountId } = await registry.add({ channel: 'x', name: 'X', apiBase: x.url, ownsApp, tokens: { type: 'oauth1', appKey: 'k', appSecret: 's', accessToken: `t${user.id}`, accessSecret: 'z' } }, { at: desk.clock.now(), agent: 'RB' });
    await registry.poll(accountId);
    return { id: user.id, accountId };
  };
  const care = await connect(users.care, true);
  const main = await connect(users.main, false);
  const maria = x.addUser({ username: 'maria', name: 'Maria' });
  return {
    desk, x, registry, care, main, maria,
    async pass(minutes) {
      for (let i = 0; i < minutes; i += 5) {
        desk.clock.advance(5 * minute);
        await Promise.all([registry.poll(care.accountId), registry.poll(main.accountId)]);
      }
    },
    async send(mode, text, accountId) {
      const row = desk.conversation(maria.id);
      const inReplyTo = desk.store.read.get<{ id: number }>(`SELECT id FROM message WHERE kind = 'post' AND direction = 'inbound' AND account_id = ? ORDER BY id DESC`, accountId)?.id ?? null;
      const before = x.posts().length + x.dms().length;
      desk.run(enqueue, composeSend(desk.store.read, { requestId: desk.ids.next(), conversationId: row.id, mode, accountId, to: ['@maria'], cc: [], subject: null, text, inReplyTo: mode === 'reply' ? inReplyTo : null, attachmentIds: [], seenAt: desk.clock.now(), evenIfStale: true }, { ids: desk.ids, agent: 'Ruth', now: desk.clock.now() }));
      desk.clock.advance(1);
      await eventually(() => x.posts().length + x.dms().length > before && tables.unfinished(desk.store.read).length === 0);
    },
    report: () => spendReport(desk.store.read, registry.rows().map((r) => ({ id: r.id, address: r.address, ownsApp: r.x?.ownsApp ?? false })), xDriver.priceList ?? {}, desk.clock.now()).accounts,
  };
}

test('over a scripted day of two accounts the cost counter equals the bill, action by action', async () => {
  const { x, care, main, maria, pass, send, report, registry } = await setUp();
  const joe = x.addUser({ username: 'joe', name: 'Joe' });
  const first = x.addPost({ authorId: maria.id, text: '@acmecare @acme my zip broke' });
  x.addPost({ authorId: maria.id, text: '@acme and do you sell others?' });
  await pass(10);
  await send('reply', 'Sorry! We look into it.', care.accountId);
  await send('reply', 'All about zips: https://acme.com/zips', main.accountId);
  x.addDm({ fromId: joe.id, toId: care.id, text: 'secret question' });
  x.addDm({ fromId: maria.id, toId: main.id, text: 'and mine' });
  const ours = x.addPost({ authorId: main.id, text: 'We never close' });
  x.addPost({ authorId: joe.id, text: '@acme really?', quotedId: ours.id });
  x.addPost({ authorId: joe.id, text: '@acmecare look at this', quotedId: first.id });
  await pass(60);
  await send('dm', 'Here is your code', care.accountId);
  for (let i = 0; i < 130; i += 1) x.addPost({ authorId: i % 2 === 0 ? joe.id : maria.id, text: `@acmecare and number ${i}` });
  await pass(6 * 60);
  x.deletePost(first.id);
  x.setCredits(undefined);
  x.failNext({ path: /mentions/, status: 503, body: 'busy' });
  await pass(4 * 60);
  const [a, b] = report();
  const counted = new Map<string, number>();
  for (const line of [...(a?.today.lines ?? []), ...(b?.today.lines ?? [])]) counted.set(line.action, (counted.get(line.action) ?? 0) + line.count);
  const bill = x.bill();
  expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(bill.lines.map((l): [string, number] => [l.action, l.count])));
  expect(Math.round(((a?.today.usd ?? 0) + (b?.today.usd ?? 0)) * 1e6) / 1e6).toBe(bill.totalUsd);
  for (const account of [a, b]) for (const line of account?.today.lines ?? []) expect(Math.round(line.each * line.count * 1e6)).toBe(Math.round(line.usd * 1e6));
  // What each could read at the lower price follows who owns the app.
  expect([a?.address, a?.today.lines.some((l) => l.action === 'ownedRead'), b?.address, b?.today.lines.some((l) => l.action === 'ownedRead')]).toEqual(['@acmecare', true, '@acme', false]);
  expect(registry.rows().map((r) => r.state)).toEqual(['live', 'live']);
}, 180_000);

describe('the spending limit', () => {
  test('reading never goes over it, stops, says so, and goes on with one click or at midnight', async () => {
    const { desk, x, care, maria, pass, registry, report } = await setUp();
    desk.run(setLimit, { accountId: care.accountId, dayUsd: 0.1, monthUsd: null });
    for (let i = 0; i < 300; i += 1) x.addPost({ authorId: maria.id, text: `@acmecare number ${i}` });
    await pass(30);
    const spent = report()[0]?.today.usd ?? 0;
    expect(spent).toBeGreaterThan(0.04);
    expect(spent).toBeLessThanOrEqual(0.1);
    expect(registry.rows()[0]).toMatchObject({ state: 'paused', status: expect.stringMatching(/^Reading is paused: \$0\.\d+ of the day’s limit of \$0\.10 is spent\.$/) });
    expect(registry.rows()[1]?.state).toBe('live');
    const requests = (): number => x.requests().filter((r) => r.userId === care.id).length;
    const before = requests();
    await pass(60);
    expect(requests()).toBe(before);
    const { operation, args } = allowToday(desk.store.read, care.accountId, desk.clock.now());
    desk.run(operation, args);
    await registry.poll(care.accountId);
    expect(registry.rows()[0]?.state).toBe('live');
    expect(desk.store.read.get(`SELECT count(*) AS n FROM message WHERE account_id = ?`, care.accountId)).toEqual({ n: 300 });
    // Tomorrow the limit holds again, with a new day to spend.
    desk.clock.advance(24 * 60 * minute);
    expect(leftFor(desk.store.read, care.accountId, desk.clock.now())).toMatchObject({ by: 'day', limitUsd: 0.1 });
  }, 60_000);

  test('a paid send over it asks with the figures; what waits counts as spent', async () => {
    const { desk, x, care, maria, pass } = await setUp();
    x.addPost({ authorId: maria.id, text: '@acmecare hello' });
    await pass(5);
    const spent = leftFor(desk.store.read, care.accountId, desk.clock.now()).spentUsd;
    desk.run(setLimit, { accountId: care.accountId, dayUsd: spent + 0.02, monthUsd: null });
    const check = (text: string): void => assertWithinLimit(desk.store.read, { accountId: care.accountId, usd: priceOf('reply', text) }, (o) => priceOf(o.mode, o.item.text), desk.clock.now());
    check('short');
    expect(() => check('see https://acme.com')).toThrow(/^This costs \$0\.20\. It would go over the day’s limit of/);
    const row = desk.conversation(maria.id);
    for (const state of ['first', 'second']) {
      const args = composeSend(desk.store.read, { requestId: desk.ids.next(), conversationId: row.id, mode: 'reply', accountId: care.accountId, to: ['@maria'], cc: [], subject: null, text: state, inReplyTo: row.lastMessageId, attachmentIds: [], seenAt: desk.clock.now(), evenIfStale: true }, { ids: desk.ids, agent: 'Ruth', now: desk.clock.now() });
      desk.run(enqueue, { ...args, heldUntil: desk.clock.now() + 60 * minute });
    }
    expect(() => check('third')).toThrow('This costs $0.010.');
    try {
      check('third');
    } catch (error) {
      expect(error).toMatchObject({ code: 'refused', detail: { reason: 'spend_limit', period: 'day', usd: 0.01 } });
    }
  });
});
