import { expect, onTestFinished, test } from 'vitest';
import { memoryFiles } from '../channels/contract-suite.ts';
import { xDriver } from '../channels/x/index.ts';
import { startXPeer, type XPeer } from '../demo/peers/x-api/index.ts';
import { seededRandom, silentLog } from '../kernel/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk, type TestDesk } from '../test-desk.ts';
import { startAccounts } from './index.ts';

interface Brand { desk: TestDesk; x: XPeer; users: Record<'acme' | 'acmecare' | 'maria' | 'joe', string>; accounts: Record<'acme' | 'acmecare', string>; read(order?: readonly ('acme' | 'acmecare')[]): Promise<void>; queue(accountId: string | null): string[] }

/** A brand with its main handle and a care handle, both connected here. */
async function openBrand(): Promise<Brand> {
  const desk = openTestDesk();
  desk.run({ name: 't', apply: (tx) => { for (const id of Object.values(desk.accounts)) tables.removeAccount(tx.db, id, tx.at); } }, null);
  const x = await startXPeer({ clock: { now: () => desk.clock.now() } });
  onTestFinished(() => x.close());
  const user = (username: string): string => x.addUser({ username, name: username }).id;
  const users = { acme: user('acme'), acmecare: user('acmecare'), maria: user('maria'), joe: user('joe') };
  const kept = new Map<string, Record<string, string>>();
  const registry = startAccounts({
    store: desk.store, files: memoryFiles(), drivers: [xDriver], clock: desk.clock, random: seededRandom(3), log: silentLog, onStatus: () => {}, onLive: () => {},
    secrets: { load: async (id) => kept.get(id) ?? {}, save: async (id, secrets) => void kept.set(id, secrets), forget: async (id) => void kept.delete(id) },
  });
  onTestFinished(() => registry.stop());
  const connect = async (handle: 'acme' | 'acmecare'): Promise<string> => {
    const strings = { accessToken: `${users[handle]}-t`, accessSecret: 'a' };
    x.addOAuth1({ userId: users[handle], consumerKey: 'k', consumerSecret: 's', ...strings });
    return (await registry.add({ channel: 'x', name: handle, apiBase: x.url, ownsApp: false, tokens: { type: 'oauth1', appKey: 'k', appSecret: 's', ...strings } }, { at: desk.clock.now(), agent: 'RB' })).accountId;
  };
  const accounts = { acme: await connect('acme'), acmecare: await connect('acmecare') };
  const read: Brand['read'] = async (order = ['acme', 'acmecare']) => {
    for (const handle of order) await registry.poll(accounts[handle]);
  };
  await read();
  return {
    desk, x, users, accounts, read,
    queue: (accountId) => tables.queuePage(desk.store.read, { view: 'open', sort: 'oldest', accountId, me: 'RB', after: null, limit: 10 }).rows
      .map((row) => `${row.customerName} to ${row.accountId === accounts.acme ? '@acme' : row.accountId === accounts.acmecare ? '@acmecare' : 'nobody'}`),
  };
}

test('a row says which of two handles was addressed, and the queue shows one of them alone', async () => {
  const { x, users, accounts, read, queue } = await openBrand();
  x.addPost({ authorId: users.maria, text: '@acmecare my zip broke' });
  x.addPost({ authorId: users.joe, text: '@acme do you sell zips?' });
  await read();
  expect(queue(null).sort()).toEqual(['joe to @acme', 'maria to @acmecare']);
  expect([queue(accounts.acmecare), queue(accounts.acme)]).toEqual([['maria to @acmecare'], ['joe to @acme']]);
  // She turns to the other handle: so does her row.
  x.addPost({ authorId: users.maria, text: '@acme is anybody there?' });
  await read();
  expect([queue(accounts.acmecare), queue(accounts.acme).sort()]).toEqual([[], ['joe to @acme', 'maria to @acme']]);
});

test.each([[['acme', 'acmecare']], [['acmecare', 'acme']]] as const)('a post that names both handles is one message of the first, its edit too, whoever reads it first (%s)', async (order) => {
  const { x, users, desk, read, queue } = await openBrand();
  const both = x.addPost({ authorId: users.maria, text: '@acme @acmecare my zipp broke' });
  await read(order);
  const texts = (): string[] => desk.store.read.all<{ text: string }>('SELECT text FROM message ORDER BY id').map((m) => m.text);
  expect([texts(), queue(null)]).toEqual([['@acme @acmecare my zipp broke'], ['maria to @acme']]);
  x.editPost(both.id, '@acme @acmecare my zip broke');
  await read([...order].reverse());
  expect([texts(), queue(null)]).toEqual([['@acme @acmecare my zip broke'], ['maria to @acme']]);
});

test('a post deep in an open thread that names the other handle can be answered by that one', async () => {
  const { x, users, desk, read, queue } = await openBrand();
  const asked = x.addPost({ authorId: users.maria, text: '@acmecare my zip broke' });
  await read();
  const aside = x.addPost({ authorId: users.joe, text: 'mine too', inReplyToId: asked.id });
  x.addPost({ authorId: users.maria, text: '@acme what is this?', inReplyToId: aside.id });
  // The care handle finds it in the thread first, where it may not answer.
  await read(['acmecare', 'acme']);
  expect(queue(null)).toEqual(['maria to @acme']);
  const last = desk.store.read.all<{ text: string; detail: string }>('SELECT text, detail FROM message ORDER BY id').map((m) => `${m.text} ${(JSON.parse(m.detail) as { replyAllowed: boolean }).replyAllowed}`);
  expect(last).toEqual(['@acmecare my zip broke true', '@acme what is this? true']);
});

test('what one of our handles writes is never a customer of the other', async () => {
  const { x, users, desk, read, queue } = await openBrand();
  const asked = x.addPost({ authorId: users.maria, text: '@acme my zip broke' });
  await read();
  x.addPost({ authorId: users.acme, text: '@maria please turn to @acmecare', inReplyToId: asked.id });
  x.addPost({ authorId: users.acmecare, text: 'thanks to @acme for the zips' });
  await read();
  expect(queue(null)).toEqual(['maria to @acme']);
  const lines = desk.store.read.all<{ direction: string; author: string; text: string }>('SELECT direction, author, text FROM message ORDER BY id').map((m) => `${m.direction} ${m.author}: ${m.text}`);
  expect(lines).toEqual(['inbound maria: @acme my zip broke', 'outbound @acme: @maria please turn to @acmecare', 'outbound @acmecare: thanks to @acme for the zips']);
});
