import type * as HtmlToText from 'html-to-text';
import { lazy, lazyPackage } from '../../kernel/index.ts';
import type { MailLimits } from './limits.ts';

const library = lazyPackage<typeof HtmlToText>('html-to-text');
// Made once: it takes longer than reading a mail with it. Its input is cut before, by our own limit.
const wordsOf = lazy(() => library().compile({
  wordwrap: false,
  limits: { maxDepth: 100, maxChildNodes: 20_000 },
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, noAnchorUrl: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
}));

// C0/C1 controls but tab and newline, and the bidi embeddings and overrides that make a line read other than it is.
// oxlint-disable-next-line no-control-regex
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

// Most lines and texts have nothing to be cleaned, which one look tells: white space but single blanks within, what is unwanted, surrogates.
// oxlint-disable-next-line no-control-regex
const UNCLEAN_LINE = /[\u0000-\u001f\u007f-\u00a0\u1680\u2000-\u200a\u2028-\u202f\u205f\u2066-\u2069\u3000\ufeff\ud800-\udfff]|^ | $| {2}/;
// oxlint-disable-next-line no-control-regex
const UNCLEAN_TEXT = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|[^\S\n]\n|\n{4}/;

/** One line for the eye: no controls, no bidi overrides, white space collapsed, well-formed, at most `max` UTF-16 units. */
export function cleanLine(value: string, max: number): string {
  if (value.length <= max && !UNCLEAN_LINE.test(value)) return value;
  const line = value.slice(0, max * 4).replace(/[\s\u2028\u2029]+/g, ' ').replace(UNWANTED, '').trim();
  return (line.length > max ? `${line.slice(0, max - 1)}…` : line).toWellFormed();
}

/** Text for reading: LF line ends, no controls, no blanks at line ends, at most two blank lines in a row, trimmed; "-- " keeps its blank. */
export function cleanText(value: string): string {
  if (!UNCLEAN_TEXT.test(value)) return value.trim();
  // Line by line: one expression over the whole text would be quadratic on a long run of blanks.
  const lines = value.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n').replace(UNWANTED, '').split('\n');
  return lines.map((line) => (line === '-- ' ? line : line.trimEnd())).join('\n').replace(/\n{4,}/g, '\n\n\n').trim().toWellFormed();
}

const withoutTags = (html: string): string => html.replace(/<(style|script|head|title)\b[^]*?(?:<\/\1\s*>|$)/gi, ' ').replace(/<[^>]*>?/g, ' ');

/** Elements left open at once, counting only those that must be closed; people's mail stays below 200, quotes of quotes included. */
function isTooDeep(html: string, most: number): boolean {
  let depth = 0;
  for (const [, slash, name] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (MAY_STAY_OPEN.test(name ?? '')) continue;
    depth = slash === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > most) return true;
  }
  return false;
}
const MAY_STAY_OPEN = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dd|dt|tr|td|th|thead|tbody|tfoot|option|html|head|body)$/i;

/** HTML as text: links as "words [address]" when both differ, pictures left out, quotes with "> ". Never throws. */
export function htmlText(html: string, limits: MailLimits): string {
  const bounded = html.slice(0, limits.htmlChars);
  try {
    // html-to-text takes quadratic time on depth: 40,000 open elements cost a second, 200,000 half a minute.
    if (isTooDeep(bounded, limits.htmlDepth)) throw new RangeError('nested too deeply');
    return cleanText(wordsOf()(bounded));
  } catch {
    return cleanText(withoutTags(bounded).replace(/&nbsp;/gi, ' ').replace(/&lt;/gi, '<').replace(/&gt;/gi, '>').replace(/&amp;/gi, '&').replace(/[ \t]+/g, ' '));
  }
}

const FORMATTED = /<(?:img|table|a\s|b\b|strong|em\b|i\b|u\b|ul\b|ol\b|h[1-6]\b|video|picture|svg|font\b)/i;

/** Does the HTML say more than the plain text beside it: links, pictures, lists, emphasis, or a fifth more words? */
export function saysMore(html: string, plain: string, limits: MailLimits): boolean {
  const bounded = html.slice(0, limits.htmlChars);
  if (FORMATTED.test(bounded)) return true;
  const letters = (text: string): number => text.replace(/[^\p{L}\p{N}]+/gu, '').length;
  return letters(withoutTags(bounded).replace(/&#?\w+;/g, ' ')) > letters(plain) * 1.2 + 10;
}

/** Text alternatives of inline pictures, by content id. */
export function altTexts(html: string, limits: MailLimits): Map<string, string> {
  const alts = new Map<string, string>();
  for (const [tag] of html.slice(0, limits.htmlChars).matchAll(/<img\b[^<>]{1,4000}>/gi)) {
    const id = /\bsrc\s*=\s*["']?cid:([^"'\s>]+)/i.exec(tag)?.[1];
    const alt = /\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag);
    const words = cleanLine(alt?.[1] ?? alt?.[2] ?? '', limits.nameChars);
    if (id !== undefined && words !== '') alts.set(id, words);
  }
  return alts;
}

/** A file name that is only a name: no folders, no controls, none that Windows forbids, with its ending kept when cut. */
export function fileName(declared: string | null, fallback: string, limits: MailLimits): string {
  const last = (declared ?? '').split(/[\\/]/).at(-1) ?? '';
  const name = cleanLine(last, 1_000).replace(/[<>:"|?*]/g, '_').replace(/^\.+/, '_').replace(/[. ]+$/, '');
  if (name === '') return fallback;
  if (name.length <= limits.fileNameChars) return name;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, limits.fileNameChars - ending.length)}${ending}`.toWellFormed();
}
