import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mergeCustomers } from '../merging/index.ts';
import { erasePerson, exportPerson } from '../rights/index.ts';
import { openContentStore, tables, type Operation } from '../store/index.ts';
import { readFileSync } from 'node:fs';
import { mailEvent, openTestDesk, postEvent } from '../test-desk.ts';
import { addAgent, addNote, markDone, mentionsSeen, seeNotice, updateSettings } from './index.ts';
import { mentionsIn } from './mentions.ts';

const TEAM = [{ initials: 'RB', name: 'Ruth Bauer' }, { initials: 'MK', name: 'Mike Kemp' }, { initials: 'MA', name: 'Mike' }, { initials: 'रू', name: 'रूपा सेन' }, { initials: 'A.', name: 'Ana (night)' }];
test.each<[string, string[]]>([
  ['@Ruth Bauer, can you?', ['RB @Ruth Bauer']], ['@ruth?', ['RB @ruth']], ['ask @RB', ['RB @RB']], ['(@rb)', ['RB @rb']],
  // Two Mikes: the whole name, or the one who is called nothing else.
  ['@Mike Kemp knows', ['MK @Mike Kemp']], ['@mike knows', ['MA @mike']], ['@Mike Kemper', ['MA @Mike']],
  ['@रूपा सेन देखिए', ['रू @रूपा सेन']], ['@रूपा', ['रू @रूपा']], ['@Ana (night) please', ['A. @Ana (night)']],
  ['@Ruth and @MK and @Ruth again', ['RB @Ruth', 'MK @MK']],
  ['write to care@ruth.example', []], ['@Ruthless', []], ['@nobody', []], ['Ruth', []], ['@@Ruth', []], ['@ Ruth', []], ['', []],
])('%j names %j', (text, named) => {
  expect(mentionsIn(text, TEAM).map((mention) => `${mention.agent} ${mention.text}`)).toEqual(named);
});

function setUp() {
  const desk = openTestDesk();
  desk.run(updateSettings, { patch: { agentName: 'Ruth Bauer', agentInitials: 'RB' } });
  desk.run(addAgent, { id: desk.ids.next(), seat: 2, name: 'Mike Kemp', initials: 'MK' });
  desk.run(addAgent, { id: desk.ids.next(), seat: 3, name: 'Gina Gast', initials: 'GG' });
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now()), mailEvent('bob@example.org', desk.clock.now())]);
  const as = <A, R>(agent: string, operation: Operation<A, R>, args: A): R => desk.store.run(operation, args, { at: desk.clock.now(), agent }).value;
  const { id: ann, customerId } = desk.conversation('ann@example.org');
  const note = (agent: string, text: string, conversationId = ann): number => {
    desk.clock.advance(1_000);
    return as(agent, addNote, { requestId: desk.ids.next(), conversationId, text, author: agent }).messageId;
  };
  const view = (me: string) => tables.queuePage(desk.store.read, { view: 'mentioned', sort: 'priority', accountId: null, me, after: null, limit: 50 }).rows.map((row) => row.customerName);
  const count = (me: string) => tables.queueCounts(desk.store.read, me).mentioned;
  return { desk, as, ann, customerId, note, view, count };
}

test('a note brings its conversation to whoever it names, with the words and where they stand, also when it is done; nobody else sees it', () => {
  const { desk, as, ann, note, view, count } = setUp();
  const messageId = note('RB', 'Did you promise this,\n@Mike Kemp and @Ruth?');
  expect([view('MK'), count('MK'), view('GG'), view('RB'), count('RB')]).toEqual([['ann@example.org'], 1, [], [], 0]);
  expect(tables.unseenNotices(desk.store.read, 'MK')).toMatchObject([{ code: 'mentioned', by: 'RB', conversationId: ann, messageId, word: 'Did you promise this, @Mike Kemp and @Ruth?' }]);
  expect(tables.conversationRows(desk.store.read, [ann])[0]?.mentions).toEqual(['MK']);
  expect(tables.entriesById(desk.store.read, [messageId])[0]?.detail).toEqual({ type: 'note', agent: 'RB', mentions: [{ agent: 'MK', text: '@Mike Kemp' }] });
  as('RB', markDone, { conversationId: ann });
  note('GG', '@MK once more');
  expect([view('MK'), count('MK')]).toEqual([['ann@example.org'], 1]);
});

test.each<[string, (d: ReturnType<typeof setUp>) => void]>([
  ['says so', (d) => d.as('MK', mentionsSeen, { conversationId: d.ann })],
  ['answers with a note', (d) => void d.note('MK', 'I did not.')],
  ['reads the word', (d) => { for (const { id } of tables.unseenNotices(d.desk.store.read, 'MK')) d.as('MK', seeNotice, { noticeId: id }); }],
])('it is dealt with for each by themselves: one who %s has it no more, the other still does', (_, deal) => {
  const d = setUp();
  d.note('RB', '@MK @GG who was it?');
  const seq = d.desk.store.seq();
  deal(d);
  expect([d.view('MK'), d.count('MK'), d.view('GG'), d.count('GG')]).toEqual([[], 0, ['ann@example.org'], 1]);
  expect(d.desk.store.changesSince(seq)?.rows?.get('conversation')).toContain(d.ann);
  expect(tables.conversationRows(d.desk.store.read, [d.ann])[0]?.mentions).toEqual(['GG']);
});

test('new initials take it along, and a merge shows it where the note is now', () => {
  const d = setUp();
  const bob = d.desk.conversation('bob@example.org');
  d.note('MK', '@RB look', bob.id);
  d.desk.run(updateSettings, { patch: { agentInitials: 'RX' } });
  d.desk.run(mergeCustomers, { survivorId: d.customerId, mergedId: bob.customerId, reason: '', ids: d.desk.ids });
  expect([d.view('RB'), d.view('RX'), d.count('RX')]).toEqual([[], ['ann@example.org'], 1]);
  expect(tables.unseenNotices(d.desk.store.read, 'RX')).toMatchObject([{ conversationId: d.ann, customerName: 'ann@example.org' }]);
  d.as('RX', mentionsSeen, { conversationId: d.ann });
  expect(d.count('RX')).toBe(0);
});

test('it is in the export of the customer and gone with them', async () => {
  const d = setUp();
  d.desk.take(d.desk.accounts.x, [postEvent('7', '@else', d.desk.clock.now(), 'hello')]);
  d.note('RB', '@MK zylophon');
  const files = openContentStore(join(d.desk.dir, 'files'));
  await exportPerson(d.desk.store.read, files, d.customerId, join(d.desk.dir, 'out'), d.desk.clock.now());
  expect(JSON.parse(readFileSync(join(d.desk.dir, 'out', 'customer.json'), 'utf8'))).toMatchObject({ notices: [{ to: 'MK', code: 'mentioned', word: '@MK zylophon' }] });
  erasePerson({ store: d.desk.store, files, dir: d.desk.dir }, d.customerId, { at: d.desk.clock.now(), agent: 'RB' });
  expect([d.count('MK'), d.view('MK'), d.desk.store.read.all('SELECT word FROM notice')]).toEqual([0, [], []]);
});
