/** Function words that tell languages in Latin letters apart; a word of two languages is in neither list. */
const WORDS: Record<string, readonly string[]> = {
  en: ['the', 'and', 'is', 'my', 'you', 'your', 'have', 'what', 'not', 'with', 'this', 'please', 'we', 'are', 'was', 'for'],
  pt: ['não', 'é', 'uma', 'minha', 'meu', 'vocês', 'você', 'está', 'estou', 'para', 'com', 'obrigado', 'obrigada', 'já', 'há', 'isso', 'por', 'favor', 'quando'],
  ms: ['saya', 'tidak', 'dan', 'yang', 'anda', 'sudah', 'belum', 'ini', 'boleh', 'tolong', 'dengan', 'bila', 'masih', 'kenapa', 'terima', 'kasih', 'ada', 'nak'],
};

/** The language a text is most likely in, of the five the desk speaks; null when it does not tell. */
export function detectLanguage(text: string): string | null {
  const count = (script: RegExp): number => text.match(script)?.length ?? 0;
  const letters = count(/\p{L}/gu);
  if (letters === 0) return null;
  if (count(/\p{Script=Devanagari}/gu) * 3 > letters) return 'hi';
  if (count(/\p{Script=Bengali}/gu) * 3 > letters) return 'bn';
  const words = text.normalize('NFC').toLowerCase().split(/[^\p{L}\p{M}]+/u);
  const scores = Object.entries(WORDS).map(([language, list]) => ({ language, hits: words.filter((word) => list.includes(word)).length })).toSorted((a, b) => b.hits - a.hits);
  const [best, second] = scores;
  return best !== undefined && best.hits > 0 && best.hits > (second?.hits ?? 0) ? best.language : null;
}
