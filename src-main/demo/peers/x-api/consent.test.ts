import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { startXPeer, type XPeer } from './index.ts';

const verifier = 'v'.repeat(64);
const redirectUri = 'http://127.0.0.1:1/callback';
const asked = {
  response_type: 'code', client_id: 'app', redirect_uri: redirectUri, scope: 'tweet.read users.read offline.access', state: 'st',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
};

async function setUp(): Promise<{ x: XPeer; now: { ms: number }; code: (over?: Record<string, string>) => Promise<string>; token: (body: Record<string, string>) => Promise<{ status: number; body: Record<string, unknown> }> }> {
  const now = { ms: Date.UTC(2026, 0, 5) };
  const x = await startXPeer({ clock: { now: () => now.ms } });
  onTestFinished(() => x.close());
  const user = x.addUser({ username: 'acmecare', name: 'Acme' });
  x.grant(user.id);
  x.addApp({ clientId: 'app', name: 'Parley', redirectUris: [redirectUri] });
  return {
    x, now,
    async code(over = {}) {
      const response = await fetch(`${x.url}/i/oauth2/authorize`, { method: 'POST', body: new URLSearchParams({ ...asked, user_id: user.id, decision: 'allow', ...over }), redirect: 'manual' });
      return new URL(response.headers.get('location') ?? 'http://none').searchParams.get('code') ?? `none ${response.status}`;
    },
    async token(body) {
      const response = await fetch(`${x.url}/2/oauth2/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'app', redirect_uri: redirectUri, code_verifier: verifier, ...body }) });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
  };
}

test.each([
  ['an unknown app', { client_id: 'other' }], ['a callback that differs by a slash', { redirect_uri: `${redirectUri}/` }], ['no state', { state: '' }], ['an unknown scope', { scope: 'everything' }],
  ['a short challenge', { code_challenge: 'abc' }], ['another response type', { response_type: 'token' }],
])('the consent page refuses %s and leads nowhere', async (_name, over) => {
  const { x, code } = await setUp();
  const shown = await fetch(`${x.url}/i/oauth2/authorize?${new URLSearchParams({ ...asked, ...over }).toString()}`, { redirect: 'manual' });
  expect([shown.status, shown.headers.get('location')]).toEqual([400, null]);
  expect(await code(over)).toBe('none 400');
});

test('a code gives tokens once; shown again it takes them back', async () => {
  const { code, token, x } = await setUp();
  const one = await code();
  const first = await token({ code: one });
  expect(first).toMatchObject({ status: 200, body: { token_type: 'bearer', scope: asked.scope, access_token: expect.any(String), refresh_token: expect.any(String) } });
  const me = (): Promise<number> => fetch(`${x.url}/2/users/me`, { headers: { authorization: `Bearer ${String(first.body['access_token'])}` } }).then((r) => r.status);
  expect(await me()).toBe(200);
  expect((await token({ code: one })).status).toBe(400);
  expect(await me()).toBe(401);
});

test('a code ends after 30 seconds and belongs to its verifier, app and callback', async () => {
  const { code, token, now } = await setUp();
  for (const wrong of [{ code_verifier: 'w'.repeat(64) }, { client_id: 'other' }, { redirect_uri: 'http://127.0.0.1:2/callback' }]) expect((await token({ code: await code(), ...wrong })).status).toBe(400);
  const late = await code();
  now.ms += 30_000;
  expect((await token({ code: late })).status).toBe(400);
});

test('without offline.access nothing renews it', async () => {
  const { code, token } = await setUp();
  const { body } = await token({ code: await code({ scope: 'tweet.read users.read' }) });
  expect(body['refresh_token']).toBeUndefined();
});
