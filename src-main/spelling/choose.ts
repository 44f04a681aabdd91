export type SpellLanguage = 'en' | 'es' | 'fr' | 'pt';
const LANGUAGES: readonly string[] = ['en', 'es', 'fr', 'pt'] satisfies SpellLanguage[];
const isSpelled = (language: string | null): language is SpellLanguage => language !== null && LANGUAGES.includes(language);

/** In which languages a draft may be written: the customer's first, then what its words look like; English where nothing else is known. */
export function candidates(customer: string | null, detected: string | null): SpellLanguage[] {
  const own = customer?.slice(0, 2).toLowerCase() ?? null;
  const found = [own, detected].filter(isSpelled);
  return [...new Set(found.length === 0 && (own === null || detected === null) ? [...found, 'en' as const] : found)];
}

/** So many words that no dictionary knows are another language, not mistakes. */
const FOREIGN_SHARE = 0.5;
const FEW = 4;

/** The language in which least is wrong; null when it is none of them. */
export function bestOf<L>(tried: readonly { language: L; wrong: ReadonlySet<string> }[], distinct: number): { language: L; wrong: ReadonlySet<string> } | null {
  const [best] = tried.toSorted((a, b) => a.wrong.size - b.wrong.size);
  return best === undefined || (distinct >= FEW && best.wrong.size > distinct * FOREIGN_SHARE) ? null : best;
}
