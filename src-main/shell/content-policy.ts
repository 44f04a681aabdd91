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

/** The headers of every built file, in both shells. */
export const assetHeaders = (type: string, frames: FrameSource): Record<string, string> => ({
  'content-type': type,
  'content-security-policy': contentPolicy(frames),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
});
