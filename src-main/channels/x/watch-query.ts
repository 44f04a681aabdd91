import { limits } from './prices.ts';

const HANDLE = /^@\w{1,15}$/;

/** A watch word as a term of X's search language; null when nothing can be searched for. Operators in it are plain words. */
export function termOf(word: string): string | null {
  const bare = word.normalize('NFC').replace(/["“”()\\]/g, ' ').replace(/\s+/g, ' ').trim();
  if (HANDLE.test(bare)) return bare;
  return /[\p{L}\p{N}]/u.test(bare) ? `"${bare}"` : null;
}

/** Searches for any of `terms`, each as long as X takes, with `suffix` behind each. Pure. */
export function packTerms(terms: readonly string[], suffix: string): { query: string; terms: string[] }[] {
  const packs: string[][] = [];
  const lengthOf = (pack: readonly string[]): number => pack.join(' OR ').length + 2 + suffix.length;
  for (const term of new Set(terms)) {
    const last = packs.at(-1);
    if (last && lengthOf([...last, term]) <= limits.searchQuery) last.push(term);
    else if (lengthOf([term]) <= limits.searchQuery) packs.push([term]);
  }
  return packs.map((pack) => ({ terms: pack, query: `(${pack.join(' OR ')})${suffix}` }));
}

/** Searches for posts that speak of us but are not addressed to us: those are read as mentions. */
export function watchQueries(words: readonly string[], ownHandles: readonly string[]): string[] {
  const own = new Set(ownHandles.map((handle) => handle.toLowerCase()));
  const terms = words.map(termOf).filter((term) => term !== null).filter((term) => !own.has(term.slice(1).toLowerCase()));
  const suffix = ` -is:retweet${ownHandles.map((handle) => ` -@${handle} -from:${handle}`).join('')}`;
  return packTerms(terms, suffix).map(({ query }) => query);
}

/** The watch word that is in the text: the first as the person listed them. */
export function wordIn(text: string, words: readonly string[]): string {
  const folded = text.normalize('NFC').toLowerCase();
  return words.find((word) => folded.includes(word.normalize('NFC').toLowerCase().trim())) ?? words[0] ?? '';
}
