import type { Piece } from './markup.ts';

// A frame without scripts cannot say how high it is, and the page around it cannot look inside: the height is reckoned from the markup
// before it is shown, so that nothing moves afterwards; what was reckoned too low scrolls inside the frame.
/** A wide system font at 14 px: better a little air than a scroll bar. */
const CHARACTER = 7.4;
const BASE = 14;
const LINE = BASE * 1.45;
/** A picture stands on the line of its letters; what hangs below them is under it. */
const DESCENT = 5;
const BLOCK = /^(?:address|article|aside|blockquote|center|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul|caption|details|summary)$/;
const MARGIN: Record<string, number> = { p: 14, ul: 14, ol: 14, blockquote: 14, pre: 14, h1: 38, h2: 34, h3: 30, h4: 36, hr: 18, dl: 14, figure: 14, table: 4, td: 2, th: 2 };
const SCALE: Record<string, number> = { h1: 2, h2: 1.5, h3: 1.17, small: 0.83, big: 1.2, sup: 0.83, sub: 0.83 };
const pixels = (value: string | undefined): number | null => (value !== undefined && /^\d+(?:\.\d+)?(?:px)?$/.test(value) ? Number.parseFloat(value) : null);
const declared = (style: string | undefined, property: string): string | undefined => style?.split(';').find((part) => part.startsWith(`${property}:`))?.slice(property.length + 1);

/** What of the surroundings counts: the room there is, the size of letters, the padding and borders of a table's cells. */
interface Around {
  width: number;
  font: number;
  cellPadding: number;
  cellBorder: number;
}

/** About how high the markup is when it is `width` pixels wide. */
export const reckonHeight = (pieces: readonly Piece[], width: number): number => flow(pieces, { width, font: BASE, cellPadding: 1, cellBorder: 0 });

/** The widest thing that cannot be narrower: a table or cell of a fixed width. */
export function widest(pieces: readonly Piece[]): number {
  return pieces.reduce((most, piece) => {
    if (typeof piece === 'string') return most;
    const own = /^(?:table|td|th)$/.test(piece.tag) ? (pixels(piece.attributes.get('width')) ?? pixels(declared(piece.attributes.get('style'), 'width')) ?? 0) : 0;
    return Math.max(most, own, widest(piece.children));
  }, 0);
}

const CELL = /^(?:td|th)$/;

function flow(pieces: readonly Piece[], around: Around): number {
  const { width, font } = around;
  let height = 0;
  let run = 0;
  let tallest = 0;
  const endRun = (): void => {
    if (run > 0 || tallest > 0) height += Math.max(Math.ceil(run / Math.max(80, width)) * LINE * (font / BASE), tallest === 0 ? 0 : tallest + DESCENT);
    run = 0;
    tallest = 0;
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      const words = piece.replace(/\s+/g, ' ');
      if (words !== ' ' || run > 0) run += words.length * CHARACTER * (font / BASE);
      continue;
    }
    const { tag, attributes, children } = piece;
    const style = attributes.get('style');
    if (declared(style, 'display') === 'none') continue;
    const own = (name: string): number | null => pixels(attributes.get(name)) ?? pixels(declared(style, name));
    const size = pixels(declared(style, 'font-size')) ?? font * (SCALE[tag] ?? 1);
    if (tag === 'br') {
      if (run === 0 && tallest === 0) height += LINE;
      endRun();
    } else if (tag === 'img') {
      const wide = own('width') ?? 120;
      const scale = wide > width ? width / wide : 1;
      tallest = Math.max(tallest, (own('height') ?? (attributes.has('src') ? wide * 0.6 : LINE)) * scale);
      run += Math.min(wide, width);
    } else if (!BLOCK.test(tag)) {
      const inner = flow(children, { ...around, font: size });
      run += textLength(children) * CHARACTER * (size / BASE);
      tallest = Math.max(tallest, inner > LINE * 2 ? inner : 0);
    } else {
      endRun();
      const sides = padding(style, CELL.test(tag) ? around.cellPadding : 0);
      const hasBorder = tag === 'table' && (pixels(attributes.get('border')) ?? 0) > 0;
      const inner = { width: Math.min(own('width') ?? width, width) - sides.across, font: size, cellPadding: tag === 'table' ? (pixels(attributes.get('cellpadding')) ?? 1) : around.cellPadding, cellBorder: tag === 'table' ? (hasBorder ? 2 : 0) : around.cellBorder };
      height += Math.max(blockHeight(tag, children, inner) + sides.down, own('height') ?? 0) + (MARGIN[tag] ?? 0) + (hasBorder || CELL.test(tag) ? inner.cellBorder : 0);
    }
  }
  endRun();
  return Math.round(height);
}

function padding(style: string | undefined, otherwise: number): { down: number; across: number } {
  const [top, right = top, bottom = top, left = right] = (declared(style, 'padding') ?? '').split(' ').map((value) => pixels(value) ?? 0);
  const of = (side: string, value: number | undefined): number => pixels(declared(style, `padding-${side}`)) ?? (declared(style, 'padding') === undefined ? otherwise : (value ?? 0));
  return { down: of('top', top) + of('bottom', bottom), across: of('left', left) + of('right', right) };
}

function blockHeight(tag: string, children: readonly Piece[], around: Around): number {
  if (tag === 'hr') return 2;
  if (tag === 'details') return LINE + 8;
  if (tag !== 'tr') return flow(children, tag === 'blockquote' || tag === 'li' || tag === 'dd' ? { ...around, width: around.width - 28 } : around);
  const cells = children.filter((child) => typeof child !== 'string');
  // Cells stand beside each other: the row is as high as its highest.
  return Math.max(0, ...cells.map((cell) => flow([cell], { ...around, width: around.width / Math.max(1, cells.length) })));
}

const textLength = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : textLength(piece.children)), 0);
