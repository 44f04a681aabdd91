import { expect, test } from 'vitest';
import { findEmoji } from '../responses/emoji.ts';
import { inlineAt } from './inline-sources.ts';

test.each<[string, string | null]>([
  ['/la', 'canned la 0'], ['hello /', 'canned  6'], ['see //ret', 'faq ret 4'], ['//', 'faq  0'], ['https://', null], ['and/or', null], [':smi', 'emoji smi 0'], ['at 10:30', null], ['note: ok', null], ['ok :s', null], ['(:tada', 'emoji tada 1'], ['a:b', null], ['/देर', 'canned देर 0'], ['///', null],
])('%j before the caret opens %s', (text, opens) => {
  const found = inlineAt(text, text.length, 'mail');
  expect(found === null ? null : `${found.source.name} ${found.query} ${found.start}`).toBe(opens);
});

test.each<[string, 'note' | 'mail' | 'reply', string | null]>([
  ['@', 'note', 'colleague  0'], ['ask @mi', 'note', 'colleague mi 4'], ['(@रू', 'note', 'colleague रू 1'], ['ann@exa', 'note', null], ['@mi', 'mail', null], ['@mi', 'reply', null],
])('%j in a %s opens %s', (text, mode, opens) => {
  const found = inlineAt(text, text.length, mode);
  expect(found === null ? null : `${found.source.name} ${found.query} ${found.start}`).toBe(opens);
});

test.each([['smile', '😄'], ['tada', '🎉'], ['thumbsup', '👍️'], ['+1', '👍️'], ['heart', '❤️'], ['sorry', '🙇']])(':%s finds %s', async (typed, sign) => {
  const found = await findEmoji(typed, 7);
  expect(found.map((one) => one.sign.replace(/\ufe0f/g, ''))).toContain(sign.replace(/\ufe0f/g, ''));
  expect(await findEmoji('zzzz', 7)).toEqual([]);
});
