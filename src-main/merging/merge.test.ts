import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addPromise, settlePromise } from '../customers/index.ts';
import { addNote, claim, markDone, finishFollowUp, release, reopen, saveDraft, saveFollowUp, setProfilePart, snooze, updateCustomer, wake } from '../desk/index.ts';
import { checkStore, openContentStore, tables } from '../store/index.ts';
import { mailEvent, openTestDesk, postEvent, type TestDesk } from '../test-desk.ts';
import { mergeCustomers, unmergeCustomers } from './index.ts';

const PEOPLE = [0, 1, 2, 3] as const;
const address = (person: number): string => `p${person}@example.org`;
const MINUTE = 60_000;

/** A desk with four people; each op is done on whoever somebody is shown as. */
function openPeople() {
  const desk = openTestDesk();
  const db = desk.store.read;
  let n = 0;
  for (const person of PEOPLE) {
    desk.take(desk.accounts.email, [mailEvent(address(person), desk.clock.now(), { externalId: `<start-${person}>`, text: `start ${person}` })]);
    desk.clock.advance(MINUTE);
  }
  const homes = PEOPLE.map((person) => tables.identityByValue(db, 'email', address(person))?.homeCustomerId ?? '');
  const shown = (person: number): string => tables.rootOf(db, homes[person] ?? '');
  const conversation = (customerId: string) => {
    const core = tables.conversationOfCustomer(db, customerId);
    if (!core) throw new Error('no conversation');
    return core;
  };
  return {
    desk, db, homes, shown, conversation,
    step: () => {
      n += 1;
      desk.clock.advance(MINUTE);
      return n;
    },
  };
}
type People = ReturnType<typeof openPeople>;

type Op =
  | { op: 'mail' | 'sentElsewhere' | 'note' | 'vip' | 'done' | 'reopen' | 'claim' | 'release' | 'snooze' | 'keep' | 'followUp' | 'finish'; who: number }
  | { op: 'tag' | 'name' | 'remark' | 'promise' | 'wish' | 'field' | 'birthday' | 'language'; who: number; text: string }
  | { op: 'merge'; who: number; other: number }
  | { op: 'unmerge'; pick: number };

const who = fc.constantFrom(...PEOPLE);
const arbitraryOp: fc.Arbitrary<Op> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ op: fc.constantFrom('mail' as const, 'sentElsewhere' as const, 'note' as const, 'vip' as const, 'keep' as const, 'followUp' as const, 'finish' as const), who }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constantFrom('done' as const, 'reopen' as const, 'claim' as const, 'release' as const, 'snooze' as const), who }) },
  { weight: 4, arbitrary: fc.record({ op: fc.constantFrom('tag' as const, 'name' as const, 'remark' as const, 'promise' as const, 'wish' as const, 'field' as const, 'birthday' as const, 'language' as const), who, text: fc.constantFrom('a', 'b', 'c') }) },
  { weight: 4, arbitrary: fc.record({ op: fc.constant('merge' as const), who, other: who }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('unmerge' as const), pick: fc.nat(7) }) },
);

/** Does one thing; `customerId` is whom it is done to. */
function act(p: People, op: Exclude<Op, { op: 'merge' | 'unmerge' }>, customerId: string, n: number, ids: string): void {
  const { desk, db } = p;
  const core = p.conversation(customerId);
  switch (op.op) {
    case 'mail': return void desk.take(desk.accounts.email, [mailEvent(address(op.who), desk.clock.now(), { externalId: `<m-${n}>`, text: `mail ${n}` })]);
    case 'sentElsewhere': return void desk.take(desk.accounts.email, [mailEvent(address(op.who), desk.clock.now(), { externalId: `<m-${n}>`, text: `answer ${n}`, direction: 'outbound', author: 'Care' })]);
    case 'note': return void desk.run(addNote, { requestId: ids, conversationId: core.id, text: `note ${n}`, author: 'Robin' });
    case 'vip': return desk.run(updateCustomer, { customerId, isVip: n % 3 === 0 });
    case 'done': return desk.run(markDone, { conversationId: core.id });
    case 'reopen': return desk.run(reopen, { conversationId: core.id });
    case 'claim': return desk.run(claim, { conversationId: core.id, takeOver: true });
    case 'release': return desk.run(release, { conversationId: core.id });
    case 'snooze': return desk.run(snooze, { conversationId: core.id, until: desk.clock.now() + 30 * MINUTE, note: `later ${n}` });
    case 'followUp': return desk.run(saveFollowUp, { id: ids, isNew: true, conversationId: core.id, at: desk.clock.now() + (30 + n) * MINUTE, ends: n % 2 === 0 ? 'date' : 'reply', note: `follow ${op.who}`, draft: { mode: 'mail', text: `text ${n}` } });
    case 'finish': {
      const open = db.get<{ id: string }>(`SELECT id FROM follow_up WHERE note = ? AND state <> 'done' ORDER BY at LIMIT 1`, `follow ${op.who}`);
      return open && desk.run(finishFollowUp, { followUpId: open.id });
    }
    case 'name': return desk.run(updateCustomer, { customerId, name: `name ${op.text}` });
    case 'remark': return desk.run(updateCustomer, { customerId, note: `remark ${op.text}` });
    case 'language': return desk.run(updateCustomer, { customerId, language: op.text === 'c' ? null : `e${op.text}` });
    case 'wish': return desk.run(setProfilePart, { customerId, dateId: '', part: { type: 'wish', channel: 'call', value: op.text === 'a' ? 'refused' : op.text === 'b' ? 'preferred' : null } });
    case 'field': return desk.run(setProfilePart, { customerId, dateId: '', part: { type: 'influence', value: op.text === 'c' ? null : { weight: 2, reason: op.text } } });
    case 'birthday': {
      const dateId = `00000000-0000-7000-8000-00000000000${n % 3}`;
      return desk.run(setProfilePart, { customerId, dateId, part: { type: 'date', dateId, value: op.text === 'c' ? null : { name: `day ${op.text}`, day: 3, month: 2, year: null, text: null } } });
    }
    case 'tag': {
      const tags = tables.tagsOf(db, customerId);
      return desk.run(updateCustomer, { customerId, tags: tags.includes(op.text) ? tags.filter((t) => t !== op.text) : [...tags, op.text] });
    }
    case 'promise': {
      const message = db.get<{ id: number }>(`SELECT id FROM message WHERE external_id = ?`, `<start-${op.who}>`);
      return desk.run(addPromise, { promiseId: ids, messageId: message?.id ?? 0, kind: 'promise', quote: `promise ${op.text}` });
    }
    case 'keep': {
      const open = db.get<{ id: string }>(`SELECT p.id FROM promise p JOIN message m ON m.id = p.message_id WHERE m.external_id = ? AND p.state = 'open' ORDER BY p.made_at LIMIT 1`, `<start-${op.who}>`);
      return open && desk.run(settlePromise, { promiseId: open.id, state: 'kept' });
    }
  }
}

/** Everything an agent could tell apart about four people, without what differs by chance (ids) and the console's own lines. */
const picture = (p: People, withStates: boolean): unknown => p.homes.map((id) => {
  const core = p.conversation(id);
  const { merges, counts, ...view } = tables.customerView(p.db, id) ?? { merges: [], counts: null };
  const [row] = tables.conversationRows(p.db, [core.id]);
  return {
    shown: { ...view, id: '', identities: tables.identitiesOf(p.db, id).map(({ kind, value, basis }) => ({ kind, value, basis })), 
      followUps: tables.followUpsOfCustomer(p.db, id).map(({ at, ends, note, draft, state }) => ({ at, ends, note, draft, state })), promises: tables.promisesOf(p.db, id).map(({ kind, quote, state, at }) => ({ kind, quote, state, at })) },
    merges: merges.length, counts,
    state: withStates ? [row?.state, row?.owner, row?.snoozedUntil, row?.followUpNote, row?.waitingSince, row?.priority, row?.isVip] : [row?.waitingSince, row?.isVip],
    entries: tables.entriesBefore(p.db, core.id, null, 1_000).entries.filter((e) => e.kind !== 'system').map(({ kind, direction, at, author, text }) => ({ kind, direction, at, author, text })),
  };
});

const isPressed = (core: tables.ConversationCore, op: Op['op']): boolean => {
  if (op === 'done') return core.state !== 'done';
  if (op === 'reopen') return core.state !== 'open';
  if (op === 'claim') return core.owner !== 'RB';
  if (op === 'release') return core.owner === 'RB';
  return true;
};

/** The same history twice: once with merges and undos, once without any. */
function live(ops: readonly Op[], isNested: boolean): void {
  const real = openPeople();
  const plain = openPeople();
  const merges: string[] = [];
  const undo = (pick: number): void => {
    const [mergeId] = merges.splice(pick % merges.length, 1);
    if (mergeId !== undefined) real.desk.run(unmergeCustomers, { mergeId, ids: real.desk.ids });
  };
  for (const op of ops) {
    const n = real.step();
    plain.step();
    for (const p of [real, plain]) p.desk.run(wake, { until: p.desk.clock.now() });
    if (op.op === 'merge') {
      const [survivorId, mergedId] = [real.shown(op.who), real.shown(op.other)];
      if (survivorId === mergedId) continue;
      if (!isNested && merges.length > 0) continue;
      merges.push(real.desk.run(mergeCustomers, { survivorId, mergedId, reason: '', ids: real.desk.ids }).mergeId);
    } else if (op.op === 'unmerge') {
      if (merges.length > 0) undo(op.pick);
    } else {
      const target = real.shown(op.who);
      if (!isPressed(real.conversation(target), op.op)) continue;
      // Without the merge, the agent would have done it to the one it is shown as: the survivor.
      const twin = plain.homes[real.homes.indexOf(target)] ?? '';
      const before = tables.tagsOf(real.db, target);
      act(real, op, target, n, real.desk.ids.next());
      if (op.op === 'tag') {
        const own = tables.tagsOf(plain.db, twin).filter((t) => t !== op.text);
        plain.desk.run(updateCustomer, { customerId: twin, tags: before.includes(op.text) ? own : [...own, op.text] });
      } else act(plain, op, twin, n, plain.desk.ids.next());
    }
  }
  for (let i = 0; merges.length > 0; i += 1) undo(i * 3);
  expect(picture(real, !isNested)).toEqual(picture(plain, !isNested));
  expect(checkStore(real.desk.store, openContentStore(real.desk.dir))).toMatchObject({ ok: true, problems: [] });
  expect(real.db.all('SELECT id FROM customer WHERE own IS NOT NULL OR merged_into IS NOT NULL')).toEqual([]);
  expect(real.db.all('SELECT id FROM message WHERE home_conversation_id IS NOT NULL')).toEqual([]);
  real.desk.store.close();
  plain.desk.store.close();
}

const RUNS = Number(process.env['PARLEY_MERGE_RUNS'] ?? 300);

describe('undoing a merge', () => {
  test('leaves both sides as if they had never been merged, their states included', () => {
    fc.assert(fc.property(fc.array(arbitraryOp, { minLength: 4, maxLength: 24 }), (ops) => live(ops, false)), { numRuns: RUNS / 2, seed: 11 });
  }, 300_000);
  test('in any order, also of merges within merges', () => {
    fc.assert(fc.property(fc.array(arbitraryOp, { minLength: 4, maxLength: 30 }), (ops) => live(ops, true)), { numRuns: RUNS / 2, seed: 12 });
  }, 300_000);
});

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
