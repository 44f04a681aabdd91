import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MessageEvent } from '../channels/port.ts';
import { mergeCustomers, unmergeCustomers } from '../merging/index.ts';
import { mailEvent, mailParty, openTestDesk, type TestDesk } from '../test-desk.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5, 9);
const OURS = 'care@acme.example';

/** What an agent sees, whatever ids rows have (each mail has a text of its own): who is whose, what lies in one thread, what came back, and what nobody could place. */
function seen(desk: TestDesk): unknown {
  const mails = desk.store.read.all<{ conversation: string; name: string; text: string; thread: number | null; state: string; waiting_since: number | null; last_at: number }>(
    `SELECT v.id AS conversation, (SELECT group_concat(i.value, ' ') FROM (SELECT value FROM identity WHERE customer_id = v.customer_id ORDER BY value) i) AS name, m.text, m.thread, v.state, v.waiting_since, v.last_at
     FROM message m JOIN conversation v ON v.id = m.conversation_id WHERE m.kind = 'mail' ORDER BY m.text`);
  const group = (of: (m: (typeof mails)[number]) => string): string[] => [...Map.groupBy(mails, of).values()].map((g) => g.map((m) => m.text).join(' ')).sort();
  return {
    conversations: [...Map.groupBy(mails, (m) => m.conversation).values()].map((g) => `${g[0]?.name ?? ''} ${g[0]?.state ?? ''} ${g[0]?.waiting_since ?? '-'} ${g[0]?.last_at ?? ''}: ${g.map((m) => m.text).join(' ')}`).sort(),
    threads: group((m) => `${m.conversation} ${String(m.thread)}`),
    tray: desk.store.read.all(`SELECT json_extract(event, '$.text') AS text, reason FROM unplaced WHERE state = 'open' ORDER BY 1`),
    undelivered: desk.store.read.all('SELECT m.text, r.text AS report, u.recipient, u.is_final FROM undelivered u JOIN message m ON m.id = u.message_id JOIN message r ON r.id = u.report_id ORDER BY 1, 2, 3'),
  };
}

const token = (n: number): string => `<01980000-aaaa-7bbb-8ccc-${String(n).padStart(12, '0')}@acme.example>`;

/** A random graph of mails with everything that goes wrong in mailboxes. */
const graph = fc.array(fc.record({
  who: fc.constantFrom('ann@x.example', 'bob@x.example', 'cy@y.example', 'news@z.example', 'mailer-daemon@mx.example', OURS, ''),
  what: fc.constantFrom('in', 'in', 'in', 'out', 'bounce', 'delayed', 'list', 'auto'),
  refs: fc.array(fc.oneof(fc.nat(11), fc.constant(-1)), { maxLength: 3 }),
  subject: fc.constantFrom('Router', 'Re: Router', 'AW: Router', 'Fwd: Re: Router', '回复：Router', 'Invoice', 'Re: Invoice', '', 'Re:'),
  hours: fc.nat(900), id: fc.option(fc.nat(11), { nil: null, freq: 4 }), outlook: fc.option(fc.nat(2), { nil: null, freq: 3 }),
}), { minLength: 2, maxLength: 12 }).map((mails) => {
  const ids = mails.map((m, i) => (m.what === 'out' ? token(i) : `<g${i}@x.example>`));
  return mails.map((m, i): MessageEvent => {
    const isOut = m.what === 'out';
    const isReport = m.what === 'bounce' || m.what === 'delayed';
    // An id somebody used before, a reference to nothing (-1, or beyond the end), to itself or in a circle: all of it happens.
    const externalId = m.id !== null && m.id < mails.length && m.id !== i && !isOut && mails[m.id]?.what !== 'out' ? (ids[m.id] ?? '') : (ids[i] ?? '');
    const references = m.refs.map((r) => (r < 0 ? '<ghost@x.example>' : (ids[r] ?? `<gone${r}@x.example>`))).filter((id) => id !== externalId);
    const outlook = m.outlook === null ? [] : [`thread-index:${m.outlook}`];
    const at = START + m.hours * HOUR + i;
    const quotesOurs = references.some((id) => id.startsWith('<01980000'));
    const doubt = isReport ? 'report' : m.who === '' ? 'nobody' : m.who === OURS ? 'own' : m.who.startsWith('mailer') ? (isOut ? undefined : 'daemon') : isOut ? undefined : m.what === 'list' ? 'list' : m.what === 'auto' ? 'automatic' : quotesOurs ? 'token' : undefined;
    const party = mailParty(m.who === '' ? 'unknown@sender.invalid' : m.who);
    return mailEvent(m.who, at, {
      externalId, party, direction: isOut ? 'outbound' : 'inbound', subject: m.subject === '' ? null : m.subject, text: `text ${i}`, references: [...references, ...outlook], threadKeys: [externalId, ...outlook],
      detail: {
        type: 'mail', from: m.who, to: [isOut ? m.who : OURS], cc: [], messageId: externalId, automatic: isReport ? (m.what as 'bounce' | 'delayed') : m.what === 'list' ? 'bulk' : m.what === 'auto' ? 'auto_reply' : 'no', unreadable: null,
        ...(isReport ? { failures: [{ recipient: 'ann@x.example', isFinal: m.what === 'bounce', status: '5.1.1', why: 'no such mailbox' }] } : {}),
      },
      ...(doubt === undefined ? {} : { doubt }),
    });
  });
});

test('any order of arrival, in any pieces, gives the same conversations, the same threads and the same tray', () => {
  const desk = openTestDesk();
  const clear = (): void => desk.run({
    name: 'test.clear',
    apply: (tx) => {
      for (const table of ['undelivered', 'unplaced_key', 'unplaced', 'rule_log', 'attachment', 'thread_key', 'message', 'conversation', 'identity', 'customer_word', 'customer']) tx.db.run(`DELETE FROM ${table}`);
      for (const index of ['message_index', 'message_typing']) tx.db.run(`INSERT INTO ${index} (${index}) VALUES ('rebuild')`);
    },
  }, null);
  desk.clock.advance(60 * 24 * HOUR);
  const given = (events: readonly MessageEvent[], size: number): unknown => {
    clear();
    for (let i = 0; i < events.length; i += size) desk.take(desk.accounts.email, events.slice(i, i + size), { origin: 'import' });
    return seen(desk);
  };
  fc.assert(fc.property(graph.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }), fc.integer({ min: 1, max: 5 }))), ([events, order, size]) => {
    expect(given(order, size)).toEqual(given(events, events.length));
    // Every mail has a row of its own, but for the same mail twice.
    const rows = desk.store.read.get<{ n: number }>(`SELECT (SELECT count(*) FROM message WHERE kind = 'mail') + (SELECT count(*) FROM unplaced) AS n`)?.n;
    expect(rows).toBe(events.length);
  }), { numRuns: 200, seed: 7 });
});

describe('one thread', () => {
  const threads = (desk: TestDesk): string[] => (seen(desk) as { threads: string[] }).threads;
  const mail = (n: string, over: Partial<MessageEvent> = {}, hours = 0, who = 'ann@x.example'): MessageEvent => mailEvent(who, START + hours * HOUR, { externalId: `<${n}@x>`, threadKeys: [`<${n}@x>`], subject: n, text: `<${n}@x>`, ...over });
  test.each<[string, MessageEvent[], string[]]>([
    ['an answer to an answer', [mail('a'), mail('b', { references: ['<a@x>'] }), mail('c', { references: ['<b@x>'] })], ['<a@x> <b@x> <c@x>']],
    ['two answers to a mail that never came', [mail('b', { references: ['<ghost@x>'] }), mail('c', { references: ['<ghost@x>'] })], ['<b@x> <c@x>']],
    ['mails that name each other', [mail('a', { references: ['<b@x>'] }), mail('b', { references: ['<a@x>'] })], ['<a@x> <b@x>']],
    ["Outlook's conversation", [mail('a', { threadKeys: ['<a@x>', 'thread-index:1'], references: ['thread-index:1'] }), mail('b', { threadKeys: ['<b@x>', 'thread-index:1'], references: ['thread-index:1'] })], ['<a@x> <b@x>']],
    ['an answer without any reference, a day later', [mail('a', { subject: 'Router' }), mail('b', { subject: 'SV: router' }, 24)], ['<a@x> <b@x>']],
    ['an answer without any reference, whatever signs nobody sees are in its subject', [mail('a', { subject: 'Rou\u200bter' }), mail('b', { subject: 'Re: Router' }, 24)], ['<a@x> <b@x>']],
    ['an answer without any reference to all that had its subject', [mail('a', { subject: 'Router' }), mail('b', { subject: 'Router' }, 1), mail('c', { subject: 'Bill' }, 1), mail('d', { subject: 'Re: Router' }, 2)], ['<a@x> <b@x> <d@x>', '<c@x>']],
    ['not one a month later', [mail('a', { subject: 'Router' }), mail('b', { subject: 'Re: Router' }, 800)], ['<a@x>', '<b@x>']],
    ['not a new mail with an old subject', [mail('a', { subject: 'Router' }), mail('b', { subject: 'Router' }, 1)], ['<a@x>', '<b@x>']],
    ['not answers without a subject', [mail('a', { subject: 'Re:' }), mail('b', { subject: 'Re: ' }, 1)], ['<a@x>', '<b@x>']],
    ['never with another customer, whatever is quoted', [mail('a', { subject: 'Router' }), mail('b', { subject: 'Re: Router', references: ['<a@x>'] }, 1, 'bob@x.example')], ['<a@x>', '<b@x>']],
  ])('%s', (_, events, expected) => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, events);
    expect(threads(desk)).toEqual(expected);
  });

  test('goes over a merge, and answers are still known after it was undone', () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [mail('a'), mail('b', { references: [] }, 1, 'bob@x.example')]);
    const customerOf = (value: string): string => desk.conversation(value).customerId;
    const [ann, bob] = [customerOf('ann@x.example'), customerOf('bob@x.example')];
    const { mergeId } = desk.run(mergeCustomers, { survivorId: ann, mergedId: bob, reason: '', ids: desk.ids });
    desk.take(desk.accounts.email, [mail('c', { references: ['<b@x>'] }, 2, 'bob@x.example')]);
    expect(threads(desk)).toEqual(['<a@x>', '<b@x> <c@x>']);
    desk.run(unmergeCustomers, { mergeId, ids: desk.ids });
    desk.take(desk.accounts.email, [mail('d', { references: ['<c@x>'] }, 3, 'bob@x.example')]);
    expect(threads(desk)).toEqual(['<a@x>', '<b@x> <c@x> <d@x>']);
  });
});

test('two mails under one Message-ID are both kept, and reading them again makes no third', () => {
  const desk = openTestDesk();
  const first = mailEvent('ann@x.example', START, { externalId: '<1@broken>', text: 'first' });
  const second = mailEvent('ann@x.example', START + HOUR, { externalId: '<1@broken>', text: 'second' });
  const stranger = mailEvent('eve@x.example', START, { externalId: '<1@broken>', text: 'mine' });
  for (const events of [[first], [second, first], [stranger, second, first]]) desk.take(desk.accounts.email, events);
  expect(desk.store.read.get('SELECT count(*) AS n FROM message')).toEqual({ n: 3 });
});
