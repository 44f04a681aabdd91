/** X ids are 64-bit numbers with the time in them ("X IDs", X documentation); as numbers they lose digits, so they stay strings. */
const EPOCH_MS = 1_288_834_974_657n;

export const isXId = (value: string): boolean => /^\d{1,19}$/.test(value);

/** Orders ids by value: negative when `a` is older. */
export const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

export const newestOf = (a: string, b: string): string => (compareIds(a, b) >= 0 ? a : b);

/** When an id was made, ms UTC; ids from before November 2010 carry no time and give null. */
export function timeOfId(id: string): number | null {
  if (!isXId(id) || id.length < 15) return null;
  return Number((BigInt(id) >> 22n) + EPOCH_MS);
}

/** The lowest id X can give at `atMs`. */
export const idAt = (atMs: number): string => {
  const since = BigInt(Math.trunc(atMs)) - EPOCH_MS;
  return (since > 0n ? since << 22n : 1n).toString();
};
