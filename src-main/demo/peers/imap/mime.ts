import { addressParser } from 'postal-mime';
import { wire } from './parse.ts';

/** A MIME part, as far as BODYSTRUCTURE and part fetches need it (RFC 2045, 2046). Texts are bytes as latin-1 characters. */
export type Part = {
  header: string;
  body: string;
  type: string;
  subtype: string;
  params: [string, string][];
  children: Part[];
};

/** Unfolded values of a header, in order. */
export function headerValues(header: string, name: string): string[] {
  const wanted = name.toLowerCase();
  return unfolded(header).filter(line => line.slice(0, line.indexOf(':')).trim().toLowerCase() === wanted).map(line => line.slice(line.indexOf(':') + 1).trim());
}

const unfolded = (header: string): string[] => header.replace(/\r\n(?=[ \t])/g, '').split('\r\n').filter(l => l.includes(':'));

function paramsOf(value: string): [string, string][] {
  return [...value.matchAll(/;\s*([\w!#$&^.+*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/g)].map(m => [m[1] ?? '', m[2] ?? m[3] ?? '']);
}

/** Parses a mail or part. Depth is bounded; what is deeper stays one opaque part. */
export function parsePart(raw: string, depth = 0): Part {
  const gap = raw.startsWith('\r\n') ? 0 : raw.indexOf('\r\n\r\n');
  const header = gap < 0 ? raw : raw.slice(0, gap === 0 ? 0 : gap + 2);
  const body = gap < 0 ? '' : raw.slice(gap === 0 ? 2 : gap + 4);
  const contentType = headerValues(header, 'content-type')[0] ?? 'text/plain; charset=us-ascii';
  const [, type = 'text', subtype = 'plain'] = /^\s*([\w.+-]+)\/([\w.+-]+)/.exec(contentType) ?? [];
  const params = paramsOf(contentType);
  const part: Part = { header, body, type: type.toLowerCase(), subtype: subtype.toLowerCase(), params, children: [] };
  const boundary = params.find(([k]) => k.toLowerCase() === 'boundary')?.[1];
  if (depth < 20 && part.type === 'multipart' && boundary !== undefined) part.children = split(body, boundary).map(p => parsePart(p, depth + 1));
  if (depth < 20 && part.type === 'message' && part.subtype === 'rfc822') part.children = [parsePart(body, depth + 1)];
  return part;
}

function split(body: string, boundary: string): string[] {
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`);
  const parts: string[] = [];
  for (const piece of pieces.slice(1)) {
    if (piece.startsWith('--')) break;
    parts.push(piece.replace(/^[ \t]*\r\n/, ''));
  }
  return parts;
}

// The parser decodes RFC 2047 words; an ENVELOPE carries them encoded.
const encodedWord = (name: string): string => (/^[\x20-\x7e]*$/.test(name) ? name : `=?utf-8?B?${Buffer.from(name).toString('base64')}?=`);

function addresses(header: string, name: string): string | undefined {
  const list = addressParser(Buffer.from(headerValues(header, name).join(', '), 'latin1').toString('utf8'), { flatten: true }).filter(a => a.address);
  if (list.length === 0) return undefined;
  return `(${list.map(a => {
    const [local, host] = (a.address ?? '').split(/@(?=[^@]*$)/);
    return `(${wire(a.name ? encodedWord(a.name) : undefined)} NIL ${wire(local)} ${wire(host ?? '')})`;
  }).join('')})`;
}

/** ENVELOPE of a header block (RFC 3501 section 7.4.2). */
export function envelopeOf(header: string): string {
  const one = (name: string): string => wire(headerValues(header, name)[0]);
  const from = addresses(header, 'from');
  const list = (name: string, fallback?: string): string => addresses(header, name) ?? fallback ?? 'NIL';
  return `(${one('date')} ${one('subject')} ${from ?? 'NIL'} ${list('sender', from)} ${list('reply-to', from)} ${list('to')} ${list('cc')} ${list('bcc')} ${one('in-reply-to')} ${one('message-id')})`;
}

const paramList = (params: readonly [string, string][]): string => (params.length === 0 ? 'NIL' : `(${params.map(([k, v]) => `${wire(k.toUpperCase())} ${wire(v)}`).join(' ')})`);

function disposition(part: Part): string {
  const value = headerValues(part.header, 'content-disposition')[0];
  if (value === undefined) return 'NIL';
  return `(${wire((/^[\w-]+/.exec(value)?.[0] ?? 'attachment').toUpperCase())} ${paramList(paramsOf(value))})`;
}

const lines = (text: string): number => text.split('\r\n').length - 1;

/** BODYSTRUCTURE (`extended`) or BODY of a part. */
export function structureOf(part: Part, extended: boolean): string {
  const tail = extended ? ` ${disposition(part)} NIL NIL` : '';
  if (part.type === 'multipart' && part.children.length > 0) {
    const kids = part.children.map(c => structureOf(c, extended)).join('');
    return `(${kids} ${wire(part.subtype.toUpperCase())}${extended ? ` ${paramList(part.params)}${tail}` : ''})`;
  }
  const one = (name: string): string | undefined => headerValues(part.header, name)[0];
  const basic = `${wire(part.type.toUpperCase())} ${wire(part.subtype.toUpperCase())} ${paramList(part.params)} ${wire(one('content-id'))} ${wire(one('content-description'))} ${wire((one('content-transfer-encoding') ?? '7BIT').toUpperCase())} ${part.body.length}`;
  const inner = part.children[0];
  const special = part.type === 'text' ? ` ${lines(part.body)}` : inner ? ` ${envelopeOf(inner.header)} ${structureOf(inner, extended)} ${lines(part.body)}` : '';
  return `(${basic}${special}${extended ? ` NIL${tail}` : ''})`;
}

function findPart(root: Part, numbers: readonly number[]): Part | undefined {
  let part: Part | undefined = root;
  for (const n of numbers) {
    const holder: Part | undefined = part?.type === 'message' && part.children[0] ? part.children[0] : part;
    part = holder?.type === 'multipart' ? holder.children[n - 1] : n === 1 ? holder : undefined;
  }
  return part;
}

/** Bytes of `BODY[section]`; empty for a part that is not there. */
export function sectionOf(raw: string, section: string): string {
  if (section === '') return raw;
  const [, path = '', rest = ''] = /^(\d+(?:\.\d+)*)?\.?(.*)$/s.exec(section) ?? [];
  const numbers = path === '' ? [] : path.split('.').map(Number);
  const root = parsePart(raw);
  const part = findPart(root, numbers);
  if (!part) return '';
  const whole = numbers.length === 0 ? part : part.type === 'message' ? part.children[0] ?? part : part;
  const what = rest.toUpperCase();
  if (what === '') return part.body;
  if (what === 'MIME') return `${part.header}\r\n`;
  if (what === 'TEXT') return whole.body;
  if (what === 'HEADER') return `${whole.header}\r\n`;
  const fields = /^HEADER\.FIELDS(\.NOT)? \(([^)]*)\)$/.exec(what);
  if (!fields) return '';
  const names = (fields[2] ?? '').replaceAll('"', '').split(/\s+/);
  const keep = whole.header.split(/\r\n(?![ \t])/).filter(line => line !== '' && names.includes(line.slice(0, line.indexOf(':')).toUpperCase()) === (fields[1] === undefined));
  return `${keep.map(line => `${line}\r\n`).join('')}\r\n`;
}
