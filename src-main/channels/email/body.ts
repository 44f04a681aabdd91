import { markupHtml, markupPlain } from '../markup.ts';
import type { OutgoingItem, QuotedMail } from '../port.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const lines = (text: string): string => escaped(text).replaceAll('\n', '<br>\n');

const quotedPlain = ({ kind, lead, text }: QuotedMail): string =>
  kind === 'forward' ? `${lead}\n\n${text}` : `${lead}\n${text.split('\n').map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`)).join('\n')}`;

/** What is answered is text, whatever it was; what is passed on keeps its formatting where it came with some that is safe in our name. */
const quotedHtml = ({ kind, lead, text, html }: QuotedMail): string =>
  kind === 'forward' ? `<p style="margin:0 0 1em">${lines(lead)}</p>\n${html ?? `<div dir="auto">${lines(text)}</div>`}` : `<p style="margin:0 0 1em">${lines(lead)}</p>\n<blockquote type="cite" style="margin:0;padding-left:1em;border-left:2px solid #ccc" dir="auto">${lines(text)}</blockquote>`;

/** The two bodies of a mail: for programs that show formatting and for those that do not. */
export function mailBodies({ text, isMarked, quoted }: Pick<OutgoingItem, 'text' | 'isMarked' | 'quoted'>): { plain: string; html: string | null } {
  const written = text.replace(/\r\n?/g, '\n');
  if (isMarked !== true) return { plain: written, html: null };
  const plain = markupPlain(written);
  const html = `<div dir="auto">${markupHtml(written)}</div>`;
  if (quoted === undefined) return { plain, html };
  return { plain: `${plain.trimEnd()}\n\n${quotedPlain(quoted)}`, html: `${html}\n${quotedHtml(quoted)}` };
}
