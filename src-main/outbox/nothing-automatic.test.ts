import { expect, test } from 'vitest';
import type { Channel, MessageEvent, OutgoingItem } from '../channels/port.ts';
import { declareIncident, importCanned, saveFollowUp, saveRule, setProfilePart, startAlarms, updateSettings } from '../desk/index.ts';
import { seededRandom, silentLog } from '../kernel/index.ts';
import { tables } from '../store/index.ts';
import { mailEvent, openTestDesk, postEvent } from '../test-desk.ts';
import { composeSend, enqueue, startDispatcher } from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A desk on which everything that acts by itself is switched on, and nobody sits at it. */
function emptyOffice() {
  const desk = openTestDesk();
  const sent: OutgoingItem[] = [];
  const channel: Channel = {
    start() {}, stop: async () => {}, poll: async () => {}, reconcile: async () => ({ type: 'not_found' }),
    async send(item) {
      sent.push(item);
      return { type: 'sent', externalId: item.idempotencyKey, at: desk.clock.now(), threadKeys: [item.idempotencyKey], detail: { type: 'mail', from: 'care@acme.example', to: item.to, cc: [], messageId: item.idempotencyKey, automatic: 'no', unreadable: null } };
    },
  };
  const never = Array.from({ length: 7 }, () => []);
  desk.run(updateSettings, { patch: { officeZone: 'UTC', undoSeconds: { mail: 0, reply: 0, dm: 0 }, sla: { calendars: [{ id: 'shut', name: 'Shut', zone: '', week: never, holidays: [] }], policies: [] } } });
  const cannedId = desk.ids.next();
  desk.run(importCanned, { rows: [{ newId: cannedId, shortcut: 'late', title: 'late', folder: '', language: null, texts: { any: 'We are looking into it.', reply: null, dm: null, mail: null }, attachmentIds: [] }] });
  desk.run(saveRule, { id: desk.ids.next(), isNew: true, name: 'All', isOn: true, conditions: { words: [], accountIds: [], handles: [], languages: [], tags: [], segment: 'any', channels: [], hours: 'outside' }, actions: { priority: 'raise', tags: ['seen'], owner: null, cannedId } });
  desk.run(declareIncident, { id: desk.ids.next(), title: 'Zip', words: ['zip'], answer: 'We know.', notice: 'Zips break.', closing: 'It is over.', conversationIds: [] });
  const stop = startAlarms(desk.store, desk.clock);
  const dispatcher = startDispatcher({ store: desk.store, clock: desk.clock, random: seededRandom(3), log: silentLog, channelOf: () => channel });
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 6 * HOUR) {
      desk.clock.advance(Math.min(left, 6 * HOUR));
      for (let i = 0; i < 20; i += 1) await Promise.resolve();
    }
  };
  const end = async (): Promise<void> => {
    stop();
    await dispatcher.stop();
  };
  return { desk, sent, pass, end };
}

const machine = (n: number, at: number, references: string[]): MessageEvent =>
  mailEvent('ann@example.org', at, { externalId: `<auto${n}@example.org>`, subject: 'Out of office', text: 'I am away; my zip is fine.', references, detail: { type: 'mail', from: 'ann@example.org', to: ['care@acme.example'], cc: [], messageId: `<auto${n}@example.org>`, automatic: 'auto_reply', unreadable: null } });

test('nothing is ever sent by itself: not by a rule, an incident, a follow-up, a birthday, closed hours or the passing of weeks', async () => {
  const { desk, sent, pass, end } = emptyOffice();
  const now = desk.clock.now();
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', now, { text: 'My zip broke!' })]);
  desk.take(desk.accounts.x, [postEvent('7', '@bob', now, 'zip broke again')]);
  const ann = desk.conversation('ann@example.org');
  desk.run(saveFollowUp, { id: desk.ids.next(), isNew: true, conversationId: ann.id, at: now + DAY, ends: 'date', note: 'ask', draft: { mode: 'mail', text: 'Did it arrive?' } });
  const birthday = new Date(now + 3 * DAY);
  desk.run(setProfilePart, { customerId: ann.customerId, dateId: desk.ids.next(), part: { type: 'date', dateId: desk.ids.next(), value: { name: 'Birthday', day: birthday.getUTCDate(), month: birthday.getUTCMonth() + 1, year: null, text: 'All the best!' } } });
  await pass(60 * DAY);
  // Everything did what it does: the texts lie prepared, the rows are marked.
  expect(desk.conversation('ann@example.org').reasons.map((reason) => reason.code)).toContain('rule');
  expect(tables.followUpsOfCustomer(desk.store.read, ann.customerId).every((one) => one.state === 'due')).toBe(true);
  expect([sent, desk.store.read.get('SELECT count(*) AS n FROM outbox')]).toEqual([[], { n: 0 }]);
  await end();
});

test('a machine that answers every mail is answered by nobody: one mail of ours, a hundred of its', async () => {
  const { desk, sent, pass, end } = emptyOffice();
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
  const ann = desk.conversation('ann@example.org');
  await pass(HOUR);
  desk.run(enqueue, composeSend(desk.store.read, {
    requestId: desk.ids.next(), conversationId: ann.id, mode: 'mail', accountId: desk.accounts.email, to: ['ann@example.org'], cc: [], subject: 'Re', text: 'We are on it.', inReplyTo: null, attachmentIds: [], seenAt: desk.clock.now(), evenIfStale: false,
  }, { ids: desk.ids, agent: 'Ruth', now: desk.clock.now() }));
  await pass(HOUR);
  expect(sent).toHaveLength(1);
  for (let n = 0; n < 100; n += 1) {
    desk.take(desk.accounts.email, [machine(n, desk.clock.now(), [sent[0]?.idempotencyKey ?? ''])]);
    await pass(HOUR);
  }
  expect(sent).toHaveLength(1);
  // Nor does it put the row back as somebody who waits.
  expect(desk.conversation('ann@example.org').waitingSince).toBeNull();
  await end();
});
