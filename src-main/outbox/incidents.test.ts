import { expect, test } from 'vitest';
import { closeIncident, declareIncident, noticeText } from '../desk/index.ts';
import { tables } from '../store/index.ts';
import { mailEvent, openTestDesk, postEvent, type TestDesk } from '../test-desk.ts';
import { answerIncident, composeSend, incidentRows, undo } from './index.ts';

const texts = { title: 'Zip is down', words: ['zip'], answer: 'Hello {first_name|there}, the Zip is down for many; we are mending it.', notice: 'The Zip is down for some of you. We are on it.', closing: 'Hello {first_name|there}, the Zip works again.' };
const declare = (desk: TestDesk, more: Partial<typeof texts> & { conversationIds?: string[] } = {}): string => {
  const id = desk.ids.next();
  desk.run(declareIncident, { id, ...texts, conversationIds: [], ...more });
  return id;
};
const answer = (desk: TestDesk, incidentId: string, phase: 'answer' | 'closing', conversationId: string): string => {
  const row = incidentRows(desk.store.read, incidentId, phase, desk.clock.now()).find((other) => other.conversationId === conversationId);
  if (row?.way?.accountId == null) throw new Error(row?.problem ?? 'no row');
  const send = composeSend(desk.store.read, {
    requestId: desk.ids.next(), conversationId, mode: row.mode, accountId: row.way.accountId, to: row.way.to, cc: [], subject: row.way.subject, text: row.text, inReplyTo: row.way.inReplyTo, attachmentIds: [], seenAt: desk.clock.now(), evenIfStale: false,
  }, { ids: desk.ids, agent: 'Ruth Bauer', now: desk.clock.now() });
  return desk.run(answerIncident, { incidentId, phase, send });
};

test('who wrote its words is a report, before and after it was declared; others are not', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now() - 60_000, 'my Zip is dead'), postEvent('2', '@bob', desk.clock.now(), 'zipper')]);
  const id = declare(desk);
  expect(tables.incidentById(desk.store.read, id)).toMatchObject({ reported: 1, firstAt: desk.clock.now() - 60_000 });
  desk.clock.advance(1_000);
  desk.take(desk.accounts.email, [mailEvent('carl@example.org', desk.clock.now(), { text: 'The zip again' })]);
  expect(tables.incidentReports(desk.store.read, id).map((row) => row.customerName)).toEqual(['@ann', 'carl@example.org']);
  expect(tables.openIncidentOf(desk.store.read, desk.conversation('carl@example.org').id)).toBe(id);
  expect(tables.openIncidentOf(desk.store.read, desk.conversation('2').id)).toBeUndefined();
});

test('rows can be chosen without a word, and nobody at all is refused', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'nothing works')]);
  expect(tables.incidentById(desk.store.read, declare(desk, { words: [], conversationIds: [desk.conversation('1').id] }))?.reported).toBe(1);
  expect(() => declare(desk, { words: [] })).toThrow('Name words or choose rows');
});

test('each answer is a send of its own on the customer’s own channel, never two to one; taken back it can be given again', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'zip broke')]);
  desk.take(desk.accounts.email, [mailEvent('carl@example.org', desk.clock.now(), { text: 'zip broke' })]);
  const id = declare(desk);
  expect(incidentRows(desk.store.read, id, 'answer', desk.clock.now()).map(({ mode, problem, text }) => [mode, problem, text])).toEqual(
    ['reply', 'mail'].map((mode) => [mode, null, 'Hello there, the Zip is down for many; we are mending it.']));
  desk.clock.advance(10);
  const [ann, carl] = [desk.conversation('1').id, desk.conversation('carl@example.org').id];
  const sent = [answer(desk, id, 'answer', ann), answer(desk, id, 'answer', carl)];
  expect(sent.map((outboxId) => tables.outboxById(desk.store.read, outboxId)?.state)).toEqual(['held', 'held']);
  expect(() => answer(desk, id, 'answer', ann)).toThrow('has this answer already');
  expect(tables.incidentById(desk.store.read, id)?.answered).toBe(2);
  desk.run(undo, { outboxId: sent[0] ?? '' });
  expect(incidentRows(desk.store.read, id, 'answer', desk.clock.now()).map((row) => row.isAnswered)).toEqual([false, true]);
  desk.clock.advance(10);
  answer(desk, id, 'answer', ann);
  expect(tables.incidentById(desk.store.read, id)?.answered).toBe(2);
});

test('when it is over what comes in is no report any more, and all can be told once more', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'zip broke')]);
  const id = declare(desk);
  desk.run(closeIncident, { incidentId: id, isOver: true });
  desk.clock.advance(1_000);
  desk.take(desk.accounts.x, [postEvent('2', '@bob', desk.clock.now(), 'zip broke')]);
  expect(tables.incidentById(desk.store.read, id)?.reported).toBe(1);
  expect(tables.openIncidentOf(desk.store.read, desk.conversation('1').id)).toBeUndefined();
  answer(desk, id, 'closing', desk.conversation('1').id);
  expect(tables.incidentById(desk.store.read, id)).toMatchObject({ answered: 0, closingSent: 1 });
});

test('what the channel has confirmed is counted beside what is on its way', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now(), { text: 'zip broke' }), mailEvent('carl@example.org', desk.clock.now() + 1, { text: 'zip broke' })]);
  const id = declare(desk);
  desk.clock.advance(10);
  const sent = [answer(desk, id, 'answer', desk.conversation('ann@example.org').id), answer(desk, id, 'answer', desk.conversation('carl@example.org').id)];
  const counts = (): unknown => { const found = tables.incidentById(desk.store.read, id); return [found?.answered, found?.answeredOut]; };
  expect(counts()).toEqual([2, 0]);
  desk.run({ name: 'test.sent', apply: (tx) => tx.db.run(`UPDATE outbox SET state = 'sent' WHERE id = ?`, sent[0] ?? '') }, null);
  expect(counts()).toEqual([2, 1]);
});

const settings = { ...tables.defaultSettings, agentName: 'Ruth Bauer', agentInitials: 'RB', officeZone: 'UTC' };
test.each<[notice: string, text: string, blanks: string[], unknown: string[]]>([
  ['Down since {time}, {weekday} {today}. {account}', 'Down since 09:05, Tuesday 17 November. @acmecare', [], []],
  ['We are back by [[when]]. ^{initials}', 'We are back by [[when]]. ^RB', ['when'], []],
  ['Dear {first_name}', 'Dear [[first name]]', ['first name'], []],
  ['Dear {first_name|all}, {agent_first_name} here', 'Dear all, Ruth here', [], []],
  ['{colour} lights', '{colour} lights', [], ['colour']],
])('a public notice %j reads %j; what belongs to one customer never stands in it', (notice, text, blanks, unknown) => {
  expect(noticeText(notice, { account: '@acmecare', settings, now: Date.UTC(2026, 10, 17, 9, 5) })).toEqual({ text, blanks, unknown });
});
