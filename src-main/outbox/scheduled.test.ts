import { expect, test } from 'vitest';
import type { Channel, OutgoingItem } from '../channels/port.ts';
import { claim, updateSettings } from '../desk/index.ts';
import { seededRandom, silentLog } from '../kernel/index.ts';
import { tables } from '../store/index.ts';
import { mailEvent, openTestDesk } from '../test-desk.ts';
import { composeSend, discard, enqueue, retry, sendNow, startDispatcher, undo, type Dispatcher } from './index.ts';

const DAY = 86_400_000;

function setUp() {
  const desk = openTestDesk();
  const arrived: OutgoingItem[] = [];
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now() - 60_000)]);
  const { id: conversationId, lastMessageId } = desk.conversation('ann@example.org');
  const channel: Channel = {
    start() {}, stop: async () => {}, poll: async () => {}, reconcile: async () => ({ type: 'not_found' }),
    send: async (item) => {
      arrived.push(item);
      return { type: 'sent', externalId: item.idempotencyKey, at: 0, threadKeys: [], detail: { type: 'mail', from: '', to: [], cc: [], messageId: item.idempotencyKey, automatic: 'no', unreadable: null } };
    },
  } as Channel;
  const send = (text: string, schedule?: { at: number; endsOnReply: boolean }): string => desk.run(enqueue, composeSend(desk.store.read, {
    requestId: desk.ids.next(), conversationId, mode: 'mail', accountId: desk.accounts.email, to: ['ann@example.org'], cc: ['cc@example.org'], bcc: ['bcc@example.org'], subject: 'Re: A question', text, inReplyTo: lastMessageId, attachmentIds: [],
    seenAt: Number.MAX_SAFE_INTEGER, evenIfStale: false, ...(schedule === undefined ? {} : { schedule }),
  }, { ids: desk.ids, agent: 'Ruth', now: desk.clock.now() })).outboxId;
  const run = (): Dispatcher => startDispatcher({ store: desk.store, clock: desk.clock, random: seededRandom(1), log: silentLog, channelOf: () => channel });
  const settleDown = async (): Promise<void> => { for (let i = 0; i < 30; i += 1) await Promise.resolve().then(() => desk.clock.advance(0)); };
  const state = (id: string): string | undefined => tables.outboxById(desk.store.read, id)?.state;
  const wrote = (): void => void desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now(), { text: 'never mind, found it' })]);
  return { desk, arrived, conversationId, send, run, settleDown, state, wrote };
}

test('it waits for its time and stops nothing else, the customer still counts as waiting, and it stands in the story where it left', async () => {
  const { desk, arrived, send, run, settleDown, state } = setUp();
  desk.run(updateSettings, { patch: { undoSeconds: { mail: 0, reply: 0, dm: 0 } } });
  const at = desk.clock.now() + DAY;
  const id = send('see you tomorrow', { at, endsOnReply: true });
  expect(desk.conversation('ann@example.org').waitingSince).not.toBeNull();
  const first = run();
  desk.clock.advance(DAY / 2);
  await settleDown();
  expect([state(id), arrived.length]).toEqual(['scheduled', 0]);
  // A restart in between changes nothing.
  await first.stop();
  const second = run();
  desk.clock.advance(DAY / 2);
  await settleDown();
  expect(state(id)).toBe('sent');
  expect(arrived.map((item) => [item.text.slice(0, 16), item.enqueuedAt])).toEqual([['see you tomorrow', at]]);
  const record = tables.outboxById(desk.store.read, id);
  expect(tables.messageById(desk.store.read, record?.messageId ?? 0)).toMatchObject({ at, direction: 'outbound' });
  expect(desk.store.read.get(`SELECT count(*) AS n FROM message WHERE direction = 'outbound'`)).toEqual({ n: 1 });
  expect(desk.conversation('ann@example.org').waitingSince).toBeNull();
  expect(desk.store.checkIndex('message_index')).toBeNull();
  await second.stop();
});

test('an answer of today leaves although one of tomorrow was written before it; tomorrow’s then stops and says why', async () => {
  const { desk, arrived, send, run, settleDown, state } = setUp();
  desk.run(updateSettings, { patch: { undoSeconds: { mail: 0, reply: 0, dm: 0 } } });
  const tomorrow = send('tomorrow', { at: desk.clock.now() + DAY, endsOnReply: true });
  desk.clock.advance(1_000);
  send('today');
  const dispatcher = run();
  desk.clock.advance(1_000);
  await settleDown();
  expect(arrived.map((item) => item.text.slice(0, 5))).toEqual(['today']);
  desk.clock.advance(DAY);
  await settleDown();
  expect(state(tomorrow)).toBe('refused');
  expect(tables.outboxById(desk.store.read, tomorrow)?.problem).toMatch(/^Not sent at its time: Ruth wrote/);
  await dispatcher.stop();
});

test('the customer writes first: text and recipients are the writer’s draft again, exactly, and nothing leaves', async () => {
  const { desk, arrived, conversationId, send, run, settleDown, state, wrote } = setUp();
  const id = send('are you still there?', { at: desk.clock.now() + DAY, endsOnReply: true });
  const dispatcher = run();
  desk.clock.advance(1_000);
  wrote();
  expect(state(id)).toBeUndefined();
  expect(tables.draftOf(desk.store.read, conversationId, 'mail', 'RB')).toMatchObject({ text: 'are you still there?', subject: 'Re: A question', to: ['ann@example.org'], cc: ['cc@example.org'], bcc: ['bcc@example.org'] });
  desk.clock.advance(2 * DAY);
  await settleDown();
  expect(arrived).toEqual([]);
  await dispatcher.stop();
});

test.each<[string, (given: ReturnType<typeof setUp>) => void, RegExp]>([
  ['the customer wrote and it was not to end by that', ({ wrote }) => wrote(), /wrote in this conversation meanwhile/],
  ['somebody took the conversation over', ({ desk, conversationId }) => {
    desk.run(updateSettings, { patch: { enforceClaims: true } });
    desk.store.run(claim, { conversationId, takeOver: true }, { at: desk.clock.now(), agent: 'MK' });
  }, /MK has taken this conversation over/],
])('%s: it stops at its time with the reason, and the text is kept', async (_, happens, reason) => {
  const given = setUp();
  const { desk, arrived, send, run, settleDown, state } = given;
  const id = send('tomorrow', { at: desk.clock.now() + DAY, endsOnReply: false });
  const dispatcher = run();
  desk.clock.advance(DAY - 60_000);
  happens(given);
  expect(state(id)).toBe('scheduled');
  desk.clock.advance(120_000);
  await settleDown();
  expect([state(id), arrived.length]).toEqual(['refused', 0]);
  expect(tables.outboxById(desk.store.read, id)?.problem).toMatch(reason);
  expect(desk.run(discard, { outboxId: id })?.text).toBe('tomorrow');
  await dispatcher.stop();
});

test('it is taken back, sent at once, or never begun for a time that has passed', async () => {
  const { desk, arrived, send, run, settleDown, state } = setUp();
  expect(() => send('yesterday', { at: desk.clock.now() - 1, endsOnReply: true })).toThrow('a time to come');
  const back = send('tomorrow', { at: desk.clock.now() + DAY, endsOnReply: true });
  expect(desk.run(undo, { outboxId: back })?.text).toBe('tomorrow');
  const now = send('tomorrow', { at: desk.clock.now() + DAY, endsOnReply: true });
  const dispatcher = run();
  desk.clock.advance(60_000);
  desk.run(sendNow, { outboxId: now });
  await settleDown();
  expect([state(now), arrived.length]).toEqual(['sent', 1]);
  expect(() => desk.run(retry, { outboxId: now })).toThrow('has been sent');
  await dispatcher.stop();
});
