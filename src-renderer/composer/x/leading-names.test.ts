import { expect, test } from 'vitest';
import { withoutLeading } from './leading-names.ts';

test.each<[string, string, string]>([
  ['hello', 'hello', 'nobody'], ['@maria @bob hello', 'hello', 'both'], ['@BOB\n@maria hello', 'hello', 'both, in any order and case'], ['@maria @eve hello', '@eve hello', 'a stranger counts'],
  ['@eve @maria hello', '@eve @maria hello', 'and so does all behind'], ['hello @maria', 'hello @maria', 'only at the beginning'], ['@maria: hello', '@maria: hello', 'a name with a sign is a word'], ['@maria', '', 'nothing else'],
])('of %j X counts %j (%s)', (text, counted) => expect(withoutLeading(text, ['@maria', '@Bob'])).toBe(counted));
