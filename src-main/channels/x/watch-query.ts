import { limits } from './prices.ts';

const HANDLE = /^@\w{1,15}$/;

/** A watch word as a term of X's search language; null when nothing can be searched for. Operators in it are plain words. */
export function termOf(word: string): string | null {
  const bare = word.normalize('NFC').replace(/["“”()\\]/g, ' ').replace(/\s+/g, ' ').trim();
  if (HANDLE.test(bare)) return bare;
  return /[\p{L}\p{N}]/u.test(bare) ? `"${bare}"` : null;
}

interface Watch { subject: string | null; words: string[] }

/** A line of the list is a word by itself, or a subject with its words: "Outage: no signal, power cut". */
function watchOf(line: string): Watch {
  const [, subject, words] = /^([^:@"“”]{1,40}):\s+(\S.*)$/s.exec(line.trim()) ?? [];
  if (subject === undefined || words === undefined) return { subject: null, words: [line] };
  return { subject: subject.trim(), words: words.split(',').map((word) => word.trim()).filter((word) => word !== '') };
}

/** The subject of what found a post, as `wordIn` names it; null for a word by itself. */
export const subjectOf = (shown: string): string | null => watchOf(shown).subject;

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
export function watchQueries(lines: readonly string[], ownHandles: readonly string[]): string[] {
  const own = new Set(ownHandles.map((handle) => handle.toLowerCase()));
  const terms = lines.flatMap((line) => watchOf(line).words).map(termOf).filter((term) => term !== null).filter((term) => !own.has(term.slice(1).toLowerCase()));
  const suffix = ` -is:retweet${ownHandles.map((handle) => ` -@${handle} -from:${handle}`).join('')}`;
  return packTerms(terms, suffix).map(({ query }) => query);
}

/** The watch word that is in the text, behind its subject: the first as the person listed them. */
export function wordIn(text: string, lines: readonly string[]): string {
  const folded = text.normalize('NFC').toLowerCase();
  const watches = lines.map(watchOf).flatMap(({ subject, words }) => words.map((word) => ({ word, shown: subject === null ? word : `${subject}: ${word}` })));
  return (watches.find(({ word }) => folded.includes(word.normalize('NFC').toLowerCase().trim())) ?? watches[0])?.shown ?? '';
}
