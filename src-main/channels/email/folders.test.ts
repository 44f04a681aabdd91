import type { ListResponse } from 'imapflow';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { dovecotMissing } from '../../../e2e/peers/dovecot.ts';
import { eventually, startChannel, type RunningChannel } from '../contract-suite.ts';
import type { ChannelEvent } from '../port.ts';
import { chosenOf, readable } from './folders.ts';
import { customerMail, shared, startMailPeer, type MailPeer } from './peer.fixture.ts';

afterAll(async () => (await shared.server)?.close());

const HALF_A_MINUTE = 30_000;
const listed = (path: string, specialUse?: string, more: Partial<ListResponse> = {}): ListResponse => ({
  path, pathAsListed: path, name: path.split('/').at(-1) ?? '', delimiter: '/', parent: path.split('/').slice(0, -1), parentPath: '', flags: new Set<string>(), listed: true, subscribed: true, ...(specialUse === undefined ? {} : { specialUse, specialUseSource: 'extension' as const }), ...more,
});

test('folders are offered by what they are for; what holds no mails of its own is not', () => {
  const list = readable([
    listed('Trash', '\\Trash'), listed('Projects', undefined, { flags: new Set(['\\Noselect']) }), listed('Projects/Zebra'), listed('Drafts', '\\Drafts'), listed('Junk', '\\Junk'), listed('Starred', '\\Flagged'),
    listed('Sent Items', '\\Sent', { specialUseSource: 'name' }), listed('INBOX', '\\Inbox'), listed('Sent', '\\Sent'), listed('All', '\\All'), listed('Bestellungen', undefined, { status: { path: '', messages: 7, unseen: 2 } }),
  ]);
  expect(list.map(({ name, role, total, unseen }) => [name, role, total, unseen])).toEqual([
    ['INBOX', 'inbox', null, null], ['Sent', 'sent', null, null], ['Bestellungen', 'other', 7, 2], ['Projects / Zebra', 'other', null, null], ['Sent Items', 'other', null, null], ['All', 'all', null, null], ['Junk', 'junk', null, null], ['Trash', 'trash', null, null],
  ]);
  expect(chosenOf(list, ['Projects/Zebra', 'Gone', 'Sent'])).toEqual({ folders: { inbox: 'INBOX', sent: 'Sent', others: ['Projects/Zebra'] }, missing: ['Gone'] });
});

describe.skipIf(dovecotMissing !== null)(`chosen folders on a real server${dovecotMissing === null ? '' : ` (SKIPPED: ${dovecotMissing})`}`, () => {
  const setUp = async (): Promise<MailPeer> => {
    const peer = await startMailPeer();
    onTestFinished(() => peer.close());
    return peer;
  };
  const reading = (peer: MailPeer, folders: string[], cursors?: Map<string, string>): RunningChannel => {
    const running = startChannel({ ...peer, account: { ...peer.account, config: { ...(peer.account.config as object), folders } } }, cursors ? { cursors } : {});
    onTestFinished(() => running.channel.stop());
    return running;
  };
  const mails = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, n) => customerMail(`${prefix}${String(n + 1).padStart(4, '0')}`));
  const placed = (running: RunningChannel): string[] => running.messages().map((event) => `${event.place?.path} ${event.externalId}`);
  const said = <T extends ChannelEvent['type']>(running: RunningChannel, type: T): Extract<ChannelEvent, { type: T }>[] =>
    running.batches.flatMap((batch) => batch.events.filter((event): event is Extract<ChannelEvent, { type: T }> => event.type === type));

  test('a mailbox says which folders it has, with counts; only inbox and sent mails are read until somebody chooses', async () => {
    const peer = await setUp();
    peer.dovecot.deliver(mails(3, 'o'), 'Orders');
    peer.dovecot.deliver(mails(1, 'i'));
    const running = reading(peer, []);
    await running.untilState('live');
    expect(await running.channel.folders?.()).toEqual([
      { path: 'INBOX', name: 'INBOX', role: 'inbox', total: 1, unseen: 1 }, { path: 'Sent', name: 'Sent', role: 'sent', total: 0, unseen: 0 },
      { path: 'Orders', name: 'Orders', role: 'other', total: 3, unseen: 3 }, { path: 'Trash', name: 'Trash', role: 'trash', total: 0, unseen: 0 },
    ]);
    expect(placed(running)).toEqual(['INBOX <i0001@example.org>']);
    expect(said(running, 'folders')).toEqual([{ type: 'folders', paths: ['Orders'] }]);
    await peer.outage();
    await running.channel.poll();
    await running.untilState('waiting');
    await expect(running.channel.folders?.()).rejects.toThrow('The mailbox cannot be reached at the moment');
  });

  test('a folder added is first read newest page first, with progress and a cursor of its own; then what comes into it is read', async () => {
    const peer = await setUp();
    peer.dovecot.deliver(mails(2, 'i'));
    const before = reading(peer, []);
    await before.untilState('live');
    await before.channel.stop();
    peer.dovecot.deliver(mails(620, 'o'), 'Orders');
    const running = reading(peer, ['Orders'], before.cursors);
    await running.untilState('live');
    const pages = running.batches.map((batch) => batch.events.filter((event) => event.type === 'message')).filter((page) => page.length > 0);
    expect(pages.map((page) => [page.length, page.at(-1)?.externalId])).toEqual([[200, '<o0620@example.org>'], [200, '<o0420@example.org>'], [200, '<o0220@example.org>'], [20, '<o0020@example.org>']]);
    expect(running.statuses.find((status) => status.progress?.done === 400)).toMatchObject({ state: 'syncing', status: 'Reading mail: 400 of 620.' });
    expect([...running.cursors.keys()].filter((name) => name.startsWith('Orders:'))).toHaveLength(1);
    peer.dovecot.deliver([customerMail('fresh')], 'Orders');
    running.clock.advance(HALF_A_MINUTE);
    await running.until(() => placed(running).includes('Orders <fresh@example.org>'));
    expect(running.batches.at(-1)?.origin).toBe('live');
    await running.channel.stop();
    const again = reading(peer, ['Orders'], running.cursors);
    await again.untilState('live');
    expect(again.messages()).toEqual([]);
    await again.channel.stop();
    const without = reading(peer, [], running.cursors);
    peer.dovecot.deliver([customerMail('unread')], 'Orders');
    await without.untilState('live');
    await without.channel.poll();
    expect(without.messages()).toEqual([]);
  });

  test('a folder made later is told of, not read; a chosen one that is no more is named', async () => {
    const peer = await setUp();
    peer.dovecot.deliver(mails(1, 'o'), 'Orders');
    const running = reading(peer, ['Orders', 'Returns']);
    await running.untilState('live');
    expect(running.statuses.at(-1)?.status).toBe('New mail arrives at once. The folder “Returns” is not in the mailbox any more.');
    await peer.dovecot.doveadm('mailbox create', 'Complaints');
    peer.dovecot.deliver(mails(1, 'c'), 'Complaints');
    running.clock.advance(HALF_A_MINUTE);
    await running.until(() => said(running, 'folders').length === 2);
    expect(said(running, 'folders').at(-1)?.paths).toEqual(['Complaints', 'Orders']);
    expect(placed(running)).toEqual(['Orders <o0001@example.org>']);
  });

  test('a mail moved between folders is found at its new place before it is missed at the old one; one deleted is missed', async () => {
    const peer = await setUp();
    peer.dovecot.deliver(mails(4, 'm'));
    await peer.dovecot.doveadm('mailbox create', 'Orders');
    const running = reading(peer, ['Orders']);
    await running.untilState('live');
    await peer.dovecot.doveadm('move', 'Orders', 'mailbox', 'INBOX', 'header', 'message-id', '<m0002@example.org>');
    await running.until(() => said(running, 'gone').length === 1);
    const kinds = running.batches.flatMap((batch) => batch.events).filter((event) => event.type === 'gone' || (event.type === 'message' && event.place?.path === 'Orders'));
    expect(kinds.map((event) => event.type)).toEqual(['message', 'gone']);
    expect(said(running, 'gone')[0]).toMatchObject({ path: 'INBOX', keys: [2] });
    // Deleted, and tidied away where nobody reads; the second while we are not there.
    await peer.dovecot.doveadm('expunge', 'mailbox', 'INBOX', 'header', 'message-id', '<m0001@example.org>');
    await running.until(() => said(running, 'gone').length === 2);
    expect(said(running, 'gone')[1]).toMatchObject({ path: 'INBOX', keys: [1] });
    await running.channel.stop();
    await peer.dovecot.doveadm('move', 'Trash', 'mailbox', 'INBOX', 'header', 'message-id', '<m0003@example.org>');
    await peer.dovecot.doveadm('expunge', 'mailbox', 'Orders', 'all');
    const places = [{ path: 'INBOX', keys: [3, 4] }, { path: 'Orders', keys: [1] }];
    const epochOf = (path: string): string => [...running.cursors.keys()].find((name) => name.startsWith(`${path}:`))?.split(':')[1] ?? '';
    const later = startChannel({ ...peer, account: { ...peer.account, config: { ...(peer.account.config as object), folders: ['Orders'] } } }, { cursors: running.cursors, places: (path) => places.filter((place) => place.path === path).map(({ keys }) => ({ epoch: epochOf(path), keys })) });
    onTestFinished(() => later.channel.stop());
    await later.untilState('live');
    expect(said(later, 'gone').map(({ path, keys }) => `${path} ${keys.join()}`).sort()).toEqual(['INBOX 3', 'Orders 1']);
    expect(later.messages()).toEqual([]);
  });

  test('a list of mails that got lost on its way makes nobody believe they are gone', async () => {
    const peer = await setUp();
    peer.dovecot.deliver(mails(3, 'l'));
    const running = reading(peer, []);
    await running.untilState('live');
    peer.wire.loseLine(/^\* (?:SEARCH|ESEARCH) /);
    await peer.dovecot.doveadm('expunge', 'mailbox', 'INBOX', 'header', 'message-id', '<l0002@example.org>');
    await eventually(() => peer.wire.altered() === 1);
    await running.channel.poll();
    await running.until(() => said(running, 'gone').length > 0);
    expect(said(running, 'gone').map(({ keys }) => keys)).toEqual([[2]]);
  });
});
