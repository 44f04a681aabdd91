import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { dovecotMissing } from '../../e2e/peers/dovecot.ts';
import type { MailChange } from '../../src-preload/contract/index.ts';
import { eventually, memoryFiles } from '../channels/contract-suite.ts';
import { emailDriver } from '../channels/email/index.ts';
import { ADDRESS, customerMail, shared, sharedOAuth, startMailPeer, startRelay, startTokenMailPeer, type MailPeer } from '../channels/email/peer.fixture.ts';
import { seededRandom, silentLog } from '../kernel/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk } from '../test-desk.ts';
import { putAccount } from './operations.ts';
import { startAccounts } from './index.ts';

// One server for all cases, so it must take tokens from the beginning.
beforeAll(async () => void (dovecotMissing === null && (await (await startTokenMailPeer()).close())));
afterAll(async () => {
  await (await shared.server)?.close();
  await (await sharedOAuth.peer)?.close();
});

/** A desk with one mailbox that has been read. */
async function start(peer: MailPeer) {
  onTestFinished(() => peer.close());
  const desk = openTestDesk();
  desk.run({ name: 't', apply: (tx) => { for (const id of Object.values(desk.accounts)) tables.dropAccount(tx.db, id); } }, null);
  const secrets = new Map<string, Record<string, string>>();
  const id = desk.ids.next();
  secrets.set(id, peer.secrets);
  desk.run(putAccount, { id, channel: 'email', name: 'Care', address: ADDRESS, config: peer.account.config as Record<string, unknown>, isConnected: true });
  const registry = startAccounts({
    store: desk.store, files: memoryFiles(), drivers: [emailDriver], clock: desk.clock, random: seededRandom(3), log: silentLog, onStatus: () => {}, onLive: () => {},
    secrets: { load: async (of) => secrets.get(of) ?? {}, save: async (of, values) => void secrets.set(of, values), forget: async (of) => void secrets.delete(of) },
  });
  onTestFinished(() => registry.stop());
  const isLive = (): Promise<void> => eventually(() => registry.rows()[0]?.state === 'live');
  await isLive();
  const change = (over: Partial<MailChange>) => {
    const { authority: _, oauth, ...now } = registry.settings(id);
    return registry.change(id, { ...now, oauth: oauth === null ? null : { authorizeUrl: oauth.authorizeUrl, tokenUrl: oauth.tokenUrl, deviceUrl: oauth.deviceUrl, scopes: oauth.scopes }, ...over }, { at: desk.clock.now(), agent: 'RB' });
  };
  const shown = (): string => desk.store.read.all<{ id: string; gone: number | null }>('SELECT m.external_id AS id, g.at AS gone FROM message m LEFT JOIN mail_gone g ON g.message_id = m.id ORDER BY m.external_id').map((row) => `${row.id}${row.gone === null ? '' : ' gone'}`).join(' ');
  const cursors = (): unknown => desk.store.read.all('SELECT name, value FROM cursor WHERE account_id = ? ORDER BY name', id);
  return { desk, registry, secrets, id, change, shown, cursors, isLive };
}

describe.skipIf(dovecotMissing !== null)(`changing a connected mailbox${dovecotMissing === null ? '' : ` (SKIPPED: ${dovecotMissing})`}`, () => {
  test('what does not work is not kept: the steps say why, and mail goes on as before', async () => {
    const peer = await startMailPeer();
    peer.dovecot.deliver([customerMail('one')]);
    const { registry, id, change, shown, isLive, cursors } = await start(peer);
    const before = [registry.settings(id), cursors()];
    const result = await change({ imap: { host: '127.0.0.1', port: 1, security: 'none' } });
    expect(result).toMatchObject({ ok: false, steps: [{ ok: true }, { step: 'IMAP connection', ok: false }] });
    expect(await change({ password: 'wrong' })).toMatchObject({ ok: false });
    await expect(change({ imap: { host: 'imap.example.org', port: 143, security: 'none' } })).rejects.toThrow('may not be used without encryption');
    expect([registry.settings(id), cursors()]).toEqual(before);
    peer.dovecot.deliver([customerMail('two')]);
    await isLive();
    await eventually(() => shown() === '<one@example.org> <two@example.org>');
  });

  test('another way to the same mailbox: read on from where it stood, with another name and password', async () => {
    const peer = await startMailPeer();
    peer.dovecot.deliver([customerMail('one'), customerMail('two')]);
    const { registry, secrets, id, change, shown, isLive, cursors } = await start(peer);
    await eventually(() => shown() === '<one@example.org> <two@example.org>');
    const relay = await startRelay(peer.dovecot.port);
    onTestFinished(() => relay.close());
    const before = cursors();
    const result = await change({ displayName: 'Acme Help', imap: { host: 'localhost', port: relay.port, security: 'none' }, password: peer.dovecot.password, keepSentCopy: false });
    expect(result).toMatchObject({ ok: true, isSame: true });
    await isLive();
    expect(cursors()).toEqual(before);
    expect(registry.settings(id)).toMatchObject({ displayName: 'Acme Help', imap: { host: 'localhost', port: relay.port }, keepSentCopy: false });
    expect(secrets.get(id)).toEqual({ password: peer.dovecot.password });
    peer.dovecot.deliver([customerMail('three')]);
    await eventually(() => shown() === '<one@example.org> <three@example.org> <two@example.org>');
  });

  test('another mailbox that numbers its mails alike is found out: all of it is read, nothing is doubled, nothing counts as gone', async () => {
    const peer = await startMailPeer();
    const other = await startMailPeer();
    onTestFinished(() => other.close());
    peer.dovecot.deliver([customerMail('one'), customerMail('two'), customerMail('three')]);
    // Moved to a new server: fewer mails, in another order, under the numbers of others.
    other.dovecot.deliver([customerMail('three'), customerMail('new'), customerMail('one')]);
    await Promise.all([peer, other].map(({ dovecot }) => dovecot.changeUidValidity('INBOX', 4_711)));
    const { change, shown, isLive } = await start(peer);
    await eventually(() => shown() === '<one@example.org> <three@example.org> <two@example.org>');
    const { imap, smtp, user } = other.account.config as Pick<MailChange, 'imap' | 'smtp' | 'user'>;
    expect(await change({ imap, smtp, user })).toMatchObject({ ok: true, isSame: false });
    await isLive();
    await eventually(() => shown() === '<new@example.org> <one@example.org> <three@example.org> <two@example.org>');
  });

  test('removed and connected again it is the account it was, and nothing is doubled; connected again at another server neither', async () => {
    const peer = await startMailPeer();
    const other = await startMailPeer();
    onTestFinished(() => other.close());
    peer.dovecot.deliver([customerMail('one'), customerMail('two')]);
    other.dovecot.deliver([customerMail('two'), customerMail('one'), customerMail('new')]);
    await Promise.all([peer, other].map(({ dovecot }) => dovecot.changeUidValidity('INBOX', 4_711)));
    const { registry, id, shown, isLive, cursors, desk } = await start(peer);
    await eventually(() => shown() === '<one@example.org> <two@example.org>');
    const before = cursors();
    const again = async (at: MailPeer): Promise<string> => {
      await registry.remove(id, { at: desk.clock.now(), agent: 'RB' });
      const settings = at.account.config as Pick<MailChange, 'imap' | 'smtp' | 'user' | 'displayName' | 'keepSentCopy'>;
      const { accountId } = await registry.add({ channel: 'email', name: 'Care', address: ADDRESS.toUpperCase(), ...settings, password: at.dovecot.password }, { at: desk.clock.now(), agent: 'RB' });
      await isLive();
      return accountId;
    };
    expect([await again(peer), cursors()]).toEqual([id, before]);
    expect(await again(other)).toBe(id);
    await eventually(() => shown() === '<new@example.org> <one@example.org> <two@example.org>');
  });

  test('one signed in to with tokens keeps its sign-in; addresses that do not answer are not kept', async () => {
    const peer = await startTokenMailPeer();
    peer.dovecot.deliver([customerMail('one')]);
    const { registry, id, secrets, change, isLive, shown } = await start(peer);
    secrets.set(id, { ...secrets.get(id), expiresAt: '1' });
    const { clientId: _, ...place } = registry.settings(id).oauth ?? { clientId: '', authorizeUrl: '', tokenUrl: '', deviceUrl: null, scopes: [] };
    await expect(change({ oauth: { ...place, tokenUrl: 'http://127.0.0.1:1/token' } })).rejects.toThrow();
    expect(registry.settings(id).oauth?.tokenUrl).toBe(place.tokenUrl);
    await isLive();
    secrets.set(id, { ...secrets.get(id), expiresAt: '1' });
    const before = secrets.get(id)?.['refreshToken'];
    expect(await change({ displayName: 'Acme' })).toMatchObject({ ok: true, isSame: true });
    await isLive();
    expect(secrets.get(id)?.['refreshToken']).not.toBe(before);
    expect(shown()).toBe('<one@example.org>');
  });
});
