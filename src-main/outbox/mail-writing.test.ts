import { expect, test } from 'vitest';
import type { EntryDetail, Input, Settings } from '../../src-preload/contract/index.ts';
import { capabilitiesOf } from '../desk/index.ts';
import { tables } from '../store/index.ts';
import { mailEvent, openTestDesk } from '../test-desk.ts';
import { composeSend, confirm, enqueue, release, start, undo } from './index.ts';

const settings: Settings = { ...tables.defaultSettings, officeZone: 'UTC', signature: 'Ruth' };

function deskWithMail() {
  const desk = openTestDesk();
  desk.take(desk.accounts.email, [mailEvent('ann@x.example', desk.clock.now() - 60_000, { subject: 'Parcel' })]);
  const row = desk.conversation('ann@x.example');
  const compose = (over: Partial<Input<'reply.send'>>, own: Partial<Settings> = {}) => {
    const input: Input<'reply.send'> = {
      requestId: desk.ids.next(), conversationId: row.id, mode: 'mail', accountId: desk.accounts.email, to: ['ann@x.example'], cc: [], subject: 'Re: Parcel', text: 'It is **on its way**.', inReplyTo: row.lastMessageId, attachmentIds: [],
      seenAt: desk.clock.now(), evenIfStale: false, ...over,
    };
    return composeSend(desk.store.read, input, { ids: desk.ids, agent: 'Ruth', now: desk.clock.now(), settings: { ...settings, ...own } });
  };
  const entry = (id: number) => tables.messageById(desk.store.read, id);
  return { desk, row, compose, entry, detail: (id: number) => JSON.parse(entry(id)?.detail ?? '{}') as Extract<EntryDetail, { type: 'mail' }> };
}

test('a mail is kept as it reads, and leaves with its signs, the signature of its mailbox and the mail answered', () => {
  const { desk, row, compose, entry, detail } = deskWithMail();
  const args = compose({}, { signatures: { [desk.accounts.email]: '**Ruth**, Acme' } });
  expect(args.item).toMatchObject({ text: 'It is **on its way**.\n\n-- \n**Ruth**, Acme', isMarked: true, quoted: { kind: 'answer', text: 'Where is my parcel?' } });
  const { messageId } = desk.run(enqueue, args);
  expect(entry(messageId)?.text).toBe('It is on its way.\n\n-- \nRuth, Acme');
  expect(detail(messageId).isFormatted).toBe(true);
  expect(desk.conversation('ann@x.example').waitingSince).toBeNull();
  expect(row.waitingSince).not.toBeNull();
});

test('the mail answered is left out where the mailbox or the agent says so, and brought in where only the mailbox does not', () => {
  const { desk, compose } = deskWithMail();
  const off = { noQuoteAccounts: [desk.accounts.email] };
  expect([compose({}, off).item.quoted, compose({ quotes: false }).item.quoted, compose({ quotes: true }, off).item.quoted?.kind]).toEqual([undefined, undefined, 'answer']);
});

test('a mail passed on is no answer: the customer still waits, also once it was sent, and is the one who is answered next', () => {
  const { desk, row, compose, detail } = deskWithMail();
  const args = compose({ forwards: row.lastMessageId, to: ['works@supplier.example'], subject: 'Fwd: Parcel', text: '' });
  expect(args.item).toMatchObject({ inReplyTo: null, references: [], quoted: { kind: 'forward', text: 'Where is my parcel?' } });
  const { outboxId, messageId } = desk.run(enqueue, args);
  expect(desk.conversation('ann@x.example').waitingSince).toBe(row.waitingSince);
  desk.run(release, { outboxId });
  desk.run(start, { outboxId });
  // What the server tells of it knows nothing of forwarding.
  desk.run(confirm, { outboxId, externalId: args.idempotencyKey, detail: { type: 'mail', from: 'care@acme.example', to: ['works@supplier.example'], cc: [], messageId: args.idempotencyKey, automatic: 'no', unreadable: null } });
  expect(detail(messageId).forwards).toBe(row.lastMessageId);
  expect(desk.conversation('ann@x.example')).toMatchObject({ waitingSince: row.waitingSince, dueAt: row.dueAt });
  const newest = tables.entriesBefore(desk.store.read, row.id, null, 20).entries.toReversed();
  expect(capabilitiesOf({ accounts: tables.accounts(desk.store.read), identities: [], newest, prices: {} }).find((one) => one.mode === 'mail')).toMatchObject({ to: ['ann@x.example'], inReplyTo: row.lastMessageId, quotes: true });
});

test('taking a mail back gives what it passed on, and whether it quoted', () => {
  const { desk, row, compose } = deskWithMail();
  const forward = desk.run(enqueue, compose({ forwards: row.lastMessageId, to: ['works@supplier.example'] }));
  expect(desk.run(undo, { outboxId: forward.outboxId })).toMatchObject({ forwards: row.lastMessageId, to: ['works@supplier.example'], text: 'It is **on its way**.' });
  desk.run({ name: 'test.clear', apply: (tx) => tables.deleteDraft(tx.db, row.id, 'mail', 'RB') }, null);
  const bare = desk.run(enqueue, compose({ quotes: false }));
  expect(desk.run(undo, { outboxId: bare.outboxId })).toMatchObject({ quotes: false });
});

test('a mail larger than its server takes is not put on its way', () => {
  const { desk, compose } = deskWithMail();
  const id = desk.ids.next();
  desk.run({ name: 'test.file', apply: (tx) => {
    tables.insertAttachment(tx.db, id, null, { sha256: 'a'.repeat(64), name: 'film.mp4', type: 'video/mp4', size: 9_000_000, contentId: null, alt: null }, tx.at);
    tables.putCursor(tx.db, desk.accounts.email, 'smtp-size', '10000000');
  } }, null);
  expect(() => compose({ attachmentIds: [id] })).toThrow('the mail server takes at most 9.5 MB');
});

test('an answer goes where the writer wants answers to go', () => {
  const { desk, row } = deskWithMail();
  const event = mailEvent('ann@x.example', desk.clock.now());
  desk.take(desk.accounts.email, [{ ...event, detail: { ...event.detail, replyTo: ['office@x.example'] } as typeof event.detail }]);
  const newest = tables.entriesBefore(desk.store.read, row.id, null, 20).entries.toReversed();
  expect(capabilitiesOf({ accounts: tables.accounts(desk.store.read), identities: [], newest, prices: {} }).find((one) => one.mode === 'mail')?.to).toEqual(['office@x.example']);
});
