import { reckonHeight, widest } from './height.ts';
import { escapeText, readMarkup, unescapeText, writeMarkup, type Element, type Piece } from './markup.ts';
import { isBeacon } from './pictures.ts';
import { bodyStyle, sanitise } from './sanitise.ts';

export interface PageOptions {
  scheme: 'light' | 'dark';
  /** How wide it will be shown, in CSS pixels. */
  width: number;
  /** Path under which the n-th link is known: what the frame asks for when it is clicked. */
  linkPath(n: number): string;
  /** A picture as a data: URL; null when it is not there or not to be shown. `source` is "cid:…" or a web address. */
  picture(source: string): string | null;
}

export interface Page {
  html: string;
  /** Where its links lead, by their number. */
  links: string[];
  /** Web addresses of pictures that are not shown, each once. */
  remote: string[];
  /** Reckoned, in CSS pixels. */
  height: number;
}

const PADDING = 12;
/** Smaller letters are no longer read. */
const LEAST_ZOOM = 0.6;

const OWN_COLOURS = /(?:^|;)(?:color|background|background-color):/;

/** The page a mail is shown as: sanitised, its pictures in place, its links numbered, its quotes folded. Throws RangeError when the sanitised markup is not in the one spelling known. */
export function makePage(html: string, options: PageOptions): Page {
  const pieces = readMarkup(sanitise(html));
  const links: string[] = [];
  const remote = new Set<string>();
  const ground = bodyStyle(html);
  let hasColours = OWN_COLOURS.test(ground);

  const place = (element: Element): Piece | null => {
    const source = element.attributes.get('src');
    if (isBeacon(element)) return null;
    const address = source === undefined ? '' : unescapeText(source);
    const data = address.startsWith('data:') ? address : address === '' ? null : options.picture(address);
    if (data !== null) {
      element.attributes.set('src', escapeText(data));
      if (!element.attributes.has('alt')) element.attributes.set('alt', '');
      return element;
    }
    if (/^https?:/.test(address)) remote.add(address);
    const alt = element.attributes.get('alt') ?? '';
    return alt === '' ? null : { tag: 'span', attributes: new Map([['class', 'picture']]), children: [alt] };
  };
  let hasWords = false;
  const walk = (list: readonly Piece[], isQuoted: boolean): Piece[] => {
    const done: Piece[] = [];
    for (const piece of list) {
      if (typeof piece === 'string') {
        hasWords ||= piece.trim() !== '';
        done.push(piece);
        continue;
      }
      const style = piece.attributes.get('style');
      if (piece.attributes.has('bgcolor') || piece.attributes.has('color') || (style !== undefined && OWN_COLOURS.test(style))) hasColours = true;
      if (piece.tag === 'img') {
        const placed = place(piece);
        if (placed !== null) done.push(placed);
        continue;
      }
      const href = piece.attributes.get('href');
      if (piece.tag === 'a' && href !== undefined) {
        // The frame never knows where a link leads; the agent does, and the shell asks before it opens.
        piece.attributes.set('title', href);
        piece.attributes.set('href', options.linkPath(links.length));
        links.push(unescapeText(href));
      }
      // A mail that is nothing but a quote is read as it is.
      const folds = piece.tag === 'blockquote' && !isQuoted && hasWords;
      piece.children = walk(piece.children, isQuoted || piece.tag === 'blockquote');
      done.push(folds ? { tag: 'details', attributes: new Map(), children: [{ tag: 'summary', attributes: new Map([['title', '…']]), children: ['…'] }, piece] } : piece);
    }
    return done;
  };
  const body = walk(pieces, false);
  const room = options.width - PADDING * 2;
  const zoom = Math.max(LEAST_ZOOM, Math.min(1, room / Math.max(1, widest(body))));
  // A mail with colours of its own reckons with white paper under it; one without takes the desk's.
  const scheme = hasColours ? 'light' : options.scheme;
  return { html: `<!doctype html><html><head><meta charset="utf-8"><title>Mail</title><style>${sheet(scheme, /^background|;background/.test(ground), zoom)}</style></head><body${ground === '' ? '' : ` style="${ground}"`}>${writeMarkup(body)}</body></html>`, links, remote: [...remote], height: Math.round((reckonHeight(body, room / zoom) + PADDING * 2) * zoom) };
}

const sheet = (scheme: 'light' | 'dark', hasGround: boolean, zoom: number): string => {
  const [ground, ink, soft, link, line] = scheme === 'dark' ? ['#1a1a1e', '#ececf1', '#b4b4c0', '#93a8ff', '#4a4a56'] : ['#ffffff', '#1a1a20', '#50505c', '#3551c9', '#c4c4ce'];
  // A ground of the mail's own goes on to the edges only when the root has none.
  return `:root{color-scheme:${scheme}${hasGround ? '' : `;background:${ground}`}}body{${zoom < 1 ? `zoom:${zoom.toFixed(3)};` : ''}margin:0;padding:${PADDING}px;font:14px/1.45 system-ui,sans-serif;color:${ink};overflow-wrap:anywhere}`
    + `img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}a{color:${link}}`
    + `blockquote{margin:4px 0;padding-left:12px;border-left:2px solid ${line};color:${soft}}details{margin:4px 0}summary{display:inline-block;padding:0 8px;border-radius:9px;background:${scheme === 'dark' ? '#2b2b32' : '#ececf0'};color:${soft};cursor:pointer;line-height:18px}`
    + `.picture{display:inline-block;padding:1px 6px;border:1px dashed ${line};border-radius:4px;color:${soft};font-size:12px}`;
};
