const BLANK = /\[\[[^[\]\n]{1,80}\]\]/gu;

export interface Span { readonly start: number; readonly end: number }

const blanksIn = (text: string): Span[] => [...text.matchAll(BLANK)].map((match) => ({ start: match.index, end: match.index + match[0].length }));

/** The blank to go to from a selection; null when there is none, or only the one that is selected already, so that Tab leaves the field. */
export function nextBlank(text: string, selection: Span, step: 1 | -1): Span | null {
  const others = blanksIn(text).filter((blank) => blank.start !== selection.start || blank.end !== selection.end);
  if (step === 1) return others.find((blank) => blank.start >= selection.start) ?? others[0] ?? null;
  return others.findLast((blank) => blank.end <= selection.start) ?? others.at(-1) ?? null;
}

export const firstBlank = (text: string, from = 0): Span | null => blanksIn(text).find((blank) => blank.start >= from) ?? null;
