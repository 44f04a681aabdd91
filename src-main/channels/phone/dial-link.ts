/** What a tel:, sip: or callto: link asks for, or one sentence why it is not followed. */
export type DialLink = { number: string } | { problem: string };

const LONGEST = 200;
const REFUSED = 'This link is no telephone number, so nothing was opened.';

/**
 * Reads a link another program handed over. Anybody can put one on a web page: a number may hold digits and the marks between them, nothing
 * that a telephone would take as a command (*, #), and nothing is ever dialled by it.
 */
export function readDialLink(link: string): DialLink {
  if (link.length > LONGEST) return { problem: REFUSED };
  const match = /^(?:tel|sips?|callto):(?:\/\/)?(.*)$/is.exec(link.trim());
  if (!match) return { problem: REFUSED };
  let text: string;
  try {
    text = decodeURIComponent(match[1] ?? '');
  } catch {
    return { problem: REFUSED };
  }
  const number = text.replace(/[;?].*$/s, '').replace(/@[\w.:[\]-]*$/, '').replace(/\/+$/, '').trim();
  if (/[*#]/.test(number)) return { problem: 'This link holds a command for telephones (* or #), so nothing was opened.' };
  const digits = number.replace(/\D/g, '').length;
  if (!/^\+?[\d\s().\-\u00a0\u2010-\u2015]+$/.test(number) || digits < 3 || digits > 20) return { problem: REFUSED };
  return { number };
}

export const isDialLink = (link: string): boolean => /^(?:tel|sips?|callto):/i.test(link.trim());
