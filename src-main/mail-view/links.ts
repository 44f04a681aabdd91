const LINK_SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:', 'sip:']);
const LONGEST_URL = 8_000;
const LONGEST_INLINE = 4 * 1024 * 1024;

/** The URL parser drops controls and blanks that a person would see, so a URL with any is not followed. */
function parsed(text: string): URL | null {
  const trimmed = text.trim();
  // oxlint-disable-next-line no-control-regex
  if (trimmed.length > LONGEST_URL || /[\u0000-\u0020\u007f\\]/.test(trimmed) || !URL.canParse(trimmed)) return null;
  return new URL(trimmed);
}

/** A link as it may stand in a mail, in one spelling; null for what is never opened. */
export function linkOf(text: string): string | null {
  const url = parsed(text);
  return url === null || !LINK_SCHEMES.has(url.protocol) || url.username !== '' || url.password !== '' ? null : url.href;
}

/** A picture's source as it may stand: a part of the mail, a small picture in place, or an address of the web; null otherwise. */
export function pictureSourceOf(text: string): string | null {
  const trimmed = text.trim();
  if (/^cid:[^\s<>"'\\]{1,500}$/i.test(trimmed)) return `cid:${trimmed.slice(4)}`;
  // No SVG: a picture that is a document.
  if (trimmed.length <= LONGEST_INLINE && /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/.test(trimmed)) return trimmed;
  const url = parsed(trimmed);
  return url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '' ? null : url.href;
}
