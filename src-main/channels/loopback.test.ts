import http from 'node:http';
import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openLoopback, type Loopback } from './loopback.ts';

const freePorts = async (count: number): Promise<number[]> => {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise<net.Server>((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map((server) => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
};

async function open(state = 's'.repeat(43)): Promise<Loopback & { get(path: string, options?: http.RequestOptions): Promise<{ status: number; body: string; headers: http.IncomingHttpHeaders }> }> {
  const ports = await freePorts(1);
  const way = await openLoopback(ports, state);
  onTestFinished(() => way.close());
  return {
    ...way,
    get: (path, options = {}) => new Promise((resolve, reject) => {
      http.request({ host: '127.0.0.1', port: ports[0], path, ...options }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
      }).on('error', reject).end();
    }),
  };
}

const state = 's'.repeat(43);

test('only the right state is an answer, and it is taken once', async () => {
  const way = await open(state);
  let answers = 0;
  void way.answer.then(() => (answers += 1));
  expect((await way.get(`/callback?state=${state}&code=abc`)).status).toBe(200);
  expect((await way.answer).get('code')).toBe('abc');
  expect((await way.get(`/callback?state=${state}&code=other`)).status).toBe(409);
  expect([(await way.answer).get('code'), answers]).toEqual(['abc', 1]);
});

test.each([
  ['no state', '/callback?code=x', {}, 400],
  ['a wrong state', `/callback?code=x&state=${'t'.repeat(43)}`, {}, 400],
  ['a shorter state', '/callback?code=x&state=s', {}, 400],
  ['the state twice', `/callback?code=x&state=${state}&state=${state}`, {}, 400],
  ['another path', `/?code=x&state=${state}`, {}, 404],
  ['another method', `/callback?code=x&state=${state}`, { method: 'POST' }, 400],
  ['a name that resolves to this machine', `/callback?code=x&state=${state}`, { headers: { host: 'evil.example' } }, 421],
  ['a name of this machine with another port', `/callback?code=x&state=${state}`, { headers: { host: '127.0.0.1:1' } }, 421],
  ['an address without end', `/callback?state=${state}&code=${'x'.repeat(5_000)}`, {}, 400],
  ['an absolute address', `http://evil.example/callback?code=x&state=${state}`, { headers: { host: 'evil.example' } }, 421],
])('%s is refused and changes nothing', async (_name, path, options, status) => {
  const way = await open(state);
  const given = await way.get(path, options);
  expect(given.status).toBe(status);
  expect(given.body).not.toContain('<script');
  // The right one still counts afterwards.
  await way.get(`/callback?state=${state}&code=right`);
  expect((await way.answer).get('code')).toBe('right');
});

test('the page shows nothing of what it was opened with, is not kept and not framed', async () => {
  const way = await open(state);
  const { body, headers } = await way.get(`/callback?state=${state}&code=secret-code&x=%3Cscript%3E`);
  expect(body).not.toMatch(/secret-code|script|sss/);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-security-policy': expect.stringContaining("default-src 'none'") });
});

test('it takes the next port when one is in use, says so when all are, and none is open afterwards', async () => {
  const ports = await freePorts(2);
  const first = await openLoopback(ports, state);
  const second = await openLoopback(ports, state);
  expect([first, second].map((way) => way.redirectUri)).toEqual(ports.map((port) => `http://127.0.0.1:${port}/callback`));
  await expect(openLoopback(ports, state)).rejects.toThrow('all in use');
  // A visitor who says nothing does not hold it open.
  const dawdler = net.connect(ports[0] ?? 0, '127.0.0.1');
  await new Promise((resolve) => dawdler.once('connect', resolve));
  const isGone = new Promise((resolve) => dawdler.once('close', resolve).once('error', resolve));
  await Promise.all([first.close(), second.close()]);
  await isGone;
  const third = await openLoopback(ports, state);
  expect(third.redirectUri).toContain(String(ports[0]));
  await third.close();
});
