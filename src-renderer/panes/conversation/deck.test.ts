import { describe, expect, test } from 'vitest';
import type { ConversationRow } from '../../../src-preload/contract/index.ts';
import { makeWorld } from '../../dev/sample.ts';
import { emptyTimeline } from '../../state/merge.ts';
import { expected, prepared, settled, turned, type DeckState, type Sheet } from './deck.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const [sample] = makeWorld(Date.UTC(2026, 10, 17, 12), 1, false).rows.values();
if (sample === undefined) throw new Error('no row');
const rowOf = (id: string): ConversationRow => ({ ...sample, id });
const read = { ...emptyTimeline, loading: false, ids: [1] };
const base: DeckState = {
  openId: null, cursorId: null, target: null, modes: {}, drafts: {}, queue: { ids },
  conversations: Object.fromEntries(ids.map((id) => [id, rowOf(id)])), timelines: Object.fromEntries(ids.map((id) => [id, read])),
};
const at = (openId: string | null, cursorId: string | null = openId, more: Partial<DeckState> = {}): DeckState => ({ ...base, openId, cursorId, ...more });

let keys = 0;
const key = (): number => (keys += 1);
const say = (sheets: readonly Sheet[]): string => sheets.map(({ id, use }) => `${id}:${use}`).join(' ');
const turn = (sheets: readonly Sheet[], state: DeckState): readonly Sheet[] => turned(sheets, state, key);
/** As long as the page rests. */
function rest(sheets: readonly Sheet[], state: DeckState): readonly Sheet[] {
  const after = prepared(settled(sheets), state, key);
  return after === sheets ? sheets : rest(after, state);
}
const ready = (state: DeckState): readonly Sheet[] => rest(turn([], state), state);

test.each<[what: string, state: DeckState, ids: string[]]>([
  ['the two after the open one', at('b'), ['c', 'd']],
  ['the one under the cursor first', at('b', 'e'), ['e', 'c']],
  ['the cursor on the next one', at('b', 'c'), ['c', 'd']],
  ['the one before the last, as "done" goes there', at('e'), ['d']],
  ['the cursor when nothing is open', at(null, 'c'), ['c']],
  ['nothing on an empty desk', { ...base, queue: { ids: [] } }, []],
  ['nothing but the cursor when the open one is not in the list', at('z', 'a'), ['a']],
  ['none whose call pad would start its clock', at('a', 'a', { modes: { b: 'call' } }), ['c']],
])('what is expected next: %s', (_, state, wanted) => {
  expect(expected(state)).toEqual(wanted);
});

describe('a deck', () => {
  test('holds the open conversation and two more, made one by one, and turns one up without making anything', () => {
    const state = at('a');
    const first = turn([], state);
    expect(say(first)).toBe('a:open');
    const one = prepared(first, state, key);
    expect(say(one)).toBe('a:open b:ahead');
    const sheets = prepared(one, state, key);
    expect(say(sheets)).toBe('a:open b:ahead c:ahead');
    expect(prepared(sheets, state, key)).toBe(sheets);

    const up = turn(sheets, at('b'));
    expect(say(up)).toBe('a:left b:turned c:ahead');
    expect(up.map((sheet) => sheet.key)).toEqual(sheets.map((sheet) => sheet.key));
    expect(say(settled(up))).toBe('b:open c:ahead');
    expect(say(rest(up, at('b')))).toBe('b:open c:ahead d:ahead');
  });

  test('never moves a sheet: new ones come last, whatever is turned up', () => {
    let sheets = ready(at('a'));
    for (const id of ['b', 'c', 'a', 'e', 'd']) {
      sheets = rest(turn(sheets, at(id)), at(id));
      const order = sheets.map((sheet) => sheet.key);
      expect(order).toEqual(order.toSorted((x, y) => x - y));
      expect(sheets.length).toBeLessThanOrEqual(3);
      expect(sheets.filter(({ use }) => use === 'open')).toHaveLength(1);
    }
  });

  test('shows nothing twice: going back is a new sheet', () => {
    const sheets = ready(at('a'));
    const before = sheets.find(({ id }) => id === 'a')?.key;
    const back = turn(settled(turn(sheets, at('b'))), at('a'));
    expect(back.find(({ id, use }) => id === 'a' && use === 'open')?.key).not.toBe(before);
  });

  test('goes on while the last frame is still being drawn', () => {
    const sheets = turn(turn(ready(at('a')), at('b')), at('c'));
    expect(say(sheets)).toBe('b:left c:turned');
    expect(say(settled(sheets))).toBe('c:open');
  });

  test.each<[what: string, change: Partial<DeckState>]>([
    ['its row changed', { conversations: { ...base.conversations, b: { ...rowOf('b'), kind: 'dm' } } }],
    ['somebody wrote', { timelines: { ...base.timelines, b: { ...read, ids: [1, 2] } } }],
    ['a search points into it', { target: { conversationId: 'b', entryId: 1 } }],
  ])('does not turn up what was made ahead when %s since: it opens as it is now', (_, change) => {
    const sheets = ready(at('a'));
    const made = sheets.find(({ id }) => id === 'b')?.key;
    const after = turn(sheets, at('b', 'b', change));
    expect(say(after)).toBe('c:ahead b:open');
    expect(after.some((sheet) => sheet.key === made)).toBe(false);
  });

  test('makes anew what changed while it waited, and what is no longer expected goes', () => {
    const changed = at('a', 'a', { timelines: { ...base.timelines, b: { ...read, ids: [1, 2] } } });
    const sheets = ready(at('a'));
    const after = rest(sheets, changed);
    expect(say(after)).toBe('a:open c:ahead b:ahead');
    expect(after.at(-1)?.timeline.ids).toEqual([1, 2]);
    expect(say(rest(sheets, at('a', 'e')))).toBe('a:open b:ahead e:ahead');
  });

  test('makes nothing of which nothing has been read', () => {
    const { b: _b, ...others } = base.timelines;
    expect(say(ready(at('a', 'a', { timelines: others })))).toBe('a:open c:ahead');
    expect(say(turn([], at('a', 'a', { timelines: { a: emptyTimeline } })))).toBe('');
  });

  test('keeps only what waits when nothing is open any more', () => {
    expect(say(turn(ready(at('a')), at(null, 'b')))).toBe('b:ahead c:ahead');
  });
});
