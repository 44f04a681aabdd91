const LOCALE = 'en-GB';

/** Digits behind the point: 2 for most, 0 for yen, 3 for dinars. */
const digitsOf = (currency: string): number => new Intl.NumberFormat(LOCALE, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

export function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code);
}

/** Minor units as people read them; without a currency how often. */
export const moneyLabel = (amount: number, currency: string | null): string =>
  currency === null ? amount.toLocaleString(LOCALE) : new Intl.NumberFormat(LOCALE, { style: 'currency', currency }).format(amount / 10 ** digitsOf(currency));

/** For a field: without sign and separators. */
export const plainAmount = (amount: number, currency: string | null): string => (currency === null ? String(amount) : (amount / 10 ** digitsOf(currency)).toFixed(digitsOf(currency)));

/** "20", "20.5" and "20,50" in minor units; null for what is no amount, or finer than the currency is. */
export function readAmount(text: string, currency: string | null): number | null {
  const match = /^\s*(\d{1,7})(?:[.,](\d{1,3}))?\s*$/u.exec(text);
  if (match === null) return null;
  const digits = currency === null ? 0 : digitsOf(currency);
  const fraction = match[2] ?? '';
  if (fraction.length > digits) return null;
  return Number(match[1]) * 10 ** digits + Number(fraction.padEnd(digits, '0') || '0');
}
