import type { StoredFile } from '../channels/port.ts';
import { escapeText, readMarkup, unescapeText, writeMarkup, type Piece } from './markup.ts';
import { inlineFiles, isBeacon } from './pictures.ts';
import { bodyStyle, sanitise } from './sanitise.ts';

/** Larger ones are newsletters in which nobody looks for anything; taking them apart would be felt when Send is pressed. */
const MOST_HTML = 512 * 1024;
/** What may stand in a header as it is (RFC 2392 lets more through, a stranger's line end among it). */
const PLAIN_ID = /^[\w.@+=$-]{1,200}$/;

/**
 * A mail's formatting as it may leave in our name: nothing in it that runs, loads by itself or tells its sender that it was opened. Pictures of
 * the mail stay where `files` has them. Null when it is better passed on as its words.
 */
export function passedOn(html: Uint8Array, files: readonly StoredFile[]): string | null {
  if (html.length > MOST_HTML) return null;
  const source = new TextDecoder().decode(html);
  const inline = inlineFiles(files);
  const place = (list: readonly Piece[]): Piece[] => list.flatMap((piece): Piece[] => {
    if (typeof piece === 'string') return [piece];
    if (piece.tag !== 'img') return [{ ...piece, children: place(piece.children) }];
    const address = unescapeText(piece.attributes.get('src') ?? '');
    if (address === '' || isBeacon(piece)) return [];
    if (!address.startsWith('cid:')) return [piece];
    const id = inline(address.slice('cid:'.length))?.contentId ?? '';
    if (PLAIN_ID.test(id)) return [{ ...piece, attributes: new Map([...piece.attributes, ['src', escapeText(`cid:${id}`)]]) }];
    const alt = piece.attributes.get('alt') ?? '';
    return alt === '' ? [] : [alt];
  });
  try {
    const ground = bodyStyle(source);
    return `<div dir="auto"${ground === '' ? '' : ` style="${ground}"`}>${writeMarkup(place(readMarkup(sanitise(source))))}</div>`;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
