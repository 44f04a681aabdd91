import type * as PhoneNumbers from 'libphonenumber-js/min';
import { lazyPackage } from '../../kernel/index.ts';
import type { Party } from '../port.ts';

const library = lazyPackage<typeof PhoneNumbers>('libphonenumber-js/min');

/** Reads a number in any spelling; E.164 when it is a possible one, else its digits (short codes, extensions). Null when there is no digit. */
export function readNumber(typed: string, region: string): { value: string; display: string; isValid: boolean } | null {
  const text = typed.replace(/^(?:tel|callto|sips?):/i, '').replace(/[;@].*$/, '').trim();
  const parsed = library().default(text, region as PhoneNumbers.CountryCode);
  if (parsed?.isPossible()) return { value: parsed.number, display: parsed.formatInternational(), isValid: true };
  const digits = text.replace(/[^\d+]/g, '');
  return digits.replace(/\D/g, '') === '' ? null : { value: digits, display: text.slice(0, 40), isValid: false };
}

export const phoneParty = (typed: string, region: string, name: string | null): Party | null => {
  const number = readNumber(typed, region);
  return number && { kind: 'phone', value: number.value, display: number.display, name };
};

/** What somebody typed or pasted as a number to look up: whole, and the digits it ends in; null when it is none (a name, a handle). */
export function numberTyped(typed: string, region: string): { value: string; digits: string[] } | null {
  const text = typed.trim().replace(/^(?:tel|callto|sips?):/i, '').replace(/[;@].*$/, '');
  const digits = text.replace(/\D/g, '');
  if (digits.length < 4 || !/^[\d\s()[\]+./\u00a0\u2010-\u2015-]+$/.test(text)) return null;
  const number = readNumber(text, region);
  // A trunk zero and "(0)" are dialled at home only; the number abroad ends without them.
  const plain = digits.replace(/^0+/, '');
  return { value: number?.value ?? digits, digits: number?.isValid === true ? [number.value.replace(/\D/g, ''), plain] : [plain] };
}
