import { twitterText } from './library.ts';
import type { XEntities } from './shapes.ts';

const ESCAPES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** X escapes exactly these three in post text; one pass, so "&amp;lt;" becomes "&lt;" and not "<". */
export const decodeEntities = (text: string): string => text.replace(/&(?:amp|lt|gt);/g, (found) => ESCAPES[found] ?? found);

/**
 * Post text as people read it: t.co links replaced by where they lead, entities decoded. The link of a picture or quoted post stays
 * as its x.com address, so that what is not stored here can still be opened, but where it is `shown` beside the text anyway.
 */
export function readableText(text: string, entities: XEntities, shown: { media?: readonly string[]; quoted?: string | null } = {}): string {
  const urls = entities.urls ?? [];
  const hasMedia = (shown.media ?? []).length > 0;
  const isShown = (e: (typeof urls)[number]): boolean =>
    (hasMedia && (e.media_key !== undefined || /\/(?:photo|video)\/\d+$|\/messages\/media\//.test(e.expanded_url ?? ''))) || (shown.quoted != null && new RegExp(`/status/${shown.quoted}(?:$|[/?])`).test(e.expanded_url ?? ''));
  const targets = new Map(urls.map((e) => [e.url, isShown(e) ? '' : (e.expanded_url ?? e.unwound_url ?? e.url)]));
  const hides = urls.some(isShown);
  const readable = decodeEntities(text).replace(/https?:\/\/t\.co\/\w+/g, (link) => targets.get(link) ?? link);
  return hides ? readable.trim() : readable;
}

/** Leading @names: X puts those of a reply there by itself. */
const LEADING_MENTIONS = /^(?:\s*@\w{1,50}(?=\s|$))+\s*/;

/**
 * The form in which what we sent and what X shows are compared: without leading @names, links without scheme, "www." and closing
 * slash, white space as one blank, NFC. Give X's text after `readableText`.
 */
export function comparable(text: string): string {
  let result = decodeEntities(text).normalize('NFC').replace(LEADING_MENTIONS, '');
  const links = [...(result.match(/https?:\/\/\S+/gi) ?? []), ...twitterText().extractUrls(result)];
  // Longest first: one link may begin like another.
  for (const link of [...new Set(links)].sort((a, b) => b.length - a.length)) {
    result = result.replaceAll(link, link.replace(/^https?:\/\//i, '').replace(/^www\./i, '').replace(/\/$/, '').toLowerCase());
  }
  return result.replace(/\s+/gu, ' ').trim();
}

export const isSameText = (sent: string, shown: string): boolean => comparable(sent) === comparable(shown);
