export interface Piece {
  readonly text: string;
  readonly url: string | null;
}

const LINK = /https?:\/\/[^\s<>"“”]+|\bmailto:[^\s<>"]+/giu;
const TRAILING = /[.,;:!?)\]}'’]+$/u;

/** Cuts a text at its links; punctuation after a link stays text. */
export function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const url = match[0].replace(TRAILING, '');
    if (match.index > from) found.push({ text: text.slice(from, match.index), url: null });
    found.push({ text: url, url });
    from = match.index + url.length;
  }
  if (from < text.length) found.push({ text: text.slice(from), url: null });
  return found;
}
