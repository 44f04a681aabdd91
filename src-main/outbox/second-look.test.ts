import { expect, onTestFinished, test } from 'vitest';
import type { Input } from '../../src-preload/contract/index.ts';
import type { Channel, OutgoingItem } from '../channels/port.ts';
import { addPromise, beginPosts } from '../customers/index.ts';
import { addAgent, claim, declareIncident, hashPin, setPin, setRole, updateSettings } from '../desk/index.ts';
import { ParleyError, seededRandom, silentLog } from '../kernel/index.ts';
import { tables, type Operation } from '../store/index.ts';
import { mailEvent, openTestDesk, postEvent } from '../test-desk.ts';
import { answerIncident, approve, composeAction, composeSend, discard, enqueue, enqueueAction, giveBack, incidentRows, lookAt, postNotice, retry, sendNow, startDispatcher, TRANSITIONS, undo, type Dispatcher, type EnqueueArgs } from './index.ts';

const DAY = 86_400_000;

/** A desk with a guest (GG), two agents (RB, MK), a customer who wrote a mail and a post, and the other side of every channel. */
function setUp() {
  const desk = openTestDesk();
  desk.run(updateSettings, { patch: { agentName: 'Ruth', agentInitials: 'RB', appendInitials: false, undoSeconds: { mail: 0, reply: 0, dm: 0 } } });
  const [guestId, mikeId] = [desk.ids.next(), desk.ids.next()];
  desk.run(addAgent, { id: guestId, seat: 2, name: 'Gina', initials: 'GG' });
  desk.run(addAgent, { id: mikeId, seat: 3, name: 'Mike', initials: 'MK' });
  desk.run(setRole, { agentId: guestId, role: 'guest' });
  const wrote = (text = 'Where is it?'): void => void desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now(), { text })]);
  wrote();
  const post = postEvent('42', '@acmecare', desk.clock.now() - 5_000, 'we open on Sunday', { direction: 'outbound', isSeen: true });
  const reply = postEvent('7', '@bob', desk.clock.now() - 4_000, '@acmecare buy my coins');
  desk.take(desk.accounts.x, [post, { ...reply, detail: { ...reply.detail, inReplyTo: post.externalId, conversationId: post.externalId } as typeof reply.detail }]);
  desk.run({ name: 'test.me', apply: (tx) => tables.putCursor(tx.db, desk.accounts.x, 'me', '{"id":"42","handle":"acmecare"}') }, null);
  const ann = desk.conversation('ann@example.org').id;
  const bob = desk.conversation('7');
  const as = <A, R>(agent: string, operation: Operation<A, R>, args: A): R => desk.store.run(operation, args, { at: desk.clock.now(), agent }).value;
  const mail = (over: Partial<Input<'reply.send'>> = {}, agent = 'Gina'): EnqueueArgs => composeSend(desk.store.read, {
    requestId: desk.ids.next(), conversationId: ann, mode: 'mail', accountId: desk.accounts.email, to: ['ann@example.org'], cc: ['cc@example.org'], bcc: ['bcc@example.org'], subject: 'Re: A question', text: 'It is **on** its way.',
    inReplyTo: desk.conversation('ann@example.org').lastMessageId, attachmentIds: [], seenAt: Number.MAX_SAFE_INTEGER, evenIfStale: false, ...over,
  }, { ids: desk.ids, agent, now: desk.clock.now(), splitPost: (text) => text.split('|').map((part) => ({ text: part, source: { start: 0, length: part.length }, weight: 1 }) as never) });
  const onX = (over: Partial<Input<'reply.send'>> = {}): EnqueueArgs => mail({ conversationId: bob.id, mode: 'reply', accountId: desk.accounts.x, to: ['@bob'], cc: [], bcc: [], subject: null, text: 'No, thank you.', inReplyTo: bob.lastMessageId, ...over });
  const arrived: OutgoingItem[] = [];
  const channel: Channel = {
    start() {}, stop: async () => {}, poll: async () => {}, reconcile: async () => ({ type: 'not_found' }),
    send: async (item) => {
      arrived.push(item);
      if (item.mode === 'delete' || item.mode === 'hide' || item.mode === 'unhide') return { type: 'done' };
      return { type: 'sent', externalId: item.idempotencyKey, at: 0, threadKeys: [], detail: { type: 'mail', from: '', to: item.to, cc: item.cc, messageId: item.idempotencyKey, automatic: 'no', unreadable: null } };
    },
  };
  const run = (): Dispatcher => {
    const dispatcher = startDispatcher({ store: desk.store, clock: desk.clock, random: seededRandom(1), log: silentLog, channelOf: () => channel });
    onTestFinished(() => dispatcher.stop());
    return dispatcher;
  };
  const settleDown = async (): Promise<void> => { for (let i = 0; i < 60; i += 1) await Promise.resolve().then(() => desk.clock.advance(0)); };
  const record = (id: string) => tables.outboxById(desk.store.read, id);
  const ask = (args = mail()): string => as('GG', enqueue, args).outboxId;
  const yes = (outboxId: string, over: Partial<Parameters<typeof approve.apply>[1]> = {}, agent = 'RB'): void => {
    desk.clock.advance(1_000);
    as(agent, approve, { outboxId, seenAt: 0, evenIfStale: false, evenIfDiffers: false, readAgain: false, changed: null, ...over });
  };
  const changedTo = (outboxId: string, text: string): EnqueueArgs => {
    const input = record(outboxId)?.look?.input;
    if (input == null) throw new Error('nothing was asked for');
    return mail({ ...input, requestId: desk.ids.next(), text });
  };
  const lines = (code: string): { author: string; text: string }[] => desk.store.read.all(`SELECT author, text FROM message WHERE kind = 'system' AND json_extract(detail, '$.code') = ? ORDER BY id`, code);
  return { desk, guestId, mikeId, ann, bob, post, reply, wrote, as, mail, onX, arrived, run, settleDown, record, ask, yes, changedTo, lines };
}
type Desk = ReturnType<typeof setUp>;

test('out of the wait for a colleague only their yes and the way back lead, and no yes leads to an attempt by itself', () => {
  expect(Object.entries(TRANSITIONS.review).filter(([, to]) => to !== null)).toEqual([['undo', 'undone'], ['approve', 'held'], ['plan', 'scheduled']]);
  expect(Object.entries(TRANSITIONS).filter(([, row]) => row.approve !== null || row.plan !== null).map(([state]) => state)).toEqual(['review']);
});

const WAYS: [string, (d: Desk) => string][] = [
  ['a mail', (d) => d.ask()],
  ['a mail passed on', (d) => d.ask(d.mail({ forwards: d.desk.conversation('ann@example.org').lastMessageId, to: ['else@example.org'] }))],
  ['a mail for tomorrow', (d) => d.ask(d.mail({ schedule: { at: d.desk.clock.now() + DAY, endsOnReply: false } }))],
  ['a public reply', (d) => d.ask(d.onX())],
  ['a direct message', (d) => d.ask(d.onX({ mode: 'dm', inReplyTo: null }))],
  ['several posts that follow each other', (d) => d.ask(d.onX({ text: 'one|two', split: 'plain' }))],
  ['a post of our own', (d) => d.ask(d.onX({ mode: 'post', to: [], inReplyTo: null, conversationId: d.as('GG', beginPosts, { accountId: d.desk.accounts.x, ids: d.desk.ids }).conversationId }))],
  ['an answer to an incident', (d) => {
    const incidentId = d.desk.ids.next();
    d.desk.run(declareIncident, { id: incidentId, title: 'Down', words: ['where'], answer: 'We are on it.', notice: 'Down.', closing: '', conversationIds: [] });
    const row = incidentRows(d.desk.store.read, incidentId, 'answer', d.desk.clock.now())[0];
    return d.as('GG', answerIncident, { incidentId, phase: 'answer', send: d.mail({ text: row?.text ?? '' }) });
  }],
  ['the public notice of an incident', (d) => {
    const incidentId = d.desk.ids.next();
    d.desk.run(declareIncident, { id: incidentId, title: 'Down', words: ['where'], answer: '', notice: 'Down.', closing: '', conversationIds: [] });
    return d.as('GG', postNotice, { incidentId, send: d.onX({ text: 'Down.' }) });
  }],
  ...(['delete', 'hide'] as const).map((action): [string, (d: Desk) => string] => [`to ${action} a post`, (d) => {
    const target = tables.messageByExternal(d.desk.store.read, d.desk.accounts.x, action === 'delete' ? d.post.externalId : d.reply.externalId);
    const { accountId: _, ...args } = composeAction(d.desk.store.read, { requestId: d.desk.ids.next(), messageId: target?.id ?? 0, action }, { ids: d.desk.ids, now: d.desk.clock.now() });
    return d.as('GG', enqueueAction, args).outboxId;
  }]),
];
test('a guest’s public notice of an incident counts as told from the colleague’s yes, not before; given back, another one can be written', () => {
  const d = setUp();
  d.as('RB', updateSettings, { patch: { undoSeconds: { mail: 0, reply: 10, dm: 0 } } });
  const incidentId = d.desk.ids.next();
  d.desk.run(declareIncident, { id: incidentId, title: 'Down', words: ['where'], answer: '', notice: 'Down.', closing: '', conversationIds: [] });
  const told = () => { const found = tables.incidentById(d.desk.store.read, incidentId); return [found?.noticeAt ?? null, found?.isNoticeAsked, found?.isNoticeOut]; };
  const post = (agent: string): string => { d.desk.clock.advance(1_000); return d.as(agent, postNotice, { incidentId, send: d.onX({ text: 'Down.' }) }); };
  const first = post('GG');
  expect(told()).toEqual([null, true, false]);
  expect(() => post('RB')).toThrow('has its notice already');
  d.desk.clock.advance(600_000);
  d.as('RB', giveBack, { outboxId: first, word: 'Say since when.' });
  expect(told()).toEqual([null, false, false]);
  const second = post('GG');
  d.desk.clock.advance(600_000);
  d.yes(second);
  expect(told()).toEqual([d.desk.clock.now(), false, false]);
});

test.each(WAYS)('%s of a guest does not leave, not after a restart and not at any time, until a colleague says yes; then it does', async (_, begin) => {
  const d = setUp();
  const id = begin(d);
  const first = d.run();
  await d.settleDown();
  await first.stop();
  d.run();
  d.desk.clock.advance(3 * DAY);
  await d.settleDown();
  expect([d.record(id)?.state, d.arrived]).toEqual(['review', []]);
  for (const press of [sendNow, retry]) expect(() => d.as('GG', press, { outboxId: id })).toThrow(ParleyError);
  expect(() => d.as('RB', sendNow, { outboxId: id })).toThrow('waits for a second look');
  d.yes(id);
  await d.settleDown();
  expect(d.record(id)).toMatchObject({ state: 'sent', agent: 'GG', lookedBy: 'RB', look: { input: null, original: null } });
  expect(d.arrived.length).toBe(d.record(id)?.item.thread ? 2 : 1);
});

test.each<[string, (d: Desk) => void]>([
  ['the rule is off', (d) => d.desk.run(updateSettings, { patch: { secondLook: false } })], ['they are no guest any more', (d) => d.desk.run(setRole, { agentId: d.guestId, role: 'agent' })],
])('where %s it leaves as everybody else’s', async (_, change) => {
  const d = setUp();
  change(d);
  d.run();
  const id = d.ask();
  await d.settleDown();
  expect([d.record(id)?.state, d.record(id)?.look, d.arrived.length]).toEqual(['sent', null, 1]);
});

test('the customer still waits, colleagues count it, and it stands in the story where it left, said by the guest and seen by the colleague', async () => {
  const d = setUp();
  const id = d.ask();
  const of = (rows: { waitingSince: number | null; sending: string }) => [rows.waitingSince !== null, rows.sending];
  expect(of(d.desk.conversation('ann@example.org'))).toEqual([true, 'review']);
  expect([tables.reviewCount(d.desk.store.read, { notBy: 'RB' }), tables.reviewCount(d.desk.store.read, { by: 'GG' }), tables.reviewCount(d.desk.store.read, { notBy: 'GG' })]).toEqual([1, 1, 0]);
  d.run();
  const askedAt = d.desk.clock.now();
  d.desk.clock.advance(60_000);
  d.yes(id);
  await d.settleDown();
  const entry = tables.entriesById(d.desk.store.read, [d.record(id)?.messageId ?? 0])[0];
  expect(entry).toMatchObject({ author: 'Gina', at: askedAt + 61_000, text: 'It is on its way.', delivery: { state: 'sent', look: { askedBy: 'GG', lookedBy: 'RB', isChanged: false } } });
  expect(d.lines('looked')).toEqual([{ author: 'RB', text: 'GG' }]);
  expect(d.desk.conversation('ann@example.org').waitingSince).toBeNull();
  expect(d.desk.store.checkIndex('message_index')).toBeNull();
});

test('sent in other words it leaves exactly so, in the guest’s name, to whom the guest wrote, and both are named', async () => {
  const d = setUp();
  const id = d.ask();
  d.run();
  d.yes(id, { changed: d.changedTo(id, 'It left *today*.\n\nGina') });
  await d.settleDown();
  expect(d.record(id)).toBeUndefined();
  expect(d.arrived.map(({ text, to, cc, bcc, subject }) => ({ text, to, cc, bcc, subject }))).toEqual([{ text: 'It left *today*.\n\nGina', to: ['ann@example.org'], cc: ['cc@example.org'], bcc: ['bcc@example.org'], subject: 'Re: A question' }]);
  expect(d.lines('look_changed')).toEqual([{ author: 'RB', text: 'GG' }]);
  expect(d.desk.store.read.all(`SELECT author FROM message WHERE direction = 'outbound' AND kind = 'mail'`)).toEqual([{ author: 'Gina' }]);
});

test('given back the words are the guest’s draft again, exactly, with the word; also after a colleague had changed them and thought better of it', () => {
  const d = setUp();
  const asked = d.ask();
  d.desk.run(updateSettings, { patch: { undoSeconds: { mail: 60, reply: 60, dm: 60 } } });
  d.yes(asked, { changed: d.changedTo(asked, 'Something else.') });
  const [id = ''] = d.desk.store.read.all<{ id: string }>('SELECT id FROM outbox').map((row) => row.id);
  expect([d.record(id)?.state, d.as('MK', undo, { outboxId: id }), d.record(id)?.state, d.record(id)?.lookedBy]).toEqual(['held', null, 'review', null]);
  expect(lookAt(d.desk.store.read, id)).toEqual({ askedBy: 'GG', mode: 'mail', text: 'Something else.', original: 'It is **on** its way.' });
  d.as('MK', giveBack, { outboxId: id, word: 'Say when.' });
  expect(tables.draftOf(d.desk.store.read, d.ann, 'mail', 'GG')).toMatchObject({ text: 'It is **on** its way.', subject: 'Re: A question', to: ['ann@example.org'], cc: ['cc@example.org'], bcc: ['bcc@example.org'] });
  expect(tables.draftOf(d.desk.store.read, d.ann, 'mail', 'MK')).toBeUndefined();
  expect([d.record(id), d.lines('given_back'), tables.unseenNotices(d.desk.store.read, 'GG').map(({ code, by, word }) => [code, by, word])]).toEqual([undefined, [{ author: 'MK', text: 'Say when.' }], [['given_back', 'MK', 'Say when.']]]);
});

test('the guest takes it back as any answer; nobody else’s draft it becomes', () => {
  const d = setUp();
  const id = d.ask();
  expect(d.as('GG', undo, { outboxId: id })?.text).toBe('It is **on** its way.');
  const again = d.ask();
  expect(d.as('MK', discard, { outboxId: again })).toBeNull();
  expect(d.record(again)?.state).toBe('review');
});

const RULED = (d: Desk): void => d.desk.run(setPin, { agentId: null, hash: 'x' });
test.each<[string, string, (d: Desk) => void, RegExp]>([
  ['the guest', 'GG', () => {}, /Somebody else has to look/],
  ['the guest, made senior meanwhile', 'GG', (d) => d.desk.run(setRole, { agentId: d.guestId, role: 'senior' }), /Somebody else has to look/],
  ['another guest', 'MK', (d) => d.desk.run(setRole, { agentId: d.mikeId, role: 'guest' }), /guest cannot/],
  ['somebody nobody knows', 'ZZ', () => {}, /Somebody else has to look/],
  ['an agent without a PIN where a senior has one', 'MK', RULED, /with a PIN/],
  ['an agent whose PIN came later', 'MK', (d) => { RULED(d); d.desk.clock.advance(5); d.desk.run(setPin, { agentId: d.mikeId, hash: 'y', saidBy: { agentId: null } }); }, /after this was asked for/],
])('%s cannot say yes, give it back, or take a colleague’s yes', (_, agent, change, problem) => {
  const d = setUp();
  d.desk.run(updateSettings, { patch: { undoSeconds: { mail: 60, reply: 60, dm: 60 } } });
  const id = d.ask();
  const other = d.ask(d.onX());
  d.yes(other);
  change(d);
  expect(() => d.yes(id, {}, agent)).toThrow(problem);
  expect(() => d.yes(id, { changed: d.changedTo(id, 'mine') }, agent)).toThrow(problem);
  expect(() => d.as(agent, giveBack, { outboxId: id, word: '' })).toThrow(problem);
  if (agent !== 'GG') expect(() => d.as(agent, undo, { outboxId: other })).toThrow(problem);
  expect([d.record(id)?.state, d.record(other)?.state]).toEqual(['review', 'held']);
});
test('on a ruled desk somebody with a PIN from before says yes', async () => {
  const d = setUp();
  d.desk.run(setPin, { agentId: null, hash: await hashPin('4711') });
  d.desk.clock.advance(1);
  const id = d.ask();
  d.yes(id);
  expect(d.record(id)?.state).toBe('held');
  expect(() => d.yes(id)).toThrow('RB has looked at this already.');
  expect(() => d.desk.run(updateSettings, { agentId: d.guestId, patch: { secondLook: false } })).toThrow('Only a senior agent with a PIN');
});

test('what was written since the guest asked stops the yes until the colleague has seen it, and what comes after the yes stops the send', async () => {
  const d = setUp();
  const id = d.ask();
  d.desk.clock.advance(1_000);
  d.wrote('never mind');
  expect(() => d.yes(id)).toThrow(/ann@example.org wrote in this conversation since GG asked/);
  const seen = d.desk.clock.now();
  d.desk.clock.advance(1_000);
  d.wrote('or do');
  expect(() => d.yes(id, { evenIfStale: true, seenAt: seen })).toThrow(/wrote/);
  d.desk.run(updateSettings, { patch: { undoSeconds: { mail: 60, reply: 60, dm: 60 } } });
  d.run();
  d.yes(id, { evenIfStale: true, seenAt: d.desk.clock.now() });
  d.desk.clock.advance(1_000);
  d.wrote('and now?');
  d.desk.clock.advance(60_000);
  await d.settleDown();
  expect([d.record(id)?.state, d.arrived.length, d.record(id)?.problem]).toEqual(['refused', 0, expect.stringContaining('wrote again')]);
  // Trying again is a question, too: nobody has looked at it beside what was written.
  d.as('GG', retry, { outboxId: id });
  expect(d.record(id)?.state).toBe('review');
  expect(() => d.yes(id)).toThrow(/wrote/);
});

test('a colleague who has the conversation may say yes; somebody else who takes it stops the send', async () => {
  const d = setUp();
  d.desk.run(updateSettings, { patch: { enforceClaims: true } });
  d.run();
  const id = d.ask();
  d.as('RB', claim, { conversationId: d.ann, takeOver: true });
  d.yes(id);
  await d.settleDown();
  expect(d.record(id)?.state).toBe('sent');
  const other = d.ask(d.onX());
  d.as('MK', claim, { conversationId: d.bob.id, takeOver: true });
  d.yes(other);
  await d.settleDown();
  expect([d.record(other)?.state, d.record(other)?.problem]).toEqual(['refused', expect.stringContaining('MK has taken')]);
});

test('guards and promises are asked once more at the yes', () => {
  const d = setUp();
  const id = d.ask(d.onX({ text: 'We guarantee it.', readAgain: true }));
  const changed = d.changedTo(id, 'We guarantee it today.');
  expect(() => d.yes(id, { changed })).toThrow(/guarantee/);
  expect(() => d.yes(id, { changed: d.changedTo(id, 'Your card 4111 1111 1111 1111?') })).toThrow(/card/);
  const mail = d.ask(d.mail({ text: 'You get €30 back.' }));
  d.desk.run(addPromise, { promiseId: d.desk.ids.next(), messageId: d.desk.conversation('ann@example.org').lastMessageId, kind: 'amount', quote: '€20 back' });
  expect(() => d.yes(mail)).toThrow(/€20/);
  d.yes(mail, { evenIfDiffers: true });
  d.yes(id, { changed, readAgain: true });
});

test('an answer for tomorrow leaves tomorrow after a yes today, at once after a late one, and is a draft again if the customer writes first', async () => {
  const d = setUp();
  d.run();
  const at = d.desk.clock.now() + DAY;
  const planned = (endsOnReply: boolean): string => d.ask(d.mail({ schedule: { at, endsOnReply } }));
  const id = planned(false);
  d.yes(id);
  expect(d.record(id)).toMatchObject({ state: 'scheduled', heldUntil: at });
  expect([d.as('RB', undo, { outboxId: id }), d.record(id)?.state, d.record(id)?.heldUntil]).toEqual([null, 'review', at]);
  const ends = planned(true);
  d.desk.clock.advance(1_000);
  d.wrote('thanks, found it');
  expect([d.record(ends), tables.draftOf(d.desk.store.read, d.ann, 'mail', 'GG')?.text]).toEqual([undefined, 'It is **on** its way.']);
  d.desk.clock.advance(2 * DAY);
  await d.settleDown();
  expect(d.arrived).toEqual([]);
  d.yes(id, { evenIfStale: true, seenAt: d.desk.clock.now() });
  await d.settleDown();
  expect(d.arrived.length).toBe(1);
});

test('files stay with it, changed or given back', () => {
  const d = setUp();
  const fileId = d.desk.ids.next();
  d.desk.run({ name: 'stage', apply: (tx) => tables.insertAttachment(tx.db, fileId, null, { sha256: 'a'.repeat(64), name: 'a.png', type: 'image/png', size: 3, contentId: null, alt: null }, tx.at) }, null);
  const asked = d.ask(d.mail({ attachmentIds: [fileId] }));
  d.desk.run(updateSettings, { patch: { undoSeconds: { mail: 60, reply: 60, dm: 60 } } });
  d.yes(asked, { changed: d.changedTo(asked, 'See the picture.') });
  const [row] = d.desk.store.read.all<{ id: string }>('SELECT id FROM outbox');
  const id = row?.id ?? '';
  expect(tables.entriesById(d.desk.store.read, [d.record(id)?.messageId ?? 0])[0]?.attachments.map((file) => file.name)).toEqual(['a.png']);
  d.as('RB', undo, { outboxId: id });
  d.as('RB', giveBack, { outboxId: id, word: '' });
  expect(tables.draftOf(d.desk.store.read, d.ann, 'mail', 'GG')?.attachments.map((file) => file.name)).toEqual(['a.png']);
});

test('of several posts a part that has left is not written anew, and an incident knows its answer in other words', async () => {
  const d = setUp();
  const incidentId = d.desk.ids.next();
  d.desk.run(declareIncident, { id: incidentId, title: 'Down', words: ['where'], answer: 'We are on it.', notice: '', closing: '', conversationIds: [] });
  const id = d.as('GG', answerIncident, { incidentId, phase: 'answer', send: d.mail() });
  d.yes(id, { changed: d.changedTo(id, 'We mend it now.') });
  expect(tables.hasIncidentAnswer(d.desk.store.read, incidentId, 'answer', d.ann)).toBe(true);
  const thread = d.ask(d.onX({ text: 'one|two', split: 'plain' }));
  d.yes(thread, { changed: d.changedTo(thread, 'uno|due|tre') });
  expect(d.desk.store.read.all<{ text: string }>(`SELECT json_extract(item, '$.text') AS text FROM outbox WHERE conversation_id = ? AND state = 'held' ORDER BY json_extract(item, '$.thread.part')`, d.bob.id).map((row) => row.text)).toEqual(['uno', 'due', 'tre']);
});
