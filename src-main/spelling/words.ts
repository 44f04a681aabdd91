/** A word of a draft and where it stands, in UTF-16 units. */
export interface DraftWord { start: number; end: number; word: string }

/** What is no prose: addresses, handles, tags, blanks and variables, what another one wrote, and anything with a digit or an underscore in it. */
const NO_PROSE = /https?:\/\/\S+|www\.\S+|[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+|[@#^][\p{L}\p{M}\p{N}_-]+|\[\[[^[\]]*\]\]|\{[^{}\n]*\}|^>.*$|\S*\.(?:com|org|net|example|de|fr|es|pt|uk|in)\b\S*|[\p{L}\p{M}'’-]*[\p{N}_/\\][\p{L}\p{M}\p{N}_/\\'’-]*/gmu;
const WORD = /\p{Script=Latin}[\p{Script=Latin}\p{M}]*(?:['’][\p{Script=Latin}\p{M}]+)*/gu;

export const folded = (word: string): string => word.normalize('NFC').replaceAll('’', "'").toLowerCase();

/** Words in Latin letters that a dictionary can judge. Single letters and short capitals (PIN, SIM) are nobody's mistake. */
export function wordsIn(text: string, known: ReadonlySet<string>): DraftWord[] {
  const prose = text.replace(NO_PROSE, (hidden) => ' '.repeat(hidden.length));
  return [...prose.matchAll(WORD)].map(({ 0: word, index }) => ({ start: index, end: index + word.length, word }))
    .filter(({ word }) => word.length > 1 && !(word.length <= 5 && word === word.toUpperCase()) && !known.has(folded(word)) && !known.has(folded(word).replace(/'s$/u, '')));
}
