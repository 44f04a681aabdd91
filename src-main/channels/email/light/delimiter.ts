/** A line that opens or closes a part of a multipart (RFC 2046 5.1.1). */
export interface Delimiter {
  /** Its first byte, and the first byte of the line behind it. */
  start: number;
  end: number;
  boundary: string;
  isLast: boolean;
}

/** The first delimiter of any open boundary from `at` on, where a line begins; null when there is none in the usual form. */
export function nextDelimiter(raw: Buffer, open: readonly string[], at: number): Delimiter | null {
  const longest = Math.max(...open.map((boundary) => boundary.length)) + 2;
  for (let before = raw.indexOf('\n--', at - 1, 'latin1'); before >= 0; before = raw.indexOf('\n--', before + 3, 'latin1')) {
    const start = before + 1;
    const head = raw.toString('latin1', start + 2, start + 2 + longest);
    const boundary = open.find((one) => head.startsWith(one));
    if (boundary === undefined) continue;
    const lf = raw.indexOf(0x0a, start);
    const end = lf < 0 ? raw.length : lf + 1;
    // Anything behind it, blanks say, is not the usual form.
    const [, mark] = /^(|--)\r?\n?$/.exec(raw.toString('latin1', start + 2 + boundary.length, Math.min(end, start + 2 + boundary.length + 5))) ?? [];
    return mark === undefined ? null : { start, end, boundary, isLast: mark === '--' };
  }
  return null;
}
