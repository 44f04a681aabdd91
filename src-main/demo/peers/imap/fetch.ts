import { envelopeOf, parsePart, sectionOf, structureOf } from './mime.ts';
import { wireDate } from './parse.ts';
import type { ImapMessage } from './state.ts';

const macros: Record<string, string[]> = {
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FULL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY'],
};

const literal = (text: string): string => `{${text.length}}\r\n${text}`;

/** Expands macros; UID comes along with every UID FETCH. */
export function fetchItems(items: readonly string[], byUid: boolean): string[] {
  const first = items[0]?.toUpperCase() ?? '';
  const all = items.length === 1 ? macros[first] ?? [...items] : [...items];
  return byUid && !all.some(i => i.toUpperCase() === 'UID') ? ['UID', ...all] : all;
}

/** True if fetching this item marks the mail as read. */
export const marksSeen = (item: string): boolean => /^(BODY\[|RFC822$|RFC822\.TEXT$)/i.test(item);

/** One item of a FETCH answer (RFC 3501 section 6.4.5); throws on an item it does not know. */
export function fetchItem(message: ImapMessage, item: string): string {
  const name = item.toUpperCase();
  switch (name) {
    case 'UID': return `UID ${message.uid}`;
    case 'FLAGS': return `FLAGS (${message.flags.join(' ')})`;
    case 'INTERNALDATE': return `INTERNALDATE ${wireDate(message.internalAt)}`;
    case 'RFC822.SIZE': return `RFC822.SIZE ${message.raw.length}`;
    case 'ENVELOPE': return `ENVELOPE ${envelopeOf(parsePart(message.raw).header)}`;
    case 'BODYSTRUCTURE': return `BODYSTRUCTURE ${structureOf(parsePart(message.raw), true)}`;
    case 'BODY': return `BODY ${structureOf(parsePart(message.raw), false)}`;
    case 'RFC822': return `RFC822 ${literal(message.raw)}`;
    case 'RFC822.HEADER': return `RFC822.HEADER ${literal(sectionOf(message.raw, 'HEADER'))}`;
    case 'RFC822.TEXT': return `RFC822.TEXT ${literal(sectionOf(message.raw, 'TEXT'))}`;
  }
  const body = /^BODY(?:\.PEEK)?\[([\s\S]*)\](?:<(\d+)\.(\d+)>)?$/i.exec(item);
  if (!body) throw new Error(`unknown fetch item ${item}`);
  const section = body[1] ?? '';
  const bytes = sectionOf(message.raw, section);
  if (body[2] === undefined) return `BODY[${section}] ${literal(bytes)}`;
  const from = Number(body[2]);
  return `BODY[${section}]<${from}> ${literal(bytes.slice(from, from + Number(body[3])))}`;
}
