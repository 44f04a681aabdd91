import { expect, onTestFinished, test } from 'vitest';
import type { SignInInput } from '../../src-preload/contract/index.ts';
import { eventually, memoryFiles } from '../channels/contract-suite.ts';
import { signInPorts, xDriver } from '../channels/x/index.ts';
import { startXPeer, type XPeer } from '../demo/peers/x-api/index.ts';
import { seededRandom, silentLog } from '../kernel/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk, type TestDesk } from '../test-desk.ts';
import { startAccounts, type AccountRegistry } from './index.ts';

interface SetUp { desk: TestDesk; x: XPeer; registry: AccountRegistry; secrets: Map<string, Record<string, string>>; input: SignInInput; saves: string[]; by: { at: number; agent: string } }

async function setUp(): Promise<SetUp> {
  const desk = openTestDesk();
  // The test desk's own accounts are not connected to anything.
  desk.run({ name: 't', apply: (tx) => { for (const id of Object.values(desk.accounts)) tables.dropAccount(tx.db, id); } }, null);
  const x = await startXPeer({ clock: { now: () => desk.clock.now() } });
  onTestFinished(() => x.close());
  const care = x.addUser({ username: 'acmecare', name: 'Acme Care' });
  const main = x.addUser({ username: 'acme', name: 'Acme' });
  for (const user of [care, main]) x.grant(user.id);
  x.addApp({ clientId: 'parley', name: 'Parley', redirectUris: signInPorts.map((port) => `http://127.0.0.1:${port}/callback`) });
  const secrets = new Map<string, Record<string, string>>();
  const saves: string[] = [];
  const registry = startAccounts({
    store: desk.store, files: memoryFiles(), drivers: [xDriver], clock: desk.clock, random: seededRandom(3), log: silentLog, onStatus: () => {}, onLive: () => {},
    secrets: {
      load: async (id) => secrets.get(id) ?? {},
      async save(id, values) {
        saves.push(`${id} ${x.requests().some((r) => r.path === '/2/users/me' && r.status === 200) ? 'after use' : 'before use'}`);
        secrets.set(id, values);
      },
      forget: async (id) => void secrets.delete(id),
    },
  });
  onTestFinished(() => registry.stop());
  return { desk, x, registry, secrets, saves, by: { at: desk.clock.now(), agent: 'RB' }, input: { channel: 'x', name: 'Care on X', apiBase: x.url, authorizeBase: x.url, clientId: 'parley', ownsApp: true } };
}

/** What a person does on X's page: opens it, picks an account, presses a button; then the browser follows the redirect. */
async function onThePage(url: string, username: string, decision: 'allow' | 'cancel' = 'allow'): Promise<{ page: number; back: Response | null; location: string | null }> {
  const page = await fetch(url);
  const html = await page.text();
  if (page.status !== 200) return { page: page.status, back: null, location: null };
  const user = new RegExp(`value="(\\d+)"[^>]*>[^@]*<b>@${username}<`).exec(html)?.[1] ?? '';
  const form = new URLSearchParams(new URL(url).searchParams);
  form.set('user_id', user);
  form.set('decision', decision);
  const decided = await fetch(new URL('/i/oauth2/authorize', url), { method: 'POST', body: form, redirect: 'manual' });
  const location = decided.headers.get('location');
  return { page: 200, location, back: location === null ? null : await fetch(location) };
}

test('signed in on the page, the account is there, its tokens were sealed before their first use, and nothing listens any more', async () => {
  const { registry, x, secrets, saves, input, by, desk } = await setUp();
  const started = await registry.signIns.start(input, null, by);
  expect(started.url).toMatch(/code_challenge_method=S256/);
  const { back } = await onThePage(started.url, 'acmecare');
  expect(back?.status).toBe(200);
  const { accountId, address } = await registry.signIns.done(started.signInId);
  expect(address).toBe('@acmecare');
  expect(registry.rows()).toMatchObject([{ id: accountId, address: '@acmecare', name: 'Care on X', x: { clientId: 'parley', ownsApp: true, apiBase: x.url } }]);
  expect(saves).toEqual([`${accountId} before use`]);
  expect(secrets.get(accountId)).toMatchObject({ type: 'oauth2', clientId: 'parley', accessToken: expect.stringMatching(/^at-/), refreshToken: expect.stringMatching(/^rt-/) });
  await eventually(() => registry.rows()[0]?.state === 'live');
  await expect(fetch(started.redirectUri)).rejects.toThrow();
  // Neither token nor verifier lies in the open.
  expect(JSON.stringify([desk.store.read.all('SELECT * FROM operation'), desk.store.read.all('SELECT * FROM account')])).not.toMatch(/at-\d|rt-\d|verifier/);
});

test('signing in again keeps the account, its messages and settings, and takes the new tokens', async () => {
  const { registry, secrets, input, by, x, desk } = await setUp();
  const first = await registry.signIns.start({ ...input, appBearer: 'app-1' } as SignInInput, null, by);
  await onThePage(first.url, 'acmecare');
  const { accountId } = await registry.signIns.done(first.signInId);
  await eventually(() => registry.rows()[0]?.state === 'live');
  const before = secrets.get(accountId);
  for (const grant of x.state.grants) grant.revoked = true;
  await registry.poll(accountId);
  expect(registry.rows()[0]?.state).toBe('sign_in_needed');
  x.addPost({ authorId: x.addUser({ username: 'maria', name: 'Maria' }).id, text: '@acmecare hello?' });
  const again = await registry.signIns.start(input, accountId, by);
  await onThePage(again.url, 'acmecare');
  expect(await registry.signIns.done(again.signInId)).toMatchObject({ accountId, address: '@acmecare' });
  await eventually(() => registry.rows()[0]?.state === 'live');
  expect(secrets.get(accountId)?.['accessToken']).not.toBe(before?.['accessToken']);
  // The developer app's own token is no part of the sign-in: it stays, and nobody reads it in the open.
  expect(secrets.get(accountId)?.['appBearer']).toBe('app-1');
  expect(JSON.stringify([desk.store.read.all('SELECT * FROM operation'), desk.store.read.all('SELECT * FROM account'), registry.rows()])).not.toContain('app-1');
  expect([...secrets.keys()]).toEqual([accountId]);
  expect(desk.store.read.get('SELECT count(*) AS n FROM account WHERE removed_at IS NULL')).toEqual({ n: 1 });
  expect(desk.store.read.get('SELECT count(*) AS n FROM message WHERE account_id = ?', accountId)).toEqual({ n: 1 });
});

test('somebody else’s sign-in changes nothing of an account that needs its own', async () => {
  const { registry, secrets, input, by } = await setUp();
  const first = await registry.signIns.start(input, null, by);
  await onThePage(first.url, 'acmecare');
  const { accountId } = await registry.signIns.done(first.signInId);
  const before = { ...secrets.get(accountId) };
  const again = await registry.signIns.start(input, accountId, by);
  await onThePage(again.url, 'acme');
  await expect(registry.signIns.done(again.signInId)).rejects.toThrow('This sign-in belongs to @acme, not to @acmecare. Nothing was changed');
  expect([secrets.get(accountId), [...secrets.keys()]]).toEqual([before, [accountId]]);
});

test('declined, cancelled, forged or too late: a sentence each, and no account', async () => {
  const { registry, input, by, desk, secrets } = await setUp();
  const outcome = async (act: (started: Awaited<ReturnType<typeof registry.signIns.start>>) => Promise<unknown> | void): Promise<string> => {
    const started = await registry.signIns.start(input, null, by);
    const end = registry.signIns.done(started.signInId).then(() => 'an account', (error: Error) => error.message);
    await act(started);
    return end;
  };
  expect(await outcome(({ url }) => onThePage(url, 'acmecare', 'cancel'))).toBe('The sign-in was declined on X’s page.');
  expect(await outcome(({ signInId }) => registry.signIns.cancel(signInId))).toBe('The sign-in was cancelled.');
  expect(await outcome(async ({ redirectUri, signInId }) => {
    expect((await fetch(`${redirectUri}?state=guess&code=evil`)).status).toBe(400);
    registry.signIns.cancel(signInId);
  })).toBe('The sign-in was cancelled.');
  expect(await outcome(async ({ redirectUri, url }) => {
    const state = new URL(url).searchParams.get('state') ?? '';
    await fetch(`${redirectUri}?state=${state}&code=made-up`);
  })).toMatch(/^X did not accept the sign-in/);
  expect(await outcome(() => desk.clock.advance(5 * 60_000))).toBe('Nobody finished the sign-in within five minutes; start it again.');
  expect([registry.rows(), secrets.size, desk.clock.pending()]).toEqual([[], 0, 0]);
});

test('a code older than 30 seconds, or of an app with another callback, is not taken', async () => {
  const { registry, input, by, desk, x } = await setUp();
  const wrong = x.state.apps?.[0];
  const started = await registry.signIns.start(input, null, by);
  if (wrong) wrong.redirectUris = wrong.redirectUris.map((uri) => `${uri}/`);
  expect((await onThePage(started.url, 'acmecare')).page).toBe(400);
  if (wrong) wrong.redirectUris = wrong.redirectUris.map((uri) => uri.slice(0, -1));
  const form = new URLSearchParams(new URL(started.url).searchParams);
  form.set('user_id', x.state.grants[0]?.userId ?? '');
  form.set('decision', 'allow');
  const decided = await fetch(new URL('/i/oauth2/authorize', started.url), { method: 'POST', body: form, redirect: 'manual' });
  desk.clock.advance(30_000);
  await fetch(decided.headers.get('location') ?? '');
  await expect(registry.signIns.done(started.signInId)).rejects.toThrow('X did not accept the sign-in');
});

test('a console that ended between tokens and name leaves no half account', async () => {
  const { desk } = await setUp();
  desk.run({ name: 't', apply: (tx) => tables.putAccount(tx.db, { id: desk.ids.next(), channel: 'x', name: 'X', address: '', config: {}, isConnected: false }, tx.at) }, null);
  const registry = startAccounts({ store: desk.store, files: memoryFiles(), drivers: [xDriver], clock: desk.clock, random: seededRandom(3), log: silentLog, onStatus: () => {}, onLive: () => {}, secrets: { load: async () => ({}), save: async () => {}, forget: async () => {} } });
  expect([registry.rows(), tables.accounts(desk.store.read)]).toEqual([[], []]);
  await registry.stop();
});
