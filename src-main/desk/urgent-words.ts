const fold = (text: string): string => text.normalize('NFC').replace(/[\u200B-\u200D\u2060\uFEFF]/g, '').toLowerCase();

// The list is the same for thousands of messages; folding it each time costs more than looking.
const folded = new Map<string, string>();
const foldWord = (word: string): string => {
  const known = folded.get(word);
  if (known !== undefined) return known;
  if (folded.size > 2_000) folded.clear();
  const made = fold(word).trim();
  folded.set(word, made);
  return made;
};

const WORD_CHAR = /[\p{L}\p{M}\p{N}]/u;

/**
 * The first of `words` that stands in `text` as a whole word (or phrase), as written in the list; null when none does. Vowel signs belong
 * to words, so कि is not found in किताब.
 */
export function findUrgentWord(text: string, words: readonly string[]): string | null {
  const source = fold(text);
  for (const word of words) {
    const wanted = foldWord(word);
    if (wanted === '') continue;
    for (let at = source.indexOf(wanted); at >= 0; at = source.indexOf(wanted, at + 1)) {
      const before = [...source.slice(Math.max(0, at - 2), at)].at(-1) ?? ' ';
      const after = [...source.slice(at + wanted.length, at + wanted.length + 2)][0] ?? ' ';
      if (!WORD_CHAR.test(before) && !WORD_CHAR.test(after)) return word;
    }
  }
  return null;
}
