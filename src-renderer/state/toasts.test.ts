import { expect, test } from 'vitest';
import type { Toast } from './model.ts';
import { toastsWith } from './toasts.ts';

const toastOf = (word: string): Toast => ({ id: word.codePointAt(0) ?? 0, tone: word.startsWith('!') ? 'bad' : 'good', text: word, action: null });

test.each<[what: string, before: string[], added: string, after: string[]]>([
  ['the first', [], 'a', ['a']],
  ['a second beside it', ['a'], 'b', ['a', 'b']],
  ['of three the oldest goes', ['a', 'b'], 'c', ['b', 'c']],
  ['the same words again stand once, as the newest', ['a', 'b'], 'a', ['b', 'a']],
  ['what failed is not pushed away by what went well', ['!a', 'b'], 'c', ['!a', 'c']],
  ['unless all failed', ['!a', '!b'], '!c', ['!b', '!c']],
])('messages on screen: %s', (_, before, added, after) => {
  expect(toastsWith(before.map(toastOf), toastOf(added)).map((toast) => toast.text)).toEqual(after);
});
