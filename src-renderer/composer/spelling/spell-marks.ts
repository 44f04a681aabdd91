/** A misspelled word in a draft, in UTF-16 units. */
export interface SpellMark { readonly start: number; readonly end: number }

/** The marks of a text after it was changed: what stands before and after the change stays, what was touched is asked about anew. */
export function shiftMarks(marks: readonly SpellMark[], before: string, after: string): readonly SpellMark[] {
  if (before === after || marks.length === 0) return marks;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const by = after.length - before.length;
  return marks.flatMap(({ start, end }) => (end < head ? [{ start, end }] : start > before.length - tail ? [{ start: start + by, end: end + by }] : []));
}

/** The next mark after the caret, from the start again behind the last. */
export const markAfter = (marks: readonly SpellMark[], caret: number): SpellMark | undefined => marks.find((mark) => mark.start >= caret) ?? marks[0];
export const markAt = (marks: readonly SpellMark[], caret: number): SpellMark | undefined => marks.find((mark) => mark.start <= caret && caret <= mark.end);

/** The text in pieces, every other one misspelled. The word the writer is just at the end of is not judged yet. */
export function piecesOf(text: string, marks: readonly SpellMark[], typingAt: number | null): readonly string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of marks) {
    if (start < at || end > text.length || end === typingAt) continue;
    pieces.push(text.slice(at, start), text.slice(start, end));
    at = end;
  }
  return [...pieces, text.slice(at)];
}
