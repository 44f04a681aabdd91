import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { z } from 'zod';
import { ParleyError, type Random } from '../kernel/index.ts';
import type { KeySourceName } from './key-source.ts';

/**
 * A locked row: "PV", version 1, key source, key id (8 bytes), nonce (12), AES-256-GCM ciphertext, tag (16). The header and the account id
 * are authenticated too, so a row cannot be moved to another account or be said to come from another source.
 */
const MAGIC = [0x50, 0x56] as const;
const VERSION = 1;
const SOURCES: readonly KeySourceName[] = ['keytar', 'napi', 'file'];
const HEADER = 12;
const NONCE = 12;
const TAG = 16;

export interface SealedHeader { source: KeySourceName; keyId: Buffer }

/** Tells keys apart without telling anything about them. */
export const keyIdOf = (key: Uint8Array): Buffer => createHmac('sha256', key).update('parley vault key id').digest().subarray(0, 8);

export function seal(secrets: Record<string, string>, key: Uint8Array, source: KeySourceName, accountId: string, random: Random): Uint8Array {
  const header = Buffer.concat([Buffer.from([...MAGIC, VERSION, SOURCES.indexOf(source)]), keyIdOf(key)]);
  const nonce = new Uint8Array(NONCE);
  random.fill(nonce);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
  cipher.setAAD(Buffer.concat([header, Buffer.from(accountId)]));
  const body = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
  return Uint8Array.from(Buffer.concat([header, nonce, body, cipher.getAuthTag()]));
}

/** Throws ParleyError auth_needed when it is no locked row of a version we know. */
export function readHeader(row: Uint8Array): SealedHeader {
  const source = SOURCES[row[3] ?? -1];
  if (row.length < HEADER + NONCE + TAG || row[0] !== MAGIC[0] || row[1] !== MAGIC[1] || source === undefined) throw damaged();
  if (row[2] !== VERSION) throw new ParleyError('auth_needed', 'The stored sign-in was locked by a newer Parley; sign in again or use that version.');
  return { source, keyId: Buffer.from(row.subarray(4, HEADER)) };
}

const shape = z.record(z.string(), z.string());

/** Throws ParleyError auth_needed when anything at all is wrong; never gives back part of it. */
export function unseal(row: Uint8Array, key: Uint8Array, accountId: string): Record<string, string> {
  const bytes = Buffer.from(row);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(HEADER, HEADER + NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.concat([bytes.subarray(0, HEADER), Buffer.from(accountId)]));
    decipher.setAuthTag(bytes.subarray(-TAG));
    const text = Buffer.concat([decipher.update(bytes.subarray(HEADER + NONCE, -TAG)), decipher.final()]).toString('utf8');
    return shape.parse(JSON.parse(text));
  } catch {
    // The cause could carry a piece of the plain text: it goes no further.
    throw damaged();
  }
}

const damaged = (): ParleyError => new ParleyError('auth_needed', 'The stored sign-in is damaged; sign in again.');
