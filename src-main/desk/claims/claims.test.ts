import { describe, expect, test } from 'vitest';
import type { Input } from '../../../src-preload/contract/index.ts';
import { composeSend, enqueue, release as leave, start, undo } from '../../outbox/index.ts';
import { tables, type Operation } from '../../store/index.ts';
import { openTestDesk, postEvent, type TestDesk } from '../../test-desk.ts';
import { addAgent, assign, claim, localClaims, markDone, saveDraft, seeNotice, snooze, startAlarms, updateSettings, useSeat } from '../index.ts';

const MINUTE = 60_000;

function setUp() {
  const desk = openTestDesk();
  desk.take(desk.accounts.x, [postEvent('7', '@ann', desk.clock.now() - MINUTE, 'hello?')]);
  const { id } = desk.conversation('7');
  const row = () => desk.conversation('7');
  return { desk, id, row, claims: localClaims(desk), as: <A, R>(agent: string, operation: Operation<A, R>, args: A): R => desk.store.run(operation, args, { at: desk.clock.now(), agent }).value };
}

const lines = (desk: TestDesk): string[] => desk.store.read.all<{ code: string; text: string; author: string }>(`SELECT json_extract(detail, '$.code') AS code, text, author FROM message WHERE kind = 'system' ORDER BY id`).map((l) => [l.author, l.code, l.text].filter((part) => part !== '').join(' '));

describe('a claim', () => {
  test('ends by itself and is everybody’s again, unless it is on its owner’s screen', async () => {
    const { desk, id, row, claims } = setUp();
    const stop = startAlarms(desk.store, desk.clock);
    await claims.claim('RB', id, { takeOver: false, word: null });
    expect(row()).toMatchObject({ owner: 'RB', claimUntil: desk.clock.now() + 30 * MINUTE });
    // Open for an hour, then gone from the screen.
    for (let minute = 0; minute < 60; minute += 1) {
      desk.clock.advance(MINUTE);
      await claims.keep('RB', id);
      await claims.keep('MK', id);
    }
    expect(row().owner).toBe('RB');
    const until = row().claimUntil ?? 0;
    desk.clock.advance(until - desk.clock.now() - 1);
    expect(row().owner).toBe('RB');
    desk.clock.advance(1);
    expect(row()).toMatchObject({ owner: null, claimUntil: null });
    expect(lines(desk)).toEqual(['RB claimed', 'Parley lapsed RB']);
    stop();
  });

  test('renewing writes a few times an hour, not every minute', async () => {
    const { desk, id, claims } = setUp();
    await claims.claim('RB', id, { takeOver: false, word: null });
    const before = desk.store.seq();
    for (let minute = 0; minute < 60; minute += 1) {
      desk.clock.advance(MINUTE);
      await claims.keep('RB', id);
    }
    expect(desk.store.seq() - before).toBe(6);
  });

  test('outlives a snooze, and goes on when that ends', async () => {
    const { desk, id, row, claims, as } = setUp();
    const stop = startAlarms(desk.store, desk.clock);
    await claims.claim('RB', id, { takeOver: false, word: null });
    as('RB', snooze, { conversationId: id, until: desk.clock.now() + 120 * MINUTE, note: null });
    desk.clock.advance(120 * MINUTE);
    expect(row()).toMatchObject({ state: 'open', owner: 'RB', claimUntil: desk.clock.now() + 30 * MINUTE });
    as('RB', markDone, { conversationId: id });
    desk.clock.advance(60 * MINUTE);
    desk.take(desk.accounts.x, [postEvent('7', '@ann', desk.clock.now(), 'again')]);
    desk.clock.advance(1);
    expect(row()).toMatchObject({ state: 'open', owner: null });
    stop();
  });

  test('taking over and giving tell the other one, once, with the word', async () => {
    const { desk, id, row, claims, as } = setUp();
    await claims.claim('MK', id, { takeOver: false, word: null });
    await expect(claims.claim('RB', id, { takeOver: false, word: null })).rejects.toMatchObject({ code: 'conflict', detail: { owner: 'MK' } });
    await claims.claim('RB', id, { takeOver: true, word: 'You are on the phone.' });
    const [notice] = tables.unseenNotices(desk.store.read, 'MK');
    expect(notice).toMatchObject({ by: 'RB', code: 'taken_over', conversationId: id, customerName: '@ann', word: 'You are on the phone.' });
    // Only who it is for can put it away.
    as('RB', seeNotice, { noticeId: notice?.id ?? 0 });
    expect(tables.unseenNotices(desk.store.read, 'MK')).toHaveLength(1);
    as('MK', seeNotice, { noticeId: notice?.id ?? 0 });
    expect(tables.unseenNotices(desk.store.read, 'MK')).toEqual([]);
    await claims.assign('RB', id, { owner: 'MK', word: null });
    expect(tables.unseenNotices(desk.store.read, 'MK')).toMatchObject([{ code: 'given', word: '' }]);
    desk.clock.advance(24 * 60 * MINUTE);
    expect(row()).toMatchObject({ owner: 'MK', claimUntil: null });
    expect(lines(desk)).toEqual(['MK claimed', 'RB taken_over MK', 'RB assigned MK']);
  });
});

describe('two agents answer the same message', () => {
  const input = (desk: TestDesk, over: Partial<Input<'reply.send'>> = {}): Input<'reply.send'> => ({
    requestId: desk.ids.next(), conversationId: desk.conversation('7').id, mode: 'dm', accountId: desk.accounts.x, to: ['@ann'], cc: [], subject: null, text: 'On it.', inReplyTo: null, attachmentIds: [],
    seenAt: desk.clock.now(), evenIfStale: false, ...over,
  });
  const send = (desk: TestDesk, agent: string, of: Input<'reply.send'>) => desk.store.run(enqueue, composeSend(desk.store.read, of, { ids: desk.ids, agent, now: desk.clock.now() }), { at: desk.clock.now(), agent }).value;

  test('one leaves, the other is told whose and what, and may still send', () => {
    const { desk } = setUp();
    const [first, second] = [input(desk, { text: 'From RB' }), input(desk, { text: 'From MK' })];
    desk.clock.advance(1);
    send(desk, 'RB', first);
    expect(() => send(desk, 'MK', second)).toThrow(/RB wrote in this conversation/);
    expect(tables.unfinished(desk.store.read).map((o) => o.draft.text)).toEqual(['From RB']);
    send(desk, 'MK', { ...second, evenIfStale: true });
    expect(tables.unfinished(desk.store.read)).toHaveLength(2);
  });

  test('where claims are enforced the first answer claims, and what was held by somebody else does not leave', () => {
    const { desk, id, row, as } = setUp();
    desk.run(updateSettings, { patch: { enforceClaims: true } });
    const { outboxId } = send(desk, 'RB', input(desk));
    expect(row()).toMatchObject({ owner: 'RB', claimUntil: desk.clock.now() + 30 * MINUTE });
    expect(() => send(desk, 'MK', input(desk, { evenIfStale: true }))).toThrow('RB has this conversation.');
    as('MK', claim, { conversationId: id, takeOver: true });
    as('RB', leave, { outboxId });
    expect(as('Parley', start, { outboxId })).toBeNull();
    expect(tables.outboxById(desk.store.read, outboxId)).toMatchObject({ state: 'refused', problem: expect.stringContaining('MK has taken this conversation over') as string });
    send(desk, 'MK', input(desk, { evenIfStale: true }));
  });

  test('a claim that has ended holds nobody off a second before the alarm rings', () => {
    const { desk, id, as } = setUp();
    desk.run(updateSettings, { patch: { enforceClaims: true } });
    as('MK', claim, { conversationId: id, takeOver: false });
    desk.clock.advance(30 * MINUTE);
    send(desk, 'RB', input(desk));
    expect(desk.conversation('7').owner).toBe('RB');
  });

  test('each has a draft of their own: a send of one leaves the other’s text, an undo gives it back to whoever sent', () => {
    const { desk, id, as } = setUp();
    const draft = (text: string) => ({ conversationId: id, mode: 'dm' as const, text, subject: null, to: null, cc: null, bcc: null, attachmentIds: [] });
    as('RB', saveDraft, draft('of RB'));
    as('MK', saveDraft, draft('of MK'));
    const of = (agent: string): string | undefined => tables.draftOf(desk.store.read, id, 'dm', agent)?.text;
    expect([of('RB'), of('MK'), of('JT')]).toEqual(['of RB', 'of MK', undefined]);
    const { outboxId } = send(desk, 'RB', input(desk, { text: 'of RB' }));
    expect([of('RB'), of('MK')]).toEqual([undefined, 'of MK']);
    as('RB', undo, { outboxId });
    expect([of('RB'), of('MK')]).toEqual(['of RB', 'of MK']);
  });

  test('a draft for anybody is taken up by the first who writes on it', () => {
    const { desk, id, as } = setUp();
    desk.run({ name: 't', apply: (tx) => tables.putDraft(tx.db, { conversationId: id, mode: 'dm', text: 'prepared', subject: null, to: null, cc: null, bcc: null, attachmentIds: [] }, 1) }, null);
    const of = (agent: string): string | undefined => tables.draftOf(desk.store.read, id, 'dm', agent)?.text;
    expect([of('RB'), of('MK')]).toEqual(['prepared', 'prepared']);
    as('RB', saveDraft, { conversationId: id, mode: 'dm', text: 'prepared, and more', subject: null, to: null, cc: null, bcc: null, attachmentIds: [] });
    expect([of('RB'), of('MK')]).toEqual(['prepared, and more', undefined]);
  });
});

describe('agents', () => {
  test('each window has the settings of whoever works in it, the team’s are everybody’s', () => {
    const { desk, as } = setUp();
    as('AG', updateSettings, { patch: { agentName: 'Ruth', agentInitials: 'RB', theme: 'dark' } });
    const id = desk.ids.next();
    as('RB', addAgent, { id, seat: 2, name: 'Mike', initials: 'MK' });
    as('MK', updateSettings, { agentId: id, patch: { theme: 'light', enforceClaims: true, queueSort: 'oldest' } });
    expect(tables.settingsOfSeat(desk.store.read, 1)).toMatchObject({ agentName: 'Ruth', agentInitials: 'RB', theme: 'dark', enforceClaims: true, queueSort: 'priority' });
    expect(tables.settingsOfSeat(desk.store.read, 2)).toMatchObject({ agentName: 'Mike', agentInitials: 'MK', theme: 'light', enforceClaims: true, queueSort: 'oldest' });
    as('RB', useSeat, { seat: 1, agentId: id });
    expect(tables.settingsOfSeat(desk.store.read, 1).agentName).toBe('Mike');
    expect(() => as('RB', addAgent, { id: desk.ids.next(), seat: 3, name: 'Maria', initials: 'mk' })).toThrow('MK is Mike already.');
    expect(() => as('MK', updateSettings, { agentId: id, patch: { agentInitials: 'RB' } })).toThrow('RB is Ruth already.');
  });

  test('new initials take along what is theirs', () => {
    const { desk, id, row, as } = setUp();
    const agentId = desk.ids.next();
    as('AG', addAgent, { id: agentId, seat: 2, name: 'Mike', initials: 'MK' });
    as('MK', assign, { conversationId: id, owner: 'MK' });
    as('MK', saveDraft, { conversationId: id, mode: 'note', text: 'mine', subject: null, to: null, cc: null, bcc: null, attachmentIds: [] });
    as('MK', updateSettings, { agentId, patch: { agentInitials: 'MX' } });
    expect([row().owner, tables.draftOf(desk.store.read, id, 'note', 'MX')?.text]).toEqual(['MX', 'mine']);
  });
});
