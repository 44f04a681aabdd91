import { isAscii } from 'node:buffer';

const [LF, CR, EQUALS] = [0x0a, 0x0d, 0x3d];

// As the Encoding Standard has it, ASCII and Latin-1 are windows-1252.
const [utf8, latin] = [new TextDecoder('utf-8'), new TextDecoder('windows-1252')];
const DECODERS: ReadonlyMap<string, TextDecoder> = new Map([['', utf8], ['utf-8', utf8], ['utf8', utf8], ['us-ascii', latin], ['ascii', latin], ['iso-8859-1', latin], ['windows-1252', latin], ['cp1252', latin]]);

const decode = (bytes: Buffer, decoder: TextDecoder): string => (isAscii(bytes) ? bytes.toString('latin1') : decoder.decode(bytes));

function plainText(content: Buffer, decoder: TextDecoder): string | null {
  const text = decode(content, decoder).replace(/\r\n/g, '\n');
  if (text.includes('\r')) return null;
  return content.length === 0 || content[content.length - 1] === LF ? text : `${text}\n`;
}

const nibble = (c: number | undefined): number => (c === undefined ? -1 : c >= 0x30 && c <= 0x39 ? c - 0x30 : c >= 0x41 && c <= 0x46 ? c - 0x37 : c >= 0x61 && c <= 0x66 ? c - 0x57 : -1);

/** Length of the line end at an index: 0 where there is none. */
const lineEnd = (bytes: Buffer, at: number): number => (bytes[at] === LF ? 1 : bytes[at] === CR && bytes[at + 1] === LF ? 2 : 0);

// Used again for each part: what is in it becomes a text at once.
const scratch = Buffer.allocUnsafeSlow(64 * 1024);

/** Quoted-printable (RFC 2045 6.7); null for a CR that ends no line. */
function unquoted(content: Buffer): Buffer | null {
  const into = content.length < scratch.length ? scratch : Buffer.allocUnsafeSlow(content.length + 1);
  let length = 0;
  let isSoft = false;
  for (let at = 0; at < content.length; at += 1) {
    const c = content[at] ?? 0;
    isSoft = false;
    if (c === CR) {
      if (content[at + 1] !== LF) return null;
    } else if (c !== EQUALS) into[length++] = c;
    else {
      const end = lineEnd(content, at + 1);
      const [high, low] = [nibble(content[at + 1]), nibble(content[at + 2])];
      isSoft = end > 0 || at + 1 === content.length;
      if (isSoft) at += end;
      else if (high < 0 || low < 0) into[length++] = c;
      else {
        into[length++] = (high << 4) | low;
        at += 2;
      }
    }
  }
  // A last line without its end gets one, unless it ends softly.
  if (content.length > 0 && content[content.length - 1] !== LF && !isSoft) into[length++] = LF;
  return into.subarray(0, length);
}

const [HYPHEN, UNDERSCORE] = [0x2d, 0x5f];

/** Base64 (RFC 2045 6.8), what is not of its letters left out; null where there is padding before the end, or what Node takes for letters of base64url. */
export function fromBase64(content: Buffer): Buffer | null {
  if (content.includes(HYPHEN) || content.includes(UNDERSCORE)) return null;
  const padding = content.indexOf(EQUALS);
  if (padding >= 0 && !/^={1,2}[\r\n]*$/.test(content.toString('latin1', padding))) return null;
  return Buffer.from(content.toString('latin1'), 'base64');
}

/** The text of a part; null when its charset, encoding or line ends are not of the common ones. */
export function readText(content: Buffer, encoding: string, charset: string): string | null {
  const decoder = DECODERS.get(charset.toLowerCase());
  if (decoder === undefined) return null;
  if (encoding === 'base64' || encoding === 'quoted-printable') {
    const bytes = encoding === 'base64' ? fromBase64(content) : unquoted(content);
    return bytes === null ? null : decode(bytes, decoder);
  }
  return encoding === '' || encoding === '7bit' || encoding === '8bit' || encoding === 'binary' ? plainText(content, decoder) : null;
}
