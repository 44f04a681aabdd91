import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResolvedWay, Satisfaction } from '../../../src-preload/contract/index.ts';
import { composeSend, enqueue } from '../../outbox/index.ts';
import { erasePerson, exportPerson } from '../../rights/index.ts';
import { openContentStore, tables } from '../../store/index.ts';
import { mailEvent, openTestDesk, postEvent } from '../../test-desk.ts';
import { logCall, markDone, markOutcome, reopen } from '../index.ts';
import type { Turn } from '../waiting.ts';
import { outcomeReport, type OutcomeLine } from './report.ts';
import { wayOf } from './way.ts';

const turn = (kind: Turn['kind'], direction: Turn['direction'], over: Partial<Turn> = {}): Turn => ({ id: 1, at: 1, kind, direction, isDeleted: false, detail: { type: 'dm', eventId: '', peerId: '', encrypted: false }, outbox: null, ...over });
const call = (outcome: 'answered' | 'missed', direction: 'inbound' | 'outbound'): Turn => turn('call', direction, { detail: { type: 'call', number: '', callDirection: direction, startedAt: 0, durationMs: 0, outcome, agent: 'RB', disposition: null } });
test.each<[string, Turn[], ResolvedWay]>([
  ['nothing was answered', [turn('mail', 'inbound')], 'none'], ['a mail', [turn('mail', 'outbound'), turn('post', 'outbound')], 'private'], ['a direct message', [turn('dm', 'outbound')], 'private'],
  ['a public reply, and then a question', [turn('dm', 'inbound'), turn('post', 'outbound')], 'public'], ['a call that was answered', [call('answered', 'inbound'), turn('post', 'outbound')], 'phone'],
  ['a missed call after a reply', [call('missed', 'inbound'), turn('post', 'outbound')], 'public'], ['a mail that was refused', [turn('mail', 'outbound', { outbox: 'refused' }), turn('post', 'outbound')], 'public'],
  ['a mail that waits for a second look', [turn('mail', 'outbound', { outbox: 'review' })], 'none'], ['notes alone', [turn('note', 'internal')], 'none'],
])('%s is resolved so', (_, turns, way) => expect(wayOf(turns)).toBe(way));

let n = 0;
const line = (conversationId: string, code: OutcomeLine['code'], of: [string, ResolvedWay, Satisfaction?] | null): OutcomeLine => ({
  messageId: (n += 1), conversationId, customerName: conversationId, at: 0, by: 'RB', code, outcome: of === null ? null : { case: of[0], way: of[1], mark: of[2] ?? null },
});
test.each<[string, OutcomeLine[], string[]]>([
  ['closed', [line('a', 'done', ['a', 'public'])], ['public no']],
  ['marked, then closed', [line('a', 'outcome', ['a', 'public', 'satisfied']), line('a', 'done', ['a', 'private'])], ['public satisfied']],
  ['closed, then marked', [line('a', 'done', ['a', 'public']), line('a', 'outcome', ['a', 'phone', 'neutral'])], ['phone neutral']],
  ['closed and opened again', [line('a', 'done', ['a', 'public']), line('a', 'reopened', null)], []],
  ['marked, closed and opened again', [line('a', 'outcome', ['a', 'public', 'dissatisfied']), line('a', 'done', ['a', 'public']), line('a', 'reopened', null)], ['public dissatisfied']],
  ['closed, opened again, closed', [line('a', 'done', ['a', 'public']), line('a', 'reopened', null), line('a', 'done', ['a', 'private'])], ['private no']],
  ['two matters of one customer', [line('a', 'outcome', ['a', 'public', 'dissatisfied']), line('a', 'done', ['a', 'public']), line('a', 'done', ['7', 'private'])], ['private no', 'public dissatisfied']],
  ['somebody else’s opened again', [line('a', 'done', ['a', 'public']), line('b', 'reopened', null)], ['public no']],
  ['closed before any of this was known', [line('a', 'done', null)], []],
])('a matter that was %s counts once', (_, lines, expected) => {
  const { rows, figures } = outcomeReport(lines);
  expect(rows.map((row) => `${row.way} ${row.mark ?? 'no'}`)).toEqual(expected);
  // Every figure is the number of its rows.
  for (const figure of figures) for (const key of ['satisfied', 'neutral', 'dissatisfied', 'unmarked'] as const) expect(figure[key]).toBe(rows.filter((row) => row.way === figure.way && (row.mark ?? 'unmarked') === key).length);
});

function setUp() {
  const desk = openTestDesk();
  desk.take(desk.accounts.x, [postEvent('7', '@bob', desk.clock.now(), 'hello?')]);
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
  const reply = (value: string, mode: 'reply' | 'mail'): void => {
    const row = desk.conversation(value);
    desk.clock.advance(1_000);
    desk.run(enqueue, composeSend(desk.store.read, {
      requestId: desk.ids.next(), conversationId: row.id, mode, accountId: mode === 'mail' ? desk.accounts.email : desk.accounts.x, to: ['x@example.org'], cc: [], subject: 'Re', text: 'There.', inReplyTo: row.lastMessageId, attachmentIds: [], seenAt: Number.MAX_SAFE_INTEGER, evenIfStale: true,
    }, { ids: desk.ids, agent: 'Ruth', now: desk.clock.now() }));
    desk.clock.advance(1_000);
  };
  const mark = (value: string, to: Satisfaction | null): void => {
    desk.clock.advance(1_000);
    desk.run(markOutcome, { conversationId: desk.conversation(value).id, mark: to });
  };
  const done = (value: string): void => {
    desk.clock.advance(1_000);
    desk.run(markDone, { conversationId: desk.conversation(value).id });
  };
  const wrote = (): void => {
    desk.clock.advance(1_000);
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
  };
  const report = (): string[] => outcomeReport(tables.outcomeLines(desk.store.read, 0)).rows.map((row) => `${row.customerName} ${row.way} ${row.mark ?? 'no'}`);
  return { desk, reply, mark, done, wrote, report };
}

test('a mark is on the row at once, is changed, taken off and put back, and the next matter begins without one', () => {
  const d = setUp();
  const of = () => d.desk.conversation('ann@example.org').outcome;
  d.reply('ann@example.org', 'mail');
  d.mark('ann@example.org', 'dissatisfied');
  expect([of(), d.report()]).toEqual(['dissatisfied', ['ann@example.org private dissatisfied']]);
  d.mark('ann@example.org', 'satisfied');
  expect([of(), d.report()]).toEqual(['satisfied', ['ann@example.org private satisfied']]);
  d.mark('ann@example.org', null);
  expect([of(), d.report()]).toEqual([null, []]);
  d.mark('ann@example.org', 'satisfied');
  d.done('ann@example.org');
  expect([of(), d.report()]).toEqual(['satisfied', ['ann@example.org private satisfied']]);
  // Changed after it was closed: still that matter's.
  d.mark('ann@example.org', 'neutral');
  d.wrote();
  expect([of(), d.report()]).toEqual([null, ['ann@example.org private neutral']]);
  d.mark('ann@example.org', 'dissatisfied');
  expect(d.report()).toEqual(['ann@example.org private dissatisfied', 'ann@example.org private neutral']);
});

test('public, private and by phone are told apart, closed ones without a mark are counted, and the time asked about holds', () => {
  const d = setUp();
  d.reply('7', 'reply');
  d.mark('7', 'satisfied');
  d.reply('ann@example.org', 'mail');
  d.done('ann@example.org');
  const middle = d.desk.clock.now() + 500;
  d.wrote();
  const ann = d.desk.conversation('ann@example.org').id;
  d.desk.clock.advance(1_000);
  d.desk.run(logCall, { requestId: d.desk.ids.next(), conversationId: ann, accountId: d.desk.accounts.phone, party: null, at: d.desk.clock.now(), author: 'Ruth', text: '', ids: d.desk.ids, detail: { type: 'call', number: '', callDirection: 'outbound', startedAt: d.desk.clock.now(), durationMs: 1, outcome: 'answered', agent: 'RB', disposition: null } });
  d.mark('ann@example.org', 'neutral');
  expect(d.report()).toEqual(['ann@example.org phone neutral', 'ann@example.org private no', '@bob public satisfied']);
  expect(outcomeReport(tables.outcomeLines(d.desk.store.read, middle)).figures.filter((figure) => figure.satisfied + figure.neutral + figure.dissatisfied + figure.unmarked > 0)).toEqual([{ way: 'phone', satisfied: 0, neutral: 1, dissatisfied: 0, unmarked: 0 }]);
  d.done('7');
  d.desk.run(reopen, { conversationId: d.desk.conversation('7').id });
  expect(d.desk.conversation('7').outcome).toBe('satisfied');
});

test('it is in the export of the customer and gone with them', async () => {
  const d = setUp();
  d.mark('ann@example.org', 'dissatisfied');
  const { customerId } = d.desk.conversation('ann@example.org');
  const files = openContentStore(join(d.desk.dir, 'files'));
  await exportPerson(d.desk.store.read, files, customerId, join(d.desk.dir, 'out'), d.desk.clock.now());
  expect(readFileSync(join(d.desk.dir, 'out', 'customer.json'), 'utf8')).toContain('"mark": "dissatisfied"');
  expect(readFileSync(join(d.desk.dir, 'out', 'index.html'), 'utf8')).toMatch(/<dt>Satisfaction<\/dt><dd dir="auto">[^<]*: dissatisfied<\/dd>/);
  erasePerson({ store: d.desk.store, files, dir: d.desk.dir }, customerId, { at: d.desk.clock.now(), agent: 'RB' });
  expect(d.report()).toEqual([]);
});
