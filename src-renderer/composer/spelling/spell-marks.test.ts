import { expect, test } from 'vitest';
import { markAfter, markAt, piecesOf, shiftMarks } from './spell-marks.ts';

const of = (text: string, ...words: string[]) => words.map((word) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length }));
test.each<[string, string, string[]]>([
  ['a reciept tomorow', 'xx a reciept tomorow', ['reciept', 'tomorow']], ['a reciept tomorow', 'a reciept big tomorow', ['reciept', 'tomorow']], ['a reciept tomorow', 'a reciept tomorow!', ['reciept']],
  ['a reciept tomorow', 'a receipt tomorow', ['tomorow']], ['a reciept tomorow', 'tomorow', ['tomorow']], ['a reciept tomorow', '', []], ['a reciept tomorow', 'a reciept tomorow', ['reciept', 'tomorow']], ['a reciept tomorow', 'a recieptx tomorow', ['tomorow']],
])('%j becomes %j: still marked %j', (before, after, kept) => {
  const marks = shiftMarks(of(before, 'reciept', 'tomorow'), before, after);
  expect(marks.map(({ start, end }) => after.slice(start, end)).filter((word) => kept.includes(word))).toEqual(kept.filter((word) => marks.some(({ start, end }) => after.slice(start, end) === word)));
  for (const { start, end } of marks) expect(['reciept', 'tomorow']).toContain(after.slice(start, end));
});

const text = 'a reciept tomorow';
const marks = of(text, 'reciept', 'tomorow');
test('the key goes on from the caret and begins anew behind the last; a caret in or beside a word is at it', () => {
  expect([0, 3, 10, 17].map((caret) => markAfter(marks, caret)?.start)).toEqual([2, 10, 10, 2]);
  expect([0, 2, 9, 10].map((caret) => markAt(marks, caret)?.start)).toEqual([undefined, 2, 2, 10]);
  expect(markAfter([], 0)).toBeUndefined();
});
test('pieces are the whole text, and the word being typed is left alone', () => {
  expect(piecesOf(text, marks, null)).toEqual(['a ', 'reciept', ' ', 'tomorow', '']);
  expect(piecesOf(text, marks, 17)).toEqual(['a ', 'reciept', ' tomorow']);
  expect(piecesOf('a', marks, null)).toEqual(['a']);
});
