/** Where message bodies are shown: another origin, so that nothing in a mail can reach the bridge. */
export type FrameSource = 'https://mail.invalid' | 'parley://mail';

/** The console's Content-Security-Policy; `frames` is the one origin an iframe may have. */
export const contentPolicy = (frames: FrameSource): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    `frame-src ${frames}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/**
 * The headers of a mail: an origin of nobody, no script, no form, nothing loaded but pictures that are in the page itself. Sanitised it is
 * before; this holds should that have a hole.
 */
export const mailHeaders: Record<string, string> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** A path in the mail origin: a page, or a link that was clicked. Anything else is not worth asking the core for. */
export const framePath = (pathname: string): 'page' | 'link' | null => (/^\/m\/[0-9a-f]{32}$/.test(pathname) ? 'page' : /^\/l\/[0-9a-f]{32}\/\d{1,5}$/.test(pathname) ? 'link' : null);

/** The headers of every built file, in both shells. */
export const assetHeaders = (type: string, frames: FrameSource): Record<string, string> => ({
  'content-type': type,
  'content-security-policy': contentPolicy(frames),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
});
