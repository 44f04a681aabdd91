import { expect, test } from 'vitest';
import { packTerms, subjectOf, termOf, watchQueries, wordIn } from './watch-query.ts';

test.each([
  ['acme broadband', '"acme broadband"'], ['@acme_help', '@acme_help'], ['  zip  broke ', '"zip broke"'], ['say "hi" (now)', '"say hi now"'], ['from:somebody', '"from:somebody"'],
  ['OR', '"OR"'], ['-is:reply', '"-is:reply"'], ['ग्राहक', '"ग्राहक"'], ['@not a handle', '"@not a handle"'], ['"()', null], ['', null],
])('%j is searched as %j', (word, term) => expect(termOf(word)).toBe(term));

test('what is addressed to us is left to the mentions', () => {
  expect(watchQueries(['acme', '@AcmeCare', '@rival'], ['acmecare'])).toEqual(['("acme" OR @rival) -is:retweet -@acmecare -from:acmecare']);
  expect(watchQueries([], ['acmecare'])).toEqual([]);
});

test('many words are several searches, none longer than X takes, no word lost', () => {
  const words = Array.from({ length: 40 }, (_, i) => `brand word number ${i}`);
  const packs = packTerms(words.map((w) => termOf(w) ?? ''), ' -is:retweet');
  expect(packs.length).toBeGreaterThan(1);
  for (const { query } of packs) expect(query.length).toBeLessThanOrEqual(512);
  expect(packs.flatMap((p) => p.terms)).toEqual(words.map((w) => `"${w}"`));
});

test('a line may be a subject with words of its own: each is searched for, and what was found says both', () => {
  const lines = ['acme', 'Outage: no signal, power cut', 'Prices: @rival , too dear', 'https://acme.com', '@rival: not a subject', 'Empty: '];
  expect(watchQueries(lines, [])).toEqual(['("acme" OR "no signal" OR "power cut" OR @rival OR "too dear" OR "https://acme.com" OR "@rival: not a subject" OR "Empty:") -is:retweet']);
  expect(['my acme box', 'a Power Cut again', '@rival is better', 'nothing'].map((text) => wordIn(text, lines))).toEqual(['acme', 'Outage: power cut', 'Prices: @rival', 'acme']);
});

test('the word that found it is named', () => expect([wordIn('My ACME box broke', ['zip', 'acme']), wordIn('nothing', ['zip'])]).toEqual(['acme', 'zip']));

test.each([['Outage: no signal', 'Outage'], ['acme', null], ['@acmecare', null], ['https://acme.com', null], ['@rival: not a subject', null], ['Störung : kein Netz', 'Störung'], ['Empty:', null], [`${'a'.repeat(41)}: word`, null]])('what %j found is of the subject %j', (shown, subject) => expect(subjectOf(shown)).toBe(subject));

test('a post that was found is shown under the subject its line names', () => {
  for (const line of ['Outage: no signal, power cut', 'Prices : too dear']) expect(subjectOf(wordIn('they are too dear, and no signal', [line]))).toBe(line.split(':')[0]?.trim());
});
