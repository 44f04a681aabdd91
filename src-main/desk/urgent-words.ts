const fold = (text: string): string => text.normalize('NFC').replace(/[\u200B-\u200D\u2060\uFEFF]/g, '').toLowerCase();
const WORD_CHAR = /[\p{L}\p{M}\p{N}]/u;

/**
 * The first of `words` that stands in `text` as a whole word (or phrase), as written in the list; null when none does. Vowel signs belong
 * to words, so कि is not found in किताब.
 */
export function findUrgentWord(text: string, words: readonly string[]): string | null {
  const folded = fold(text);
  for (const word of words) {
    const wanted = fold(word).trim();
    if (wanted === '') continue;
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
      const before = [...folded.slice(Math.max(0, at - 2), at)].at(-1) ?? ' ';
      const after = [...folded.slice(at + wanted.length, at + wanted.length + 2)][0] ?? ' ';
      if (!WORD_CHAR.test(before) && !WORD_CHAR.test(after)) return word;
    }
  }
  return null;
}
