import { expect, test } from 'vitest';
import type { EntryDetail } from '../../src-preload/contract/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk, postEvent, type TestDesk } from '../test-desk.ts';

const at = (desk: TestDesk): number => desk.clock.now() - 60_000;
const entries = (desk: TestDesk): ReturnType<typeof tables.entriesBefore>['entries'] => tables.entriesBefore(desk.store.read, desk.conversation('7').id, null, 20).entries;
const postOf = (detail: EntryDetail | undefined): Extract<EntryDetail, { type: 'post' }> => {
  if (detail?.type !== 'post') throw new Error('no post');
  return detail;
};
const photo = (key: string): { key: string; kind: 'photo'; alt: string; width: null; height: null; durationMs: null } => ({ key, kind: 'photo', alt: 'telltale', width: null, height: null, durationMs: null });

test('a picture arrives at its post, is asked for until it is there or cannot be had, and leaves with the post unless another one needs it', () => {
  const desk = openTestDesk();
  const wanted = (): string[] => tables.wantedMedia(desk.store.read, desk.accounts.x, desk.clock.now(), 10).map((one) => `${one.key} ${one.tries}`);
  const post = postEvent('7', '@ann', at(desk), 'look', { wanted: [{ key: '3_1', url: 'u1' }, { key: '3_2', url: 'u2' }, { key: '3_3', url: 'u3' }] });
  const twin = postEvent('7', '@ann', at(desk), 'again', { wanted: [{ key: '3_9', url: 'u9' }] });
  postOf(post.detail as EntryDetail).media = [photo('3_1'), photo('3_2'), photo('3_3')];
  desk.take(desk.accounts.x, [post, twin]);
  expect(wanted().sort()).toEqual(['3_1 0', '3_2 0', '3_3 0', '3_9 0']);
  const file = (key: string, digit: string): object => ({ sha256: digit.repeat(64), name: `${key}.jpg`, type: 'image/jpeg', size: 3, contentId: `x-media:${key}`, alt: null });
  const came = (externalId: string, key: string, digit: string | null, retryAt: number | null = null): never => ({ type: 'media', externalId, key, file: digit === null ? null : file(key, digit), retryAt }) as never;
  const { externalId } = post;
  desk.take(desk.accounts.x, [came(externalId, '3_1', 'a'), came(externalId, '3_1', 'a'), came(externalId, '3_2', null), came(externalId, '3_3', null, desk.clock.now() + 1_000), came(twin.externalId, '3_9', 'b'), came('nobody', '3_1', 'a')]);
  expect(entries(desk).map((entry) => entry.attachments.map((one) => one.mediaKey))).toEqual([['3_1'], ['3_9']]);
  expect(wanted()).toEqual([]);
  desk.clock.advance(1_000);
  expect(wanted()).toEqual(['3_3 1']);
  desk.take(desk.accounts.x, [came(externalId, '3_3', 'b')]);
  const gone = desk.take(desk.accounts.x, [{ type: 'deleted', externalId, at: desk.clock.now() }]);
  // The second one's bytes are the same as the twin's.
  expect(gone.unused).toEqual(['a'.repeat(64)]);
  expect(postOf(entries(desk)[0]?.detail).media).toBeUndefined();
});

test('an edit keeps one entry: the new words are found, the old ones stand under it, and a done conversation is open again', () => {
  const desk = openTestDesk();
  const first = postEvent('7', '@ann', at(desk), 'my zipp broke', { externalId: '70' });
  desk.take(desk.accounts.x, [first]);
  const edit = (id: string, text: string, versions: string[]): typeof first => {
    const made = postEvent('7', '@ann', at(desk) + 1_000, text, { externalId: id, versions });
    postOf(made.detail as EntryDetail).edits = versions.filter((one) => one !== id).map((postId) => ({ postId, at: 5, text: null }));
    return made;
  };
  desk.take(desk.accounts.x, [edit('72', 'my zip broke, order 9', ['70', '71', '72'])]);
  const [entry, ...others] = entries(desk);
  expect([others, entry?.text, postOf(entry?.detail).edits]).toEqual([[], 'my zip broke, order 9', [{ postId: '70', at: 5, text: 'my zipp broke' }, { postId: '71', at: 5, text: null }]]);
  const found = (word: string): number => desk.store.read.all('SELECT rowid FROM message_index WHERE message_index MATCH ?', word).length;
  expect([found('zipp'), found('zip'), desk.store.checkIndex('message_index')]).toEqual([0, 1, null]);
  // An older wording that comes late changes nothing.
  expect(desk.take(desk.accounts.x, [edit('71', 'my zip broke', ['70', '71', '72'])])).toMatchObject({ known: 1, inbound: 0 });
  expect(entries(desk).map((one) => one.text)).toEqual(['my zip broke, order 9']);
  desk.take(desk.accounts.x, [{ type: 'deleted', externalId: '72', at: desk.clock.now() }]);
  expect(JSON.stringify(desk.store.read.all('SELECT text, detail FROM message'))).not.toContain('zip');
});

test('a deleted post goes from the entries that quote or answer it, too', () => {
  const desk = openTestDesk();
  const post = postEvent('7', '@ann', at(desk), 'look at this');
  Object.assign(post.detail, { quoted: { postId: '500', author: '@bob', text: 'telltale quote' }, parent: { postId: '501', author: '@joe', text: 'telltale parent' } });
  desk.take(desk.accounts.x, [post]);
  expect(tables.recentReferences(desk.store.read, desk.accounts.x, 10).sort()).toEqual(['500', '501']);
  desk.take(desk.accounts.x, [{ type: 'deleted', externalId: '500', at: desk.clock.now() }]);
  expect(postOf(entries(desk)[0]?.detail)).toMatchObject({ quoted: null, parent: { postId: '501' } });
  desk.take(desk.accounts.x, [{ type: 'deleted', externalId: '501', at: desk.clock.now() }]);
  expect(JSON.stringify(desk.store.read.all('SELECT detail FROM message'))).not.toContain('telltale');
  expect([entries(desk)[0]?.text, tables.recentReferences(desk.store.read, desk.accounts.x, 10)]).toEqual(['look at this', []]);
});

test('counts follow X, and the queue knows replies under advertised posts', () => {
  const desk = openTestDesk();
  const post = postEvent('7', '@ann', at(desk), 'expensive!');
  Object.assign(post.detail, { isPromoted: true });
  desk.take(desk.accounts.x, [post, postEvent('8', '@bob', at(desk), 'hello')]);
  const counts = { replies: 1, reposts: 0, likes: 4, quotes: 0 };
  desk.take(desk.accounts.x, [{ type: 'counts', externalId: post.externalId, counts }]);
  expect(postOf(entries(desk)[0]?.detail).counts).toEqual(counts);
  const names = (onlyAds: boolean): string[] => tables.queuePage(desk.store.read, { view: 'open', sort: 'oldest', accountId: null, onlyAds, me: 'RB', after: null, limit: 10 }).rows.map((row) => `${row.customerName} ${row.isAd}`);
  expect([names(true), names(false).sort()]).toEqual([['@ann true'], ['@ann true', '@bob false']]);
});
