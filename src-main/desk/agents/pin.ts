import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** About 60 ms here: ten thousand guesses at a stolen four-digit PIN still cost ten minutes, and asking for one is not felt. */
const COST = { N: 2 ** 14, r: 8, p: 1 };
const LENGTH = 32;

const derive = (pin: string, salt: Buffer, cost: typeof COST): Promise<Buffer> =>
  new Promise((resolve, reject) => { scrypt(pin, salt, LENGTH, { ...cost, maxmem: 256 * cost.N * cost.r }, (error, key) => (error ? reject(error) : resolve(key))); });

export async function hashPin(pin: string, salt = randomBytes(16)): Promise<string> {
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), (await derive(pin, salt, COST)).toString('base64url')].join('$');
}

export async function pinMatches(stored: string, pin: string): Promise<boolean> {
  const [kind, n, r, p, salt, hash] = stored.split('$');
  if (kind !== 'scrypt' || hash === undefined || salt === undefined) return false;
  const given = await derive(pin, Buffer.from(salt, 'base64url'), { N: Number(n), r: Number(r), p: Number(p) });
  const known = Buffer.from(hash, 'base64url');
  return known.length === given.length && timingSafeEqual(known, given);
}

export const FREE_TRIES = 5;
const FIRST_BLOCK_MS = 60_000;
const LONGEST_BLOCK_MS = 3_600_000;

/** How long nobody may try again after this many wrong ones in a row: a minute after the fifth, twice as long after each further one. */
export const blockAfter = (tries: number): number => (tries < FREE_TRIES ? 0 : Math.min(LONGEST_BLOCK_MS, FIRST_BLOCK_MS * 2 ** (tries - FREE_TRIES)));
