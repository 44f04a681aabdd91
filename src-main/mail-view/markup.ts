/** An element of sanitised HTML; texts and attribute values are kept as they are written there, escaped. */
export interface Element {
  tag: string;
  attributes: Map<string, string>;
  children: Piece[];
}
export type Piece = string | Element;

const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'col', 'wbr']);
const OPEN = /<([a-z][a-z0-9]*)((?: [a-z]+="[^"<>]*")*)( ?\/)?>/y;
const CLOSE = /<\/([a-z][a-z0-9]*)>/y;
const TEXT = /[^<>]+/y;
const ATTRIBUTE = / ([a-z]+)="([^"<>]*)"/g;

/**
 * Reads what `sanitise` wrote, and nothing else: one spelling of tags, everything closed. A second wall: what a slip of the sanitiser let
 * through in another shape makes this throw, and then the mail is shown as text.
 */
export function readMarkup(html: string): Piece[] {
  const root: Element = { tag: '', attributes: new Map(), children: [] };
  const stack: Element[] = [root];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(html);
    if (match) at = pattern.lastIndex;
    return match;
  };
  while (at < html.length) {
    const parent = stack.at(-1) ?? root;
    const text = take(TEXT);
    if (text) {
      parent.children.push(text[0]);
      continue;
    }
    const open = take(OPEN);
    if (open) {
      const tag = open[1] ?? '';
      const element: Element = { tag, attributes: new Map([...(open[2] ?? '').matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, value])), children: [] };
      parent.children.push(element);
      if (!VOID.has(tag)) stack.push(element);
      continue;
    }
    const close = take(CLOSE);
    if (!close || stack.length === 1 || parent.tag !== close[1]) throw new RangeError(`unexpected markup at ${at}`);
    stack.pop();
  }
  if (stack.length !== 1) throw new RangeError('an element is not closed');
  return root.children;
}

export const escapeText = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
export const unescapeText = (text: string): string => text.replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

export function writeMarkup(pieces: readonly Piece[]): string {
  return pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    const open = `<${piece.tag}${[...piece.attributes].map(([name, value]) => ` ${name}="${value}"`).join('')}>`;
    return VOID.has(piece.tag) ? open : `${open}${writeMarkup(piece.children)}</${piece.tag}>`;
  }).join('');
}
