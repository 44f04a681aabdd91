import { describe, expect, test } from 'vitest';
import { mailEvent, openTestDesk, postEvent } from '../test-desk.ts';
import { tables } from '../store/index.ts';
import { claim, findUrgentWord, logCall, markDone, parseTime, rankConversation, replySubject, snooze, startAlarms, updateCustomer, waitingTurns, type PriorityFacts, type Turn } from './index.ts';

const HOUR = 3_600_000;

describe('priority', () => {
  const calm: PriorityFacts = { isVip: false, vipNote: null, influence: null, waitingSince: 1, urgentWord: null, isOverdue: false, isDueSoon: false, isUndelivered: false, rules: [], hasMissedCall: false, channelsTried: 1, followUpNote: null, followUpIsDue: false };
  const cases: [string, Partial<PriorityFacts>, Partial<PriorityFacts>][] = [
    ['a VIP comes before an urgent word', { isVip: true }, { urgentWord: 'urgent', isOverdue: true, hasMissedCall: true, channelsTried: 3 }],
    ['an urgent word comes before an overdue question', { urgentWord: 'stranded' }, { isOverdue: true, hasMissedCall: true, channelsTried: 3 }],
    ['an urgent VIP comes before a calm one', { isVip: true, urgentWord: 'urgent' }, { isVip: true, isOverdue: true }],
    ['an influencer with a wide reach comes before an overdue question', { influence: { weight: 2, reason: '' } }, { isOverdue: true }],
    ['an urgent word comes before the widest reach', { urgentWord: 'urgent' }, { influence: { weight: 3, reason: '' } }],
    ['some reach comes before a missed call', { influence: { weight: 1, reason: '' } }, { hasMissedCall: true }],
    ['who waits comes before who does not', {}, { waitingSince: null, isVip: true }],
    ['a due follow-up comes before an urgent word', { followUpIsDue: true, followUpNote: 'flowers' }, { urgentWord: 'urgent' }],
  ];
  test.each(cases)('%s', (_, first, second) => {
    expect(rankConversation({ ...calm, ...first }).priority).toBeGreaterThan(rankConversation({ ...calm, ...second }).priority);
  });
  test('the row names its reasons, weightiest first', () => {
    expect(rankConversation({ ...calm, isVip: true, vipNote: 'board member', urgentWord: 'stranded', isOverdue: true }).reasons).toEqual([
      { code: 'vip', detail: 'board member' }, { code: 'urgent', detail: 'stranded' }, { code: 'overdue', detail: '' },
    ]);
  });
});

describe('urgent words', () => {
  test.each([
    ['We are STRANDED here', ['stranded'], 'stranded'],
    ['strandedness is not a word', ['stranded'], null],
    ['no  internet', ['no internet'], null],
    ['No internet since 9', ['no internet'], 'no internet'],
    ['मुझे तुरंत मदद चाहिए', ['तुरंत'], 'तुरंत'],
    ['किताब', ['कि'], null],
    ['এটা জরুরি!', ['জরুরি'], 'জরুরি'],
    ['É uma emergência.', ['emergência'], 'emergência'],
    ['', ['urgent'], null],
    ['anything', ['', '  '], null],
  ])('in %j', (text, words, expected) => expect(findUrgentWord(text, words)).toBe(expected));
});

describe('whose turn it is', () => {
  const turn = (over: Partial<Turn>): Turn => ({ id: 1, at: 1, kind: 'post', direction: 'inbound', isDeleted: false, detail: { type: 'note', agent: '' }, outbox: null, ...over });
  const call = (outcome: 'answered' | 'missed' | 'voicemail' | 'no_answer', callDirection: 'inbound' | 'outbound'): Partial<Turn> =>
    ({ kind: 'call', direction: callDirection, detail: { type: 'call', number: '', callDirection, startedAt: 0, durationMs: 0, outcome, agent: '', disposition: null } });
  const auto = (automatic: 'auto_reply' | 'bounce' | 'bulk'): Partial<Turn> => ({ kind: 'mail', detail: { type: 'mail', from: '', to: [], cc: [], messageId: null, automatic, unreadable: null } });
  test.each<[string, Partial<Turn>[], number]>([
    ['a question waits', [{}], 1],
    ['two questions wait', [{}, {}], 2],
    ['an answer ends the wait', [{ direction: 'outbound' }, {}], 0],
    ['a question after an answer waits', [{}, { direction: 'outbound' }, {}], 1],
    ['a refused answer answers nothing', [{ direction: 'outbound', outbox: 'refused' }, {}], 1],
    ['a queued answer answers', [{ direction: 'outbound', outbox: 'queued' }, {}], 0],
    ['a note changes nothing', [{ kind: 'note', direction: 'internal' }, {}], 1],
    ['an answered call answers', [call('answered', 'inbound'), {}], 0],
    ['a missed call waits', [call('missed', 'inbound')], 1],
    ['calling back without success changes nothing', [call('no_answer', 'outbound'), call('missed', 'inbound')], 1],
    ['an out-of-office mail asks nothing', [auto('auto_reply')], 0],
    ['a bounce asks for a look', [auto('bounce')], 1],
    ['a deleted post asks nothing', [{ isDeleted: true }], 0],
  ])('%s', (_, turns, expected) => expect(waitingTurns(turns.map(turn)).length).toBe(expected));
});

test.each([
  ['Re: Invoice', 'Re: Invoice'], ['AW: RE: Invoice', 'Re: Invoice'], ['SV: [2]: x', 'Re: [2]: x'], ['回复：发票', 'Re: 发票'], ['Invoice', 'Re: Invoice'], ['', ''], [null, ''], ['Re: ', ''], ['Return it', 'Re: Return it'],
])('the subject of an answer to %j is %j', (subject, expected) => expect(replySubject(subject)).toBe(expected));

describe('times in words', () => {
  const now = Date.UTC(2026, 2, 27, 10, 0); // Friday before the clocks change in Berlin
  test.each([
    ['tomorrow 9:00', 'Europe/Berlin', Date.UTC(2026, 2, 28, 8)],
    ['next monday 10:00', 'Europe/Berlin', Date.UTC(2026, 2, 30, 8)], // summer time
    ['in 2 hours', 'Europe/Berlin', now + 2 * HOUR],
    ['in 72 hours', 'Europe/Berlin', now + 72 * HOUR],
    ['tomorrow', 'Asia/Kolkata', Date.UTC(2026, 2, 28, 3, 30)],
    ['yesterday', 'UTC', null],
    ['soon-ish', 'UTC', null],
  ])('%j in %s', (text, zone, expected) => expect(parseTime(text, zone, now)).toBe(expected));
});

describe('the desk', () => {
  test('a VIP is on row 1 at once, whatever others ask', () => {
    const desk = openTestDesk();
    const at = desk.clock.now();
    desk.take(desk.accounts.x, [postEvent('1', '@ann', at - 5 * HOUR, 'urgent, we are stranded'), postEvent('2', '@bob', at - 1_000, 'nice day')]);
    const bob = desk.conversation('2');
    desk.run(updateCustomer, { customerId: bob.customerId, isVip: true, vipNote: 'board member' });
    const { rows } = tables.queuePage(desk.store.read, { view: 'open', sort: 'priority', accountId: null, me: 'RB', after: null, limit: 10 });
    expect(rows.map((r) => [r.customerName, r.reasons.map((x) => x.code)])).toEqual([['@bob', ['vip']], ['@ann', ['urgent', 'overdue']]]);
  });

  test('a claim is refused while somebody else holds it, unless taken over', () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
    const { id } = desk.conversation('ann@example.org');
    desk.run(claim, { conversationId: id, takeOver: false });
    const other = (takeOver: boolean): unknown => desk.store.run(claim, { conversationId: id, takeOver }, { at: desk.clock.now(), agent: 'MK' });
    expect(() => other(false)).toThrow('RB has this conversation.');
    other(true);
    expect(desk.conversation('ann@example.org').owner).toBe('MK');
  });

  test('a snooze survives a "thanks" and comes back at its minute with its note', () => {
    const desk = openTestDesk();
    const at = desk.clock.now();
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', at)]);
    const { id } = desk.conversation('ann@example.org');
    const stop = startAlarms(desk.store, desk.clock);
    desk.run(snooze, { conversationId: id, until: at + 2 * HOUR, note: 'ask about the flowers' });
    desk.clock.advance(HOUR);
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now(), { text: 'Thanks!' })]);
    expect(desk.conversation('ann@example.org')).toMatchObject({ state: 'open', snoozedUntil: at + 2 * HOUR });
    desk.run(markDone, { conversationId: desk.conversation('ann@example.org').id });
    expect(desk.conversation('ann@example.org').snoozedUntil).toBeNull();
    desk.run(snooze, { conversationId: id, until: desk.clock.now() + HOUR, note: 'ask about the flowers' });
    desk.clock.advance(HOUR);
    expect(desk.conversation('ann@example.org')).toMatchObject({ state: 'open', snoozedUntil: null, followUpNote: 'ask about the flowers' });
    expect(desk.conversation('ann@example.org').reasons[0]).toEqual({ code: 'follow_up', detail: 'ask about the flowers' });
    stop();
    expect(desk.clock.pending()).toBe(0);
  });

  test('a deadline that passes marks the row overdue at that moment', () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
    const stop = startAlarms(desk.store, desk.clock);
    expect(desk.conversation('ann@example.org').isOverdue).toBe(false);
    desk.clock.advance(8 * HOUR);
    expect(desk.conversation('ann@example.org')).toMatchObject({ isOverdue: true, reasons: [{ code: 'overdue', detail: '' }] });
    stop();
  });

  test('a call logged twice with one intent is there once, and an unknown number becomes a customer', () => {
    const desk = openTestDesk();
    const args = {
      requestId: desk.ids.next(), conversationId: null, accountId: desk.accounts.phone, party: { kind: 'phone' as const, value: '+447700900123', display: '+44 7700 900123', name: null },
      at: desk.clock.now(), author: 'Ruth', text: 'asked for a refund', ids: desk.ids,
      detail: { type: 'call' as const, number: '+44 7700 900123', callDirection: 'inbound' as const, startedAt: desk.clock.now(), durationMs: 60_000, outcome: 'answered' as const, agent: 'RB', disposition: null },
    };
    const first = desk.run(logCall, args);
    expect(desk.run(logCall, args)).toEqual(first);
    expect(tables.customerView(desk.store.read, first.customerId)).toMatchObject({ name: '+44 7700 900123', counts: { call: 1 } });
  });

  test('counts of the views are right after every kind of change', () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, ['a', 'b', 'c', 'd'].map((n) => mailEvent(`${n}@example.org`, desk.clock.now())));
    const id = (n: string): string => desk.conversation(`${n}@example.org`).id;
    desk.run(claim, { conversationId: id('a'), takeOver: false });
    desk.run(markDone, { conversationId: id('b') });
    desk.run(snooze, { conversationId: id('c'), until: desk.clock.now() + HOUR, note: null });
    expect(tables.queueCounts(desk.store.read, 'RB')).toEqual({ mentioned: 0, open: 2, mine: 1, unassigned: 1, vip: 0, overdue: 0, snoozed: 1, done: 1, unseen: 2 });
  });
});
