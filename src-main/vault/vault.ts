import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ParleyError, errnoOf, systemClock, type Clock, type Random } from '../kernel/index.ts';
import { fileSource, writeNew } from './key-file.ts';
import { KEY_BYTES, guarded, type KeySource, type KeySourceName } from './key-source.ts';
import { keytarSource, napiSource } from './keyrings.ts';
import { keyIdOf, readHeader, seal, unseal } from './seal.ts';

/** Where locked rows lie: one an account. */
export interface SecretRows {
  get(accountId: string): Uint8Array | null;
  put(accountId: string, sealed: Uint8Array): void;
  delete(accountId: string): void;
}

export interface VaultOptions {
  /** Folder of the workspace. */
  dir: string;
  rows: SecretRows;
  random: Random;
  clock?: Clock;
  /** PARLEY_KEY_SOURCE: keytar, napi, file, or auto (the first that works, in this order). */
  env?: Record<string, string | undefined>;
  /** For tests. */
  sources?: (account: string) => KeySource[];
}

export interface Protection {
  source: KeySourceName;
  isProtected: boolean;
  /** One sentence for a person. */
  sentence: string;
}

/** Secrets of accounts, locked by a key that lies outside the database. */
export interface Vault {
  /** Throws ParleyError auth_needed, with a sentence, when there is nothing, the key is not here, or the row is damaged. */
  load(accountId: string): Promise<Record<string, string>>;
  /** Stored when it resolves. Throws ParleyError auth_needed when no key source works. */
  save(accountId: string, secrets: Record<string, string>): Promise<void>;
  forget(accountId: string): Promise<void>;
  /** How what is saved from now on is protected; tried, not guessed: it makes the key when there is none. Throws as `save` does. */
  protection(): Promise<Protection>;
}

export function openVault({ dir, rows, random, clock = systemClock, env = process.env, sources }: VaultOptions): Vault {
  const chosen = choiceOf(env['PARLEY_KEY_SOURCE']);
  const keys = new Map<KeySourceName, Uint8Array>();
  let list: Promise<KeySource[]> | null = null;
  let making: Promise<{ source: KeySource; key: Uint8Array }> | null = null;

  const sourcesFor = sources ?? ((account: string): KeySource[] => [keytarSource(account), napiSource(account), fileSource(dir)]);
  const all = (): Promise<KeySource[]> => {
    list ??= keyAccount(dir, random).then((account) => sourcesFor(account).map((source) => guarded(source, clock)));
    list.catch(() => (list = null));
    return list;
  };

  /** The key a source holds; kept for this run, because asking a keyring may ask a person. */
  async function keyOf(source: KeySource): Promise<Uint8Array | null> {
    const key = keys.get(source.name) ?? (await source.getKey());
    if (key) keys.set(source.name, key);
    return key;
  }

  /**
   * The source new rows are locked with, and its key, made when there is none. Only a source that gave back what was stored in it counts:
   * a Secret Service without a keyring answers "no key yet" and fails when it is to keep one. Once one was found it stays for this run.
   */
  function ready(): Promise<{ source: KeySource; key: Uint8Array }> {
    making ??= (async () => {
      let problem = `there is no key source “${chosen}”.`;
      for (const source of await all()) {
        if (chosen !== 'auto' && source.name !== chosen) continue;
        try {
          return { source, key: (await keyOf(source)) ?? (await makeKey(source)) };
        } catch (error) {
          if (!(error instanceof ParleyError)) throw error;
          problem = error.message;
        }
      }
      throw new ParleyError('auth_needed', `Sign-ins cannot be stored: ${problem}`, { retryable: true });
    })();
    making.catch(() => (making = null));
    return making;
  }

  /** What another process put there meanwhile wins. */
  async function makeKey(source: KeySource): Promise<Uint8Array> {
    const fresh = new Uint8Array(KEY_BYTES);
    random.fill(fresh);
    await source.setKey(fresh).catch(async (error: unknown) => {
      if ((await source.getKey()) === null) throw error;
    });
    const stored = await keyOf(source);
    if (!stored) throw new ParleyError('auth_needed', `What is stored in ${source.title} does not stay there.`);
    return stored;
  }

  async function keyFor(row: Uint8Array): Promise<Uint8Array> {
    const { source: name, keyId } = readHeader(row);
    const source = (await all()).find((one) => one.name === name);
    if (!source) throw new ParleyError('auth_needed', 'The sign-in was locked with a key that is not on this machine; sign in again.');
    const key = await keyOf(source);
    if (!key || !keyIdOf(key).equals(keyId)) throw new ParleyError('auth_needed', `The sign-in was locked with a key that is no longer in ${source.title}; sign in again.`);
    return key;
  }

  return {
    async load(accountId) {
      const row = rows.get(accountId);
      if (!row) throw new ParleyError('auth_needed', 'There is no stored sign-in for this account; sign in.');
      return unseal(row, await keyFor(row), accountId);
    },
    async save(accountId, secrets) {
      const { source, key } = await ready();
      rows.put(accountId, seal(secrets, key, source.name, accountId, random));
    },
    async forget(accountId) {
      rows.delete(accountId);
    },
    async protection() {
      const { source } = await ready();
      const sentence = source.isProtected
        ? `Sign-ins are locked with a key in ${source.title}.`
        : 'Sign-ins are protected only by file permissions: no system keyring could be used on this machine.';
      return { source: source.name, isProtected: source.isProtected, sentence };
    },
  };
}

function choiceOf(value: string | undefined): KeySourceName | 'auto' {
  if (value === undefined || value === '' || value === 'auto') return 'auto';
  if (value === 'keytar' || value === 'napi' || value === 'file') return value;
  throw new ParleyError('bad_input', `PARLEY_KEY_SOURCE is “${value}”; it may be keytar, napi, file or auto.`);
}

/** Under which name the keyring knows this workspace: random, kept beside the data, so that a moved folder finds its key. */
async function keyAccount(dir: string, random: Random): Promise<string> {
  const path = join(dir, 'vault.id');
  const bytes = new Uint8Array(12);
  random.fill(bytes);
  const text = `workspace ${Buffer.from(bytes).toString('hex')}`;
  await writeNew(path, `${text}\n`).catch((error: unknown) => {
    if (errnoOf(error) !== 'EEXIST') throw error;
  });
  const kept = (await readFile(path, 'utf8')).trim();
  if (!/^workspace [0-9a-f]{24}$/.test(kept)) throw new ParleyError('auth_needed', 'The file vault.id of this workspace is damaged, so the key of its sign-ins cannot be found.');
  return kept;
}
