import { expect, onTestFinished, test } from 'vitest';
import type { AccountInput } from '../../src-preload/contract/index.ts';
import { eventually, memoryFiles } from '../channels/contract-suite.ts';
import { xDriver } from '../channels/x/index.ts';
import { startXPeer, type XPeer } from '../demo/peers/x-api/index.ts';
import { seededRandom, silentLog } from '../kernel/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk, type TestDesk } from '../test-desk.ts';
import { startAccounts, type AccountRegistry } from './index.ts';

const REFUSED = 'X does not accept these tokens; copy all of them anew from X’s developer console.';

type XInput = Extract<AccountInput, { channel: 'x' }>;
type Way = XInput['tokens']['type'];

interface Pasting { desk: TestDesk; x: XPeer; registry: AccountRegistry; paste(tokens: XInput['tokens']): XInput; fresh(way: Way): XInput['tokens']; revoke(): void; kept(accountId: string): Record<string, string>; by: { at: number; agent: string } }

async function setUp(): Promise<Pasting> {
  const desk = openTestDesk();
  desk.run({ name: 't', apply: (tx) => { for (const id of Object.values(desk.accounts)) tables.removeAccount(tx.db, id, tx.at); } }, null);
  const x = await startXPeer({ clock: { now: () => desk.clock.now() } });
  onTestFinished(() => x.close());
  const care = x.addUser({ username: 'acmecare', name: 'Acme Care' });
  const kept = new Map<string, Record<string, string>>();
  const registry = startAccounts({
    store: desk.store, files: memoryFiles(), drivers: [xDriver], clock: desk.clock, random: seededRandom(3), log: silentLog, onStatus: () => {}, onLive: () => {},
    secrets: { load: async (id) => kept.get(id) ?? {}, save: async (id, secrets) => void kept.set(id, secrets), forget: async (id) => void kept.delete(id) },
  });
  onTestFinished(() => registry.stop());
  let serial = 0;
  return {
    desk, x, registry, kept: (accountId) => kept.get(accountId) ?? {}, by: { at: desk.clock.now(), agent: 'RB' },
    paste: (tokens) => ({ channel: 'x', name: 'Care', apiBase: x.url, ownsApp: true, tokens }),
    fresh(way) {
      serial += 1;
      if (way === 'oauth2') return { type: 'oauth2', accessToken: x.grant(care.id, { clientId: 'parley-test' }).accessToken, refreshToken: null, clientId: null };
      // Signs that a signature must carry encoded.
      const strings = { accessToken: `${care.id}-t${serial}`, accessSecret: `a+/=& ${serial}` };
      x.addOAuth1({ userId: care.id, consumerKey: 'key', consumerSecret: 's%3D', ...strings });
      return { type: 'oauth1', appKey: 'key', appSecret: 's%3D', ...strings };
    },
    revoke() {
      x.state.oauth1.length = 0;
      for (const grant of x.state.grants) grant.revoked = true;
    },
  };
}

test.each(['oauth1', 'oauth2'] as const)('pasted tokens (%s): tested step by step, connected, mentions read, a reply taken', async (way) => {
  const { x, desk, registry, paste, fresh, by } = await setUp();
  const input = paste(fresh(way));
  const maria = x.addUser({ username: 'maria', name: 'Maria' });
  const asked = x.addPost({ authorId: maria.id, text: '@acmecare hello?' });
  expect(await registry.test(input)).toMatchObject({ ok: true, steps: [{ step: 'Address' }, { step: 'Connect' }, { step: 'Sign in', message: 'Signed in as @acmecare.' }, { step: 'Read mentions' }] });
  const { accountId } = await registry.add(input, by);
  await registry.poll(accountId);
  expect(registry.rows()).toMatchObject([{ address: '@acmecare', state: 'live' }]);
  expect(desk.conversation(maria.id).preview).toBe('@acmecare hello?');
  const sent = await registry.channelOf(accountId)?.send({
    outboxId: desk.ids.next(), idempotencyKey: 'k', attempt: 1, mode: 'reply', to: ['@maria'], cc: [], subject: null, text: 'Hello! 100% “yes” & ünï – 日本', inReplyTo: asked.id, references: [], peerId: maria.id, files: [], enqueuedAt: desk.clock.now(),
  });
  expect([sent?.type, x.posts().at(-1)?.text]).toEqual(['sent', '@maria Hello! 100% “yes” & ünï – 日本']);
});

test('each of the four strings of OAuth 1.0a counts', async () => {
  const { registry, paste, fresh } = await setUp();
  const good = fresh('oauth1');
  for (const wrong of ['appKey', 'appSecret', 'accessToken', 'accessSecret'] as const) {
    const { ok, steps } = await registry.test(paste({ ...good, [wrong]: 'wrong' } as XInput['tokens']));
    expect([wrong, ok, steps.at(-1)]).toEqual([wrong, false, { step: 'Sign in', ok: false, message: REFUSED }]);
  }
  expect(await registry.test(paste(good))).toMatchObject({ ok: true });
});

test('the app’s own token is no sign-in, and X’s reason is told', async () => {
  const { x, registry, paste } = await setUp();
  x.activity.addApp('app-bearer');
  const { ok, steps } = await registry.test(paste({ type: 'oauth2', accessToken: 'app-bearer', refreshToken: null, clientId: null }));
  expect([ok, steps.at(-1)]).toEqual([false, { step: 'Sign in', ok: false, message: 'This is the app’s own token; X wants a token of the account’s user here.' }]);
});

const refusals = [
  ['401', 401, { title: 'Unauthorized', detail: 'Unauthorized', type: 'about:blank', status: 401 }, 'sign_in_needed', REFUSED],
  ['402 by title', 402, { account_id: '1', title: 'CreditsDepleted', detail: 'x', type: 'https://api.x.com/2/problems/credits' }, 'waiting', 'The X account has no credits left; buy credits in X’s developer console.'],
  ['402 by type', 402, { title: 'Payment Required', detail: 'x', type: 'https://api.x.com/2/problems/credits-depleted', status: 402 }, 'waiting', 'The X account has no credits left; buy credits in X’s developer console.'],
  ['403 enrolment', 403, { title: 'Client Forbidden', detail: 'x', reason: 'client-not-enrolled', type: 'https://api.x.com/2/problems/client-not-enrolled' }, 'failed', 'The developer app behind this account is not enrolled in a plan that allows this; see X’s developer console.'],
] as const;

test.each((['oauth1', 'oauth2'] as const).flatMap((way) => refusals.map((row) => [way, ...row] as const)))('%s, X says %s: the form and the account row say what to do', async (way, _, status, body, state, sentence) => {
  const { x, registry, paste, fresh, by } = await setUp();
  const input = paste(fresh(way));
  const refuse = (path: RegExp, times: number): void => x.failNext({ path, status, body, times });
  refuse(/users\/me/, 2);
  const { ok, steps } = await registry.test(input);
  expect([ok, steps.at(-1)?.message]).toEqual([false, sentence]);
  await expect(registry.add(input, by)).rejects.toMatchObject({ code: 'refused', message: sentence });
  const { accountId } = await registry.add(input, by);
  await registry.poll(accountId);
  refuse(/mentions/, 1);
  await registry.poll(accountId);
  expect(registry.rows()).toMatchObject([{ state, status: status === 401 ? 'X no longer accepts this sign-in; sign in again.' : sentence }]);
});

test.each([['oauth1', 'oauth2'], ['oauth2', 'oauth1'], ['oauth1', 'oauth1']] as const)('%s tokens X no longer takes are replaced by pasting others (%s), and the account stays the same', async (before, after) => {
  const { x, desk, registry, paste, fresh, revoke, kept, by } = await setUp();
  x.activity.addApp('app-bearer');
  const { accountId } = await registry.add({ ...paste(fresh(before)), appBearer: 'app-bearer' }, by);
  await registry.poll(accountId);
  await expect(registry.add(paste(fresh(after)), by)).rejects.toMatchObject({ code: 'conflict' });
  revoke();
  await registry.poll(accountId);
  expect(registry.rows()).toMatchObject([{ state: 'sign_in_needed' }]);
  const maria = x.addUser({ username: 'maria', name: 'Maria' });
  x.addPost({ authorId: maria.id, text: '@acmecare while you were out' });
  expect(await registry.add(paste(fresh(after)), by)).toMatchObject({ accountId });
  await eventually(() => registry.rows()[0]?.state === 'live');
  expect(kept(accountId)['appBearer']).toBe('app-bearer');
  expect(desk.conversation(maria.id)).toMatchObject({ accountId, preview: '@acmecare while you were out' });
});
