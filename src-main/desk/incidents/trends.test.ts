import { expect, test } from 'vitest';
import { openTestDesk, postEvent } from '../../test-desk.ts';
import { trendsNow } from '../index.ts';
import { findTrends, phrasesOf, type DayWords } from './trends.ts';

/** `n` customers write a text on a day. */
const many = (n: number, day: number, text: string, from = 0): DayWords[] => Array.from({ length: n }, (_, i) => ({ conversationId: `c${from + i}`, day, text: `${text} ${i % 2 === 0 ? 'hello' : ''}` }));
const usual = [1, 2, 3, 4, 5].flatMap((day) => [...many(6, day, 'hello my bill please'), { conversationId: 'x', day, text: 'zip broke' }]);

test('“zip broke” twelve times today against once usually lights up, and what everybody always writes does not', () => {
  expect(findTrends([...usual, ...many(12, 0, 'zip broke')]).map(({ phrase, today, usual: mean }) => [phrase, today, mean])[0]).toEqual(['zip broke', 12, 1]);
  expect(findTrends([...usual, ...many(8, 0, 'hello my bill please')])).toEqual([]);
});
test.each([
  ['Hindi', 'बिजली बंद है', 'बिजली बंद है'], ['Bengali', 'লাইন বন্ধ', 'লাইন বন্ধ'], ['Portuguese', 'sem internet', 'sem internet'], ['Tamil', 'இணையம் இல்லை', 'இணையம் இல்லை'], ['Malay', 'tiada talian', 'tiada talian'],
])('%s lights up whole, with its vowel signs', (_, text, phrase) => expect(findTrends([...usual, ...many(7, 0, text)]).map((trend) => trend.phrase)).toContain(phrase));
test('one customer who writes it twenty times is one', () => expect(findTrends([...usual, ...Array.from({ length: 20 }, () => ({ conversationId: 'loud', day: 0, text: 'zip broke' }))])).toEqual([]));
test('four are too few, and without days behind it nothing is unusual', () => {
  expect(findTrends([...usual, ...many(4, 0, 'router smoke')])).toEqual([]);
  expect(findTrends(many(30, 0, 'router smoke'))).toEqual([]);
});
test('links, handles, bare numbers and words that say nothing are nobody’s topic', () => {
  expect([...phrasesOf('@acmecare see https://x.co/abc #zip 12345 is on')].toSorted()).toEqual(['see', 'see 12345', 'see 12345 is']);
  expect([...phrasesOf('It is this morning, on the way of today')].toSorted()).toEqual(['on the way', 'the way', 'the way of', 'way', 'way of', 'way of today']);
});

test('greetings and partings are nobody’s topic, in whatever language a letter begins and ends', () => {
  const letters = ['Dear Sir', 'Kind regards', 'Prezada senhora, bom dia', 'प्रिय महोदय, नमस्ते', 'প্রিয় জনাব'].flatMap((text, i) => many(9, 0, text, i * 20));
  expect(findTrends([...usual, ...letters])).toEqual([]);
});

test('on the desk a trend names the rows behind it', () => {
  const desk = openTestDesk();
  const day = 86_400_000;
  const at = desk.clock.now();
  desk.take(desk.accounts.x, [3, 2, 1].flatMap((back) => [postEvent(`u${back}`, `@u${back}`, at - back * day, 'a question about my bill')]), { origin: 'import' });
  desk.take(desk.accounts.x, Array.from({ length: 6 }, (_, i) => postEvent(`z${i}`, `@z${i}`, at - 1_000 + i, 'zip broke again')));
  const [trend] = trendsNow(desk.store.read, at).trends;
  expect(trend).toMatchObject({ phrase: 'zip broke again', today: 6, usual: 0 });
  expect(trend?.rows.map((row) => row.customerName).toSorted()).toEqual(['@z0', '@z1', '@z2', '@z3', '@z4', '@z5']);
});
