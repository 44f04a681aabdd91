import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallRow } from '../../src-preload/contract/index.ts';
import { phoneParty, type CallSignal } from '../channels/phone/index.ts';
import { addPromise } from '../customers/index.ts';
import { addNote, finishFollowUp, logCall, openingAt, reopenFollowUp, saveFollowUp, startAlarms, updateCustomer } from '../desk/index.ts';
import { denyIdentity, linkIdentity } from '../merging/index.ts';
import { tables } from '../store/index.ts';
import { mailEvent, openTestDesk } from '../test-desk.ts';
import { adoption } from './adopt.ts';
import { createCallBoard } from './board.ts';
import { foldSignal, outcomeOf, stateOf, type Call } from './fold.ts';

const NUMBER = '+447700900123';
const HOUR = 3_600_000;

function deskWithBoard() {
  const desk = openTestDesk();
  const seen: CallRow[][] = [];
  const board = createCallBoard({ store: desk.store, clock: desk.clock, ids: desk.ids, accountId: desk.accounts.phone, onChange: (rows) => void seen.push(rows) });
  const say = (type: CallSignal['type'], over: Partial<CallSignal> = {}): void =>
    board.take({ type, callId: 'c1', at: desk.clock.now(), direction: 'inbound', number: NUMBER, name: null, called: null, extension: null, result: null, ...over });
  const ann = () => desk.conversation('ann@example.org');
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now(), { party: { kind: 'email', value: 'ann@example.org', display: 'ann@example.org', name: 'Ann Bell' }, text: 'Call me on 07700 900123' })]);
  const link = (): void => void desk.run(linkIdentity, { identityId: desk.ids.next(), customerId: ann().customerId, party: phoneParty(NUMBER, 'GB', null) ?? { kind: 'phone', value: '', display: '', name: null }, basis: 'told_us', ids: desk.ids });
  const calls = () => desk.store.read.all<{ text: string; detail: string; conversation_id: string }>(`SELECT text, detail, conversation_id FROM message WHERE kind = 'call'`).map((r) => ({ ...r, detail: JSON.parse(r.detail) as { outcome: string; durationMs: number; disposition: string | null; outsideHours?: boolean } }));
  const log = (over: Partial<Parameters<typeof logCall.apply>[1]> = {}) => desk.run(logCall, {
    requestId: desk.ids.next(), conversationId: ann().id, accountId: desk.accounts.phone, party: phoneParty(NUMBER, 'GB', null), at: desk.clock.now(), author: 'Robin', text: 'Promised €20.', ids: desk.ids, externalId: 'call:c1',
    detail: { type: 'call', number: NUMBER, callDirection: 'inbound', startedAt: desk.clock.now(), durationMs: 1, outcome: 'answered', agent: 'RB', disposition: 'Solved' }, ...over,
  });
  return { desk, board, seen, say, ann, link, calls, log, last: () => seen.at(-1) ?? [] };
}

test('any order and any repeats of what a telephone system says end in the same call', () => {
  const signal = (type: CallSignal['type'], at: number): CallSignal => ({ type, callId: 'c', at, direction: 'inbound', number: NUMBER, name: null, called: null, extension: null, result: null });
  const all = [signal('ringing', 10), signal('answered', 20), signal('ended', 50)];
  fc.assert(fc.property(fc.shuffledSubarray([...all, ...all], { minLength: 6 }), (order) => {
    const call = order.reduce<Call | undefined>((before, s) => foldSignal(before, s), undefined);
    expect(call).toMatchObject({ ringingAt: 10, answeredAt: 20, endedAt: 50 });
    expect(call && [stateOf(call), outcomeOf(call)]).toEqual(['ended', 'answered']);
  }));
});

test('a ringing call brings up its customer with star and promises, at once and without a write', () => {
  const { desk, say, ann, link, last } = deskWithBoard();
  link();
  const note = desk.run(addNote, { requestId: desk.ids.next(), conversationId: ann().id, text: 'We refund €20', author: 'Robin' });
  desk.run(addPromise, { promiseId: desk.ids.next(), messageId: note.messageId, kind: 'promise', quote: 'We refund €20' });
  desk.run(updateCustomer, { customerId: ann().customerId, isVip: true, vipNote: 'press' });
  const before = desk.store.seq();
  say('ringing');
  expect(last()).toMatchObject([{ state: 'ringing', number: '+44 7700 900123', customer: { name: 'Ann Bell', isVip: true, vipNote: 'press', promiseCount: 1, promises: ['We refund €20'], conversationId: ann().id }, guesses: [], hours: { isOpen: true } }]);
  expect(desk.store.seq()).toBe(before);
});

test('a call is one entry, however often it is told: answered with its length, missed as a row in the queue', () => {
  const { desk, board, say, link, calls, ann, last } = deskWithBoard();
  link();
  say('ringing');
  desk.clock.advance(5_000);
  say('answered');
  desk.clock.advance(60_000);
  for (let n = 0; n < 3; n += 1) say('ended');
  expect(calls()).toMatchObject([{ conversation_id: ann().id, detail: { outcome: 'answered', durationMs: 60_000 } }]);
  board.dismiss('c1');
  desk.clock.advance(HOUR);
  say('ended');
  expect(calls()).toHaveLength(1);
  expect(last()).toEqual([]);
  say('ringing', { callId: 'c2' });
  say('ended', { callId: 'c2' });
  expect(ann().reasons.map((r) => r.code)).toContain('missed_call');
  // Its row stands in the queue; the bar is for calls of this moment.
  desk.clock.advance(30_000);
  expect(last()).toEqual([]);
});

test('an answer told after the end makes a missed call an answered one', () => {
  const { desk, say, link, calls } = deskWithBoard();
  link();
  const start = desk.clock.now();
  say('ringing');
  desk.clock.advance(20_000);
  say('ended');
  say('answered', { at: start + 5_000 });
  expect(calls()).toMatchObject([{ detail: { outcome: 'answered', durationMs: 15_000 } }]);
});

test.each(['while it runs', 'after its end'])('what an agent logs %s and what the system tells become one entry', (when) => {
  const { desk, board, say, link, log, calls } = deskWithBoard();
  link();
  say('ringing');
  say('answered');
  desk.clock.advance(30_000);
  if (when === 'after its end') say('ended');
  log({ marks: [{ id: desk.ids.next(), kind: 'promise', quote: 'Promised €20.' }] });
  board.logged('c1');
  desk.clock.advance(10_000);
  if (when === 'while it runs') say('ended');
  expect(calls()).toMatchObject([{ text: 'Promised €20.', detail: { disposition: 'Solved', durationMs: when === 'while it runs' ? 40_000 : 30_000 } }]);
  expect(board.rows()).toEqual([]);
  expect(desk.store.read.all('SELECT quote FROM promise')).toEqual([{ quote: 'Promised €20.' }]);
  expect(desk.store.read.get(`SELECT count(*) AS n FROM message_index WHERE message_index MATCH 'promised'`)).toEqual({ n: 1 });
});

test('an unknown number offers who wrote it in a mail; yes links it, no is not asked again', () => {
  const { desk, board, say, ann, last } = deskWithBoard();
  say('ringing');
  expect(last()).toMatchObject([{ customer: null, guesses: [{ name: 'Ann Bell', reason: 'mail' }] }]);
  desk.run(denyIdentity, { customerId: ann().customerId, kind: 'phone', value: NUMBER });
  board.look();
  expect(last()).toMatchObject([{ guesses: [] }]);
  say('ringing', { callId: 'c2', number: '+447700900999', name: 'Ann Bell' });
  expect(last()[1]).toMatchObject({ guesses: [{ name: 'Ann Bell', reason: 'name' }] });
  desk.run(linkIdentity, { identityId: desk.ids.next(), customerId: ann().customerId, party: phoneParty('+447700900999', 'GB', null) ?? { kind: 'phone', value: '', display: '', name: null }, basis: 'told_us', ids: desk.ids });
  board.look();
  expect(last()[1]).toMatchObject({ customer: { name: 'Ann Bell' }, guesses: [] });
});

test('a call that was taken for a stranger’s is joined with the customer the agent names, and can be parted again', () => {
  const { desk, say, log, calls, ann } = deskWithBoard();
  say('ringing');
  say('answered');
  say('ended');
  expect(calls()[0]?.conversation_id).not.toBe(ann().id);
  const adopts = adoption(desk.store.read, desk.accounts.phone, 'c1', ann().id);
  if (!adopts) throw new Error('nothing to adopt');
  desk.run(adopts.operation, { survivorId: adopts.survivorId, mergedId: adopts.mergedId, reason: 'x', ids: desk.ids });
  log();
  expect(calls()).toMatchObject([{ conversation_id: ann().id, text: 'Promised €20.' }]);
  expect(adoption(desk.store.read, desk.accounts.phone, 'c1', ann().id)).toBeNull();
});

test('a call missed outside business hours makes one call-back for the start of the next ones; speaking to the customer finishes it', () => {
  const { desk, say, link, log, ann, calls } = deskWithBoard();
  link();
  desk.run({ name: 'test.zone', apply: (tx) => tables.putSettings(tx.db, { ...tables.settingsOf(tx.db), officeZone: 'Europe/London' }) }, null);
  // Monday 5 January 2026, 9:00, the office closes at 18:00.
  desk.clock.advance(12 * HOUR);
  for (const callId of ['c1', 'c2']) {
    say('ringing', { callId });
    say('ended', { callId });
  }
  const followUps = () => tables.followUpsOf(desk.store.read, ann().id);
  expect(followUps()).toMatchObject([{ at: Date.UTC(2026, 0, 6, 9), isCall: true, note: 'Call back +44 7700 900123', state: 'waiting' }]);
  expect(calls().map((c) => c.detail.outsideHours)).toEqual([true, true]);
  // It does not leave the queue meanwhile: somebody may be there after all.
  expect(ann().state).toBe('open');
  const stop = startAlarms(desk.store, desk.clock);
  desk.clock.advance(12 * HOUR);
  expect(ann().reasons[0]).toMatchObject({ code: 'follow_up', detail: 'Call back +44 7700 900123' });
  log({ externalId: null, detail: { type: 'call', number: NUMBER, callDirection: 'outbound', startedAt: desk.clock.now(), durationMs: 1, outcome: 'answered', agent: 'RB', disposition: null } });
  expect(followUps()).toEqual([]);
  stop();
  desk.run(saveFollowUp, { id: desk.ids.next(), isNew: true, conversationId: ann().id, at: desk.clock.now() + HOUR, ends: 'date', note: 'flowers', draft: null });
  log({ externalId: null });
  expect(followUps()).toHaveLength(1);
});

test.each([[['c1'], 0], [['c1', 'c2'], 1]])('an answer told after the end of the first of the calls %j, missed outside business hours, leaves %i call-backs', (calledAs, left) => {
  const { desk, say, link, log, ann } = deskWithBoard();
  link();
  log({ externalId: null, detail: { type: 'call', number: NUMBER, callDirection: 'outbound', startedAt: 0, durationMs: 0, outcome: 'no_answer', agent: 'RB', disposition: null }, callBack: { id: desk.ids.next(), at: desk.clock.now() + 48 * HOUR, note: 'Promised for Wednesday' } });
  const promised = tables.followUpsOf(desk.store.read, ann().id);
  desk.run(finishFollowUp, { followUpId: promised[0]?.id ?? '' });
  desk.clock.advance(12 * HOUR);
  const start = desk.clock.now();
  for (const callId of calledAs) {
    say('ringing', { callId });
    desk.clock.advance(20_000);
    say('ended', { callId });
  }
  desk.run(reopenFollowUp, { followUpId: promised[0]?.id ?? '' });
  const made = () => tables.followUpsOf(desk.store.read, ann().id).map((f) => f.by);
  expect(made()).toEqual(['Parley', 'RB']);
  say('answered', { at: start + 5_000 });
  // What an agent promised is theirs to keep.
  expect(made()).toEqual(left === 0 ? ['RB'] : ['Parley', 'RB']);
});

test('a call inside business hours makes no call-back, a withheld number neither', () => {
  const { desk, say, link } = deskWithBoard();
  link();
  say('ringing');
  say('ended');
  desk.clock.advance(12 * HOUR);
  say('ringing', { callId: 'c2', number: null });
  say('ended', { callId: 'c2', number: null });
  expect(desk.store.read.get('SELECT count(*) AS n FROM follow_up')).toEqual({ n: 0 });
  expect(desk.conversation('withheld').customerName).toBe('Number withheld');
});

test('a call-back asked for in the pad is a follow-up with its time', () => {
  const { desk, log, ann, link } = deskWithBoard();
  link();
  const at = desk.clock.now() + HOUR;
  log({ externalId: null, callBack: { id: desk.ids.next(), at, note: 'Call back' } });
  expect(tables.followUpsOf(desk.store.read, ann().id)).toMatchObject([{ at, isCall: true, state: 'waiting', by: 'RB' }]);
});

const office = { id: 'o', name: '', zone: '', week: [[], [{ from: 540, to: 750 }, { from: 810, to: 1080 }], [{ from: 540, to: 1080 }], [], [], [], []], holidays: [] };
test.each([
  ['Monday 10:00', Date.UTC(2026, 0, 5, 10), true, Date.UTC(2026, 0, 5, 12, 30)], ['Monday lunch', Date.UTC(2026, 0, 5, 13), false, Date.UTC(2026, 0, 5, 13, 30)],
  ['Monday night', Date.UTC(2026, 0, 5, 22), false, Date.UTC(2026, 0, 6, 9)], ['Tuesday night', Date.UTC(2026, 0, 6, 22), false, Date.UTC(2026, 0, 12, 9)],
])('%s: the office says whether it is open and when that changes', (_, at, isOpen, changesAt) => {
  expect(openingAt(office, 'UTC', at)).toEqual({ isOpen, changesAt });
});
test('an office that never opens, or never closes, names no time', () => {
  expect(openingAt({ ...office, week: [[], [], [], [], [], [], []] }, 'UTC', 0)).toEqual({ isOpen: false, changesAt: null });
  expect(openingAt({ ...office, week: Array.from({ length: 7 }, () => [{ from: 0, to: 1_440 }]) }, 'UTC', 0)).toEqual({ isOpen: true, changesAt: null });
  expect(openingAt(null, 'UTC', 0)).toEqual({ isOpen: true, changesAt: null });
});
