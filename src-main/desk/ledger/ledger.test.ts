import { describe, expect, test } from 'vitest';
import type { AgentRole, LimitRule } from '../../../src-preload/contract/index.ts';
import { addPromise } from '../../customers/index.ts';
import { mergeCustomers, unmergeCustomers } from '../../merging/index.ts';
import { tables } from '../../store/index.ts';
import { openTestDesk, postEvent, type TestDesk } from '../../test-desk.ts';
import { addAgent, give, giveOrAsk, hashPin, markDone, openLedger, setPin, setRole, takeGiftBack, updateSettings } from '../index.ts';
import { competitorAmong } from '../guards/competitors.ts';
import { assertMaySend } from '../may-send.ts';
import { giftWords, judgeGift, mayApprove, roomOf } from './room.ts';

const limit: LimitRule = { id: 'g', name: 'Goodwill', currency: 'GBP', roles: { guest: { perCase: 0, perDay: 0 }, agent: { perCase: 2_500, perDay: 6_000 }, senior: { perCase: null, perDay: 9_000 } } };

test.each<[AgentRole, number, number, number | null]>([
  ['agent', 0, 0, 2_500], ['agent', 2_000, 2_000, 500], ['agent', 0, 5_000, 1_000], ['agent', 9_000, 0, 0], ['guest', 0, 0, 0], ['senior', 50_000, 1_000, 8_000],
])('%s with %i given to the case and %i today has %s left', (role, inCase, day, left) => expect(roomOf(limit, role, { case: inCase, day }).left).toBe(left));

test.each<[number, number | null, string, boolean, string]>([
  [500, 500, '', false, 'ok'], [501, 500, '', false, 'needs_why'], [501, 500, 'late twice', false, 'needs_approver'], [501, 500, 'late twice', true, 'ok'], [501, 500, ' ', true, 'needs_why'], [99_999, null, '', false, 'ok'],
])('%i of %s with “%s”, approved: %s -> %s', (amount, left, why, isApproved, verdict) => expect(judgeGift({ amount, left, why, isApproved })).toBe(verdict));

test.each<[AgentRole, AgentRole, boolean]>([['agent', 'agent', true], ['agent', 'senior', true], ['senior', 'agent', false], ['guest', 'guest', false], ['senior', 'senior', true]])('%s: a %s may approve: %s', (role, second, may) => {
  const pin = { hasPin: true, pinSince: 0 };
  expect(mayApprove({ initials: 'A', role }, { initials: 'B', role: second, ...pin }, 1)).toBe(may);
  expect(mayApprove({ initials: 'A', role }, { initials: 'A', role: second, ...pin }, 1)).toBe(false);
});
test.each([[true, 0, true], [true, 99, true], [true, 100, false], [true, 101, false], [false, 0, false]])('asked for at 100, a colleague with a PIN: %s, since %i, may approve: %s', (hasPin, pinSince, may) => {
  expect(mayApprove({ initials: 'A', role: 'agent' }, { initials: 'B', role: 'agent', hasPin, pinSince }, 100)).toBe(may);
});
test('amounts are written as their currency is', () => expect([giftWords(2_550, 'GBP'), giftWords(500, 'JPY'), giftWords(3, null)]).toEqual(['£25.50', 'JP¥500', '3']));

describe('on the desk', () => {
  const open = () => {
    const desk = openTestDesk();
    desk.run(updateSettings, { patch: { limits: [limit], agentInitials: 'RB', officeZone: 'Europe/London' } });
    desk.run(setRole, { agentId: null, role: 'agent' });
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'my parcel is late')]);
    return desk;
  };
  const book = (desk: TestDesk, amount: number, more: { why?: string; approvedBy?: string; who?: string; promiseId?: string } = {}): number =>
    desk.run(give, { requestId: desk.ids.next(), conversationId: desk.conversation(more.who ?? '1').id, limitId: 'g', amount, what: 'Delivery', why: more.why ?? '', promiseId: more.promiseId ?? null, approvedBy: more.approvedBy ?? null });
  const left = (desk: TestDesk, who = '1'): (number | null)[] => openLedger(desk.store.read, desk.conversation(who).id, 'RB', desk.clock.now()).rooms.flatMap((room) => [room.leftCase, room.leftDay]);

  test('what is given stands in the timeline and is less of the case and of the day; taking it back gives both again and keeps both lines', () => {
    const desk = open();
    const id = book(desk, 2_000);
    expect(left(desk)).toEqual([500, 4_000]);
    desk.clock.advance(1_000);
    desk.run(takeGiftBack, { requestId: desk.ids.next(), messageId: id, why: 'wrong customer' });
    expect(left(desk)).toEqual([2_500, 6_000]);
    expect(tables.ledgerOf(desk.store.read, desk.conversation('1').id, 10).map(({ amount, isReversed, why }) => [amount, isReversed, why])).toEqual([[-2_000, false, 'wrong customer'], [2_000, true, '']]);
    expect(() => desk.run(takeGiftBack, { requestId: desk.ids.next(), messageId: id, why: '' })).toThrow('taken back already');
  });
  test('above the limit it needs a reason and somebody else, who stands in the entry', () => {
    const desk = open();
    const mike = desk.ids.next();
    desk.run(addAgent, { id: mike, seat: 2, name: 'Mike Kemp', initials: 'MK' });
    expect(() => book(desk, 3_000, { why: 'three weeks late', approvedBy: 'MK' })).toThrow('Mike Kemp cannot approve this.');
    desk.run(setPin, { agentId: mike, hash: 'x' });
    desk.clock.advance(1_000);
    expect(() => book(desk, 3_000)).toThrow('£30.00 is above your limit (£25.00 left). Say why');
    expect(() => book(desk, 3_000, { why: 'three weeks late' })).toThrow('A colleague approves it');
    expect(() => book(desk, 3_000, { why: 'three weeks late', approvedBy: 'RB' })).toThrow('cannot approve');
    book(desk, 3_000, { why: 'three weeks late', approvedBy: 'MK' });
    expect(tables.ledgerOf(desk.store.read, desk.conversation('1').id, 10)).toMatchObject([{ amount: 3_000, approvedBy: 'MK', why: 'three weeks late' }]);
  });
  test('a colleague who gets a PIN after more was asked for cannot approve it, however it is asked for again; for what is asked for later they can', () => {
    const desk = open();
    const join = (initials: string): void => {
      const id = desk.ids.next();
      desk.run(addAgent, { id, seat: 2, name: `Agent ${initials}`, initials });
      desk.run(setPin, { agentId: id, hash: 'x' });
      desk.clock.advance(1_000);
    };
    const conversationId = desk.conversation('1').id;
    const ask = (amount: number, approvedBy: string | null) => () =>
      giveOrAsk(desk.store, { requestId: desk.ids.next(), conversationId, limitId: 'g', amount, what: 'Delivery', why: 'late', promiseId: null, approvedBy }, { at: desk.clock.now(), agent: 'RB' });
    const approvers = () => openLedger(desk.store.read, conversationId, 'RB', desk.clock.now()).approvers.map((a) => a.initials);
    join('MK');
    expect(ask(3_000, null)).toThrow('above your limit');
    desk.clock.advance(1_000);
    join('XX');
    expect(approvers()).toEqual(['MK']);
    expect(ask(3_000, 'XX')).toThrow('Agent XX got their PIN after this was asked for.');
    ask(100, null)();
    expect(ask(3_500, null)).toThrow('above your limit');
    expect(ask(3_500, 'XX')).toThrow('after this was asked for');
    ask(3_000, 'MK')();
    expect(approvers()).toEqual(['MK', 'XX']);
    expect(ask(500, null)).toThrow('above your limit');
    ask(500, 'XX')();
    expect(tables.ledgerOf(desk.store.read, conversationId, 10).map(({ amount, approvedBy }) => [amount, approvedBy])).toEqual([[500, 'XX'], [3_000, 'MK'], [100, null]]);
  });
  test('one key twice books once', () => {
    const desk = open();
    const args = { requestId: desk.ids.next(), conversationId: desk.conversation('1').id, limitId: 'g', amount: 100, what: 'x', why: '', promiseId: null, approvedBy: null };
    expect(desk.run(give, args)).toBe(desk.run(give, args));
    expect(left(desk)).toEqual([2_400, 5_900]);
  });
  test('marking it done makes no room; the customer coming back begins a new case, midnight a new day', () => {
    const desk = open();
    book(desk, 2_500);
    desk.clock.advance(1_000);
    desk.run(markDone, { conversationId: desk.conversation('1').id });
    expect(left(desk)).toEqual([0, 3_500]);
    desk.clock.advance(1_000);
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'again')]);
    expect(left(desk)).toEqual([2_500, 3_500]);
    desk.clock.advance(86_400_000);
    expect(left(desk)).toEqual([2_500, 6_000]);
  });
  test('a promised amount is offered until it is booked', () => {
    const desk = open();
    const conversationId = desk.conversation('1').id;
    const [entry] = tables.entriesBefore(desk.store.read, conversationId, null, 5).entries;
    const promiseId = desk.ids.next();
    desk.run(addPromise, { promiseId, messageId: entry?.id ?? 0, kind: 'amount', quote: 'I give you £12.50 back' });
    const offers = () => openLedger(desk.store.read, conversationId, 'RB', desk.clock.now()).offers.map(({ amount, limitId }) => [amount, limitId]);
    expect(offers()).toEqual([[1_250, 'g']]);
    const id = book(desk, 1_250, { promiseId });
    expect(offers()).toEqual([]);
    expect(() => book(desk, 1_250, { promiseId })).toThrow('booked already');
    desk.run(takeGiftBack, { requestId: desk.ids.next(), messageId: id, why: '' });
    expect(offers()).toEqual([[1_250, 'g']]);
  });
  test('it goes with a merge and comes back with its undoing', () => {
    const desk = open();
    desk.take(desk.accounts.x, [postEvent('2', '@bea', desk.clock.now(), 'hello')]);
    const [ann, bea] = [desk.conversation('1').customerId, desk.conversation('2').customerId];
    book(desk, 1_000, { who: '2' });
    const { mergeId } = desk.run(mergeCustomers, { survivorId: ann, mergedId: bea, reason: '', ids: desk.ids });
    expect(left(desk)).toEqual([1_500, 5_000]);
    desk.run(unmergeCustomers, { mergeId, ids: desk.ids });
    expect([left(desk)[0], left(desk, '2')[0]]).toEqual([2_500, 1_500]);
  });
  test('once a senior agent has a PIN nobody else raises a limit', async () => {
    const desk = open();
    const id = desk.ids.next();
    desk.run(addAgent, { id, seat: 2, name: 'Mike Kemp', initials: 'MK' });
    desk.run(setRole, { agentId: id, role: 'senior' });
    desk.run(setPin, { agentId: id, hash: await hashPin('4711') });
    expect(() => desk.run(updateSettings, { patch: { limits: [] }, agentId: null })).toThrow('Only a senior agent');
    desk.run(updateSettings, { patch: { limits: [] }, agentId: id });
    expect(tables.settingsOf(desk.store.read).limits).toEqual([]);
  });
  test('a competitor gets no public answer, and says why before the first key', () => {
    const desk = open();
    desk.run(updateSettings, { patch: { competitors: ['Ann'] } });
    expect(competitorAmong(tables.identitiesOf(desk.store.read, desk.conversation('1').customerId), ['rival', 'Ann'])).toBe('@ann');
    expect(() => desk.run({ name: 'test.send', apply: (tx) => assertMaySend(tx, { conversationId: desk.conversation('1').id, mode: 'reply', text: 'hi', readAgain: false }) }, null)).toThrow('@ann is on the list of competitors');
  });
});
