import { expect, test } from 'vitest';
import { inUtf8 } from './locale.ts';

test.each([
  ['none', {}, { LC_CTYPE: 'C.UTF-8' }],
  ['plain C', { LANG: 'C' }, { LANG: 'C', LC_CTYPE: 'C.UTF-8' }],
  ['one that rules all others', { LC_ALL: 'POSIX', LANG: 'de_DE.UTF-8' }, { LC_ALL: 'C.UTF-8', LANG: 'de_DE.UTF-8' }],
  ['an empty one that rules nothing', { LC_ALL: '', LANG: 'hi_IN.utf8' }, { LC_ALL: '', LANG: 'hi_IN.utf8' }],
  ['UTF-8', { LANG: 'pt_BR.UTF-8' }, { LANG: 'pt_BR.UTF-8' }],
])('a locale: %s', (_, env, expected) => expect(inUtf8(env, 'linux')).toEqual(expected));
test('elsewhere nothing changes', () => expect(inUtf8({}, 'darwin')).toEqual({}));
