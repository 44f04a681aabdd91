import { addressParser, decodeWords, type Address } from 'postal-mime';

const ADDRESS = String.raw`[\w.+=%'-]+@[\w.-]+`;
const BARE = new RegExp(`^${ADDRESS}$`);
// "Name" <address>, or Name <address> where no sign in the name has a meaning of its own.
const NAMED = new RegExp(String.raw`^(?:"([^"\\\x00-\x1f]*)"[ \t]*|([^"\\<>(),:;\x00-\x1f]*))<(${ADDRESS})>$`);

/** RFC 2047. */
export const decoded = (value: string): string => (value.includes('=?') ? decodeWords(value) : value);

function plain(one: string): Address | null {
  if (BARE.test(one)) return { address: one, name: '' };
  const [, quoted, words, address] = NAMED.exec(one) ?? [];
  if (address === undefined) return null;
  const name = decoded((quoted ?? words ?? '').trim());
  return { address, name: name === address ? '' : name };
}

/** The addresses of a field: plain ones here, all others by postal-mime. */
export function addresses(value: string): Address[] {
  const found: Address[] = [];
  for (const one of value.includes('"') ? [value] : value.split(',')) {
    const address = plain(one.trim());
    if (address === null) return addressParser(value);
    found.push(address);
  }
  return found;
}
