import { header, headerEnd } from '../headers.ts';
import type { MailLimits } from '../limits.ts';
import type { MailPart, MailParts } from '../mail-parts.ts';
import { addresses, decoded } from './addresses.ts';
import { fromBase64, readText } from './content.ts';
import { nextDelimiter } from './delimiter.ts';
import { readHead, type Field } from './head.ts';
import { readTyped, type Typed } from './typed.ts';

const MOST_DEPTH = 5;
const MOST_HEAD = 64 * 1024;
// Without a colon no delimiter can pass for a header.
const BOUNDARY = /^[\w'+=.?/-]{1,70}$/;
const COMPOSITE = /^multipart\/(?:alternative|mixed|related)$/;

type Kind = 'plain' | 'html';
type Texts = Partial<Record<Kind, string[]>>;

interface Reading {
  raw: Buffer;
  limits: MailLimits;
  headBytes: number;
  /** Boundaries, the innermost last. */
  open: string[];
  /** In the order met: those of one multipart/alternative together, all others apart. */
  texts: Set<Texts>;
  attachments: MailPart[];
}

/** The first bytes of a part up to its content; null when they are too many or not of the common shape. */
function readFields(reading: Reading, at: number): { fields: Field[]; body: number } | null {
  const { raw, limits } = reading;
  const rest = raw.subarray(at, at + MOST_HEAD);
  // A part may have no header at all: then it begins with the blank line.
  const blank = rest[0] === 0x0a ? 1 : rest[0] === 0x0d && rest[1] === 0x0a ? 2 : 0;
  if (blank > 0) return { fields: [], body: at + blank };
  const end = headerEnd(rest);
  const block = rest.subarray(0, rest[end - 2] === 0x0d ? end - 2 : end - 1);
  reading.headBytes += block.length;
  // Without a blank line at its end nothing but headers has been seen.
  if (rest[end - 1] !== 0x0a || block.at(-1) !== 0x0a || reading.headBytes > limits.headerBytes) return null;
  const fields = readHead(block);
  return fields === null ? null : { fields, body: at + end };
}

/** Reads one part; answers from where on the delimiter behind it is to be looked for, null when it is not of the common shape. */
function readPart(reading: Reading, fields: readonly Field[], at: number, alternative: Texts | null): number | null {
  const type = readTyped(header(fields, 'content-type') ?? 'text/plain');
  if (type === null) return null;
  if (COMPOSITE.test(type.value)) return readComposite(reading, type.parameters.get('boundary') ?? '', at, type.value === 'multipart/alternative' ? {} : alternative);
  if (type.value.startsWith('multipart/')) return null;
  const end = reading.open.length === 0 ? reading.raw.length : (nextDelimiter(reading.raw, reading.open, at)?.start ?? null);
  return end !== null && readLeaf(reading, fields, type, reading.raw.subarray(at, end), alternative) ? end : null;
}

function readComposite(reading: Reading, boundary: string, at: number, alternative: Texts | null): number | null {
  const { raw, open, limits } = reading;
  if (!BOUNDARY.test(boundary) || open.length >= Math.min(MOST_DEPTH, limits.depth)) return null;
  open.push(boundary);
  let delimiter = nextDelimiter(raw, open, at);
  while (delimiter !== null && delimiter.boundary === boundary && !delimiter.isLast) {
    const part = readFields(reading, delimiter.end);
    if (part === null) return null;
    const next = readPart(reading, part.fields, part.body, alternative);
    if (next === null) return null;
    delimiter = nextDelimiter(raw, open, next);
  }
  if (delimiter?.boundary !== boundary) return null;
  open.pop();
  return delimiter.end;
}

function readLeaf(reading: Reading, fields: readonly Field[], { value: type, parameters }: Typed, content: Buffer, alternative: Texts | null): boolean {
  const encoding = (header(fields, 'content-transfer-encoding') ?? '').toLowerCase();
  const field = header(fields, 'content-disposition');
  const disposition = field === null ? null : readTyped(field);
  if (field !== null && disposition === null) return false;
  if ((type === 'text/plain' || type === 'text/html') && disposition?.value !== 'attachment') {
    if (parameters.get('format')?.toLowerCase() === 'flowed') return false;
    const text = readText(content, encoding, parameters.get('charset') ?? '');
    if (text === null) return false;
    const texts = alternative ?? {};
    (texts[type === 'text/html' ? 'html' : 'plain'] ??= []).push(text);
    reading.texts.add(texts);
    return true;
  }
  // Calendars are brought into a form of their own.
  const bytes = encoding === 'base64' && type !== 'text/calendar' && type !== 'application/ics' ? fromBase64(content) : null;
  if (bytes === null) return false;
  const name = disposition?.parameters.get('filename') || parameters.get('name');
  reading.attachments.push({
    filename: name === undefined || name === '' ? null : decoded(name),
    mimeType: type,
    contentId: header(fields, 'content-id') || undefined,
    content: bytes.byteLength === bytes.buffer.byteLength ? (bytes.buffer as ArrayBuffer) : new Uint8Array(bytes).buffer,
  });
  return true;
}

/** All texts of a kind; null when some stand only in the other kind and would have to be made of it. */
function joined(texts: ReadonlySet<Texts>, kind: Kind): string | undefined | null {
  const all: string[] = [];
  let others = 0;
  for (const one of texts) {
    const found = one[kind];
    if (found === undefined) others += 1;
    else all.push(...found);
  }
  if (all.length > 0 && others > 0) return null;
  return all.join('\n') || undefined;
}

/**
 * Takes a mail of the common shape apart: headers in ASCII or UTF-8, at most a few levels of multipart, each closed, text in UTF-8 or
 * Latin-1, files in base64. Null for any other, and when in doubt: postal-mime reads those. What it gives is what postal-mime would.
 */
export function readLightly(bytes: Uint8Array, limits: MailLimits): MailParts | null {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reading: Reading = { raw, limits, headBytes: 0, open: [], texts: new Set(), attachments: [] };
  const root = readFields(reading, 0);
  if (root === null || root.fields.length === 0 || readPart(reading, root.fields, root.body, null) === null) return null;
  const text = joined(reading.texts, 'plain');
  const html = joined(reading.texts, 'html');
  if (text === null || html === null) return null;
  const { fields } = root;
  const first = (key: string): string | null => header(fields, key) || null;
  const one = (key: string): MailParts['from'] => {
    const value = first(key);
    return value === null ? undefined : addresses(value)[0];
  };
  const list = (key: string): MailParts['to'] => {
    const all = fields.filter((field) => field.key === key).flatMap(({ value }) => addresses(value));
    return all.length === 0 ? undefined : all;
  };
  const subject = first('subject');
  return {
    headers: fields,
    from: one('from'), sender: one('sender'), replyTo: list('reply-to'), to: list('to'), cc: list('cc'), bcc: list('bcc'),
    subject: subject === null ? undefined : decoded(subject),
    text, html, attachments: reading.attachments,
  };
}
