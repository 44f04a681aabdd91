import { ParleyError } from '../kernel/index.ts';

const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:', 'sip:']);
const LONGEST_URL = 8_000;

/**
 * The URL to hand to the system, or null when it must not be: only web, mail and phone links, and none that carries a name and
 * password (`https://bank.example@evil.example` reads like another place).
 */
export function externalUrl(text: string): URL | null {
  // The URL parser silently drops tabs and newlines, so what a person saw and what is opened could differ.
  // oxlint-disable-next-line no-control-regex
  if (text.length > LONGEST_URL || /[\u0000-\u0020\u007f\\]/.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (!SCHEMES.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  if ((url.protocol === 'http:' || url.protocol === 'https:') && url.hostname === '') return null;
  return url;
}

export interface LinkSteps {
  /** Shows where a web link leads and asks; other kinds are not asked about. Customers send the links. */
  confirm(host: string): Promise<boolean>;
  open(href: string): Promise<void>;
}

/** The only way out of the console. Throws ParleyError `refused` for a link that is never opened; a "no" of the person is no error. */
export async function openExternalSafely(text: string, steps: LinkSteps): Promise<void> {
  const url = externalUrl(text);
  if (!url) throw new ParleyError('refused', 'This link is not opened: only web, mail and phone links without a password in them are.');
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  if (isWeb && !(await steps.confirm(url.host))) return;
  await steps.open(url.href);
}
