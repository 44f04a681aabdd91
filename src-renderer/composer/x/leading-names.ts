/** A text without the @names at its beginning that X puts there by itself; from the first other one on everything counts. */
export function withoutLeading(text: string, free: readonly string[]): string {
  const names = new Set(free.map((name) => name.toLowerCase()));
  let at = 0;
  for (const found of text.matchAll(/\s*(@\w{1,50})(?:\s+|$)/gu)) {
    if (found.index !== at || !names.has((found[1] ?? '').toLowerCase())) break;
    at += found[0].length;
  }
  return text.slice(at);
}
