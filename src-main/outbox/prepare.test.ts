import { expect, test } from 'vitest';
import type { Channel, OutgoingItem, PrepareOutcome } from '../channels/port.ts';
import { updateSettings } from '../desk/index.ts';
import { seededRandom, silentLog } from '../kernel/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk, postEvent, type TestDesk } from '../test-desk.ts';
import { composeSend, enqueue, startDispatcher, undo, type Dispatcher } from './index.ts';

interface Side { desk: TestDesk; outboxId: string; prepared: OutgoingItem[]; posted: OutgoingItem[]; answer(outcome: PrepareOutcome | null): void; run(): Dispatcher; settleDown(): Promise<void>; state(): { state: string; waitsFor: string | null; attempt: number } | undefined }

/** A direct message with a picture, due now, at a side whose uploads end when `answer` says how. */
function setUp(): Side {
  const desk = openTestDesk();
  desk.run(updateSettings, { patch: { undoSeconds: { mail: 0, reply: 0, dm: 0 } } });
  desk.take(desk.accounts.x, [postEvent('7', '@ann', desk.clock.now() - 60_000, 'hello?')]);
  const row = desk.conversation('7');
  const fileId = desk.ids.next();
  desk.run({ name: 'stage', apply: (tx) => tables.insertAttachment(tx.db, fileId, null, { sha256: 'a'.repeat(64), name: 'a.png', type: 'image/png', size: 3, contentId: null, alt: 'A map' }, tx.at) }, null);
  const { outboxId } = desk.run(enqueue, composeSend(desk.store.read, {
    requestId: desk.ids.next(), conversationId: row.id, mode: 'dm', accountId: desk.accounts.x, to: ['@ann'], cc: [], subject: null, text: 'Here is the map.', inReplyTo: null, attachmentIds: [fileId], seenAt: desk.clock.now(), evenIfStale: false,
  }, { ids: desk.ids, agent: 'Ruth', now: desk.clock.now(), fileProblem: () => null }));
  const [prepared, posted]: OutgoingItem[][] = [[], []];
  let waiting: ((outcome: PrepareOutcome | null) => void) | null = null;
  const channel: Channel = {
    start() {}, stop: async () => {}, poll: async () => {}, reconcile: async () => ({ type: 'not_found' }),
    prepare(item, signal) {
      prepared?.push(item);
      return new Promise((resolve) => {
        waiting = resolve;
        signal.addEventListener('abort', () => resolve({ type: 'retry', waitsFor: 'network', retryAt: null, problem: 'closed' }), { once: true });
      });
    },
    async send(item) {
      posted?.push(item);
      return { type: 'sent', externalId: '99', at: 0, threadKeys: [], detail: { type: 'dm', eventId: '99', peerId: '7', encrypted: false } };
    },
  };
  return {
    desk, outboxId, prepared: prepared ?? [], posted: posted ?? [],
    answer: (outcome) => waiting?.(outcome),
    run: () => startDispatcher({ store: desk.store, clock: desk.clock, random: seededRandom(5), log: silentLog, channelOf: () => channel }),
    settleDown: async () => { for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve)); },
    state() {
      const record = tables.outboxById(desk.store.read, outboxId);
      return record && { state: record.state, waitsFor: record.waitsFor, attempt: record.attempt };
    },
  };
}

test('files go first, as often as need be, and the one attempt begins when they are there', async () => {
  const side = setUp();
  const first = side.run();
  await side.settleDown();
  expect([side.state(), side.prepared[0]?.files.map((file) => file.alt), side.posted.length]).toEqual([{ state: 'queued', waitsFor: 'upload', attempt: 0 }, ['A map'], 0]);
  // The console goes down half-way: nothing was claimed, so nothing has to be found out.
  await first.stop();
  const second = side.run();
  await side.settleDown();
  side.answer({ type: 'retry', waitsFor: 'rate_limit', retryAt: side.desk.clock.now() + 60_000, problem: 'wait' });
  await side.settleDown();
  expect(side.state()).toEqual({ state: 'queued', waitsFor: 'rate_limit', attempt: 0 });
  side.desk.clock.advance(60_000);
  await side.settleDown();
  side.answer(null);
  await side.settleDown();
  expect([side.state()?.state, side.state()?.attempt, side.prepared.length, side.posted.length]).toEqual(['sent', 1, 3, 1]);
  await second.stop();
});

test('what cannot be processed is refused with the reason, and what is taken back while it goes up never leaves', async () => {
  const refused = setUp();
  const one = refused.run();
  await refused.settleDown();
  refused.answer({ type: 'refused', problem: 'X could not process “a.png”.' });
  await refused.settleDown();
  expect([refused.state()?.state, refused.posted.length, tables.outboxById(refused.desk.store.read, refused.outboxId)?.problem]).toEqual(['refused', 0, 'X could not process “a.png”.']);
  await one.stop();

  const back = setUp();
  const two = back.run();
  await back.settleDown();
  const draft = back.desk.run(undo, { outboxId: back.outboxId });
  back.answer(null);
  await back.settleDown();
  expect([draft?.attachments.map((file) => [file.name, file.alt]), back.posted.length, back.state()]).toEqual([[['a.png', 'A map']], 0, undefined]);
  await two.stop();
});
