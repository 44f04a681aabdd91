import { expect, test } from 'vitest';
import type { ChannelEvent } from '../channels/port.ts';
import { tables } from '../store/index.ts';
import { mailEvent, openTestDesk, type TestDesk } from '../test-desk.ts';

const at = (key: number, path = 'INBOX', epoch = '1') => ({ place: { path, epoch, key } });
const gone = (keys: number[], path = 'INBOX', epoch = '1'): ChannelEvent => ({ type: 'gone', path, epoch, keys });

function start() {
  const desk = openTestDesk();
  const now = desk.clock.now();
  const mails = [1, 2, 3].map((key) => mailEvent('ann@example.org', now - 10_000 + key, { text: `mail ${key}`, ...at(key) }));
  desk.take(desk.accounts.email, mails);
  return { desk, mails, take: (...events: ChannelEvent[]) => desk.take(desk.accounts.email, events), again: (n: number, place: ReturnType<typeof at>): ChannelEvent => ({ ...(mails[n] as (typeof mails)[number]), ...place }) };
}
const marked = (desk: TestDesk): string[] => tables.entriesBefore(desk.store.read, desk.conversation('ann@example.org').id, null, 50).entries.flatMap((entry) => (entry.goneAt === undefined ? [] : [entry.text]));

test('a mail deleted in the mailbox stays, with a mark and when it was noticed; once only', () => {
  const { desk, take } = start();
  const before = desk.conversation('ann@example.org');
  take(gone([2, 77]));
  desk.clock.advance(1_000);
  take(gone([2]));
  expect(marked(desk)).toEqual(['mail 2']);
  expect(tables.entriesBefore(desk.store.read, before.id, null, 50).entries.find((entry) => entry.goneAt !== undefined)?.goneAt).toBe(desk.clock.now() - 1_000);
  expect(desk.conversation('ann@example.org')).toEqual(before);
});

test('one that lies in another folder as well, or was moved there, is not gone; of the last place it is', () => {
  const { desk, take, again } = start();
  take(again(0, at(9, 'Orders')), again(1, at(10, 'Orders')), gone([1, 2]));
  expect(marked(desk)).toEqual([]);
  take(gone([9], 'Orders'));
  expect(marked(desk)).toEqual(['mail 1']);
});

test('one that comes back loses its mark', () => {
  const { desk, take, again } = start();
  take(gone([1, 2]));
  take(again(0, at(50)));
  expect(marked(desk)).toEqual(['mail 2']);
});

test('a folder numbered anew misses what was not found again', () => {
  const { desk, take, again } = start();
  take(again(0, at(1, 'INBOX', '2')), again(2, at(2, 'INBOX', '2')));
  expect(marked(desk)).toEqual([]);
  take({ type: 'renumbered', path: 'INBOX', epoch: '2' });
  expect(marked(desk)).toEqual(['mail 2']);
  expect(tables.placesOf(desk.store.read, desk.accounts.email, 'INBOX')).toEqual([{ epoch: '2', keys: [1, 2] }]);
});

test('the first list of folders is no news; a folder made later is, until somebody has seen it', () => {
  const { desk, take } = start();
  const news = (): string[] => tables.newFolders(desk.store.read, desk.accounts.email);
  take({ type: 'folders', paths: [] });
  take({ type: 'folders', paths: ['Orders', 'Returns'] });
  expect(news()).toEqual(['Orders', 'Returns']);
  desk.run({ name: 't', apply: (tx) => tables.foldersSeen(tx.db, desk.accounts.email) }, null);
  take({ type: 'folders', paths: ['Orders', 'Complaints'] });
  expect(news()).toEqual(['Complaints']);
});

test('stopping a folder forgets where it stood and what lay in it, of that folder alone', () => {
  const { desk, take } = start();
  const id = desk.accounts.email;
  take(mailEvent('ann@example.org', desk.clock.now(), at(1, 'A:1')), mailEvent('ann@example.org', desk.clock.now(), at(1, 'A')));
  desk.run({ name: 't', apply: (tx) => {
    for (const name of ['A:7', 'A:1:7', 'AB:7', 'A:x', 'INBOX:7']) tables.putCursor(tx.db, id, name, '{}');
    tables.stopFolder(tx.db, id, 'A');
  } }, null);
  expect(desk.store.read.all('SELECT name FROM cursor WHERE account_id = ? ORDER BY name', id)).toEqual(['A:1:7', 'A:x', 'AB:7', 'INBOX:7'].map((name) => ({ name })));
  expect([tables.placesOf(desk.store.read, id, 'A').length, tables.placesOf(desk.store.read, id, 'A:1').length]).toEqual([0, 1]);
  expect(marked(desk)).toEqual([]);
});
