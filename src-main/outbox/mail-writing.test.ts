import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import type { EntryDetail, Input, Settings } from '../../src-preload/contract/index.ts';
import { composeMail } from '../channels/email/compose.ts';
import type { MailConfig } from '../channels/email/config.ts';
import type { StoredFile } from '../channels/port.ts';
import { capabilitiesOf } from '../desk/index.ts';
import { openContentStore, tables } from '../store/index.ts';
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

/** A mail with a page, a picture in its text and a file, as the mail channel hands it in; forwarded with what `mail.forward` copies. */
function formattedMail(page: string) {
  const { desk } = deskWithMail();
  const files = openContentStore(join(desk.dir, 'files'));
  const stored = (name: string, type: string, bytes: string, contentId: string | null = null): StoredFile => ({ sha256: files.put(Buffer.from(bytes)), name, type, size: bytes.length, contentId, alt: null });
  desk.take(desk.accounts.email, [mailEvent('bob@x.example', desk.clock.now(), { text: 'Our offer: two metres', files: [stored('logo.png', 'image/png', 'logo', 'logo@x'), stored('offer.pdf', 'application/pdf', 'pdf', 'f1@x'), stored('message.html', 'text/html', page)] })]);
  const row = desk.conversation('bob@x.example');
  const copies = tables.filesOfMessage(desk.store.read, row.lastMessageId).slice(0, 2).map((file) => ({ id: desk.ids.next(), file }));
  desk.run({ name: 'test.copies', apply: (tx) => { for (const { id, file } of copies) tables.insertAttachment(tx.db, id, null, file, tx.at); } }, null);
  const forward = (without = '') => composeSend(desk.store.read, {
    requestId: desk.ids.next(), conversationId: row.id, mode: 'mail', accountId: desk.accounts.email, to: ['works@supplier.example'], cc: [], subject: 'Fwd: Offer', text: 'Please look.', inReplyTo: row.lastMessageId, forwards: row.lastMessageId,
    attachmentIds: copies.filter(({ file }) => file.name !== without).map(({ id }) => id), seenAt: desk.clock.now(), evenIfStale: false,
  }, { ids: desk.ids, agent: 'Ruth', now: desk.clock.now(), settings, bytesOf: (sha256) => files.get(sha256) });
  const leaves = async (args: ReturnType<typeof forward>) => PostalMime.parse((await composeMail(args.item, { address: 'care@acme.example', displayName: 'Care' } as MailConfig, files)).raw);
  return { desk, forward, leaves };
}
const PAGE = '<h2 style="color:red">Our offer</h2><img src="cid:logo@x" alt="Logo"><table><tr><td onclick="x()">two metres</td></tr></table><img src="https://t.example/open.gif" width="1" height="1"><script>x()</script>';

test('a mail passed on keeps its formatting, its pictures and its files, and nothing that runs or reports', async () => {
  const { desk, forward, leaves } = formattedMail(PAGE);
  const args = forward();
  const mail = await leaves(args);
  expect(mail.html).toContain('<h2 style="color:red">Our offer</h2>');
  expect(mail.html).toMatch(/<td>two metres<\/td>/);
  expect(mail.html).toContain('src="cid:logo@x"');
  expect(mail.html).not.toMatch(/onclick|script|t\.example/);
  expect(mail.html?.indexOf('Please look.')).toBeLessThan(mail.html?.indexOf('Forwarded message') ?? 0);
  expect(mail.attachments.map(({ filename, contentId, disposition }) => [filename, contentId, disposition])).toEqual([['logo.png', '<logo@x>', 'inline'], ['offer.pdf', undefined, 'attachment']]);
  // The plain words stay for programs that show no formatting.
  expect(mail.text).toMatch(/Please look\.[^]*Forwarded message[^]*Our offer: two metres/);
  // The same bytes at every attempt; here it is shown as it left.
  expect(await leaves(args)).toEqual(mail);
  const { messageId } = desk.run(enqueue, args);
  expect(JSON.parse(tables.messageById(desk.store.read, messageId)?.detail ?? '{}')).toMatchObject({ isFormatted: true });
});

test('a picture that was taken out of the files is named in the text instead', async () => {
  const { forward, leaves } = formattedMail(PAGE);
  const mail = await leaves(forward('logo.png'));
  expect(mail.html).not.toContain('cid:');
  expect(mail.html).toContain('Logo');
  expect(mail.attachments.map((file) => file.filename)).toEqual(['offer.pdf']);
});

test('a page too large to be taken apart is passed on as its words', async () => {
  const { forward, leaves } = formattedMail(`<p>${'long '.repeat(120_000)}</p>`);
  const mail = await leaves(forward());
  expect(mail.html).toContain('<div dir="auto">Our offer: two metres</div>');
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
