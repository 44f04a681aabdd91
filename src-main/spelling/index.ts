export { addSpellWord, checkSpelling } from './check.ts';
export { startSpeller, type Speller } from './speller.ts';
