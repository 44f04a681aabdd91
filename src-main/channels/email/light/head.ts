import { isAscii, isUtf8 } from 'node:buffer';

export interface Field {
  /** Lower case. */
  key: string;
  /** Unfolded and trimmed, not decoded. */
  value: string;
}

// A byte order mark within a header is a character like any other.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const NAME = /^[!-9;-~]+$/;
const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;

function trimmed(text: string, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** The fields of a header block, each line with its end and without the blank line; null when any of it is not ASCII or UTF-8 in the usual form. */
export function readHead(block: Buffer): Field[] | null {
  if (!isUtf8(block)) return null;
  const lines = (isAscii(block) ? block.toString('latin1') : utf8.decode(block)).replace(/\r\n/g, '\n');
  // Escapes are Japanese in seven bits.
  if (lines.includes('\r') || lines.includes('\u001b')) return null;
  const text = lines.replace(/\n(?=[ \t])/g, '');
  const fields: Field[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const colon = text.indexOf(':', at);
    if (end < 0 || colon < 0 || colon > end) return null;
    const name = text.slice(at, colon);
    if (!NAME.test(name)) return null;
    fields.push({ key: name.toLowerCase(), value: trimmed(text, colon + 1, end) });
    at = end + 1;
  }
  return fields;
}
