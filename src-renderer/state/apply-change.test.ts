import { describe, expect, test } from 'vitest';
import type { ChangeSet, ConversationRow, Entry, OutboxRow } from '../../src-preload/contract/index.ts';
import { make, makeWorld, uuid } from '../dev/sample.ts';
import { applyPush, hasGap } from './apply-change.ts';
import { mergeJump, mergeNewer, mergeOlder, mergeOpened, mergeTail, newestIds } from './merge.ts';
import type { Shared } from './model.ts';
import { compareRows } from './queue-order.ts';
import { initialState } from './store.ts';

const NOW = Date.UTC(2026, 10, 17, 12);
const world = makeWorld(NOW, 8, false);
const rows = [...world.rows.values()].toSorted(compareRows('open', 'priority'));
const base: Shared = {
  ...initialState, seq: 10, settings: { ...initialState.settings, agentInitials: 'RB' },
  conversations: Object.fromEntries(rows.map((row) => [row.id, row])),
  queue: { view: 'open', sort: 'priority', accountId: null, onlyAds: false, ids: rows.map((row) => row.id), next: null, loading: false },
};
const none: ChangeSet = { type: 'changes', since: 10, seq: 11, conversations: [], entries: [], removedEntries: [], customers: [], outbox: [], removedOutbox: [], drafts: [], removedDrafts: [], reread: [], goneConversations: [], settings: null, access: null, notices: null, counts: null, overdue: [], desktop: 'all' };
const row = (index: number): ConversationRow => {
  const found = rows[index];
  if (found === undefined) throw new Error('no such row');
  return found;
};

describe('a push', () => {
  test('with a gap before it is told from one without', () => {
    expect(hasGap(base, { ...none, since: 10 })).toBe(false);
    expect(hasGap(base, { ...none, since: 9 })).toBe(false);
    expect(hasGap(base, { ...none, since: 12, seq: 13 })).toBe(true);
    expect(hasGap(base, { type: 'accounts', accounts: [] })).toBe(false);
  });

  test('that is older than what is known changes nothing', () => {
    expect(applyPush(base, { ...none, since: 3, seq: 4, conversations: [{ ...row(0), owner: 'XX' }] })).toBe(base);
  });

  test('keeps the identity of everything it does not name', () => {
    const after = applyPush(base, { ...none, conversations: [{ ...row(2), preview: 'new words' }] });
    expect(after.seq).toBe(11);
    expect(after.conversations[row(2).id]?.preview).toBe('new words');
    expect(after.conversations[row(1).id]).toBe(base.conversations[row(1).id]);
    expect(after.queue).toBe(base.queue);
    expect(after.entries).toBe(base.entries);
    expect(after.drafts).toBe(base.drafts);
  });

  test('moves a VIP to row 1 and takes a finished row out', () => {
    const last = row(rows.length - 1);
    const after = applyPush(base, { ...none, conversations: [{ ...last, isVip: true, priority: 1_000 }, { ...row(0), state: 'done' }] });
    expect(after.queue.ids[0]).toBe(last.id);
    expect(after.queue.ids).not.toContain(row(0).id);
    expect(after.queue.ids).toHaveLength(rows.length - 1);
  });

  test('adds entries to loaded timelines only, in their place, and once', () => {
    const conversation = row(0);
    const entries = world.entries.get(conversation.id) ?? [];
    const customer = world.customers.get(conversation.customerId);
    if (customer === undefined) throw new Error('no customer');
    const opened = mergeOpened(base, { conversation, customer, entries, hasOlder: false, drafts: [], capabilities: [], around: null });
    const fresh = make({ conversationId: conversation.id, customerId: customer.id, at: NOW, n: 1, kind: 'dm', author: 'Maria', address: null, text: 'Hello?' });
    const elsewhere = { ...fresh, id: fresh.id + 1, conversationId: row(1).id };
    const once = applyPush(opened, { ...none, entries: [fresh, elsewhere] });
    const twice = applyPush(once, { ...none, since: 11, seq: 12, entries: [{ ...fresh, text: 'Hello!' }] });
    expect(once.timelines[conversation.id]?.ids.at(-1)).toBe(fresh.id);
    expect(once.timelines[conversation.id]?.capabilitiesStale).toBe(true);
    expect(once.entries[elsewhere.id]).toBeUndefined();
    expect(twice.timelines[conversation.id]?.ids).toEqual(once.timelines[conversation.id]?.ids);
    expect(twice.entries[fresh.id]?.text).toBe('Hello!');
    const gone = applyPush(twice, { ...none, since: 12, seq: 13, removedEntries: [fresh.id] });
    expect(gone.timelines[conversation.id]?.ids).not.toContain(fresh.id);
    expect(gone.entries[fresh.id]).toBeUndefined();
  });

  test('keeps what is on its way and drops what has arrived or was taken back', () => {
    const delivery = { outboxId: uuid(1), state: 'queued' as const, heldUntil: null, endsOnReply: false, retryAt: null, waitsFor: 'network' as const, attempt: 1, problem: null };
    const item: OutboxRow = { id: uuid(1), conversationId: row(0).id, messageId: 1, mode: 'mail', customerName: 'Maria', excerpt: 'Hi', delivery };
    const waiting = applyPush(base, { ...none, outbox: [item] });
    expect(waiting.outbox[item.id]?.delivery.waitsFor).toBe('network');
    expect(applyPush(waiting, { ...none, since: 11, seq: 12, outbox: [{ ...item, delivery: { ...delivery, state: 'sent' } }] }).outbox).toEqual({});
    expect(applyPush(waiting, { ...none, since: 11, seq: 12, removedOutbox: [item.id] }).outbox).toEqual({});
  });

  test('takes a conversation that was merged into another one off the queue and the screen', () => {
    const after = applyPush({ ...base, timelines: { [row(1).id]: { ids: [], hasOlder: false, tail: null, loading: false, capabilities: [], capabilitiesStale: false, firstUnreadId: null } } }, { ...none, goneConversations: [{ id: row(1).id, into: row(0).id }] });
    expect(after.queue.ids).not.toContain(row(1).id);
    expect([after.conversations[row(1).id], after.timelines[row(1).id]]).toEqual([undefined, undefined]);
  });

  test('brings drafts and takes them away per conversation and mode', () => {
    const draft = { conversationId: row(0).id, mode: 'mail' as const, text: 'Dear', subject: null, to: null, cc: null, bcc: null, attachments: [], updatedAt: NOW };
    const after = applyPush(base, { ...none, drafts: [draft, { ...draft, mode: 'dm' }] });
    const less = applyPush(after, { ...none, since: 11, seq: 12, removedDrafts: [{ conversationId: draft.conversationId, mode: 'mail' }] });
    expect(Object.keys(less.drafts)).toEqual([`${draft.conversationId}:dm`]);
  });
});

test('older entries join without doubles, and rows pushed while a conversation opens win over the answer', () => {
  const conversation = row(3);
  const customer = world.customers.get(conversation.customerId);
  const entries = world.entries.get(conversation.id) ?? [];
  const last = entries.at(-1);
  if (customer === undefined || last === undefined) throw new Error('no sample');
  const loading: Shared = { ...base, timelines: { [conversation.id]: { ids: [], hasOlder: false, tail: null, loading: true, capabilities: [], capabilitiesStale: false, firstUnreadId: null } } };
  const pushed = applyPush(loading, { ...none, entries: [{ ...last, text: 'edited meanwhile' }] });
  const opened = mergeOpened(pushed, { conversation, customer, entries: entries.slice(-3), hasOlder: true, drafts: [], capabilities: [], around: null });
  expect(opened.entries[last.id]?.text).toBe('edited meanwhile');
  const whole = mergeOlder(opened, conversation.id, { entries: entries.slice(0, -2), hasOlder: false });
  expect(whole.timelines[conversation.id]?.ids).toEqual(entries.map((entry) => entry.id));
});

describe('a jump far back', () => {
  const conversation = row(3);
  const customer = world.customers.get(conversation.customerId);
  const [sample] = world.entries.get(conversation.id) ?? [];
  if (customer === undefined || sample === undefined) throw new Error('no sample');
  const all = Array.from({ length: 100 }, (_, i): Entry => ({ ...sample, id: 1_000 + i * 10, direction: 'inbound' }));
  const ids = (from: number, to: number): number[] => all.slice(from, to).map((one) => one.id);
  const answer = (from: number, to: number) => ({ conversation, customer, entries: all.slice(-20), hasOlder: true, drafts: [], capabilities: [], around: { entries: all.slice(from, to), hasOlder: from > 0, hasNewer: to < all.length } });
  const of = (state: Shared) => state.timelines[conversation.id];
  const back = mergeJump(base, answer(30, 40));
  const push = (state: Shared, id: number): Shared => applyPush(state, { ...none, entries: [{ ...sample, id, direction: 'inbound' }] });

  test('shows what stands around, and the newest entries stay known', () => {
    expect([of(back)?.ids, of(back)?.tail, of(back)?.hasOlder, newestIds(of(back)).at(-1)]).toEqual([ids(30, 40), ids(80, 100), true, all.at(-1)?.id]);
  });
  test.each([['ends within the newest ones', 75, 85, ids(75, 100)], ['is the newest ones', 80, 100, ids(80, 100)], ['touches them', 70, 81, ids(70, 100)]])('a window that %s is one with them', (_, from, to, together) => {
    expect(of(mergeJump(base, answer(from, to)))).toMatchObject({ ids: together, tail: null });
  });
  test('what is written now goes to the newest ones, a late one into its place, what lies between is read later', () => {
    const late = all[34]?.id ?? 0;
    expect(of(push(back, 5_000))).toMatchObject({ ids: ids(30, 40), tail: [...ids(80, 100), 5_000], capabilitiesStale: true });
    expect(of(push(back, late + 1))?.ids).toContain(late + 1);
    expect(push(back, (all[60]?.id ?? 0) + 1)).toMatchObject({ timelines: { [conversation.id]: { ids: ids(30, 40), tail: ids(80, 100) } } });
    const gone = applyPush(back, { ...none, removedEntries: [all[99]?.id ?? 0, all[31]?.id ?? 0] });
    expect([of(gone)?.ids.length, of(gone)?.tail?.length]).toEqual([9, 19]);
  });
  test('scrolling on reaches the newest ones without a gap or a double', () => {
    const further = mergeNewer(back, conversation.id, { entries: all.slice(40, 60), hasNewer: true });
    expect(of(further)).toMatchObject({ ids: ids(30, 60), tail: ids(80, 100), loading: false });
    expect(of(mergeNewer(push(further, 5_000), conversation.id, { entries: all.slice(60, 85), hasNewer: true }))).toMatchObject({ ids: [...ids(30, 100), 5_000], tail: null });
  });
  test('back to the newest is there at once, with what was written meanwhile', () => {
    expect(of(mergeTail(push(back, 5_000), conversation.id))).toMatchObject({ ids: [...ids(80, 100), 5_000], tail: null, hasOlder: true });
  });
});
