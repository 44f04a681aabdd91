import { describe, expect, onTestFinished, test } from 'vitest';
import type { Input } from '../../src-preload/contract/index.ts';
import { startAccounts } from '../accounts/index.ts';
import { eventually, memoryFiles } from '../channels/contract-suite.ts';
import { xDriver } from '../channels/x/index.ts';
import { startXPeer, type XPeer } from '../demo/peers/x-api/index.ts';
import { updateSettings } from '../desk/index.ts';
import { seededRandom, silentLog } from '../kernel/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk, type TestDesk } from '../test-desk.ts';
import { composeSend, discard, enqueue, retry, sendNow, settle, startDispatcher, undo, type EnqueueArgs } from './index.ts';

const sentence = (n: number): string => `This is sentence number ${n} of a long answer to a long question, with some more words so that it fills the line.`;
const LONG = Array.from({ length: 6 }, (_, i) => sentence(i)).join(' ');

interface Line { desk: TestDesk; x: XPeer; ourId: string; write(text: string, over?: Partial<Input<'reply.send'>>): EnqueueArgs; run(): void; states(): string[]; ours(): { id: string; text: string; inReplyToId?: string }[] }

/** The real X channel against the strict peer. */
async function setUp(undoSeconds = 0): Promise<Line> {
  const desk = openTestDesk();
  desk.run({ name: 't', apply: (tx) => { for (const id of Object.values(desk.accounts)) tables.removeAccount(tx.db, id, tx.at); } }, null);
  desk.run(updateSettings, { patch: { agentInitials: 'RB', undoSeconds: { mail: 0, reply: undoSeconds, dm: 0 } } });
  const x = await startXPeer({ clock: { now: () => desk.clock.now() } });
  onTestFinished(() => x.close());
  const [care, maria] = [x.addUser({ username: 'acmecare', name: 'Acme Care' }), x.addUser({ username: 'maria', name: 'Maria' })];
  x.addOAuth1({ userId: care.id, consumerKey: 'k', consumerSecret: 's', accessToken: 't', accessSecret: 'z' });
  const registry = startAccounts({
    store: desk.store, files: memoryFiles(), drivers: [xDriver], clock: desk.clock, random: seededRandom(3), log: silentLog, onStatus: () => {}, onLive: () => {},
    secrets: { load: async () => ({ type: 'oauth1', appKey: 'k', appSecret: 's', accessToken: 't', accessSecret: 'z' }), save: async () => {}, forget: async () => {} },
  });
  onTestFinished(() => registry.stop());
  const { accountId } = await registry.add({ channel: 'x', name: 'X', apiBase: x.url, ownsApp: true, tokens: { type: 'oauth1', appKey: 'k', appSecret: 's', accessToken: 't', accessSecret: 'z' } }, { at: desk.clock.now(), agent: 'RB' });
  x.addPost({ authorId: maria.id, text: '@acmecare a long question' });
  await registry.poll(accountId);
  return {
    desk, x, ourId: care.id,
    write: (text, over = {}) => {
      const row = desk.conversation(maria.id);
      const post = desk.store.read.get<{ id: number }>(`SELECT id FROM message WHERE kind = 'post' AND direction = 'inbound' ORDER BY id DESC`);
      const args = composeSend(desk.store.read, {
        requestId: desk.ids.next(), conversationId: row.id, mode: 'reply', accountId, to: ['@maria'], cc: [], subject: null, text, inReplyTo: post?.id ?? null, attachmentIds: [], seenAt: desk.clock.now(), evenIfStale: true,
        split: 'plain', ...over,
      }, { ids: desk.ids, agent: 'Ruth', now: desk.clock.now(), ...(xDriver.splitPost ? { splitPost: xDriver.splitPost } : {}) });
      desk.run(enqueue, args);
      return args;
    },
    run() {
      const dispatcher = startDispatcher({ store: desk.store, clock: desk.clock, random: seededRandom(4), log: silentLog, channelOf: (id) => registry.channelOf(id) });
      onTestFinished(() => dispatcher.stop());
    },
    states: () => desk.store.read.all<{ state: string }>('SELECT state FROM outbox ORDER BY created_at, id').map((o) => o.state),
    ours: () => x.posts().filter((post) => post.authorId === care.id),
  };
}

describe('one answer as several posts', () => {
  test('each answers the one before, each is there once, and all cost what X bills', async () => {
    const { desk, x, write, run, states, ours } = await setUp();
    const args = write(LONG);
    expect(args.thread?.rest).toHaveLength(2);
    expect([args.item.text.endsWith('^RB'), args.thread?.rest.at(-1)?.item.text.endsWith('^RB')]).toEqual([false, true]);
    run();
    await eventually(() => states().every((state) => state === 'sent'));
    const [first, second, third, ...more] = ours();
    expect(more).toEqual([]);
    expect([second?.inReplyToId, third?.inReplyToId]).toEqual([first?.id, second?.id]);
    expect([first, second, third].map((post) => post?.text.replace('@maria ', '')).join(' ')).toBe(`${LONG} ^RB`);
    const spent = desk.store.read.all<{ action: string; count: number }>(`SELECT action, sum(n) AS count FROM spend WHERE action IN ('replySummoned', 'postCreate') GROUP BY action ORDER BY action`);
    expect(spent).toEqual([{ action: 'postCreate', count: 2 }, { action: 'replySummoned', count: 1 }]);
    expect(spent).toEqual(x.bill().lines.filter((line) => line.action === 'postCreate' || line.action === 'replySummoned').map(({ action, count }) => ({ action, count })).toSorted((a, b) => a.action.localeCompare(b.action)));
  });

  test('an answer lost on the way to the second keeps the order: it is looked for, then the third goes', async () => {
    const { desk, x, write, run, states, ours } = await setUp();
    write(LONG);
    const [, second] = desk.store.read.all<{ id: string }>('SELECT id FROM outbox ORDER BY id');
    const stop = desk.store.onCommit(() => {
      if (states()[0] !== 'sent') return;
      stop();
      x.dropNext({ afterAccept: true });
    });
    run();
    await eventually(() => {
      desk.clock.advance(1_000);
      return states().every((state) => state === 'sent');
    });
    expect(second).toBeDefined();
    expect(ours()).toHaveLength(3);
    expect(ours().slice(1).map((post) => post.inReplyToId)).toEqual(ours().slice(0, 2).map((post) => post.id));
  });

  test('undo brings everything back as it was written, also what was numbered', async () => {
    const { desk, write, states } = await setUp(10);
    const text = `  ${LONG}\n\nYours  `;
    const { thread } = write(text, { split: 'numbered' });
    const last = thread?.rest.at(-1)?.item;
    expect(last?.text).toMatch(/\^RB 3\/3$/);
    expect(desk.run(undo, { outboxId: last?.outboxId ?? '' })?.text).toBe(text);
    expect(states()).toEqual([]);
    expect(desk.store.read.get(`SELECT count(*) AS n FROM message WHERE direction = 'outbound'`)).toEqual({ n: 0 });
  });

  test('"send now" is for all of them', async () => {
    const { desk, write, states } = await setUp(10);
    desk.run(sendNow, { outboxId: write(LONG).outboxId });
    expect(states()).toEqual(['queued', 'queued', 'queued']);
  });

  test('a refusal in the middle keeps the rest unsent, says so, and gives exactly that back; sent again it goes on where it stopped', async () => {
    const { desk, x, write, run, states, ours } = await setUp();
    write(LONG);
    const stop = desk.store.onCommit(() => {
      if (states()[0] !== 'sent') return;
      stop();
      x.failNext({ path: '/2/tweets', status: 403, body: { title: 'Forbidden', detail: 'You are not permitted to perform this action.', type: 'about:blank', status: 403 } });
    });
    run();
    await eventually(() => states().join() === 'sent,refused,refused');
    const [, second, third] = tables.outboxViews(desk.store.read, desk.store.read.all<{ id: string }>('SELECT id FROM outbox ORDER BY id').map((o) => o.id));
    expect(third?.delivery).toMatchObject({ problem: 'Not sent: the post before it did not leave.', part: { n: 3, of: 3 } });
    desk.run(retry, { outboxId: third?.id ?? '' });
    await eventually(() => states().every((state) => state === 'sent'));
    expect(ours()).toHaveLength(3);

    const again = write(`${LONG} Once more.`);
    x.failNext({ path: '/2/tweets', status: 403, body: { title: 'Forbidden', detail: 'You are not permitted to perform this action.', type: 'about:blank', status: 403 } });
    await eventually(() => tables.unfinished(desk.store.read).every((o) => o.state === 'refused'));
    expect(desk.run(discard, { outboxId: again.thread?.rest[0]?.item.outboxId ?? '' })?.text).toBe(`${LONG} Once more.`);
    expect(second).toBeDefined();
  });

  test('what was sent stays sent: only what has not left comes back', async () => {
    const { desk, write, states } = await setUp();
    const args = write(LONG);
    desk.run({ name: 't', apply: (tx) => tables.updateOutbox(tx.db, args.outboxId, { ...(tables.outboxById(tx.db, args.outboxId) as tables.OutboxRecord), state: 'unknown', heldUntil: null }, tx.at) }, null);
    expect(() => desk.run(undo, { outboxId: args.outboxId })).toThrow('It is not known yet');
    desk.run(settle, { outboxId: args.outboxId, arrived: true });
    expect(`${args.thread?.source}${desk.run(undo, { outboxId: args.thread?.rest[1]?.item.outboxId ?? '' })?.text}`).toBe(LONG);
    expect(states()).toEqual(['sent']);
  });

  test('a post that a person found, but whose number nobody knows, is continued by nobody', async () => {
    const { desk, write, run, states } = await setUp();
    const args = write(LONG);
    desk.run({ name: 't', apply: (tx) => tables.updateOutbox(tx.db, args.outboxId, { ...(tables.outboxById(tx.db, args.outboxId) as tables.OutboxRecord), state: 'unknown', heldUntil: null, retryAt: desk.clock.now() + 60_000 }, tx.at) }, null);
    desk.run(settle, { outboxId: args.outboxId, arrived: true });
    run();
    await eventually(() => states().join() === 'sent,refused,refused');
    expect(tables.outboxById(desk.store.read, args.thread?.rest[0]?.item.outboxId ?? '')?.problem).toContain('it is not known which post');
  });

  test('a text that fits leaves whole, and an empty one only with a picture', async () => {
    const { write } = await setUp();
    expect(write('Short.').thread).toBeUndefined();
    expect(() => write('  ')).toThrow('Nothing is written yet');
  });
});
