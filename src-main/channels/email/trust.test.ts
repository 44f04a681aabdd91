import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog, systemClock } from '../../kernel/index.ts';
import { emailDriver } from './driver.ts';
import { missingCapability } from './test-mailbox.ts';
import { readAuthority, trusting } from './trust.ts';

const dir = mkdtempSync(join(tmpdir(), 'parley-trust-'));
const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: dir, stdio: 'ignore' });
const read = (name: string): string => readFileSync(join(dir, name), 'utf8');

/** A server that only does TLS; what fails fails before it would greet. */
async function serve(name: string): Promise<{ port: number; server: Server }> {
  const server = createServer({ key: read(`${name}.key`), cert: read(`${name}.pem`) }, (socket) => socket.on('error', () => {}));
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, server };
}

const servers: Server[] = [];
beforeAll(() => {
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Acme Root');
  writeFileSync(join(dir, 'ca.conf'), '[ca]\ndefault_ca=d\n[d]\ndir=.\ndatabase=index\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\ncopy_extensions=copy\n[p]\ncommonName=supplied\n');
  writeFileSync(join(dir, 'index'), '');
  writeFileSync(join(dir, 'serial'), '01');
  for (const [name, names, from, until] of [['good', 'IP:127.0.0.1', '20200101000000Z', '20991231000000Z'], ['expired', 'IP:127.0.0.1', '20200101000000Z', '20210101000000Z'], ['other', 'DNS:mail.other.example', '20200101000000Z', '20991231000000Z']] as const) {
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`, '-addext', `subjectAltName=${names}`);
    openssl('ca', '-batch', '-config', 'ca.conf', '-cert', 'ca.pem', '-keyfile', 'ca.key', '-startdate', from, '-enddate', until, '-in', `${name}.csr`, '-out', `${name}.pem`, '-notext');
  }
});
afterAll(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(dir, { recursive: true, force: true });
});

describe('a certificate that cannot be trusted', () => {
  it.each([
    ['expired', true, 'it has expired', 'Whoever runs the server must renew it.'],
    ['other', true, 'it belongs to another name', 'Use the server name your provider gives; a second name of the same server does not do.'],
    ['good', false, 'its authority is not known here', 'If your organisation has an authority of its own, choose its certificate under “More settings”.'],
  ] as const)('says why: %s, own authority chosen: %s', async (name, hasAuthority, why, advice) => {
    const { port, server } = await serve(name);
    servers.push(server);
    const mail = { host: '127.0.0.1', port, security: 'tls' as const };
    const config = { address: 'care@acme.example', displayName: 'Care', user: 'care', imap: mail, smtp: mail, keepSentCopy: true, ca: hasAuthority ? read('ca.pem') : null };
    const { steps } = await emailDriver.test(config, { password: 'x' }, { clock: systemClock, log: silentLog, signal: new AbortController().signal });
    expect(steps.at(-1)).toEqual({ step: 'IMAP encryption', ok: false, message: `The certificate of 127.0.0.1 cannot be trusted: ${why}.`, advice });
  });
});

describe('the file of a private authority', () => {
  it('is read: whose it is and until when', () => {
    const { names, until } = readAuthority(`some words before\n${read('ca.pem')}`, Date.now());
    expect([names, until > Date.now()]).toEqual([['Acme Root'], true]);
  });

  it('is trusted beside the system’s own, not in their place', () => {
    const { ca = [] } = trusting(read('ca.pem'));
    expect(ca.length).toBeGreaterThan(1);
    expect(ca.at(-1)).toBe(read('ca.pem'));
    expect(trusting(null)).toEqual({});
  });

  it.each<[string, () => string, number, RegExp]>([
    ['no certificate', () => 'hello', Date.now(), /holds no certificate/],
    ['a private key with it', () => read('ca.pem') + read('ca.key'), Date.now(), /holds a private key/],
    ['a server’s certificate', () => read('good.pem'), Date.now(), /^good is the certificate of a server/],
    ['over', () => read('ca.pem'), Date.UTC(2200, 0, 1), /^The certificate Acme Root has expired\.$/],
    ['damaged', () => read('ca.pem').replace(/\n[^\n-]{10}/, '\n**********'), Date.now(), /is damaged/],
    ['too many', () => read('ca.pem').repeat(21), Date.now(), /more than 20/],
  ])('is refused in one sentence: %s', (_, pem, now, sentence) => {
    expect(() => readAuthority(pem(), now)).toThrow(sentence);
  });
});

it.each([
  [['IMAP4rev1'], 'password', null], [['IMAP4rev1', 'LOGINDISABLED'], 'password', 'takes no passwords on this connection'], [['IMAP4rev1', 'LOGINDISABLED', 'AUTH=PLAIN'], 'password', null],
  [['IMAP4rev1', 'AUTH=PLAIN'], 'token', 'takes no sign-in by OAuth'], [['IMAP4rev1', 'AUTH=XOAUTH2'], 'token', null], [['IMAP4rev2', 'AUTH=OAUTHBEARER'], 'token', null], [['SMTP'], 'password', 'does not speak IMAP'],
] as const)('a server that can %j, asked for a %s: %s', (capabilities, login, words) => {
  expect(missingCapability(new Map(capabilities.map((name) => [name, true])), login)?.words ?? null).toBe(words);
});
