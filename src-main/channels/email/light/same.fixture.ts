import { isDeepStrictEqual } from 'node:util';
import { mailLimits } from '../limits.ts';
import { readWholly } from '../mail-parts.ts';
import { readLightly } from './read-lightly.ts';

/** What becomes of a mail read lightly: left to postal-mime, or read, and then whether postal-mime reads the very same. */
export async function readBothWays(raw: Uint8Array): Promise<'left' | 'same' | 'different'> {
  const light = readLightly(raw, mailLimits);
  if (light === null) return 'left';
  const whole = await readWholly(raw, mailLimits).catch(() => null);
  return isDeepStrictEqual(light, whole) ? 'same' : 'different';
}
