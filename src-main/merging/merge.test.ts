import { describe, expect, test } from 'vitest';
import { claim, finishFollowUp, markDone, saveDraft, saveFollowUp, saveRule, setProfilePart, snooze, startAlarms } from '../desk/index.ts';
import { checkStore, openContentStore, tables } from '../store/index.ts';
import { mailEvent, openTestDesk, postEvent, type TestDesk } from '../test-desk.ts';
import { mergeCustomers, unmergeCustomers } from './index.ts';

const MINUTE = 60_000;

describe('a merge', () => {
  const two = () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now(), { text: 'mail of Ann' })]);
    desk.clock.advance(MINUTE);
    desk.take(desk.accounts.x, [postEvent('77', '@ann', desk.clock.now(), '@acmecare post of Ann')]);
    desk.clock.advance(MINUTE);
    return { desk, mail: desk.conversation('ann@example.org'), post: desk.conversation('77') };
  };
  const merge = (desk: TestDesk, survivorId: string, mergedId: string) => desk.run(mergeCustomers, { survivorId, mergedId, reason: 'told us on the phone', ids: desk.ids });

  test('shows one story in one queue row, and a message on either channel comes to it', () => {
    const { desk, mail, post } = two();
    const { conversationId } = merge(desk, mail.customerId, post.customerId);
    desk.take(desk.accounts.x, [postEvent('77', '@ann', desk.clock.now(), '@acmecare and again')]);
    expect(conversationId).toBe(mail.id);
    expect(tables.entriesBefore(desk.store.read, mail.id, null, 50).entries.map((e) => e.text)).toEqual(['mail of Ann', '@acmecare post of Ann', 'ann@example.org', '@acmecare and again'].toSpliced(2, 1, '@ann'));
    expect(tables.queuePage(desk.store.read, { view: 'open', sort: 'priority', accountId: null, me: 'RB', after: null, limit: 50 }).rows.map((r) => r.id)).toEqual([mail.id]);
    expect(tables.queueCounts(desk.store.read, 'RB')).toMatchObject({ open: 1, unseen: 1 });
    expect(tables.shownConversation(desk.store.read, post.id)).toBe(mail.id);
    expect(checkStore(desk.store, openContentStore(desk.dir))).toMatchObject({ ok: true });
  });

  test('keeps what is unread unread, whoever survives', () => {
    const { desk, mail, post } = two();
    desk.run(markDone, { conversationId: post.id });
    merge(desk, post.customerId, mail.customerId);
    expect(tables.conversationRows(desk.store.read, [post.id])[0]).toMatchObject({ state: 'open' });
    expect(tables.conversationRows(desk.store.read, [post.id])[0]?.unread).toBeGreaterThan(0);
  });

  test('loses no draft: both texts stay, and go back untouched', () => {
    const { desk, mail, post } = two();
    const draft = (conversationId: string, text: string) => desk.run(saveDraft, { conversationId, mode: 'mail', text, subject: null, to: null, cc: null, bcc: null, attachmentIds: [] });
    draft(mail.id, 'Dear Ann');
    draft(post.id, 'Hello again');
    const { mergeId } = merge(desk, mail.customerId, post.customerId);
    expect(tables.draftOf(desk.store.read, mail.id, 'mail')?.text).toBe('Dear Ann\n\nHello again');
    desk.run(unmergeCustomers, { mergeId, ids: desk.ids });
    expect([tables.draftOf(desk.store.read, mail.id, 'mail')?.text, tables.draftOf(desk.store.read, post.id, 'mail')?.text]).toEqual(['Dear Ann', 'Hello again']);
  });

  test('is refused for somebody merged already, and for oneself', () => {
    const { desk, mail, post } = two();
    const { mergeId } = merge(desk, mail.customerId, post.customerId);
    expect(() => merge(desk, post.customerId, mail.customerId)).toThrow('merged already');
    expect(() => merge(desk, mail.customerId, mail.customerId)).toThrow('with itself');
    desk.run(unmergeCustomers, { mergeId, ids: desk.ids });
    expect(() => desk.run(unmergeCustomers, { mergeId, ids: desk.ids })).toThrow('undone already');
  });
});

describe('what happens to two shown as one bears on whom it concerns', () => {
  const three = () => {
    const desk = openTestDesk();
    const stop = startAlarms(desk.store, desk.clock);
    for (const name of ['ann', 'bob']) {
      desk.take(desk.accounts.email, [mailEvent(`${name}@x.example`, desk.clock.now(), { text: `mail of ${name}` })]);
      desk.clock.advance(MINUTE);
    }
    const ann = () => desk.conversation('ann@x.example');
    const bob = () => desk.conversation('bob@x.example');
    const merge = () => desk.run(mergeCustomers, { survivorId: ann().customerId, mergedId: bob().customerId, reason: '', ids: desk.ids }).mergeId;
    const undo = (mergeId: string) => desk.run(unmergeCustomers, { mergeId, ids: desk.ids });
    return { desk, stop, ann, bob, merge, undo };
  };

  test('a follow-up finished while its customer is shown as somebody else leaves them open, not asleep', () => {
    const { desk, stop, ann, bob, merge, undo } = three();
    const id = desk.ids.next();
    desk.run(saveFollowUp, { id, isNew: true, conversationId: bob().id, at: desk.clock.now() + 90 * MINUTE, ends: 'date', note: 'flowers', draft: null });
    const mergeId = merge();
    desk.take(desk.accounts.email, [mailEvent('ann@x.example', desk.clock.now())]);
    desk.run(finishFollowUp, { followUpId: id });
    undo(mergeId);
    expect([ann(), bob()]).toMatchObject([{ state: 'open' }, { state: 'open', snoozedUntil: null }]);
    stop();
  });

  test('a claim of before ends at its minute, and a snooze of before wakes at its own, also where nobody saw it', () => {
    const { desk, stop, ann, bob, merge, undo } = three();
    desk.run(claim, { conversationId: ann().id, takeOver: false });
    desk.run(snooze, { conversationId: bob().id, until: desk.clock.now() + 50 * MINUTE, note: 'call the depot' });
    const mergeId = merge();
    desk.run(markDone, { conversationId: ann().id });
    desk.clock.advance(2 * 60 * MINUTE);
    desk.take(desk.accounts.email, [mailEvent('ann@x.example', desk.clock.now())]);
    undo(mergeId);
    expect([ann(), bob()]).toMatchObject([{ state: 'open', owner: null }, { state: 'open', snoozedUntil: null, followUpNote: 'call the depot' }]);
    stop();
  });

  test('a rule works for whose message it fits: its tag, owner and mark go with them', () => {
    const { desk, stop, ann, bob, merge, undo } = three();
    desk.run(saveRule, { id: desk.ids.next(), isNew: true, name: 'Stranded', isOn: true, conditions: { words: ['stranded'], accountIds: [], handles: [], languages: [], tags: [], segment: 'any', channels: [], hours: 'any' }, actions: { priority: 'raise', owner: 'MK', tags: ['stranded'], cannedId: null } });
    const mergeId = merge();
    desk.take(desk.accounts.email, [mailEvent('bob@x.example', desk.clock.now(), { text: 'we are stranded' })]);
    expect(ann()).toMatchObject({ owner: 'MK' });
    undo(mergeId);
    expect([ann().owner, bob().owner, tables.tagsOf(desk.store.read, ann().customerId), tables.tagsOf(desk.store.read, bob().customerId)]).toEqual([null, 'MK', [], ['stranded']]);
    expect(bob().reasons).toContainEqual(expect.objectContaining({ code: 'rule' }));
    stop();
  });

  test('a date of the one shown as somebody else is raised, and is theirs', () => {
    const { desk, stop, ann, bob, merge, undo } = three();
    const day = new Date(desk.clock.now() + 24 * 60 * MINUTE);
    const dateId = desk.ids.next();
    desk.run(setProfilePart, { customerId: bob().customerId, dateId, part: { type: 'date', dateId, value: { name: 'Birthday', day: day.getUTCDate(), month: day.getUTCMonth() + 1, year: null, text: null } } });
    desk.run(markDone, { conversationId: bob().id });
    const mergeId = merge();
    desk.clock.advance(36 * 60 * MINUTE);
    expect(tables.followUpsOfCustomer(desk.store.read, ann().customerId)).toMatchObject([{ note: 'Birthday', state: 'due' }]);
    undo(mergeId);
    expect([tables.followUpsOfCustomer(desk.store.read, ann().customerId), tables.followUpsOfCustomer(desk.store.read, bob().customerId)]).toMatchObject([[], [{ note: 'Birthday', state: 'due' }]]);
    expect(bob()).toMatchObject({ state: 'open' });
    stop();
  });

  test('nothing of it is kept once they are apart', () => {
    const { desk, stop, bob, merge, undo } = three();
    const mergeId = merge();
    desk.run(snooze, { conversationId: desk.conversation('ann@x.example').id, until: desk.clock.now() + MINUTE, note: 'quiet' });
    expect(desk.store.read.all('SELECT 1 FROM side_event')).not.toEqual([]);
    undo(mergeId);
    expect(desk.store.read.all('SELECT 1 FROM side_event')).toEqual([]);
    expect(bob().state).toBe('open');
    stop();
  });
});
