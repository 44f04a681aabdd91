import { expect, test } from 'vitest';
import { tables } from '../store/index.ts';
import { openTestDesk, postEvent, type TestDesk } from '../test-desk.ts';

/** Every place in every table that holds these bytes, the full-text indexes' own tables included. */
function placesOf(desk: TestDesk, bytes: string): string[] {
  const found: string[] = [];
  for (const { name } of desk.store.read.all<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'message_index_%' AND name NOT LIKE 'message_typing_%'`)) {
    for (const row of desk.store.read.all<Record<string, unknown>>(`SELECT * FROM ${name}`)) {
      for (const [column, value] of Object.entries(row)) if (typeof value === 'string' && value.toLowerCase().includes(bytes)) found.push(`${name}.${column}`);
    }
  }
  return [...new Set(found)];
}

test('a post deleted on X leaves a row that says so and none of its words: text, quote, picture, both indexes, preview and list of what was heard', () => {
  const desk = openTestDesk();
  const at = desk.clock.now() - 60_000;
  const post = postEvent('7', '@ann', at, 'telltale zipper story', {
    files: [{ sha256: 'a'.repeat(64), name: 'telltale.png', type: 'image/png', size: 3, contentId: null, alt: 'a telltale zipper' }],
  });
  if (post.detail.type === 'post') post.detail.quoted = { postId: '5', author: '@bob', text: 'telltale quote' };
  desk.take(desk.accounts.x, [postEvent('7', '@ann', at - 1_000, 'an earlier question'), post]);
  desk.take(desk.accounts.x, [{ type: 'heard', word: 'zipper', message: postEvent('8', '@joe', at, 'heard a telltale', { externalId: '555' }) }]);
  const match = (word: string): unknown[] => ['message_index', 'message_typing'].flatMap((index) => desk.store.read.all(`SELECT rowid FROM ${index} WHERE ${index} MATCH ?`, word));
  expect([placesOf(desk, 'telltale').length > 3, match('telltale').length]).toEqual([true, 2]);

  desk.take(desk.accounts.x, [{ type: 'deleted', externalId: post.externalId, at: desk.clock.now() }, { type: 'deleted', externalId: '555', at: desk.clock.now() }]);
  expect([placesOf(desk, 'telltale'), match('telltale'), match('zipper')]).toEqual([[], [], []]);
  expect(tables.openHeard(desk.store.read, 10)).toEqual([]);
  expect(desk.store.read.get('SELECT text, deleted_at FROM message WHERE external_id = ?', post.externalId)).toEqual({ text: '', deleted_at: desk.clock.now() });
  expect([desk.conversation('7').preview, desk.store.checkIndex('message_index')]).toEqual(['', null]);
});
