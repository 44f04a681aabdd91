import { expect, test } from 'vitest';
import { insertionAt } from './insertion.ts';

const insert = (value: string, caret: number, start: number, typed: string, given: string): [text: string, caret: number] => {
  const { from, to, later } = insertionAt(value, caret, { start, text: typed });
  return [value.slice(0, from) + given + value.slice(to), from + given.length + later];
};

test.each<[what: string, value: string, start: number, typed: string, result: string]>([
  ['nothing typed since', '/la|', 0, '/la', 'Hello|'],
  ['letters typed before it came', '/la and soon|', 0, '/la', 'Hello and soon|'],
  ['letters that go on at once', '/late|', 0, '/la', 'Hellote|'],
  ['after other words', 'Dear /la ok|', 5, '/la', 'Dear Hello ok|'],
  ['before other words', '/la| bye', 0, '/la', 'Hello| bye'],
  ['the caret moved back', '|/la', 0, '/la', 'Hello|'],
  ['what opened the list was deleted', 'Dear |', 5, '/la', 'Dear Hello|'],
  ['another line meanwhile', '/la\nBest|', 0, '/la', 'Hello\nBest|'],
])('a chosen text takes the place of what opened the list and of no letter more: %s', (_, marked, start, typed, result) => {
  const [text, caret] = insert(marked.replace('|', ''), marked.indexOf('|'), start, typed, 'Hello');
  expect(`${text.slice(0, caret)}|${text.slice(caret)}`).toBe(result);
});
