import type { MailLimits } from './limits.ts';

/** Index of the first byte after the blank line that ends the header block; the length when there is none. */
export function headerEnd(raw: Uint8Array): number {
  for (let i = raw.indexOf(0x0a); i >= 0; i = raw.indexOf(0x0a, i + 1)) {
    if (raw[i + 1] === 0x0a) return i + 2;
    if (raw[i + 1] === 0x0d && raw[i + 2] === 0x0a) return i + 3;
  }
  return raw.length;
}

function decodeStrict(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function decodeHeaderLine(line: Uint8Array, declared: string | null): string {
  // ISO-2022-JP is 7 bit, so it would pass as UTF-8 with its escape sequences showing.
  if (line.includes(0x1b)) {
    const japanese = decodeStrict(line, 'iso-2022-jp');
    if (japanese !== null) return japanese;
  }
  return decodeStrict(line, 'utf-8') ?? (declared === null ? null : decodeStrict(line, declared)) ?? new TextDecoder('windows-1252').decode(line);
}

/**
 * Headers should be ASCII or UTF-8 (RFC 6532); old mailers write raw 8-bit bytes of the body's charset. postal-mime reads headers as
 * UTF-8 and would lose them, so such header blocks are rewritten as UTF-8 first. Charset by line: UTF-8, the first one declared in the
 * mail, windows-1252. A mail with bare CR line ends (it would be one endless header) gets LF.
 */
export function repairHeaders(raw: Uint8Array, limits: MailLimits): Uint8Array {
  let mail = raw;
  if (mail.indexOf(0x0a) < 0 && mail.indexOf(0x0d) >= 0) mail = mail.map((byte) => (byte === 0x0d ? 0x0a : byte));
  const end = Math.min(headerEnd(mail), limits.headerBytes);
  const head = mail.subarray(0, end);
  if (!head.some((byte) => byte >= 0x80 || byte === 0x1b)) return mail;
  if (!head.includes(0x1b) && decodeStrict(head, 'utf-8') !== null) return mail;
  const declared = /charset\s*=\s*"?([\w.:+-]+)/i.exec(Buffer.from(mail.subarray(0, end + 8_192)).toString('latin1'))?.[1] ?? null;
  const lines: string[] = [];
  for (let at = 0; at < end; ) {
    const lf = head.indexOf(0x0a, at);
    const next = lf < 0 ? end : lf + 1;
    lines.push(decodeHeaderLine(head.subarray(at, next), declared));
    at = next;
  }
  return Buffer.concat([Buffer.from(lines.join(''), 'utf8'), mail.subarray(end)]);
}

/** Headers in document order, names in lower case; lookups give the first of a name, as readers of mail do. */
export type Headers = readonly { key: string; value: string }[];

export const header = (headers: Headers, key: string): string | null => headers.find((line) => line.key === key)?.value ?? null;

const MONTH_DAY_YEAR = /\d/;
const EARLIEST = Date.UTC(1990, 0, 1);

/**
 * When a mail was written, ms UTC. A date that cannot be read, or lies before mail was common, is replaced by the time of receipt, and
 * a date after it is clamped to it: clocks of senders are wrong, and nothing may sort above what is really new.
 */
export function mailDate(value: string | null, receivedAt: number): number {
  if (value === null || !MONTH_DAY_YEAR.test(value)) return receivedAt;
  const bare = value.slice(0, 200).replace(/\([^()]*\)/g, ' ').trim();
  // Without a zone JavaScript would take the zone of this machine, and two desks would disagree.
  const zoned = /([+-]\d{4}|\b[A-Z]{1,5})$/i.test(bare) && !/\b(?:AM|PM)$/i.test(bare) ? bare : `${bare} +0000`;
  const at = Date.parse(zoned);
  return Number.isNaN(at) || at < EARLIEST ? receivedAt : Math.min(at, receivedAt);
}
