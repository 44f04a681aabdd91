import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js/min';
import type { Party } from '../port.ts';

/** Reads a number in any spelling; E.164 when it is a possible one, else its digits (short codes, extensions). Null when there is no digit. */
export function readNumber(typed: string, region: string): { value: string; display: string; isValid: boolean } | null {
  const text = typed.replace(/^(?:tel|callto|sips?):/i, '').replace(/[;@].*$/, '').trim();
  const parsed = parsePhoneNumber(text, region as CountryCode);
  if (parsed?.isPossible()) return { value: parsed.number, display: parsed.formatInternational(), isValid: true };
  const digits = text.replace(/[^\d+]/g, '');
  return digits.replace(/\D/g, '') === '' ? null : { value: digits, display: text.slice(0, 40), isValid: false };
}

export const phoneParty = (typed: string, region: string, name: string | null): Party | null => {
  const number = readNumber(typed, region);
  return number && { kind: 'phone', value: number.value, display: number.display, name };
};
