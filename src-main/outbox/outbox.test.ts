import { describe, expect, test } from 'vitest';
import type { Input } from '../../src-preload/contract/index.ts';
import type { Channel, OutgoingItem, ReconcileOutcome, SendOutcome } from '../channels/port.ts';
import { updateSettings } from '../desk/index.ts';
import { seededRandom, silentLog } from '../kernel/index.ts';
import { tables } from '../store/index.ts';
import { mailEvent, openTestDesk, postEvent, type TestDesk } from '../test-desk.ts';
import { signText } from './sign.ts';
import { composeSend, discard, enqueue, nextState, retry, settle, start, startDispatcher, TRANSITIONS, undo, type Dispatcher, type OutboxEvent } from './index.ts';

describe('states', () => {
  test('nothing leads from "may have left" back to an attempt but proof', () => {
    const ways = (state: 'sending' | 'unknown'): [string, string | null][] => Object.entries(TRANSITIONS[state]).filter(([, to]) => to !== null);
    expect(ways('sending')).toEqual([['confirm', 'sent'], ['postpone', 'queued'], ['refuse', 'refused'], ['lose', 'unknown']]);
    expect(ways('unknown')).toEqual([['confirm', 'sent'], ['refuse', 'refused'], ['absent', 'queued']]);
  });
  test('what is sent or undone stays so', () => {
    for (const event of Object.keys(TRANSITIONS.sent) as OutboxEvent[]) expect([nextState('sent', event), nextState('undone', event)]).toEqual([null, null]);
  });
  test('an attempt begins only in the queue', () => {
    expect(Object.entries(TRANSITIONS).filter(([, row]) => row.start !== null).map(([state]) => state)).toEqual(['queued']);
  });
});

/** The other side of a channel: keeps what truly arrived, answers what it is told to. */
function otherSide(): { channel: Channel; arrived: OutgoingItem[]; answer: (outcome: SendOutcome | 'arrive' | 'arrive, no answer' | 'throw') => void; readBack: (outcome: ReconcileOutcome | 'truth') => void; polls: () => number } {
  const arrived: OutgoingItem[] = [];
  let plan: SendOutcome | 'arrive' | 'arrive, no answer' | 'throw' = 'arrive';
  let back: ReconcileOutcome | 'truth' = 'truth';
  let polls = 0;
  const sent = (item: OutgoingItem): Extract<SendOutcome, { type: 'sent' }> => ({ type: 'sent', externalId: `ext-${item.outboxId}`, at: 0, threadKeys: [], detail: { type: 'dm', eventId: `ext-${item.outboxId}`, peerId: '1', encrypted: false } });
  return {
    arrived, polls: () => polls,
    answer: (outcome) => void (plan = outcome),
    readBack: (outcome) => void (back = outcome),
    channel: {
      start() {}, stop: async () => {}, poll: async () => void (polls += 1),
      async send(item) {
        if (plan === 'throw') throw new Error('socket hang up');
        if (typeof plan === 'object') return plan;
        arrived.push(item);
        return plan === 'arrive' ? sent(item) : { type: 'unknown', problem: 'no answer' };
      },
      async reconcile(item) {
        if (back !== 'truth') return back;
        return arrived.some((a) => a.outboxId === item.outboxId) ? sent(item) : { type: 'not_found' };
      },
    },
  };
}

function setUp(options: { undoSeconds?: number } = {}): { desk: TestDesk; side: ReturnType<typeof otherSide>; send: (over?: Partial<Input<'reply.send'>>) => string; state: (id: string) => tables.OutboxRecord | undefined; run: () => Dispatcher; settleDown: () => Promise<void> } {
  const desk = openTestDesk();
  const side = otherSide();
  desk.run(updateSettings, { patch: { undoSeconds: { mail: options.undoSeconds ?? 0, reply: options.undoSeconds ?? 0, dm: options.undoSeconds ?? 0 } } });
  desk.take(desk.accounts.x, [postEvent('7', '@ann', desk.clock.now() - 60_000, 'hello?')]);
  const row = desk.conversation('7');
  return {
    desk, side,
    send: (over = {}) => {
      const input: Input<'reply.send'> = {
        requestId: desk.ids.next(), conversationId: row.id, mode: 'dm', accountId: desk.accounts.x, to: ['@ann'], cc: [], subject: null, text: 'We are on it.', inReplyTo: null, attachmentIds: [],
        seenAt: desk.clock.now(), evenIfStale: false, ...over,
      };
      return desk.run(enqueue, composeSend(desk.store.read, input, { ids: desk.ids, agent: 'Ruth', now: desk.clock.now() })).outboxId;
    },
    state: (id) => tables.outboxById(desk.store.read, id),
    run: () => startDispatcher({ store: desk.store, clock: desk.clock, random: seededRandom(3), log: silentLog, channelOf: () => side.channel }),
    settleDown: async () => {
      for (let i = 0; i < 30; i += 1) await Promise.resolve();
    },
  };
}

test.each([
  ['Hello ', 'reply', 'Hello ^RB'], ['Hello ^RB', 'dm', 'Hello ^RB'], ['Hello', 'mail', 'Hello\n\n-- \nRuth'], ['Hello\n\n-- \nRuth\n', 'mail', 'Hello\n\n-- \nRuth\n'],
] as const)('%j as %s is signed once', (text, mode, signed) => {
  const settings = { agentInitials: 'RB', signature: 'Ruth', signatures: {}, appendInitials: true };
  // The initials are the public channels' own: leaving them out leaves the signature of mails as it is.
  expect([signText(text, mode, settings), signText(text, mode, { ...settings, appendInitials: false })]).toEqual([signed, mode === 'mail' ? signed : text]);
});

test('a mailbox has the common signature, one of its own, or none', () => {
  const settings = { agentInitials: 'RB', signature: 'Ruth', signatures: { own: 'Billing', none: '' }, appendInitials: false };
  expect(['other', 'own', 'none'].map((account) => signText('Hello', 'mail', settings, account))).toEqual(['Hello\n\n-- \nRuth', 'Hello\n\n-- \nBilling', 'Hello']);
});

describe('sending', () => {
  test('what is held can be undone and gives text, recipients and subject back exactly', () => {
    const { desk, send } = setUp({ undoSeconds: 10 });
    const id = send({ text: 'Héllo\n ग्राहक ', to: ['@ann'] });
    const draft = desk.run(undo, { outboxId: id });
    expect(draft).toMatchObject({ mode: 'dm', text: 'Héllo\n ग्राहक ', to: ['@ann'], cc: [], subject: null });
    expect(desk.store.read.get(`SELECT count(*) AS n FROM message WHERE direction = 'outbound'`)).toEqual({ n: 0 });
    expect(desk.conversation('7')).toMatchObject({ hasDraft: true, sending: 'none' });
    expect(desk.conversation('7').waitingSince).not.toBeNull();
  });

  test('undo keeps a draft that was begun since', () => {
    const { desk, send } = setUp({ undoSeconds: 10 });
    const id = send({ text: 'first' });
    desk.run({ name: 't', apply: (tx) => tables.putDraft(tx.db, { conversationId: desk.conversation('7').id, mode: 'dm', text: 'second', subject: null, to: null, cc: null, bcc: null, attachmentIds: [] }, 1) }, null);
    expect(desk.run(undo, { outboxId: id })?.text).toBe('first\n\nsecond');
  });

  test('it leaves after its undo time and not before', async () => {
    const { desk, side, send, run, settleDown, state } = setUp({ undoSeconds: 10 });
    const id = send();
    const dispatcher = run();
    desk.clock.advance(9_999);
    await settleDown();
    expect(side.arrived).toHaveLength(0);
    desk.clock.advance(1);
    await settleDown();
    expect([side.arrived.length, state(id)?.state]).toEqual([1, 'sent']);
    expect(() => desk.run(undo, { outboxId: id })).toThrow('This message has been sent.');
    await dispatcher.stop();
  });

  test('one intent sent twice is one message', () => {
    const { desk, send } = setUp();
    const requestId = desk.ids.next();
    expect(send({ requestId })).toBe(send({ requestId }));
    expect(tables.unfinished(desk.store.read)).toHaveLength(1);
  });

  test('a refusal keeps the text and waits for the agent', async () => {
    const { desk, side, send, run, settleDown, state } = setUp();
    side.answer({ type: 'refused', problem: 'You cannot send this.' });
    const dispatcher = run();
    const id = send();
    await settleDown();
    expect(state(id)).toMatchObject({ state: 'refused', problem: 'You cannot send this.' });
    expect(desk.conversation('7').sending).toBe('failed');
    side.answer('arrive');
    desk.run(retry, { outboxId: id });
    await settleDown();
    expect([state(id)?.state, side.arrived.length]).toEqual(['sent', 1]);
    await dispatcher.stop();
  });

  test('a rate limit waits until the time the server said, and nothing else hurries it', async () => {
    const { desk, side, send, run, settleDown, state } = setUp();
    const retryAt = desk.clock.now() + 600_000;
    side.answer({ type: 'retry', waitsFor: 'rate_limit', retryAt, problem: 'X lets us send again later.' });
    const dispatcher = run();
    const id = send();
    await settleDown();
    expect(state(id)).toMatchObject({ state: 'queued', waitsFor: 'rate_limit', retryAt });
    side.answer('arrive');
    dispatcher.wake();
    desk.clock.advance(599_999);
    await settleDown();
    expect(side.arrived).toHaveLength(0);
    desk.clock.advance(1);
    await settleDown();
    expect([side.arrived.length, side.polls()]).toEqual([1, 1]);
    await dispatcher.stop();
  });

  test('after an outage the thread is read again, and a newer message of the customer stops the send', async () => {
    const { desk, side, send, run, settleDown, state } = setUp();
    side.answer({ type: 'retry', waitsFor: 'network', retryAt: null, problem: 'No network.' });
    const dispatcher = run();
    const id = send();
    await settleDown();
    side.answer('arrive');
    // An older date than our answer: it was written while the network was away.
    desk.clock.advance(1);
    desk.take(desk.accounts.x, [postEvent('7', '@ann', desk.clock.now() - 5_000, 'Please cancel instead')]);
    dispatcher.wake();
    await settleDown();
    expect([state(id)?.state, side.arrived.length, side.polls()]).toEqual(['refused', 0, 1]);
    expect(state(id)?.problem).toContain('@ann wrote again');
    await dispatcher.stop();
  });

  test('an answer to something the writer has not seen is stopped before it is taken', () => {
    const { desk, send } = setUp();
    const seen = desk.clock.now();
    desk.clock.advance(1);
    // Ten minutes on its way: it stands above what the writer has answered, and is news all the same.
    desk.take(desk.accounts.x, [postEvent('7', '@ann', desk.clock.now() - 600_000, 'wait')]);
    expect(() => send({ seenAt: seen })).toThrow('@ann wrote in this conversation while you were writing.');
    send({ seenAt: seen, evenIfStale: true });
  });

  test('history that is read while an answer is written stops nothing', () => {
    const { desk, send } = setUp();
    const seen = desk.clock.now();
    desk.clock.advance(1);
    desk.take(desk.accounts.x, [postEvent('7', '@ann', desk.clock.now() - 30 * 24 * 3_600_000, 'a month ago')]);
    send({ seenAt: seen });
  });

  test('order is kept inside a conversation and nobody waits for another one', async () => {
    const { desk, side, send, run, settleDown } = setUp();
    desk.take(desk.accounts.x, [postEvent('8', '@bob', desk.clock.now() - 60_000, 'hi')]);
    side.answer({ type: 'retry', waitsFor: 'retry', retryAt: desk.clock.now() + 5_000, problem: 'later' });
    const dispatcher = run();
    send({ text: 'one' });
    await settleDown();
    side.answer('arrive');
    desk.clock.advance(1);
    send({ text: 'two' });
    send({ conversationId: desk.conversation('8').id, text: 'bob', seenAt: desk.clock.now() });
    await settleDown();
    expect(side.arrived.map((i) => i.text)).toEqual(['bob ^AG']);
    desk.clock.advance(5_000);
    await settleDown();
    expect(side.arrived.map((i) => i.text)).toEqual(['bob ^AG', 'one ^AG', 'two ^AG']);
    await dispatcher.stop();
  });
});

describe('at most once', () => {
  test('killed between claim and answer: what arrived is found, nothing is sent again', async () => {
    const { desk, side, send, run, settleDown, state } = setUp();
    const id = send();
    side.answer('arrive, no answer');
    const first = run();
    await settleDown();
    expect(state(id)?.state).toBe('unknown');
    desk.clock.advance(60_000);
    await settleDown();
    expect([state(id)?.state, side.arrived.length]).toEqual(['sent', 1]);
    await first.stop();
  });

  test('a claim without an end (the process died) is unknown at the next start, and twice not found sends it then', async () => {
    const { desk, side, send, run, settleDown, state } = setUp();
    const id = send();
    desk.run({ name: 't', apply: (tx) => tables.updateOutbox(tx.db, id, { ...(tables.outboxById(tx.db, id) as tables.OutboxRecord), state: 'queued', heldUntil: null }, tx.at) }, null);
    expect(desk.run(start, { outboxId: id })?.attempt).toBe(1);
    const dispatcher = run();
    await settleDown();
    expect(state(id)).toMatchObject({ state: 'unknown', attempt: 1 });
    desk.clock.advance(10_000);
    await settleDown();
    expect([state(id)?.state, side.arrived.length]).toEqual(['unknown', 0]);
    for (let i = 0; i < 4; i += 1) {
      desk.clock.advance(10_000);
      await settleDown();
    }
    expect([state(id)?.state, side.arrived.length]).toEqual(['sent', 1]);
    await dispatcher.stop();
  });

  test('what cannot be decided waits for a person, however long, and stops later answers in that conversation', async () => {
    const { desk, side, send, run, settleDown, state } = setUp();
    side.answer('throw');
    side.readBack({ type: 'undecided', problem: 'The Sent folder could not be read.', retryAt: null });
    const dispatcher = run();
    const id = send();
    await settleDown();
    side.answer('arrive');
    desk.clock.advance(1);
    send({ text: 'second' });
    for (let i = 0; i < 50; i += 1) {
      desk.clock.advance(60_000);
      await settleDown();
    }
    expect([state(id)?.state, side.arrived.length]).toEqual(['unknown', 0]);
    desk.run(settle, { outboxId: id, arrived: false });
    await settleDown();
    expect([state(id)?.state, side.arrived.map((i) => i.text)]).toEqual(['refused', ['second ^AG']]);
    expect(desk.run(discard, { outboxId: id })?.text).toBe('We are on it.');
    await dispatcher.stop();
  });

  test('our post read back before the answer came is one entry, not two', async () => {
    const { desk, side, send, run, settleDown, state } = setUp();
    side.answer('arrive, no answer');
    const dispatcher = run();
    const id = send();
    await settleDown();
    desk.take(desk.accounts.x, [postEvent('7', '@ann', desk.clock.now(), 'We are on it.', { externalId: `ext-${id}`, direction: 'outbound', kind: 'dm' })]);
    expect(desk.store.read.get(`SELECT count(*) AS n FROM message WHERE direction = 'outbound'`)).toEqual({ n: 2 });
    desk.clock.advance(60_000);
    await settleDown();
    expect(state(id)?.state).toBe('sent');
    expect(desk.store.read.get(`SELECT count(*) AS n FROM message WHERE direction = 'outbound'`)).toEqual({ n: 1 });
    await dispatcher.stop();
  });

  test('a mail found in the Sent folder settles the send it belongs to', () => {
    const { desk } = setUp();
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now() - 60_000)]);
    const row = desk.conversation('ann@example.org');
    const args = composeSend(desk.store.read, { requestId: desk.ids.next(), conversationId: row.id, mode: 'mail', accountId: desk.accounts.email, to: ['ann@example.org'], cc: [], subject: 'Re: A question', text: 'Soon.', inReplyTo: row.lastMessageId, attachmentIds: [], seenAt: desk.clock.now(), evenIfStale: false }, { ids: desk.ids, agent: 'Ruth', now: desk.clock.now() });
    expect(args.idempotencyKey).toMatch(/^<[0-9a-f-]{36}@acme\.example>$/);
    expect(args.item).toMatchObject({ inReplyTo: row.preview === '' ? null : expect.stringMatching(/^<m/), references: [expect.stringMatching(/^<m/)] });
    const { outboxId } = desk.run(enqueue, args);
    const copy = mailEvent('ann@example.org', desk.clock.now(), { externalId: args.idempotencyKey, direction: 'outbound', ownKey: args.idempotencyKey });
    desk.run({ name: 't', apply: (tx) => tables.updateOutbox(tx.db, outboxId, { ...(tables.outboxById(tx.db, outboxId) as tables.OutboxRecord), state: 'unknown', heldUntil: null }, tx.at) }, null);
    expect(desk.take(desk.accounts.email, [copy])).toMatchObject({ outbound: 0, known: 1 });
    expect(tables.outboxById(desk.store.read, outboxId)?.state).toBe('sent');
  });
});
