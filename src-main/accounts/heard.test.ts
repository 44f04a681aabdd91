import { expect, onTestFinished, test } from 'vitest';
import { memoryFiles } from '../channels/contract-suite.ts';
import { xDriver } from '../channels/x/index.ts';
import { startXPeer, type XPeer } from '../demo/peers/x-api/index.ts';
import { updateSettings } from '../desk/index.ts';
import { dismissHeard, takeHeard } from '../intake/index.ts';
import { seededRandom, silentLog } from '../kernel/index.ts';
import { setLimit } from '../spending/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk, type TestDesk } from '../test-desk.ts';
import { startAccounts, type AccountRegistry } from './index.ts';

async function setUp(words: string[]): Promise<{ desk: TestDesk; x: XPeer; registry: AccountRegistry; care: string; accountId: string; maria: string; joe: string; after(minutes: number): Promise<void>; heard(): string[] }> {
  const desk = openTestDesk();
  desk.run({ name: 't', apply: (tx) => { for (const id of Object.values(desk.accounts)) tables.dropAccount(tx.db, id); } }, null);
  desk.run(updateSettings, { patch: { listenWords: words, officeZone: 'UTC' } });
  const x = await startXPeer({ clock: { now: () => desk.clock.now() } });
  onTestFinished(() => x.close());
  const ids = ['acmecare', 'maria', 'joe'].map((username) => x.addUser({ username, name: username }).id);
  const [care = '', maria = '', joe = ''] = ids;
  x.state.appOwnerId = care;
  x.addOAuth1({ userId: care, consumerKey: 'k', consumerSecret: 's', accessToken: 't', accessSecret: 'z' });
  const tokens = { type: 'oauth1', appKey: 'k', appSecret: 's', accessToken: 't', accessSecret: 'z' } as const;
  const registry = startAccounts({
    store: desk.store, files: memoryFiles(), drivers: [xDriver], clock: desk.clock, random: seededRandom(3), log: silentLog, onStatus: () => {}, onLive: () => {},
    secrets: { load: async () => tokens, save: async () => {}, forget: async () => {} },
  });
  onTestFinished(() => registry.stop());
  const { accountId } = await registry.add({ channel: 'x', name: 'X', apiBase: x.url, ownsApp: true, tokens }, { at: desk.clock.now(), agent: 'RB' });
  await registry.poll(accountId);
  return {
    desk, x, registry, care, accountId, maria, joe,
    async after(minutes) {
      desk.clock.advance(minutes * 60_000);
      await registry.poll(accountId);
    },
    heard: () => tables.openHeard(desk.store.read, 100).map((row) => `${row.handle} ${row.word}: ${row.text}${row.replyAllowed ? ' (may answer)' : ''}`),
  };
}
const messages = (desk: TestDesk): number => desk.store.read.get<{ n: number }>(`SELECT count(*) AS n FROM message WHERE direction = 'inbound'`)?.n ?? 0;

test('what speaks of us without addressing us is heard apart, once, and marked with what X allows', async () => {
  const { x, maria, joe, care, after, heard, desk } = await setUp(['acme broadband', '@rival']);
  x.addUser({ username: 'rival', name: 'Rival' });
  const ours = x.addPost({ authorId: care, text: 'We never close' });
  x.addPost({ authorId: maria, text: 'Acme Broadband is down again' });
  x.addPost({ authorId: joe, text: '@rival is no better' });
  x.addPost({ authorId: joe, text: 'so much for acme broadband', quotedId: ours.id });
  x.addPost({ authorId: maria, text: '@acmecare acme broadband is down, help' });
  x.addPost({ authorId: care, text: 'Acme Broadband news' });
  await after(11);
  await after(11);
  expect(heard().sort()).toEqual(['@joe @rival: @rival is no better', '@joe acme broadband: so much for acme broadband (may answer)', '@maria acme broadband: Acme Broadband is down again']);
  // The mention is the only conversation.
  expect(messages(desk)).toBe(1);
  expect(x.requests().filter((r) => r.status !== 200)).toEqual([]);
});

test('taken in it is a conversation like any other; dismissed or deleted at its source nothing of it is left', async () => {
  const { x, maria, joe, after, heard, desk } = await setUp(['acme']);
  const first = x.addPost({ authorId: maria, text: 'acme lost my parcel' });
  const second = x.addPost({ authorId: joe, text: 'acme acme acme' });
  const third = x.addPost({ authorId: joe, text: 'acme telltale words' });
  await after(11);
  expect(heard()).toHaveLength(3);
  const { conversationId } = desk.run(takeHeard, { postId: first.id, ids: desk.ids });
  expect(desk.conversation(maria)).toMatchObject({ id: conversationId, state: 'open', preview: 'acme lost my parcel' });
  desk.run(dismissHeard, { postId: second.id });
  x.deletePost(third.id);
  await after(16);
  expect(heard()).toEqual([]);
  expect(() => desk.run(dismissHeard, { postId: second.id })).toThrow('not in the list any more');
  expect(JSON.stringify(desk.store.read.all('SELECT * FROM heard'))).not.toMatch(/telltale|acme acme/);
  await after(30);
  expect([heard(), messages(desk)]).toEqual([[], 1]);
});

test('follow-ups deep in an open thread arrive though they name nobody; strangers in it and closed threads do not', async () => {
  const { x, maria, joe, care, after, desk } = await setUp([]);
  const asked = x.addPost({ authorId: maria, text: '@acmecare my zip broke' });
  await after(1);
  const ours = x.addPost({ authorId: care, text: '@maria which colour?', inReplyToId: asked.id });
  const aside = x.addPost({ authorId: joe, text: 'mine too', inReplyToId: ours.id });
  x.addPost({ authorId: maria, text: 'oh no, which one?', inReplyToId: aside.id });
  await after(6);
  const texts = (): string[] => desk.store.read.all<{ text: string }>('SELECT text FROM message ORDER BY id').map((m) => m.text);
  expect(texts()).toEqual(expect.arrayContaining(['oh no, which one?']));
  expect(texts()).not.toContain('mine too');
  x.addPost({ authorId: maria, text: 'the red one', inReplyToId: aside.id });
  await after(6);
  await after(6);
  expect(texts().filter((text) => text === 'the red one')).toHaveLength(1);
  desk.run({ name: 't', apply: (tx) => tables.setState(tx.db, desk.conversation(maria).id, 'done', 'RB') }, null);
  x.addPost({ authorId: maria, text: 'thanks anyway', inReplyToId: aside.id });
  await after(6);
  expect(texts()).not.toContain('thanks anyway');
  expect(x.requests().filter((r) => r.status !== 200)).toEqual([]);
});

test('listening stays inside the spending limit and the counter equals the bill', async () => {
  const { x, maria, after, desk, accountId, heard } = await setUp(['acme']);
  for (let i = 0; i < 60; i += 1) x.addPost({ authorId: maria, text: `acme number ${i}` });
  const spent = (): number => tables.spentByAccount(desk.store.read, accountId, 0);
  desk.run(setLimit, { accountId, dayUsd: Math.round((spent() + 0.2) * 1e6) / 1e6, monthUsd: null });
  const limit = spent() + 0.2;
  await after(11);
  await after(11);
  expect(heard().length).toBeGreaterThan(5);
  expect(spent()).toBeLessThanOrEqual(limit);
  expect(spent()).toBe(x.bill().totalUsd);
});
