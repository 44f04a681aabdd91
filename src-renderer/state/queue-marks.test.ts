import { expect, test } from 'vitest';
import { markedWith } from './actions/queue-actions.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
test.each<[what: string, marked: string[], id: string, range: boolean, after: string[]]>([
  ['a first one', [], 'b', false, ['b']], ['one more', ['b'], 'd', false, ['b', 'd']], ['one less', ['b', 'd'], 'b', false, ['d']],
  ['all down to it', ['b'], 'd', true, ['b', 'c', 'd']], ['all up to it', ['d'], 'b', true, ['d', 'c', 'b']],
  ['a range without a beginning', [], 'c', true, ['c']], ['a range from a row that is gone', ['z'], 'c', true, ['z', 'c']],
])('choosing rows of the queue: %s', (_, marked, id, range, after) => {
  expect(markedWith(ids, marked, id, range)).toEqual(after);
});
