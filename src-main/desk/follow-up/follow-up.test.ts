import { expect, test } from 'vitest';
import { tables } from '../../store/index.ts';
import { mailEvent, openTestDesk } from '../../test-desk.ts';
import { dropFollowUp, finishFollowUp, markDone, reopen, reopenFollowUp, saveFollowUp, startAlarms } from '../index.ts';

const DAY = 86_400_000;

function deskWithAnn() {
  const desk = openTestDesk();
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
  desk.clock.advance(60_000);
  const ann = () => desk.conversation('ann@example.org');
  const { id: conversationId, customerId } = ann();
  const at = desk.clock.now() + DAY;
  const id = desk.ids.next();
  const save = (over: Partial<Parameters<typeof saveFollowUp.apply>[1]> = {}): void =>
    desk.run(saveFollowUp, { id, isNew: true, conversationId, at, ends: 'date', note: 'ask about the flowers', draft: { mode: 'mail', text: 'Did they arrive?' }, ...over });
  const followUps = () => tables.followUpsOfCustomer(desk.store.read, customerId);
  const thanks = (): void => void desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now(), { text: 'thanks' })]);
  return { desk, ann, id, at, conversationId, save, followUps, thanks };
}

test('at its minute the conversation is back on top with note and prepared draft', () => {
  const { desk, ann, save, followUps } = deskWithAnn();
  const stop = startAlarms(desk.store, desk.clock);
  save();
  expect(ann()).toMatchObject({ state: 'snoozed', hasDraft: false });
  desk.clock.advance(DAY - 1);
  expect(ann().state).toBe('snoozed');
  desk.clock.advance(1);
  expect(ann()).toMatchObject({ state: 'open', reasons: [{ code: 'follow_up', detail: 'ask about the flowers' }, {}] });
  expect(followUps()).toMatchObject([{ state: 'due', note: 'ask about the flowers', draft: { mode: 'mail', text: 'Did they arrive?' } }]);
  stop();
});

test('"until the date" survives a thanks, also when the thanks was marked done; "until the customer writes" ends with it and shows what was prepared', () => {
  const { desk, ann, save, followUps, thanks, conversationId } = deskWithAnn();
  const stop = startAlarms(desk.store, desk.clock);
  save();
  save({ id: desk.ids.next(), ends: 'reply', note: 'no answer yet?', at: desk.clock.now() + DAY / 2 });
  thanks();
  expect(ann()).toMatchObject({ state: 'open' });
  expect(ann().reasons.some((r) => r.code === 'follow_up')).toBe(false);
  expect(followUps().map((f) => [f.note, f.state])).toEqual([['no answer yet?', 'replied'], ['ask about the flowers', 'waiting']]);
  desk.run(markDone, { conversationId });
  expect(followUps().map((f) => [f.note, f.state])).toEqual([['ask about the flowers', 'waiting']]);
  desk.clock.advance(DAY);
  expect(ann()).toMatchObject({ state: 'open', reasons: [{ code: 'follow_up' }, { code: 'overdue' }] });
  stop();
});

test('history that comes in later ends no follow-up', () => {
  const { desk, save, followUps } = deskWithAnn();
  save({ ends: 'reply' });
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now() - DAY)], { origin: 'import' });
  expect(followUps()).toMatchObject([{ state: 'waiting' }]);
});

test('marking the conversation done finishes what had come, and taking that back brings it back', () => {
  const { desk, save, followUps, conversationId } = deskWithAnn();
  const stop = startAlarms(desk.store, desk.clock);
  save();
  desk.clock.advance(DAY);
  desk.run(markDone, { conversationId });
  expect(followUps()).toEqual([]);
  desk.run(reopen, { conversationId });
  expect(followUps()).toMatchObject([{ state: 'due' }]);
  stop();
});

test('a follow-up is changed, done, undone and dropped, and the conversation goes where it belongs', () => {
  const { desk, ann, id, at, save, followUps, thanks, conversationId } = deskWithAnn();
  save();
  save({ isNew: false, at: at + DAY, note: '', draft: null });
  expect(followUps()).toMatchObject([{ at: at + DAY, note: null, draft: null }]);
  expect(ann().snoozedUntil).toBe(at + DAY);
  desk.run(finishFollowUp, { followUpId: id });
  // Ann still waits for an answer.
  expect(ann()).toMatchObject({ state: 'open', snoozedUntil: null });
  desk.run(markDone, { conversationId });
  desk.run(reopenFollowUp, { followUpId: id });
  expect(ann()).toMatchObject({ state: 'snoozed', snoozedUntil: at + DAY });
  desk.run(dropFollowUp, { followUpId: id });
  expect([ann().state, followUps()]).toEqual(['open', []]);
  thanks();
  expect(() => save({ id: desk.ids.next(), at: desk.clock.now() })).toThrow('passed already');
  expect(() => desk.run(finishFollowUp, { followUpId: id })).toThrow('not here any more');
});

test('the list shows what has come first, oldest on top, and mine are those I made or whose conversation is mine', () => {
  const { desk, id, save } = deskWithAnn();
  const [soon, late] = [desk.ids.next(), desk.ids.next()];
  save({ at: desk.clock.now() + 3 * DAY });
  save({ id: late, at: desk.clock.now() + 2 * DAY });
  save({ id: soon, at: desk.clock.now() + DAY });
  const stop = startAlarms(desk.store, desk.clock);
  desk.clock.advance(2 * DAY);
  expect(tables.followUpList(desk.store.read, null, 10).map((f) => [f.id, f.state])).toEqual([[soon, 'due'], [late, 'due'], [id, 'waiting']]);
  expect(tables.followUpList(desk.store.read, 'RB', 10)).toHaveLength(3);
  expect(tables.followUpList(desk.store.read, 'MK', 10)).toEqual([]);
  stop();
});
