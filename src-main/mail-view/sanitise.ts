import type sanitizeHtml from 'sanitize-html';
import { lazyPackage } from '../kernel/index.ts';
import { cleanStyle } from './css.ts';
import { linkOf, pictureSourceOf } from './links.ts';

const TAGS = [
  'a', 'abbr', 'address', 'article', 'aside', 'b', 'bdi', 'bdo', 'big', 'blockquote', 'br', 'caption', 'center', 'cite', 'code', 'col', 'colgroup', 'dd', 'del', 'dfn', 'div', 'dl', 'dt',
  'em', 'figcaption', 'figure', 'font', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'main', 'mark', 'ol', 'p', 'pre', 'q', 's', 'samp',
  'section', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'tt', 'u', 'ul', 'var', 'wbr',
];
/** What stands inside these is code, another language or a form's value, never words of the mail. */
const DROPPED_WHOLE = [
  'script', 'style', 'title', 'textarea', 'option', 'select', 'noscript', 'noembed', 'noframes', 'iframe', 'object', 'embed', 'applet', 'template', 'svg', 'math', 'xmp', 'plaintext', 'listing',
  'audio', 'video', 'canvas', 'map', 'datalist', 'dialog', 'portal', 'slot', 'frameset',
];
/** Depth people's mails stay below, quotes of quotes included; deeper elements lose their tags. */
const MOST_NESTED = 200;

const LENGTH = /^\d{1,4}(?:\.\d+)?%?$/;
const COLOUR = /^(?:#[0-9a-f]{3,8}|[a-z]{3,30})$/;
const WORD = /^[a-z]{1,12}$/;
const SHAPES: Record<string, RegExp> = {
  align: WORD, valign: WORD, dir: /^(?:ltr|rtl|auto)$/, lang: /^[a-z0-9-]{1,35}$/, bgcolor: COLOUR, color: COLOUR, width: LENGTH, height: LENGTH,
  border: LENGTH, cellpadding: LENGTH, cellspacing: LENGTH, colspan: /^\d{1,3}$/, rowspan: /^\d{1,3}$/, span: /^\d{1,3}$/, start: /^-?\d{1,6}$/, value: /^-?\d{1,6}$/, size: /^[+-]?\d$/,
  type: /^[a-z0-9]{1,8}$/, face: /^[a-z0-9 ,_-]{1,200}$/,
};
const NAMES = ['href', 'src', 'alt', 'title', 'style', ...Object.keys(SHAPES)];
const LONGEST_WORDS = 1_000;

function cleanAttributes(tag: string, attributes: Record<string, string>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    const shape = Object.hasOwn(SHAPES, name) ? SHAPES[name] : undefined;
    if (shape !== undefined) {
      const plain = value.trim().toLowerCase();
      if (shape.test(plain)) kept[name] = plain;
    } else if (name === 'style') {
      const style = cleanStyle(value);
      if (style !== '') kept['style'] = style;
    } else if (name === 'href' && tag === 'a') {
      const link = linkOf(value);
      if (link !== null) kept['href'] = link;
    } else if (name === 'src' && tag === 'img') {
      const source = pictureSourceOf(value);
      if (source !== null) kept['src'] = source;
    } else if (name === 'title' || (name === 'alt' && tag === 'img')) {
      // oxlint-disable-next-line no-control-regex
      const words = value.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]+/g, ' ').slice(0, LONGEST_WORDS).toWellFormed().trim();
      if (words !== '' || name === 'alt') kept[name] = words;
    }
  }
  return kept;
}

/**
 * Ground and ink a mail gives its body, as one clean style. Read by themselves: the body is no element that could be kept, since the
 * page has one of its own.
 */
export function bodyStyle(html: string): string {
  const attributes = /<body\b([^>]{0,4000})>/i.exec(html)?.[1] ?? '';
  const of = (name: string): string => {
    const [, double, single, bare] = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes) ?? [];
    return double ?? single ?? bare ?? '';
  };
  const colour = (property: string, name: string): string => (COLOUR.test(of(name).trim().toLowerCase()) ? `${property}:${of(name).trim()};` : '');
  const style = cleanStyle(`${colour('background-color', 'bgcolor')}${colour('color', 'text')}${of('style')}`);
  // Its measures are the page's own.
  return style.split(';').filter((part) => /^(?:background|background-color|color|font-family|direction|text-align):/.test(part)).join(';');
}

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: TAGS,
  allowedAttributes: { '*': NAMES },
  allowedSchemes: ['http', 'https', 'mailto', 'tel', 'sip'],
  allowedSchemesByTag: { img: ['http', 'https', 'cid', 'data'] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: DROPPED_WHOLE,
  nestingLimit: MOST_NESTED,
  parseStyleAttributes: false,
  enforceHtmlBoundary: false,
  transformTags: {
    '*': (tagName: string, attribs: Record<string, string>) => ({ tagName, attribs: cleanAttributes(tagName, attribs) }),
  },
};

const library = lazyPackage<typeof sanitizeHtml>('sanitize-html');
const once = (html: string): string => library()(html, OPTIONS);
/** Two are enough for people's mails. */
const MOST_ROUNDS = 6;

/**
 * A mail's HTML with nothing left in it that runs, loads, navigates, submits or covers: an allow list of elements, attributes, style
 * properties and URL schemes. Sanitising the result again gives the same. Remote pictures keep their address: whoever shows the result
 * decides about them. Throws RangeError when it changes its meaning at every reading.
 */
export function sanitise(html: string): string {
  // An element that goes can change what its neighbours mean ("<p><body><div>"), so it is read until nothing changes.
  let last = once(html.toWellFormed());
  for (let round = 1; round < MOST_ROUNDS; round += 1) {
    const next = once(last);
    if (next === last) return next;
    last = next;
  }
  throw new RangeError('this markup is read differently each time');
}
