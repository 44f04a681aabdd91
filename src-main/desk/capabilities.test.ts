import { expect, test } from 'vitest';
import { tables } from '../store/index.ts';
import { openTestDesk, postEvent } from '../test-desk.ts';
import { composeSend, enqueue, refuse, release, start } from '../outbox/index.ts';
import { capabilitiesOf } from './index.ts';

test('what X refused as a direct message is said before the next one is written, until she writes herself', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.x, [postEvent('7', '@ann', desk.clock.now() - 60_000, 'hello?')]);
  const reason = (): string | null | undefined => {
    const row = desk.conversation('7');
    const facts = { accounts: tables.accounts(desk.store.read), identities: tables.identitiesOf(desk.store.read, row.customerId), newest: tables.entriesBefore(desk.store.read, row.id, null, 50).entries.toReversed(), prices: {} };
    return capabilitiesOf(facts).find((way) => way.mode === 'dm')?.reason;
  };
  expect(reason()).toBeNull();
  const row = desk.conversation('7');
  const { outboxId } = desk.run(enqueue, composeSend(desk.store.read, {
    requestId: desk.ids.next(), conversationId: row.id, mode: 'dm', accountId: desk.accounts.x, to: ['@ann'], cc: [], subject: null, text: 'Here is your code', inReplyTo: null, attachmentIds: [], seenAt: desk.clock.now(), evenIfStale: true,
  }, { ids: desk.ids, agent: 'Ruth', now: desk.clock.now() }));
  desk.run(release, { outboxId });
  desk.run(start, { outboxId });
  desk.run(refuse, { outboxId, problem: 'This person does not take direct messages from us.' });
  expect(reason()).toBe('The last direct message was not sent: This person does not take direct messages from us.');
  desk.clock.advance(1_000);
  desk.take(desk.accounts.x, [postEvent('7', '@ann', desk.clock.now(), 'Write to me now', { kind: 'dm', detail: { type: 'dm', eventId: '9', peerId: '7', encrypted: false } })]);
  expect(reason()).toBeNull();
});
