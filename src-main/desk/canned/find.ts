/** What of a canned response is looked at when somebody types after "/". */
export interface Findable {
  shortcut: string;
  title: string;
  folder: string;
  language: string | null;
  text: string;
  uses: number;
}

const fold = (text: string): string => text.normalize('NFD').replace(/\p{Script=Latin}\p{Mn}+/gu, (letters) => [...letters][0] ?? '').normalize('NFC').toLowerCase();
const wordsOf = (text: string): string[] => fold(text).split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');

/** Every letter of `typed` in order in `shortcut`, beginning with its first. */
function isSketchOf(typed: string, shortcut: string): boolean {
  let at = 0;
  for (const letter of typed) {
    const found = shortcut.indexOf(letter, at);
    if (found === -1 || (at === 0 && found !== 0)) return false;
    at = found + letter.length;
  }
  return true;
}

/** How well a response fits what was typed; 0 = not at all. */
function fitOf(row: Findable, typed: string): number {
  if (typed === '') return 1;
  const shortcut = fold(row.shortcut);
  if (shortcut === typed) return 9;
  if (shortcut.startsWith(typed)) return 8;
  const title = wordsOf(row.title);
  const wanted = wordsOf(typed);
  const has = (words: readonly string[]): boolean => wanted.length > 0 && wanted.every((part) => words.some((word) => word.startsWith(part)));
  if (fold(row.title).startsWith(typed)) return 7;
  if (has(title)) return 6;
  if (title.map((word) => [...word][0] ?? '').join('').startsWith(typed)) return 5;
  if (isSketchOf(typed, shortcut)) return 4;
  if (has([...title, ...wordsOf(row.folder), shortcut])) return 3;
  return has([...title, ...wordsOf(row.folder), shortcut, ...wordsOf(row.text)]) ? 2 : 0;
}

/** The customer's own language, then texts for any, then the desk's first language, then the rest. */
const languageRank = (of: string | null, wanted: string | null): number => (wanted !== null && of === wanted ? 0 : of === null ? 1 : of === 'en' ? 2 : 3);

/** Responses that fit what was typed after "/": best fit, the customer's language, most used, in this order. Product lines D12, D13. */
export function findCanned<T extends Findable>(rows: readonly T[], typed: string, language: string | null, limit: number): T[] {
  const query = fold(typed.trim());
  return rows
    .map((row) => ({ row, fit: fitOf(row, query), rank: languageRank(row.language, language) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((a, b) => b.fit - a.fit || a.rank - b.rank || b.row.uses - a.row.uses || (a.row.shortcut < b.row.shortcut ? -1 : a.row.shortcut > b.row.shortcut ? 1 : 0))
    .slice(0, limit)
    .map(({ row }) => row);
}
