import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MessageEvent } from '../channels/port.ts';
import { markDone } from '../desk/index.ts';
import { linkIdentity } from '../merging/index.ts';
import { erasePerson } from '../rights/index.ts';
import { checkStore, openContentStore, tables } from '../store/index.ts';
import { mailEvent, mailParty, openTestDesk, type TestDesk } from '../test-desk.ts';
import { again } from '../outbox/index.ts';
import { assignUnplaced, dismissUnplaced, makeCustomerOfUnplaced, restoreUnplaced } from './index.ts';

const HOUR = 3_600_000;
const OURS = '<01980000-aaaa-7bbb-8ccc-0123456789ab@acme.example>';
const counts = (desk: TestDesk): { customers: number; mails: number; tray: number } => ({
  customers: desk.store.read.get<{ n: number }>('SELECT count(*) AS n FROM customer')?.n ?? 0, mails: desk.store.read.get<{ n: number }>(`SELECT count(*) AS n FROM message WHERE kind = 'mail'`)?.n ?? 0, tray: tables.unplacedCount(desk.store.read),
});
const stranger = (desk: TestDesk, over: Partial<MessageEvent> = {}): MessageEvent => mailEvent('eve@x.example', desk.clock.now(), { references: [OURS], doubt: 'token', subject: 'Re: Table', ...over });
const ours = (desk: TestDesk, over: Partial<MessageEvent> = {}): MessageEvent => mailEvent('ann@x.example', desk.clock.now() - HOUR, { direction: 'outbound', externalId: OURS, threadKeys: [OURS], subject: 'Table', text: 'On Tuesday.', ...over });
const report = (desk: TestDesk, isFinal: boolean, over: Partial<MessageEvent> = {}): MessageEvent => mailEvent('mailer-daemon@mx.example', desk.clock.now(), {
  party: mailParty('ann@x.example'), references: [OURS], doubt: 'report',
  detail: { type: 'mail', from: 'mailer-daemon@mx.example', to: ['care@acme.example'], cc: [], messageId: null, automatic: isFinal ? 'bounce' : 'delayed', unreadable: null, failures: [{ recipient: 'ann@x.example', isFinal, status: isFinal ? '5.1.1' : '4.4.1', why: 'no such mailbox' }] }, ...over,
});
const only = (desk: TestDesk): string => tables.unplacedRows(desk.store.read, 'open', 10)[0]?.id ?? '';
const ann = (desk: TestDesk): ReturnType<TestDesk['conversation']> => desk.conversation('ann@x.example');

describe('a mail nobody can place', () => {
  test('waits in the tray, makes no customer, and reading it again makes no second', () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [ours(desk)]);
    const mail = stranger(desk);
    expect(desk.take(desk.accounts.email, [mail])).toMatchObject({ unplaced: 1, inbound: 0 });
    expect(desk.take(desk.accounts.email, [mail])).toMatchObject({ known: 1, unplaced: 0 });
    expect(counts(desk)).toEqual({ customers: 1, mails: 1, tray: 1 });
    expect(tables.unplacedRows(desk.store.read, 'open', 10)).toMatchObject([{ reason: 'token', mayBeCustomer: true, candidate: { customerId: ann(desk).customerId } }]);
  });

  test('goes to its sender once that one is a customer, its files included', () => {
    const desk = openTestDesk();
    const files = openContentStore(join(desk.dir, 'files'));
    const file = { sha256: files.put(Buffer.from('x')), name: 'a.pdf', type: 'application/pdf', size: 1, contentId: null, alt: null };
    desk.take(desk.accounts.email, [stranger(desk, { files: [file] })]);
    desk.take(desk.accounts.email, [mailEvent('eve@x.example', desk.clock.now())]);
    expect(counts(desk)).toEqual({ customers: 1, mails: 2, tray: 0 });
    expect(desk.store.read.all('SELECT a.name FROM attachment a JOIN message m ON m.id = a.message_id')).toEqual([{ name: 'a.pdf' }]);
    expect(checkStore(desk.store, files).problems).toEqual([]);
  });

  test('goes to whom an agent links its address to, at once, and opens them', () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [mailEvent('ann@x.example', desk.clock.now()), stranger(desk)]);
    desk.run(markDone, { conversationId: ann(desk).id });
    desk.run(linkIdentity, { identityId: desk.ids.next(), customerId: ann(desk).customerId, party: mailParty('eve@x.example'), basis: 'told_us', ids: desk.ids });
    expect(counts(desk)).toEqual({ customers: 1, mails: 2, tray: 0 });
    expect(ann(desk)).toMatchObject({ state: 'open', subject: 'Re: Table' });
  });

  test.each(['nobody', 'own', 'daemon'] as const)('is never made a customer when its sender is no person (%s)', (doubt) => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [stranger(desk, { doubt })]);
    expect(() => desk.run(makeCustomerOfUnplaced, { id: only(desk), ids: desk.ids })).toThrow('no address of a person');
  });

  test('is placed, made a customer or dismissed, and each is taken back without a trace', () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [ours(desk), stranger(desk)]);
    const id = only(desk);
    const { customerId, lastAt } = ann(desk);
    const before = counts(desk);
    const shape = (): unknown => desk.store.read.all('SELECT id, state, unread, waiting_since, last_at, last_message_id FROM conversation ORDER BY id');
    const rows = shape();
    desk.run(assignUnplaced, { id, customerId, ids: desk.ids });
    expect(ann(desk)).toMatchObject({ unread: 1 });
    expect(counts(desk)).toEqual({ customers: 1, mails: 2, tray: 0 });
    // Nothing was linked: the same sender is asked about again.
    desk.take(desk.accounts.email, [stranger(desk, { externalId: '<second@x>' })]);
    expect(counts(desk).tray).toBe(1);
    desk.run(dismissUnplaced, { id: only(desk) });
    desk.run(restoreUnplaced, { id });
    expect(ann(desk).lastAt).toBe(lastAt);
    desk.run(makeCustomerOfUnplaced, { id, ids: desk.ids });
    expect(desk.conversation('eve@x.example')).toMatchObject({ state: 'open', unread: 1 });
    desk.run(restoreUnplaced, { id });
    desk.run(dismissUnplaced, { id });
    expect(counts(desk).tray).toBe(0);
    expect(tables.unplacedRows(desk.store.read, 'dismissed', 10)).toHaveLength(2);
    desk.run(restoreUnplaced, { id });
    expect(counts(desk)).toEqual(before);
    expect(shape()).toEqual(rows);
  });

  test('goes to a customer made of its sender with another one, machines’ and lists’ too, and comes back with it', () => {
    const desk = openTestDesk();
    const theirs = (over: Partial<MessageEvent>): MessageEvent => stranger(desk, { at: desk.clock.now() - HOUR, ...over });
    desk.take(desk.accounts.email, [stranger(desk), theirs({ doubt: 'list' }), theirs({ doubt: 'automatic' }), theirs({ doubt: 'nobody' }), theirs({ party: mailParty('bob@x.example') }), theirs({ externalId: '<gone@x>' })]);
    const idOf = (externalId: string): string => tables.unplacedByExternal(desk.store.read, desk.accounts.email, externalId)?.id ?? '';
    desk.run(dismissUnplaced, { id: idOf('<gone@x>') });
    const before = counts(desk);
    const id = tables.unplacedRows(desk.store.read, 'open', 10).find((row) => row.reason === 'token' && row.at === desk.clock.now())?.id ?? '';
    expect(desk.run(makeCustomerOfUnplaced, { id, ids: desk.ids })).toMatchObject({ others: 2 });
    expect(counts(desk)).toEqual({ customers: 1, mails: 3, tray: 2 });
    expect(desk.conversation('eve@x.example')).toMatchObject({ state: 'open', unread: 3 });
    desk.run(restoreUnplaced, { id });
    expect(counts(desk)).toEqual(before);
    expect(desk.store.read.all('SELECT id FROM conversation')).toEqual([]);
    // Once more, and now there is more of them than what was made of it: they stay, and what was decided is open again.
    desk.run(makeCustomerOfUnplaced, { id, ids: desk.ids });
    desk.take(desk.accounts.email, [mailEvent('eve@x.example', desk.clock.now() + 1)]);
    desk.run(restoreUnplaced, { id });
    expect(counts(desk)).toEqual({ customers: 1, mails: 1, tray: 5 });
  });

  test('is gone with the person it names', () => {
    const desk = openTestDesk();
    const files = openContentStore(join(desk.dir, 'files'));
    desk.take(desk.accounts.email, [ours(desk), stranger(desk, { text: 'I write for Ann@X.example' }), mailEvent('bob@x.example', desk.clock.now())]);
    erasePerson({ store: desk.store, files, dir: desk.dir }, ann(desk).customerId, { at: desk.clock.now(), agent: 'RB' });
    expect(counts(desk)).toEqual({ customers: 1, mails: 1, tray: 0 });
    expect(desk.store.read.all('SELECT * FROM unplaced UNION ALL SELECT * FROM unplaced')).toEqual([]);
  });
});

describe('a mail of ours that came back', () => {
  const entry = (desk: TestDesk): NonNullable<ReturnType<typeof tables.entriesById>[number]> => {
    const row = tables.messageByExternal(desk.store.read, desk.accounts.email, OURS);
    const [found] = tables.entriesById(desk.store.read, [row?.id ?? 0]);
    if (!found) throw new Error('our mail is not here');
    return found;
  };
  const answered = (desk: TestDesk): void => void desk.take(desk.accounts.email, [mailEvent('ann@x.example', desk.clock.now() - 2 * HOUR), ours(desk, { detail: { type: 'mail', from: 'care@acme.example', to: ['ann@x.example'], cc: [], messageId: OURS, automatic: 'no', unreadable: null } })]);

  test('says so, is back in the queue, and the customer still waits for an answer', () => {
    const desk = openTestDesk();
    answered(desk);
    expect(ann(desk).waitingSince).toBeNull();
    desk.run(markDone, { conversationId: ann(desk).id });
    desk.take(desk.accounts.email, [report(desk, true)]);
    expect(entry(desk).undelivered).toMatchObject([{ recipient: 'ann@x.example', isFinal: true, why: 'no such mailbox' }]);
    expect(ann(desk)).toMatchObject({ state: 'open', waitingSince: desk.clock.now() - 2 * HOUR });
    expect(ann(desk).reasons.map((reason) => reason.code)).toContain('undelivered');
    expect(counts(desk)).toMatchObject({ customers: 1, tray: 0 });
  });

  test('that is only late stays answered and done; once it has failed only that is said', () => {
    const desk = openTestDesk();
    answered(desk);
    desk.run(markDone, { conversationId: ann(desk).id });
    desk.take(desk.accounts.email, [report(desk, false)]);
    expect(entry(desk).undelivered).toMatchObject([{ isFinal: false }]);
    expect(ann(desk)).toMatchObject({ state: 'done', waitingSince: null });
    desk.clock.advance(HOUR);
    desk.take(desk.accounts.email, [report(desk, true)]);
    expect(entry(desk).undelivered).toMatchObject([{ isFinal: true }]);
    expect(ann(desk).state).toBe('open');
  });

  test('is known although the report came first', () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [report(desk, true)]);
    expect(counts(desk)).toEqual({ customers: 0, mails: 0, tray: 1 });
    desk.take(desk.accounts.email, [ours(desk)]);
    expect(counts(desk)).toEqual({ customers: 1, mails: 2, tray: 0 });
    expect(entry(desk).undelivered).toHaveLength(1);
  });

  test('is written anew with the same words, recipients and files', () => {
    const desk = openTestDesk();
    const files = openContentStore(join(desk.dir, 'files'));
    desk.take(desk.accounts.email, [ours(desk, { files: [{ sha256: files.put(Buffer.from('x')), name: 'a.pdf', type: 'application/pdf', size: 1, contentId: null, alt: null }], detail: { type: 'mail', from: 'care@acme.example', to: ['ann@x.example'], cc: ['bob@x.example'], messageId: OURS, automatic: 'no', unreadable: null } }), report(desk, true)]);
    const draft = desk.run(again, { messageId: entry(desk).id, ids: desk.ids });
    expect(draft).toMatchObject({ mode: 'mail', text: 'On Tuesday.', subject: 'Table', to: ['ann@x.example'], cc: ['bob@x.example'], attachments: [{ name: 'a.pdf' }] });
    // The mail that came back keeps its own.
    expect(entry(desk).attachments).toHaveLength(1);
  });

  test('an automatic answer neither answers nor opens anything', () => {
    const desk = openTestDesk();
    answered(desk);
    desk.run(markDone, { conversationId: ann(desk).id });
    desk.take(desk.accounts.email, [mailEvent('ann@x.example', desk.clock.now(), { doubt: 'automatic', references: [OURS], detail: { type: 'mail', from: 'ann@x.example', to: [], cc: [], messageId: null, automatic: 'auto_reply', unreadable: null } })]);
    expect(ann(desk)).toMatchObject({ state: 'done', waitingSince: null });
    expect(counts(desk)).toMatchObject({ customers: 1, mails: 3, tray: 0 });
  });
});
