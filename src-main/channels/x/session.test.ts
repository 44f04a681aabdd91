import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { manualClock, silentLog, systemClock } from '../../kernel/index.ts';
import { makeClient, parseBase, type XClient } from './client.ts';
import { rhythm } from './prices.ts';
import { createSession, type XSession } from './session.ts';
import { startXTestPeer, type XTestPeer } from './test-peer.ts';
import { xDriver } from './index.ts';

const cleanUp: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

const me = { method: 'GET', path: '/2/users/me' } as const;
const expire = (peer: XTestPeer): void => peer.x.state.grants.forEach((grant) => (grant.accessExpiresAt = 0));
const refreshes = (peer: XTestPeer): number => peer.x.requests().filter((r) => r.path === '/2/oauth2/token').length;

interface Desk { peer: XTestPeer; client: XClient; session: XSession; stored(): Record<string, string>; store(next: Record<string, string>): void; onSave(run: (next: Record<string, string>) => void): void }

async function desk(): Promise<Desk> {
  const peer = await startXTestPeer();
  cleanUp.push(() => peer.close());
  const client = makeClient(peer.x.url, systemClock);
  cleanUp.push(() => client.close());
  let stored = peer.secrets;
  let onSave = (_next: Record<string, string>): void => {};
  const port = {
    secrets: () => Promise.resolve(stored),
    async saveSecrets(next: Record<string, string>): Promise<void> {
      onSave(next);
      stored = next;
    },
  };
  return { peer, client, session: createSession(client, port, { clock: systemClock, log: silentLog }), stored: () => stored, store: (next) => (stored = next), onSave: (run) => (onSave = run) };
}

async function server(handler: http.RequestListener): Promise<string> {
  const one = http.createServer(handler);
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => new Promise<void>((resolve) => {
    one.close(() => resolve());
    one.closeAllConnections();
  }));
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
}

const clientOf = (base: string, clock = manualClock()): XClient => {
  const client = makeClient(base, clock);
  cleanUp.push(() => client.close());
  return client;
};

describe('signing in', () => {
  it('an expired token is renewed once, for all who wait, and stored before it is used', async () => {
    const { peer, session, stored, onSave } = await desk();
    let usedBefore = true;
    onSave((next) => (usedBefore = peer.x.requests().some((r) => r.status === 200 && r.path === '/2/users/me') || next['accessToken'] === peer.secrets['accessToken']));
    expire(peer);
    const results = await Promise.all([session.send(me), session.send(me), session.send(me)]);
    expect(results.map((result) => result.ok)).toEqual([true, true, true]);
    expect(refreshes(peer)).toBe(1);
    expect(usedBefore).toBe(false);
    expect(stored()).toMatchObject({ type: 'oauth2', clientId: 'parley-test' });
    expect(stored()['refreshToken']).not.toBe(peer.secrets['refreshToken']);
    expire(peer);
    expect((await session.send(me)).ok).toBe(true);
    expect(peer.x.state.grants[0]?.revoked).toBeUndefined();
  });

  it('a token about to end is renewed before X refuses it', async () => {
    const { peer, session, store, stored } = await desk();
    store({ ...peer.secrets, expiresAt: String(systemClock.now() + 30_000) });
    expect((await session.send(me)).ok).toBe(true);
    expect(peer.x.requests().map((r) => `${r.path} ${r.status}`)).toEqual(['/2/oauth2/token 200', '/2/users/me 200']);
    expect(Number(stored()['expiresAt'])).toBeGreaterThan(systemClock.now() + 3_600_000);
  });

  it('a pair that could not be stored is not used until it is', async () => {
    const { peer, session, stored, onSave } = await desk();
    expire(peer);
    onSave(() => {
      throw new Error('disk full');
    });
    expect(await session.send(me)).toMatchObject({ ok: false, problem: { code: 'server_error', mayHaveHappened: false } });
    onSave(() => {});
    expect((await session.send(me)).ok).toBe(true);
    expect(refreshes(peer)).toBe(1);
    expect(stored()['accessToken']).toBe(peer.x.state.grants[0]?.accessToken);
  });

  it('a dead sign-in asks for the person, shows the spent token only once, and goes on when new tokens are there', async () => {
    const { peer, session, store } = await desk();
    for (const grant of peer.x.state.grants) grant.revoked = true;
    for (let i = 0; i < 3; i += 1) expect(await session.send(me)).toMatchObject({ ok: false, problem: { code: 'sign_in_needed' } });
    expect(refreshes(peer)).toBe(1);
    const grant = peer.x.grant(peer.own.id, { clientId: 'parley-test' });
    store({ ...peer.secrets, accessToken: grant.accessToken, refreshToken: grant.refreshToken });
    expect((await session.send(me)).ok).toBe(true);
  });

  it('a renewal X is too busy for is tried again later', async () => {
    const { peer, session } = await desk();
    expire(peer);
    peer.x.failNext({ path: '/2/oauth2/token', status: 503, body: '<html>busy</html>' });
    expect(await session.send(me)).toMatchObject({ ok: false, problem: { code: 'server_error' } });
    expect((await session.send(me)).ok).toBe(true);
  });

  it('OAuth 1.0a signs so that X accepts it, through a path prefix too', async () => {
    const { peer } = await desk();
    const token = { consumerKey: 'ck', consumerSecret: 'cs', accessToken: 'at', accessSecret: 'as' };
    peer.x.addOAuth1({ userId: peer.own.id, ...token });
    const gateway = await server((req, res) => {
      if (!req.url?.startsWith('/gate/x/')) return void res.writeHead(404).end();
      req.pipe(http.request(`${peer.x.url}${req.url.slice('/gate/x'.length)}`, { method: req.method, headers: req.headers }, (answer) => {
        res.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(res);
      }));
    });
    const client = clientOf(`${gateway}/gate/x/`);
    const keys = { appKey: 'ck', appSecret: 'cs', accessToken: 'at', accessSecret: 'as' };
    expect((await client.request(keys, me)).ok).toBe(true);
    const mentions = { method: 'GET', path: '/2/users/:id/mentions', params: { id: peer.own.id }, query: { max_results: 5, 'tweet.fields': 'author_id,created_at' } } as const;
    expect((await client.request(keys, mentions)).ok).toBe(true);
    expect(await client.request({ ...keys, accessSecret: 'wrong' }, me)).toMatchObject({ ok: false, problem: { code: 'sign_in_needed' } });
  });
});

describe('the line', () => {
  it.each(['ftp://x.test', 'http://gateway.test', 'nonsense', 'https://user:pw@x.test', 'https://x.test/?a=1'])('refuses %s as an API address', (base) => expect(() => parseBase(base)).toThrow(/address/));
  it.each(['https://api.x.com', 'https://gate.test/x', 'http://127.0.0.1:1', 'http://[::1]:1', 'http://localhost:1/p'])('takes %s', (base) => expect(parseBase(base).href).toContain('://'));

  it.each([
    ['a page instead of JSON', 200, 'text/html', '<html>', 'malformed', true],
    ['broken JSON', 201, 'application/json', '{"data":', 'malformed', true],
    ['a broken refusal', 403, 'application/json', '{"title":', 'malformed', false],
    ['an array', 200, 'application/json', '[]', 'malformed', true],
    ['nothing', 200, 'application/json', '', 'malformed', true],
    ['a blocked page', 403, 'text/html', '<html>no</html>', 'malformed', false],
    ['bytes that say they are gzip', 200, 'application/json', '{"data":1}', null, true],
  ])('%s', async (name, status, type, body, code, mayHaveHappened) => {
    const base = await server((_req, res) => res.writeHead(status, { 'content-type': type, ...(name.includes('gzip') ? { 'content-encoding': 'gzip' } : {}) }).end(body));
    const result = await clientOf(base).request('t', { method: 'POST', path: '/2/tweets', body: { text: 'x' } });
    if (code === null) expect(result.ok).toBe(true);
    else expect(result).toMatchObject({ ok: false, problem: { code, mayHaveHappened } });
  });

  it('knows what cannot have left: refused connection, unknown host, no TLS at the other side', async () => {
    const base = await server((_req, res) => res.end());
    const port = new URL(base).port;
    for (const url of ['http://127.0.0.1:1', 'https://nothing.invalid', `https://127.0.0.1:${port}`]) {
      const result = await clientOf(url).request('t', { method: 'POST', path: '/2/tweets', body: { text: 'x' } });
      expect(result).toMatchObject({ ok: false, problem: { code: 'network', mayHaveHappened: false } });
    }
  });

  it('gives up an answer that only drips, and one that never ends', async () => {
    const clock = manualClock();
    let arrived = (): void => {};
    const seen = new Promise<void>((resolve) => (arrived = resolve));
    const dripping = await server((_req, res) => {
      res.writeHead(200, { 'content-type': 'application/json' }).write('{');
      arrived();
    });
    const slow = clientOf(dripping, clock).request('t', me);
    await seen;
    clock.advance(rhythm.requestMs);
    expect(await slow).toMatchObject({ ok: false, problem: { mayHaveHappened: true } });
    expect(clock.pending()).toBe(0);
    const endless = await server((_req, res) => {
      res.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => {
        while (!res.destroyed && res.write(Buffer.alloc(1_000_000, 32)));
        if (!res.destroyed) res.once('drain', more);
      };
      more();
    });
    expect(await clientOf(endless).request('t', me)).toMatchObject({ ok: false, problem: { code: 'malformed' } });
  });
});

describe('testing a connection', () => {
  const deps = { clock: systemClock, log: silentLog, signal: AbortSignal.timeout(20_000) };
  it('tells step by step', async () => {
    const { peer } = await desk();
    peer.mention();
    const good = await xDriver.test(peer.account.config, peer.secrets, deps);
    expect(good).toEqual({ address: '@acmecare', steps: [
      { step: 'Address', ok: true, message: `127.0.0.1:${new URL((peer.account.config as { apiBase: string }).apiBase).port} can be used.` },
      { step: 'Connect', ok: true, message: 'X answers.' },
      { step: 'Sign in', ok: true, message: 'Signed in as @acmecare.' },
      { step: 'Read mentions', ok: true, message: 'Mentions can be read.' },
    ] });
    const steps = async (config: object, secrets: Record<string, string>): Promise<string> => (await xDriver.test(config, secrets, deps)).steps.map((s) => `${s.step}:${s.ok ? 'yes' : 'no'}`).join(' ');
    expect(await steps({ apiBase: 'nonsense' }, peer.secrets)).toBe('Address:no');
    expect(await steps({ apiBase: 'http://127.0.0.1:1' }, peer.secrets)).toBe('Address:yes Connect:no');
    expect(await steps(peer.account.config as object, { type: 'oauth2' })).toBe('Address:yes Sign in:no');
    expect(await steps(peer.account.config as object, peer.wrongSecrets)).toBe('Address:yes Connect:yes Sign in:no');
    peer.x.failNext({ path: /mentions/, status: 402, body: { title: 'CreditsDepleted', detail: 'x', type: 'x' } });
    expect(await steps(peer.account.config as object, peer.secrets)).toBe('Address:yes Connect:yes Sign in:yes Read mentions:no');
    expire(peer);
    expect(await steps(peer.account.config as object, peer.secrets)).toBe('Address:yes Connect:yes Sign in:no');
    expect(refreshes(peer)).toBe(0);
  });

  it('takes what a person typed apart', () => {
    const apiBase = 'https://api.x.com';
    expect(xDriver.split({ channel: 'x', name: 'X', apiBase, ownsApp: true, tokens: { type: 'oauth2', accessToken: 'a', refreshToken: null, clientId: 'c' } }))
      .toEqual({ config: { apiBase, authorizeBase: 'https://x.com', clientId: 'c', userId: '', handle: '', ownsApp: true }, secrets: { type: 'oauth2', accessToken: 'a', clientId: 'c' } });
    expect(xDriver.split({ channel: 'x', name: 'X', apiBase, ownsApp: true, tokens: { type: 'oauth1', appKey: 'k', appSecret: 's', accessToken: 'a', accessSecret: 't' } }).secrets)
      .toEqual({ type: 'oauth1', appKey: 'k', appSecret: 's', accessToken: 'a', accessSecret: 't' });
  });
});
