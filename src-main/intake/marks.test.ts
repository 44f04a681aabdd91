import { expect, test } from 'vitest';
import { markDone, markRead } from '../desk/index.ts';
import { tables } from '../store/index.ts';
import { mailEvent, openTestDesk, type TestDesk } from '../test-desk.ts';

const HOUR = 3_600_000;
const at = (key: number, epoch = '1', path = 'INBOX') => ({ place: { path, epoch, key } });
const owed = (desk: TestDesk) => tables.owedTo(desk.store.read, desk.accounts.email, 100);
const isRead = { isSeen: true, isAnswered: false };

function start() {
  const desk = openTestDesk();
  const now = desk.clock.now();
  const mails = [mailEvent('ann@example.org', now - 3 * HOUR, at(1)), mailEvent('ann@example.org', now - 2 * HOUR, at(2)), mailEvent('bob@example.org', now - HOUR, at(3))];
  desk.take(desk.accounts.email, mails);
  const ann = desk.conversation('ann@example.org');
  return { desk, mails, ann, now };
}

test('what an agent opens is owed to the server once, and settled when it was told', () => {
  const { desk, ann } = start();
  desk.run(markRead, { conversationId: ann.id, upTo: ann.lastMessageId });
  desk.run(markRead, { conversationId: ann.id, upTo: ann.lastMessageId });
  expect(owed(desk)).toEqual([{ path: 'INBOX', epoch: '1', uid: 1, ...isRead }, { path: 'INBOX', epoch: '1', uid: 2, ...isRead }]);
  desk.take(desk.accounts.email, [{ type: 'marked', path: 'INBOX', epoch: '1', keys: [1, 2], ...isRead }]);
  expect(owed(desk)).toEqual([]);
  desk.run(markDone, { conversationId: ann.id });
  expect(owed(desk)).toEqual([]);
});

test('closing a conversation nobody opened counts as reading it', () => {
  const { desk, ann } = start();
  desk.run(markDone, { conversationId: ann.id });
  expect(owed(desk).map((mark) => mark.uid)).toEqual([1, 2]);
});

test('history that came in as done is never marked at the server: no agent has read it', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.email, [mailEvent('old@example.org', desk.clock.now() - 999 * HOUR, at(1))], { origin: 'backfill', openSince: desk.clock.now() });
  const old = desk.conversation('old@example.org');
  desk.run(markRead, { conversationId: old.id, upTo: old.lastMessageId });
  expect(owed(desk)).toEqual([]);
});

test('what was read in another program is read here, and not told back', () => {
  const { desk, ann } = start();
  expect(ann.unread).toBe(2);
  desk.run(markRead, { conversationId: ann.id, upTo: 1 });
  desk.take(desk.accounts.email, [{ type: 'seen', path: 'INBOX', epoch: '1', keys: [1, 2, 77] }]);
  expect(desk.conversation('ann@example.org').unread).toBe(0);
  expect(desk.conversation('bob@example.org').unread).toBe(1);
  expect(owed(desk)).toEqual([]);
});

test('a folder numbered anew and a mail moved make no second message, and what is owed goes along', () => {
  const { desk, mails, ann, now } = start();
  desk.run(markRead, { conversationId: ann.id, upTo: ann.lastMessageId });
  const [first, second] = mails;
  if (!first || !second) throw new Error('no mails');
  expect(desk.take(desk.accounts.email, [{ ...first, ...at(501, '2') }, { ...second, ...at(9, '1', 'Billing') }])).toMatchObject({ inbound: 0, known: 2 });
  expect(owed(desk)).toEqual([
    { path: 'INBOX', epoch: '1', uid: 2, ...isRead }, { path: 'INBOX', epoch: '2', uid: 501, ...isRead }, { path: 'Billing', epoch: '1', uid: 9, ...isRead },
  ]);
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', now, at(502, '2'))]);
  expect(desk.conversation('ann@example.org').id).toBe(ann.id);
});
