import { expect, test } from 'vitest';
import { leadingNames } from './leading-names.ts';

test.each<[string, { author?: string; address?: string | null; text: string }, string[]]>([
  ['its author', { text: '@acmecare where is it?' }, ['@maria']],
  ['whom it mentions, too, each once', { text: '@acmecare @Joao and @joao say so, @Maria' }, ['@Maria', '@joao']],
  ['never us, however we are written', { text: '@ACMECare hello' }, ['@maria']],
  ['no address and no name that X would not take', { text: 'write to me@joao.example or @a_name_longer_than_fifteen' }, ['@maria']],
  ['nobody whose handle is not known', { address: null, author: 'Maria Silva', text: 'hello' }, []],
])('free before an answer: %s', (_, post, names) => expect(leadingNames({ author: 'Maria', address: '@maria', ...post }, '@acmecare')).toEqual(names));
