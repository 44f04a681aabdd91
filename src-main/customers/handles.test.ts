import { expect, test } from 'vitest';
import type { MessageEvent } from '../channels/port.ts';
import { partyOf } from '../channels/x/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk, postEvent } from '../test-desk.ts';

const user = { id: '77', username: 'maria', name: 'Maria Silva' };
const dm = (id: string, at: number, known: boolean): MessageEvent => {
  const party = partyOf(user.id, known ? user : null);
  return { ...postEvent(user.id, party.display, at, 'Can you help?', { externalId: id }), kind: 'dm', party, author: party.name ?? party.display, detail: { type: 'dm', eventId: id, peerId: user.id, encrypted: false } };
};

test('an archive, which names people by their ids alone, takes no handle away and is shown with it', () => {
  const desk = openTestDesk();
  const at = desk.clock.now();
  desk.take(desk.accounts.x, [{ type: 'contact', at, name: 'Maria Silva', identities: [{ kind: 'x', value: user.id, display: '@maria', name: 'Maria Silva' }], basis: 'contact', isVip: false, vipNote: null, note: null, language: null, tags: [] }], { origin: 'import' });
  desk.take(desk.accounts.x, [dm('1', at - 1_000, false)], { origin: 'import' });
  const known = tables.identityByValue(desk.store.read, 'x', user.id);
  expect(known?.display).toBe('@maria');
  const conversation = tables.conversationOfCustomer(desk.store.read, known?.customerId ?? '');
  expect(tables.entriesBefore(desk.store.read, conversation?.id ?? '', null, 5).entries.map((entry) => [entry.author, entry.address])).toEqual([['@maria', '@maria']]);
});

test('whom the archive could not name is named when the same messages are read from X', () => {
  const desk = openTestDesk();
  const at = desk.clock.now();
  desk.take(desk.accounts.x, [dm('1', at, false)], { origin: 'import' });
  const name = (): string[] => desk.store.read.all<{ name: string }>('SELECT name FROM customer ORDER BY name').map((row) => row.name);
  expect(name()).toContain('X user 77');
  expect(desk.take(desk.accounts.x, [dm('1', at, true)])).toMatchObject({ known: 1, inbound: 0 });
  expect([name(), tables.identityByValue(desk.store.read, 'x', user.id)?.display]).toEqual([['Maria Silva'], '@maria']);
});
