import type { StoredFile } from '../channels/port.ts';
import { ParleyError, type Clock, type Random } from '../kernel/index.ts';
import { fetchPicture, pictureLimits } from './fetch-picture.ts';
import { makePage, type Page } from './page.ts';
import { inlineFiles } from './pictures.ts';
import { asDataUrl, pictureType } from '../kernel/picture-type.ts';

/** What a frame at the mail origin gets for a path: a page to show, or where a clicked link leads. */
export type FrameAnswer = { type: 'page'; html: string } | { type: 'link'; url: string };

export interface ShowRequest {
  html: Uint8Array;
  /** Files that came with the mail; those with a content id may stand in the text. */
  files: readonly StoredFile[];
  /** Null when the file is no longer there. */
  bytesOf(sha256: string): Uint8Array | null;
  scheme: 'light' | 'dark';
  width: number;
  remotePictures: boolean;
  allowsPrivate: boolean;
}

export interface ShownMail {
  /** Path of the page at the mail origin; nobody can guess it. */
  path: string;
  height: number;
  /** Pictures of the web that are not shown. */
  remote: number;
}

export interface MailPages {
  show(request: ShowRequest): Promise<ShownMail>;
  /** Null for a path that is not known (any more). */
  frame(path: string): FrameAnswer | null;
}

/** HTML beyond this takes seconds to take apart; its words are there as text, and the whole of it as a file. */
const MOST_HTML = 2 * 1024 * 1024;
/** Pages kept: far more than a timeline has on screen, links of the ones scrolled away included. */
const PAGES = 200;
const PAGE_BYTES = 64 * 1024 * 1024;
const PICTURE_BYTES = 32 * 1024 * 1024;
const INLINE_BYTES = 16 * 1024 * 1024;
const PAGE_PATH = /^\/m\/([0-9a-f]{32})$/;
const LINK_PATH = /^\/l\/([0-9a-f]{32})\/(\d{1,5})$/;

/** Keeps the newest; the oldest go when there are too many or they are too large together. */
function keeper<V>(most: number, mostBytes: number, sizeOf: (value: V) => number) {
  const kept = new Map<string, V>();
  let bytes = 0;
  const drop = (key: string): void => {
    const value = kept.get(key);
    if (value === undefined) return;
    bytes -= sizeOf(value);
    kept.delete(key);
  };
  return {
    get(key: string): V | undefined {
      const value = kept.get(key);
      if (value !== undefined) {
        kept.delete(key);
        kept.set(key, value);
      }
      return value;
    },
    put(key: string, value: V): void {
      drop(key);
      kept.set(key, value);
      bytes += sizeOf(value);
      for (const oldest of kept.keys()) {
        if (kept.size <= most && bytes <= mostBytes) break;
        if (oldest !== key) drop(oldest);
      }
    },
  };
}

/** Makes the pages mails are shown as and hands them to the frames that ask for them. */
export function createMailPages({ clock, random }: { clock: Clock; random: Random }): MailPages {
  const pages = keeper<Page>(PAGES, PAGE_BYTES, (page) => page.html.length * 2);
  const fetched = keeper<string>(500, PICTURE_BYTES, (data) => data.length);

  const newToken = (): string => {
    const bytes = new Uint8Array(16);
    random.fill(bytes);
    return Buffer.from(bytes).toString('hex');
  };
  const fetchAll = async (addresses: readonly string[], allowsPrivate: boolean): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    const waiting = addresses.slice(0, pictureLimits.pictures);
    const lane = async (): Promise<void> => {
      for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
        let data = fetched.get(address);
        if (data === undefined) {
          const picture = await fetchPicture(address, { clock, allowsPrivate });
          if (picture === null) continue;
          data = asDataUrl(picture.type, picture.bytes);
          fetched.put(address, data);
        }
        found.set(address, data);
      }
    };
    await Promise.all(Array.from({ length: pictureLimits.atOnce }, lane));
    return found;
  };

  return {
    async show({ html, files, bytesOf, scheme, width, remotePictures, allowsPrivate }) {
      if (html.length > MOST_HTML) throw new ParleyError('unavailable', 'This mail is too large to be shown with its formatting; its words are all here, and the whole of it can be saved.');
      const source = new TextDecoder().decode(html);
      const token = newToken();
      const inline = inlinePictures(files, bytesOf);
      const make = (remote: ReadonlyMap<string, string>): Page => {
        try {
          return makePage(source, { scheme, width, linkPath: (n) => `/l/${token}/${n}`, picture: (address) => (address.startsWith('cid:') ? inline(address.slice(4)) : (remote.get(address) ?? null)) });
        } catch (cause) {
          if (!(cause instanceof RangeError)) throw cause;
          throw new ParleyError('unavailable', 'This mail cannot be shown with its formatting; its words are all here.', { cause });
        }
      };
      let page = make(new Map());
      if (remotePictures && page.remote.length > 0) page = make(await fetchAll(page.remote, allowsPrivate));
      pages.put(token, page);
      return { path: `/m/${token}`, height: page.height, remote: page.remote.length };
    },
    frame(path) {
      const shown = PAGE_PATH.exec(path);
      if (shown) {
        const page = pages.get(shown[1] ?? '');
        return page ? { type: 'page', html: page.html } : null;
      }
      const link = LINK_PATH.exec(path);
      const url = link ? pages.get(link[1] ?? '')?.links[Number(link[2])] : undefined;
      return url === undefined ? null : { type: 'link', url };
    },
  };
}

/** Pictures of the mail itself by content id, as data: URLs; only real ones, and only so many. */
function inlinePictures(files: readonly StoredFile[], bytesOf: (sha256: string) => Uint8Array | null): (contentId: string) => string | null {
  const find = inlineFiles(files);
  const made = new Map<string, string | null>();
  let left = INLINE_BYTES;
  return (contentId) => {
    const file = find(contentId);
    if (file === undefined) return null;
    const known = made.get(file.sha256);
    if (known !== undefined) return known;
    let data: string | null = null;
    const bytes = file.size <= left ? bytesOf(file.sha256) : null;
    if (bytes !== null) {
      const type = pictureType(bytes);
      left -= bytes.length;
      data = type === null ? null : asDataUrl(type, bytes);
    }
    made.set(file.sha256, data);
    return data;
  };
}
