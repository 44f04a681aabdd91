const wordsOf = (text: string): string[] => text.toLowerCase().split(/[\s-]+/u).filter((word) => word !== '');

/** All words of the query must begin a word of the title; "follow-ups" and "follow ups" are the same two. */
export function matches(title: string, query: string): boolean {
  const parts = wordsOf(title);
  return wordsOf(query).every((word) => parts.some((part) => part.startsWith(word)));
}
