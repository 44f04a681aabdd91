import { afterAll, expect, onTestFinished, test } from 'vitest';
import { dovecotMissing } from '../../e2e/peers/dovecot.ts';
import { eventually, memoryFiles } from '../channels/contract-suite.ts';
import { emailDriver } from '../channels/email/index.ts';
import { ADDRESS, customerMail, shared, startMailPeer } from '../channels/email/peer.fixture.ts';
import { seededRandom, silentLog } from '../kernel/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk } from '../test-desk.ts';
import { startAccounts } from './index.ts';

afterAll(async () => (await shared.server)?.close());

test.skipIf(dovecotMissing !== null)(`folders of a mailbox: chosen, left out and chosen again; mails are moved, deleted and come back, and the history keeps them all once${dovecotMissing === null ? '' : ` (SKIPPED: ${dovecotMissing})`}`, async () => {
  const desk = openTestDesk();
  desk.run({ name: 't', apply: (tx) => { for (const id of Object.values(desk.accounts)) tables.dropAccount(tx.db, id); } }, null);
  const peer = await startMailPeer();
  onTestFinished(() => peer.close());
  const { dovecot } = peer;
  const secrets = new Map<string, Record<string, string>>();
  const registry = startAccounts({
    store: desk.store, files: memoryFiles(), drivers: [emailDriver], clock: desk.clock, random: seededRandom(3), log: silentLog, onStatus: () => {}, onLive: () => {},
    secrets: { load: async (id) => secrets.get(id) ?? {}, save: async (id, values) => void secrets.set(id, values), forget: async (id) => void secrets.delete(id) },
  });
  onTestFinished(() => registry.stop());
  const by = { at: desk.clock.now(), agent: 'RB' };
  dovecot.deliver([customerMail('one'), customerMail('two')]);
  dovecot.deliver([customerMail('order')], 'Orders');
  const config = peer.account.config as { imap: never; smtp: never; user: string };
  const input = { channel: 'email' as const, name: 'Care', address: ADDRESS, displayName: 'Care', ...config, keepSentCopy: true, password: dovecot.password };
  const tested = await registry.test(input);
  expect([tested.ok, tested.folders.map((folder) => [folder.name, folder.total])]).toEqual([true, [['INBOX', 2], ['Sent', 0], ['Orders', 1], ['Trash', 0]]]);
  const { accountId } = await registry.add({ ...input, folders: ['Orders'] }, by);

  const entries = () => tables.entriesBefore(desk.store.read, desk.conversation('maria@example.org').id, null, 50).entries;
  const shown = (): string => entries().map((entry) => `${entry.subject?.split(' ')[1] ?? ''}${entry.goneAt === undefined ? '' : ' (gone)'}`).sort().join(', ');
  const mail = () => registry.rows()[0]?.mail;
  const becomes = (words: string): Promise<void> => eventually(() => registry.rows()[0]?.state === 'live' && desk.store.read.get('SELECT 1 FROM conversation') !== undefined && shown() === words);
  await becomes('one, order, two');
  expect(mail()).toMatchObject({ folders: ['Orders'], newFolders: [] });

  await dovecot.doveadm('move', 'Orders', 'mailbox', 'INBOX', 'header', 'message-id', '<one@example.org>');
  await registry.poll(accountId);
  await registry.poll(accountId);
  expect(shown()).toBe('one, order, two');
  await dovecot.doveadm('expunge', 'mailbox', 'Orders', 'header', 'message-id', '<one@example.org>');
  await dovecot.doveadm('move', 'Trash', 'mailbox', 'INBOX', 'header', 'message-id', '<two@example.org>');
  await registry.poll(accountId);
  await becomes('one (gone), order, two (gone)');
  await dovecot.doveadm('move', 'INBOX', 'mailbox', 'Trash', 'all');
  await registry.poll(accountId);
  await becomes('one (gone), order, two');

  await registry.readFolders(accountId, [], by);
  await dovecot.doveadm('mailbox create', 'Complaints');
  dovecot.deliver([customerMail('later')], 'Orders');
  await eventually(() => registry.rows()[0]?.state === 'live');
  await registry.poll(accountId);
  expect(shown()).toBe('one (gone), order, two');
  expect(mail()).toMatchObject({ folders: [], newFolders: ['Complaints'] });
  await registry.readFolders(accountId, ['Orders', 'Complaints'], by);
  await becomes('later, one (gone), order, two');
  expect(mail()).toMatchObject({ folders: ['Orders', 'Complaints'], newFolders: [] });
  expect(desk.store.read.get('SELECT count(*) AS n FROM message')).toEqual({ n: 4 });
});
