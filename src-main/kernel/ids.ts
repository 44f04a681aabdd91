import { randomFillSync } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Randomness, passed in so that tests repeat. */
export interface Random {
  /** Fills `bytes` with random octets. */
  fill(bytes: Uint8Array): void;
  /** A number in [0, 1). */
  unit(): number;
}

// Asking the system for each id's few bytes costs more than making the id. What was handed out is wiped.
const ahead = new Uint8Array(4_096);
let left = 0;

export const systemRandom: Random = {
  fill(bytes) {
    if (bytes.length > 64) return void randomFillSync(bytes);
    if (left < bytes.length) {
      randomFillSync(ahead);
      left = ahead.length;
    }
    left -= bytes.length;
    const taken = ahead.subarray(left, left + bytes.length);
    bytes.set(taken);
    taken.fill(0);
  },
  unit: () => {
    const bytes = new Uint32Array(1);
    systemRandom.fill(new Uint8Array(bytes.buffer));
    return (bytes[0] ?? 0) / 2 ** 32;
  },
};

/** A repeatable generator (mulberry32) for tests and samples; not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { unit, fill: (bytes) => bytes.forEach((_, i) => (bytes[i] = Math.floor(unit() * 256))) };
}

export interface Ids {
  /** A new uuid v7 (RFC 9562): sorts by time of making, also within one millisecond of one process. */
  next(): string;
}

export function createIds(clock: Clock, random: Random): Ids {
  let lastAt = 0;
  let counter = 0;
  return {
    next() {
      const now = clock.now();
      // 12 bits of counter keep order within a millisecond; on overflow time is borrowed from the next one.
      if (now > lastAt) {
        lastAt = now;
        counter = Math.floor(random.unit() * 1024);
      } else {
        counter += 1;
        if (counter > 0xfff) {
          lastAt += 1;
          counter = 0;
        }
      }
      const bytes = new Uint8Array(16);
      random.fill(bytes);
      for (let i = 0, t = lastAt; i < 6; i += 1, t = Math.floor(t / 256)) bytes[5 - i] = t % 256;
      bytes[6] = 0x70 | (counter >> 8);
      bytes[7] = counter & 0xff;
      bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
      const hex = Buffer.from(bytes.buffer).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
  };
}
