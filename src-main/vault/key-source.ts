import { ParleyError, messageOf, type Clock } from '../kernel/index.ts';

export const KEY_BYTES = 32;

export type KeySourceName = 'keytar' | 'napi' | 'file';

/** Where the key of a workspace lies. Its calls may throw and may take as long as they like; `guarded` bounds them. */
export interface KeySource {
  name: KeySourceName;
  /** For a person: "the system keyring". */
  title: string;
  /** False: only file permissions keep it, so whoever reads this user's files reads the secrets. */
  isProtected: boolean;
  /** 32 bytes, or null when there is none yet. Throws ParleyError when the source is not there or holds something that is no key. */
  getKey(): Promise<Uint8Array | null>;
  /** Durable when it resolves. */
  setKey(key: Uint8Array): Promise<void>;
}

/** Long enough for a busy session bus; somebody typing the keyring's password succeeds at the next try. */
export const KEY_CALL_LIMIT_MS = 10_000;

/**
 * Bounds every call. A hanging keyring also keeps one of Node's few worker threads, so while a call hangs no second one is made:
 * later callers wait for the same one.
 */
export function guarded(source: KeySource, clock: Clock, limitMs = KEY_CALL_LIMIT_MS): KeySource {
  let reading: Promise<Uint8Array | null> | null = null;
  let writing: Promise<void> | null = null;
  const unavailable = (cause: unknown): ParleyError =>
    cause instanceof ParleyError ? cause : new ParleyError('auth_needed', `${capital(source.title)} cannot be reached: ${messageOf(cause).replace(/\.$/, '')}.`, { retryable: true, cause });
  function bounded<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = clock.after(limitMs, () => reject(unavailable(new Error(`no answer within ${limitMs / 1_000} seconds`))));
      work.then(resolve, (error: unknown) => reject(unavailable(error))).finally(cancel);
    });
  }
  return {
    name: source.name, title: source.title, isProtected: source.isProtected,
    getKey() {
      reading ??= source.getKey().finally(() => (reading = null));
      return bounded(reading);
    },
    setKey(key) {
      if (writing) return Promise.reject(unavailable(new Error('an earlier call still hangs')));
      writing = source.setKey(key).finally(() => (writing = null));
      return bounded(writing);
    },
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A key as keyrings and files hold it: base64. Throws ParleyError auth_needed for anything else; a damaged key is never replaced by itself. */
export function decodeKey(text: string, title: string): Uint8Array {
  const key = Uint8Array.from(Buffer.from(text.trim(), 'base64'));
  if (key.length !== KEY_BYTES || encodeKey(key) !== text.trim()) throw new ParleyError('auth_needed', `The key in ${title} is damaged.`);
  return key;
}

export const encodeKey = (key: Uint8Array): string => Buffer.from(key).toString('base64');
