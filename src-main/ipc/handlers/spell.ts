import { addSpellWord, checkSpelling } from '../../spelling/index.ts';
import type { Handlers } from '../router.ts';
import { did, type HandlerContext } from './context.ts';

export const spellHandlers = (c: HandlerContext): Pick<Handlers, 'spell.check' | 'spell.suggest' | 'spell.add'> => ({
  'spell.check': (input) => checkSpelling(c.workspace().store.read, c.speller, input),
  'spell.suggest': async ({ language, word }) => ({ words: [...(await c.speller.suggest(language, word))] }),
  'spell.add': (input) => did(c, addSpellWord, input),
});
