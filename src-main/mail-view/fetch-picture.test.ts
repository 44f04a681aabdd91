import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createServer } from 'node:https';
import { createServer as createPlain } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setDefaultCACertificates, getCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../kernel/index.ts';
import { fetchPicture, isPublicAddress, pictureLimits } from './fetch-picture.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const trusted = getCACertificates('default');
let key: Buffer;
let certificate: Buffer;
beforeAll(() => {
  const dir = mkdtempSync(join(tmpdir(), 'parley-tls-'));
  const [keyFile, certificateFile] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', keyFile, '-out', certificateFile, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'], { stdio: 'ignore' });
  [key, certificate] = [readFileSync(keyFile), readFileSync(certificateFile)];
  rmSync(dir, { recursive: true });
  setDefaultCACertificates([...trusted, certificate.toString()]);
});
afterAll(() => setDefaultCACertificates(trusted));

async function server(answers: Record<string, { status?: number; headers?: Record<string, string>; body?: Buffer }>): Promise<{ url: string; asked: { path: string; headers: Record<string, unknown> }[] }> {
  const asked: { path: string; headers: Record<string, unknown> }[] = [];
  const listening = createServer({ key, cert: certificate }, (request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    const { status = 200, headers = {}, body = PNG } = answers[request.url ?? ''] ?? { status: 404 };
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => listening.close(() => resolve(undefined))));
  return { url: `https://127.0.0.1:${(listening.address() as AddressInfo).port}`, asked };
}

const onDemo = { clock: systemClock, allowsPrivate: true };
const onDesk = { clock: systemClock, allowsPrivate: false };

test('a picture comes with its true type, and the sender learns nothing but that it was asked for', async () => {
  const { url, asked } = await server({ '/a.png': { headers: { 'content-type': 'text/html', 'set-cookie': 'x=1' } }, '/moved': { status: 302, headers: { location: '/a.png' } } });
  expect(await fetchPicture(`${url}/moved`, onDemo)).toEqual({ type: 'image/png', bytes: PNG });
  expect(asked.map(({ path }) => path)).toEqual(['/moved', '/a.png']);
  for (const { headers } of asked) expect(Object.keys(headers).sort()).toEqual(['accept', 'connection', 'host', 'user-agent']);
});

test('what is no picture, too large, missing or moved in circles is not shown', async () => {
  const { url } = await server({
    '/page': { body: Buffer.from('<html>') }, '/svg': { headers: { 'content-type': 'image/svg+xml' }, body: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
    '/big': { body: Buffer.concat([PNG, Buffer.alloc(pictureLimits.bytes)]) }, '/loop': { status: 302, headers: { location: '/loop' } }, '/plain': { status: 302, headers: { location: 'file:///etc/passwd' } },
  });
  for (const path of ['/page', '/svg', '/big', '/loop', '/plain', '/nothing']) expect(await fetchPicture(url + path, onDemo), path).toBeNull();
});

test('a mail cannot make this machine speak to itself or its network', async () => {
  const { url, asked } = await server({ '/a.png': {} });
  const { port } = new URL(url);
  for (const address of [`${url}/a.png`, `https://localhost:${port}/a.png`, `https://127.0.0.1/a.png`, 'https://localhost/a.png', 'https://[::1]/a.png', 'https://0x7f000001/a.png', 'https://2130706433/a.png', 'https://169.254.169.254/latest', 'https://user:pass@example.com/a.png', 'ftp://example.com/a.png']) {
    expect(await fetchPicture(address, onDesk), address).toBeNull();
  }
  expect(asked).toEqual([]);
});

test('nothing is fetched without TLS, wherever it is', async () => {
  let hits = 0;
  const plain = createPlain((_request, response) => { hits += 1; response.end(PNG); });
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => plain.close(() => resolve(undefined))));
  expect(await fetchPicture(`http://127.0.0.1:${(plain.address() as AddressInfo).port}/a.png`, onDemo)).toBeNull();
  expect(hits).toBe(0);
});

describe('addresses', () => {
  test.each(['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '::1', '::', '::ffff:10.0.0.1', 'fe80::1', 'fd00::1', '64:ff9b::a00:1', '2002:a00:1::', 'localhost', ''])('%j is not on the internet', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  test.each(['93.184.216.34', '1.1.1.1', '172.32.0.1', '2606:4700:4700::1111'])('%j is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});
