import type { StoredFile } from '../channels/port.ts';
import type { Element } from './markup.ts';

/** Pictures this small are there to tell the sender that the mail was opened: never shown, never fetched, never passed on. */
const BEACON = 3;

export function isBeacon({ attributes }: Element): boolean {
  const size = (name: string): number => Number.parseFloat(attributes.get(name) ?? '') || Number.NaN;
  return size('width') <= BEACON || size('height') <= BEACON;
}

/** Files that came with the mail, by the content id a text names them by. */
export function inlineFiles(files: readonly StoredFile[]): (contentId: string) => StoredFile | undefined {
  const byId = new Map(files.flatMap((file) => (file.contentId === null ? [] : [[file.contentId.toLowerCase(), file] as const])));
  return (contentId) => byId.get(decoded(contentId).toLowerCase());
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
