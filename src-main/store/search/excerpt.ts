const EXCERPT_CHARS = 160;
const LEAD_CHARS = 40;

/** Text with case and Latin accents folded, and for each of its UTF-16 units the unit of the source it came from. */
function fold(text: string): { folded: string; at: number[] } {
  let folded = '';
  const at: number[] = [];
  for (let i = 0; i < text.length; ) {
    const char = String.fromCodePoint(text.codePointAt(i) ?? 0);
    const bare = char.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
    for (let k = 0; k < bare.length; k += 1) at.push(i);
    folded += bare;
    i += char.length;
  }
  at.push(text.length);
  return { folded, at };
}

const WORD_CHAR = /[\p{L}\p{M}\p{N}\p{Co}]/u;

/** A piece of `text` around the first of `terms` at the start of a word, and where terms stand in it as [start, end) in UTF-16 units. */
export function excerptOf(text: string, terms: readonly string[]): { excerpt: string; marks: [number, number][] } {
  const { folded, at } = fold(text);
  const spans: [number, number][] = [];
  for (const term of terms) {
    const wanted = fold(term).folded;
    if (wanted === '') continue;
    for (let i = folded.indexOf(wanted); i >= 0 && spans.length < 200; i = folded.indexOf(wanted, i + wanted.length)) {
      if (i > 0 && WORD_CHAR.test(folded[i - 1] ?? ' ')) continue;
      let end = i + wanted.length;
      while (end < folded.length && /\p{M}/u.test(folded[end] ?? ' ')) end += 1; // never cut a letter from its vowel sign
      spans.push([at[i] ?? 0, at[end] ?? text.length]);
    }
  }
  spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const first = spans[0]?.[0] ?? 0;
  let start = Math.max(0, first - LEAD_CHARS);
  if (start > 0) {
    const space = text.indexOf(' ', start);
    if (space >= 0 && space < first) start = space + 1;
  }
  const lead = start > 0 ? '… ' : '';
  const cut = text.slice(start, start + EXCERPT_CHARS);
  const excerpt = lead + cut.replace(/\s/g, ' ') + (start + EXCERPT_CHARS < text.length ? ' …' : '');
  const marks: [number, number][] = [];
  for (const [from, to] of spans) {
    if (from < start || to > start + cut.length) continue;
    const last = marks.at(-1);
    const mark: [number, number] = [from - start + lead.length, to - start + lead.length];
    if (last && mark[0] < last[1]) last[1] = Math.max(last[1], mark[1]);
    else marks.push(mark);
  }
  return { excerpt, marks };
}
