import { expect, test } from 'vitest';
import { phoneParty } from '../channels/phone/index.ts';
import { logCall } from '../desk/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk } from '../test-desk.ts';
import { addPromise } from './index.ts';

const DAY = 86_400_000;

test('what customers said is a weekly list, each line with the call it is from; what we promised is not in it', () => {
  const desk = openTestDesk();
  const party = phoneParty('+447911123456', 'GB', null);
  const call = (text: string, marks: { kind: 'said' | 'promise'; quote: string }[]) => desk.run(logCall, {
    requestId: desk.ids.next(), conversationId: null, accountId: desk.accounts.phone, party, at: desk.clock.now(), author: 'Robin', text, ids: desk.ids, marks: marks.map((mark) => ({ id: desk.ids.next(), ...mark })),
    detail: { type: 'call', number: party?.display ?? '', callDirection: 'inbound', startedAt: desk.clock.now(), durationMs: 0, outcome: 'answered', agent: 'RB', disposition: null },
  });
  const old = call('The app is slow.', [{ kind: 'said', quote: 'The app is slow.' }]);
  desk.clock.advance(5 * DAY);
  const { messageId } = call('Your bill is hard to read. We send it again.', [{ kind: 'said', quote: 'Your bill is hard to read.' }, { kind: 'promise', quote: 'We send it again.' }]);
  const week = () => tables.saidBetween(desk.store.read, desk.clock.now() + 1 - 7 * DAY, desk.clock.now() + 1).map(({ promise }) => [promise.quote, promise.source, promise.messageId]);
  expect(week()).toEqual([['Your bill is hard to read.', 'call', messageId], ['The app is slow.', 'call', old.messageId]]);
  desk.clock.advance(3 * DAY);
  desk.run(addPromise, { promiseId: desk.ids.next(), messageId: old.messageId, kind: 'said', quote: 'slow' });
  expect(week().map(([quote]) => quote)).toEqual(['slow', 'Your bill is hard to read.']);
});
