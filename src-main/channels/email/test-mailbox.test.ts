import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dovecotMissing, startDovecot, type Dovecot } from '../../../e2e/peers/dovecot.ts';
import { silentLog, systemClock } from '../../kernel/index.ts';
import { startChannel } from '../contract-suite.ts';
import { isLoopback, readConfig, splitInput } from './config.ts';
import { emailDriver } from './driver.ts';
import { startSmtp, type SmtpPeer } from './peer.fixture.ts';

const deps = (signal = new AbortController().signal) => ({ clock: systemClock, log: silentLog, signal });
const base = { address: 'care@acme.example', displayName: 'Acme Care', keepSentCopy: true };
const nowhere = { host: '127.0.0.1', port: 1, security: 'none' } as const;

describe('what a person typed', () => {
  it('is split into what may lie in the open and what must not', () => {
    const input = { channel: 'email', name: 'Care', ...base, user: 'care', password: 'secret', imap: { ...nowhere }, smtp: { ...nowhere } } as const;
    const { config, secrets } = splitInput(input);
    expect(secrets).toEqual({ password: 'secret' });
    expect(JSON.stringify(config)).not.toContain('secret');
    expect(readConfig(config)).toMatchObject({ user: 'care', ca: null });
  });

  it.each([
    [null, 'This mailbox has no settings.'],
    [{}, 'The settings of this mailbox are incomplete: "address" is missing.'],
    [{ ...base, address: 'nobody', user: 'u', imap: nowhere, smtp: nowhere }, 'The address of this mailbox is not an e-mail address.'],
    [{ ...base, user: 'u', imap: { ...nowhere, port: 0 }, smtp: nowhere }, 'The port of the IMAP server must be a number from 1 to 65535.'],
    [{ ...base, user: 'u', imap: nowhere, smtp: { ...nowhere, host: 'a b' } }, 'The name of the SMTP server is not a host name.'],
    [{ ...base, user: 'u', imap: nowhere, smtp: { ...nowhere, host: '127.0.0.1.evil.example' } }, 'The SMTP server 127.0.0.1.evil.example may not be used without encryption: choose TLS or STARTTLS. Only a server on this computer may go without.'],
  ])('is refused in words: %j', async (config, message) => {
    expect(await emailDriver.test(config, { password: 'x' }, deps())).toEqual({ steps: [{ step: 'Settings', ok: false, message }], address: null });
  });

  it.each([['127.0.0.1', true], ['127.9.9.9', true], ['::1', true], ['[::1]', true], ['localhost', true], ['LOCALHOST', true], ['127.0.0.1.example.org', false], ['128.0.0.1', false], ['localhost.example.org', false], ['0.0.0.0', false]])('%s is this computer: %s', (host, is) => {
    expect(isLoopback(host)).toBe(is);
  });
});

describe.skipIf(dovecotMissing !== null)(`trying a mailbox${dovecotMissing === null ? '' : ` (SKIPPED: ${dovecotMissing})`}`, () => {
  let dovecot: Dovecot;
  let smtp: SmtpPeer;
  beforeAll(async () => {
    dovecot = await startDovecot({ tls: true });
    smtp = await startSmtp(dovecot.user, dovecot.password);
  });
  afterAll(async () => {
    await smtp.close();
    await dovecot.close();
  });
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  const settings = (imap: object, more: object = {}): Record<string, unknown> => ({ ...base, user: dovecot.user, imap: { host: '127.0.0.1', port: dovecot.port, security: 'none', ...imap }, smtp: { host: '127.0.0.1', port: smtp.port, security: 'none' }, ca: dovecot.tls?.ca ?? null, ...more });
  const lastStep = async (config: Record<string, unknown>, password = dovecot.password) => (await emailDriver.test(config, { password }, deps())).steps.at(-1);

  it('says each step and our address when all is well', async () => {
    const { steps, address } = await emailDriver.test(settings({}), { password: dovecot.password }, deps());
    expect(steps.map((step) => step.step)).toEqual([
      'IMAP server name', 'IMAP connection', 'IMAP encryption', 'IMAP sign-in', 'IMAP mailbox', 'SMTP server name', 'SMTP connection', 'SMTP encryption', 'SMTP sign-in',
    ]);
    expect(steps.every((step) => step.ok && /^[\p{L}\p{N}].*\.$/u.test(step.message))).toBe(true);
    expect(address).toBe('care@acme.example');
  });

  it('says which step failed, and stops there', async () => {
    expect(await lastStep(settings({ host: 'no-such-host.invalid', security: 'tls' }))).toMatchObject({ step: 'IMAP server name', ok: false });
    expect(await lastStep(settings({ port: 1 }))).toEqual({ step: 'IMAP connection', ok: false, message: '127.0.0.1 does not take connections on port 1.', advice: 'Check the port: 993 with TLS or 143 with STARTTLS is usual.' });
    expect(await lastStep(settings({}), 'wrong')).toMatchObject({ step: 'IMAP sign-in', ok: false, message: '127.0.0.1 does not accept this user name and password.' });
    expect(await lastStep(settings({}, { smtp: { host: '127.0.0.1', port: 1, security: 'none' } }))).toMatchObject({ step: 'SMTP connection', ok: false });
    smtp.next('auth');
    expect(await lastStep(settings({}))).toMatchObject({ step: 'SMTP sign-in', ok: false });
    smtp.next('accept');
    expect(await lastStep(settings({}, { smtp: { host: '127.0.0.1', port: smtp.port, security: 'starttls' } }))).toMatchObject({ step: 'SMTP encryption', ok: false });
  });

  it('trusts no certificate it cannot verify', async () => {
    expect(await lastStep(settings({ port: dovecot.tls?.port, security: 'tls' }, { ca: null }))).toMatchObject({ step: 'IMAP encryption', ok: false, message: 'The certificate of 127.0.0.1 cannot be trusted: it is signed by itself.', advice: expect.stringContaining('choose its certificate') });
    expect(await lastStep(settings({ security: 'starttls' }, { ca: null }))).toMatchObject({ step: 'IMAP encryption', ok: false });
    expect(await lastStep(settings({ security: 'tls' }))).toMatchObject({ step: 'IMAP encryption', ok: false, message: '127.0.0.1 does not speak TLS on port ' + dovecot.port + '; perhaps it wants STARTTLS or another port.' });
  });

  it.each(['tls', 'starttls'])('reads a mailbox over %s with a certificate of its own authority', async (security) => {
    const config = settings({ security, port: security === 'tls' ? dovecot.tls?.port : dovecot.port });
    const running = startChannel({ driver: emailDriver, account: { name: 'Care', address: base.address, config }, secrets: { password: dovecot.password } });
    stops.push(() => running.channel.stop());
    await running.untilState('live');
  });

  it('never sends a password to a server it does not trust, and keeps trying', async () => {
    const running = startChannel({ driver: emailDriver, account: { name: 'Care', address: base.address, config: settings({ security: 'starttls' }, { ca: null }) }, secrets: { password: dovecot.password } });
    stops.push(() => running.channel.stop());
    await running.untilState('waiting');
    expect(running.statuses.at(-1)?.status).toBe('The certificate of 127.0.0.1 cannot be trusted: it is signed by itself.');
  });

  it('can be cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    expect((await emailDriver.test(settings({}), { password: 'x' }, deps(abort.signal))).steps.at(-1)).toMatchObject({ ok: false });
  });
});
