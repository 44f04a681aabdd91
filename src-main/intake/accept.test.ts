import { expect, test } from 'vitest';
import fc from 'fast-check';
import { markDone, reopen } from '../desk/index.ts';
import { checkStore, openContentStore, tables } from '../store/index.ts';
import { mailEvent, openTestDesk, postEvent, type TestDesk } from '../test-desk.ts';

const HOUR = 3_600_000;
const shape = (desk: TestDesk): Record<string, unknown>[] =>
  desk.store.read.all<Record<string, unknown>>(`SELECT c.name, v.state, v.unread, v.waiting_since, v.due_at, v.rank, v.queue_at, v.reasons, v.last_inbound_id, v.last_at, v.preview, (SELECT group_concat(external_id, ' ') FROM (SELECT external_id FROM message m WHERE m.conversation_id = v.id ORDER BY id)) AS messages
    FROM conversation v JOIN customer c ON c.id = v.customer_id ORDER BY c.name`);

test('the same batch twice changes nothing', () => {
  const desk = openTestDesk();
  const events = [mailEvent('ann@example.org', desk.clock.now() - HOUR), postEvent('7', '@ann', desk.clock.now(), 'hello')];
  desk.take(desk.accounts.email, events);
  const before = shape(desk);
  expect(desk.take(desk.accounts.email, events)).toEqual({ inbound: 0, outbound: 0, known: 2, unplaced: 0, problems: [], unused: [] });
  expect(shape(desk)).toEqual(before);
});

test('a page of mails becomes one piece of each search index, and is found', () => {
  const desk = openTestDesk();
  const at = desk.clock.now();
  // Places and customers are written by statements that make FTS5 put down what it has gathered.
  const page = Array.from({ length: 40 }, (_, n) => ({ ...mailEvent(`c${n % 9}@example.org`, at - n * HOUR, { text: `zipper ${n}` }), place: { path: 'INBOX', epoch: '1', key: n + 1 } }));
  desk.take(desk.accounts.email, page, { origin: 'backfill' });
  const pieces = (table: string): number => desk.store.read.all(`SELECT DISTINCT segid FROM ${table}_idx`).length;
  expect([pieces('message_index'), pieces('message_typing')]).toEqual([1, 1]);
  expect(desk.store.read.all("SELECT rowid FROM message_index WHERE message_index MATCH 'zipper'")).toHaveLength(40);
  expect(checkStore(desk.store, openContentStore(desk.dir)).problems).toEqual([]);
});

test('any order of arrival gives the same conversations', () => {
  const now = Date.UTC(2026, 0, 5, 9);
  const events = [
    mailEvent('ann@example.org', now - 9 * HOUR), mailEvent('bob@example.org', now - 8 * HOUR), mailEvent('ann@example.org', now - 7 * HOUR, { direction: 'outbound' }),
    mailEvent('ann@example.org', now - 6 * HOUR), mailEvent('bob@example.org', now - 5 * HOUR, { direction: 'outbound' }), mailEvent('ann@example.org', now - 4 * HOUR), mailEvent('cy@example.org', now - 3 * HOUR),
  ];
  const given = (order: typeof events, size: number, openSince: number): unknown => {
    const desk = openTestDesk();
    for (let i = 0; i < order.length; i += size) desk.take(desk.accounts.email, order.slice(i, i + size), { origin: 'import', openSince });
    // What came in as done counts as read, also where an answer that is read later opens it again.
    return openSince === 0 ? shape(desk) : shape(desk).map((row) => ({ ...row, unread: null }));
  };
  // What is older than this comes in as done: none of it, some, or all.
  const borders = [0, ...[8.5, 6.5, 5.5, 3.5, 0.5].map((hours) => now - hours * HOUR)].map((openSince) => ({ openSince, expected: given(events, events.length, openSince) }));
  fc.assert(fc.property(fc.shuffledSubarray(events, { minLength: events.length }), fc.integer({ min: 1, max: 7 }), fc.constantFrom(...borders), (order, size, { openSince, expected }) => {
    expect(given(order, size, openSince)).toEqual(expected);
  }), { numRuns: 60, seed: 1 });
});

test('history comes in done, what is recent and unanswered comes in open', () => {
  const desk = openTestDesk();
  const at = desk.clock.now();
  desk.take(desk.accounts.email, [mailEvent('old@example.org', at - 100 * HOUR), mailEvent('new@example.org', at - HOUR), mailEvent('answered@example.org', at - 3 * HOUR), mailEvent('answered@example.org', at - 2 * HOUR, { direction: 'outbound' })], { origin: 'import', openSince: at - 50 * HOUR });
  expect(['old', 'new', 'answered'].map((n) => [desk.conversation(`${n}@example.org`).state, desk.conversation(`${n}@example.org`).unread])).toEqual([['done', 0], ['open', 1], ['done', 0]]);
});

test('history older than what is done already is stored and changes nothing of its row, unless it is an answer or a report', () => {
  const desk = openTestDesk();
  const at = desk.clock.now();
  const row = (): unknown => desk.store.read.get("SELECT * FROM conversation");
  const take = (hours: number, rest: Parameters<typeof mailEvent>[2] = {}): void => void desk.take(desk.accounts.email, [mailEvent('ann@example.org', at - hours * HOUR, rest)], { origin: 'backfill', openSince: at });
  take(5);
  const before = row();
  expect(before).toMatchObject({ state: 'done', waiting_since: null, due_at: null, unread: 0, last_at: at - 5 * HOUR });
  take(9);
  expect(row()).toEqual(before);
  take(7, { direction: 'outbound' });
  expect(row()).toMatchObject({ settled_id: expect.any(Number) as number, last_at: at - 5 * HOUR });
  expect(row()).not.toEqual(before);
  const answer = desk.store.read.get<{ id: string }>("SELECT external_id AS id FROM message WHERE direction = 'outbound'")?.id ?? '';
  const report = mailEvent('mailer-daemon@mx.example.org', at - 6 * HOUR, { references: [answer] });
  if (report.detail.type === 'mail') Object.assign(report.detail, { automatic: 'bounce', failures: [{ recipient: 'ann@example.org', isFinal: true, status: '5.1.1', why: 'no such user' }] });
  desk.take(desk.accounts.email, [report], { origin: 'backfill', openSince: at });
  // It never reached them: there is no answer before which everything is settled.
  expect(row()).toMatchObject({ state: 'done', settled_id: 0 });
  expect(desk.store.read.get('SELECT count(*) AS n FROM message')).toEqual({ n: 4 });
});

test('what is done waits for nobody, and waits again when it is opened again', () => {
  const desk = openTestDesk();
  const at = desk.clock.now() - HOUR;
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', at)]);
  const { id } = desk.conversation('ann@example.org');
  const waits = (): unknown[] => [desk.conversation('ann@example.org')].map((row) => [row.state, row.waitingSince, row.dueAt === null]).flat();
  expect(waits()).toEqual(['open', at, false]);
  desk.run(markDone, { conversationId: id });
  expect(waits()).toEqual(['done', null, true]);
  desk.run(reopen, { conversationId: id });
  expect(waits()).toEqual(['open', at, false]);
});

test('a message that comes in live opens a finished conversation again; an out-of-office mail does not', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now() - HOUR)], { origin: 'import', openSince: desk.clock.now() });
  const automatic = mailEvent('ann@example.org', desk.clock.now());
  if (automatic.detail.type === 'mail') automatic.detail.automatic = 'auto_reply';
  desk.take(desk.accounts.email, [automatic]);
  expect(desk.conversation('ann@example.org').state).toBe('done');
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
  expect(desk.conversation('ann@example.org').state).toBe('open');
});

test('two customers with the same subject stay two', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now(), { subject: 'Invoice' }), mailEvent('bob@example.org', desk.clock.now(), { subject: 'Re: Invoice' })]);
  expect(desk.conversation('ann@example.org').id).not.toBe(desk.conversation('bob@example.org').id);
});

test('a bounce goes to the message it speaks of, not to a new customer', () => {
  const desk = openTestDesk();
  const ours = mailEvent('ann@example.org', desk.clock.now() - HOUR, { direction: 'outbound' });
  const bounce = mailEvent('mailer-daemon@mx.example.org', desk.clock.now(), { references: [ours.externalId] });
  if (bounce.detail.type === 'mail') bounce.detail.automatic = 'bounce';
  desk.take(desk.accounts.email, [ours]);
  desk.take(desk.accounts.email, [bounce]);
  expect(desk.conversation('ann@example.org')).toMatchObject({ state: 'open', lastAt: desk.clock.now() });
  expect(desk.store.read.get('SELECT count(*) AS n FROM customer')).toEqual({ n: 1 });
});

test('a deleted post leaves a tombstone: no text in row or index', () => {
  const desk = openTestDesk();
  const post = postEvent('9', '@ann', desk.clock.now(), 'unmistakable xylophone');
  desk.take(desk.accounts.x, [post]);
  desk.take(desk.accounts.x, [{ type: 'deleted', externalId: post.externalId, at: desk.clock.now() }]);
  const row = tables.messageByExternal(desk.store.read, desk.accounts.x, post.externalId);
  expect([row?.text, row?.deleted_at]).toEqual(['', desk.clock.now()]);
  for (const table of ['message_index', 'message_typing']) {
    expect(desk.store.read.get(`SELECT count(*) AS n FROM ${table} WHERE ${table} MATCH 'xylophone'`)).toEqual({ n: 0 });
  }
  expect(checkStore(desk.store, openContentStore(desk.dir)).problems).toEqual([]);
});

test('a customer list links identities on its basis and never joins two customers', () => {
  const desk = openTestDesk();
  const at = desk.clock.now();
  desk.take(desk.accounts.phone, [{ type: 'contact', at, name: 'Ann Lee', identities: [{ kind: 'email', value: 'ann@example.org', display: 'ann@example.org', name: null }, { kind: 'x', value: '9', display: '@ann', name: null }], basis: 'consent', isVip: true, vipNote: 'founder', note: null, language: 'en', tags: ['fibre'] }]);
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', at)]);
  desk.take(desk.accounts.x, [postEvent('9', '@ann', at, 'hi')]);
  expect(desk.conversation('9').id).toBe(desk.conversation('ann@example.org').id);
  expect(tables.customerView(desk.store.read, desk.conversation('9').customerId)).toMatchObject({ name: 'Ann Lee', isVip: true, tags: ['fibre'], counts: { mail: 1, post: 1 } });
  desk.take(desk.accounts.email, [mailEvent('bob@example.org', at)]);
  const { problems } = desk.take(desk.accounts.phone, [{ type: 'contact', at, name: 'Ann Lee', identities: [{ kind: 'email', value: 'ann@example.org', display: '', name: null }, { kind: 'email', value: 'bob@example.org', display: '', name: null }], basis: 'told_us', isVip: false, vipNote: null, note: null, language: null, tags: [] }]);
  expect(problems).toHaveLength(1);
  expect(desk.conversation('bob@example.org').id).not.toBe(desk.conversation('ann@example.org').id);
});

test('a failing batch leaves nothing behind: neither rows nor cursor', () => {
  const desk = openTestDesk();
  const bad = mailEvent('ann@example.org', Number.NaN);
  expect(() => desk.take(desk.accounts.email, [mailEvent('bob@example.org', desk.clock.now()), bad], { cursors: { inbox: '5' } })).toThrow();
  expect(desk.store.read.get('SELECT count(*) AS n FROM message')).toEqual({ n: 0 });
  expect(tables.cursor(desk.store.read, desk.accounts.email, 'inbox')).toBeNull();
});
