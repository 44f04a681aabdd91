import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Batch, ChannelEvent, MessageEvent } from '../channels/port.ts';
import { mergeCustomers } from '../merging/index.ts';
import { mailEvent, mailParty, openTestDesk, postEvent, type TestDesk } from '../test-desk.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 0, 5, 9);

interface Told { who: number; ago: number; isOurs: boolean; answers: number | null; subject: string; automatic: 'no' | 'auto_reply' | 'bulk'; isSeen: boolean; isNamed: boolean; how: 'mail' | 'post' }
const told = fc.record<Told>({
  who: fc.nat(3), ago: fc.integer({ min: 1, max: 300 }), isOurs: fc.boolean(), answers: fc.option(fc.nat(20)), subject: fc.constantFrom('Invoice', 'Re: Invoice', 'Re: Help'),
  automatic: fc.constantFrom('no', 'no', 'no', 'auto_reply', 'bulk'), isSeen: fc.boolean(), isNamed: fc.boolean(), how: fc.constantFrom('mail', 'mail', 'mail', 'post'),
});

const mailDetail = (from: string, messageId: string, automatic: Told['automatic']): MessageEvent['detail'] => ({ type: 'mail', from, to: ['care@acme.example'], cc: [], messageId, automatic, unreadable: null });

/** What comes of what was told, with marks of another program in between. */
function eventsOf(all: readonly Told[]): { mails: ChannelEvent[]; posts: ChannelEvent[] } {
  const ids = all.map((_, i) => `<batch${i}@example.org>`);
  const made = all.map((t, i): MessageEvent => {
    const at = NOW - t.ago * HOUR - i;
    const direction = t.isOurs ? 'outbound' as const : 'inbound' as const;
    if (t.how === 'post') return postEvent(`77${t.who}`, `@who${t.who}${t.isNamed ? '' : 'x'}`, at, 'and where is it?', {
      externalId: `p${i}`, direction, isSeen: t.isSeen,
      detail: { type: 'post', postId: `p${i}`, url: `https://x.com/i/status/${i}`, inReplyTo: null, conversationId: `p${i}`, quoted: null, isPromoted: false, replyAllowed: true },
    });
    const address = `who${t.who}@example.org`;
    const references = t.answers === null ? [] : [ids[t.answers % ids.length] ?? ''].filter((id) => id !== ids[i]);
    return mailEvent(address, at, {
      externalId: ids[i] ?? '', threadKeys: [ids[i] ?? ''], references, direction, subject: t.subject, isSeen: t.isSeen, party: mailParty(address, t.isNamed ? `Who ${t.who}` : null), place: { path: 'INBOX', epoch: '1', key: i + 1 },
      detail: mailDetail(address, ids[i] ?? '', t.automatic),
    });
  });
  const mails: ChannelEvent[] = made.filter((event) => event.kind === 'mail');
  return { mails: [...mails, { type: 'seen', path: 'INBOX', epoch: '1', keys: [1, 2, 5] }], posts: made.filter((event) => event.kind === 'post') };
}

/**
 * Every row that tells of customers and what they said; operations and their changes are as many as batches. History that looks done counts
 * as read, so how much of it is unread depends on what came in one piece.
 */
function rowsOf(desk: TestDesk, isHistory: boolean): unknown {
  const tables = ['customer', 'identity', 'message', 'thread_key', 'mail_place', 'unplaced'];
  const conversations = desk.store.read.all<object>('SELECT * FROM conversation ORDER BY id').map((row) => (isHistory ? { ...row, unread: 0, read_up_to: 0 } : row));
  const counts = desk.store.read.all<{ view: string }>('SELECT view, n FROM queue_count WHERE n <> 0').filter(({ view }) => !isHistory || view !== 'unseen');
  const found = (index: string) => desk.store.read.all(`SELECT rowid FROM ${index} WHERE ${index} MATCH 'invoice' ORDER BY rowid`);
  return [...tables.map((table) => desk.store.read.all(`SELECT * FROM ${table} ORDER BY 1, 2`)), conversations, counts, found('message_index'), found('message_typing'), desk.store.checkIndex('message_index')];
}

function given(all: readonly Told[], size: number, origin: Batch['origin'], isMerged: boolean): unknown {
  const desk = openTestDesk();
  const { mails, posts } = eventsOf(all);
  const first = [0, 1].map((who) => mailEvent(`who${who}@example.org`, NOW - 400 * HOUR, { externalId: `<first${who}@example.org>`, threadKeys: [], detail: mailDetail(`who${who}@example.org`, `<first${who}@example.org>`, 'no') }));
  desk.take(desk.accounts.email, first);
  if (isMerged) desk.run(mergeCustomers, { survivorId: desk.conversation('who0@example.org').customerId, mergedId: desk.conversation('who1@example.org').customerId, reason: 'test', ids: desk.ids });
  for (const [account, events] of [[desk.accounts.email, mails], [desk.accounts.x, posts]] as const)
    for (let i = 0; i < events.length; i += size) desk.take(account, events.slice(i, i + size), { origin, openSince: NOW - 100 * HOUR });
  return rowsOf(desk, origin !== 'live');
}

test('many events in one batch leave the very rows that as many batches of one leave', () => {
  fc.assert(fc.property(fc.array(told, { minLength: 2, maxLength: 14 }), fc.constantFrom<Batch['origin']>('live', 'backfill', 'import'), fc.boolean(), fc.integer({ min: 2, max: 20 }), (all, origin, isMerged, size) => {
    expect(given(all, size, origin, isMerged)).toEqual(given(all, 1, origin, isMerged));
  }), { numRuns: 40, seed: 3 });
});
