import { decodeKey, encodeKey, type KeySource } from './key-source.ts';

const SERVICE = 'Parley';
const TITLE = 'the system keyring';

/** The keyring through keytar (Keychain, Credential Vault, Secret Service). An optional dependency: missing or unbuilt, its calls throw. */
export function keytarSource(account: string): KeySource {
  const load = async (): Promise<Pick<typeof import('keytar'), 'getPassword' | 'setPassword'>> => {
    const loaded = await import('keytar');
    return 'default' in loaded ? (loaded.default as typeof loaded) : loaded;
  };
  return {
    name: 'keytar', title: TITLE, isProtected: true,
    async getKey() {
      const text = await (await load()).getPassword(SERVICE, account);
      return text === null ? null : decodeKey(text, TITLE);
    },
    setKey: async (key) => (await load()).setPassword(SERVICE, account, encodeKey(key)),
  };
}

/** The same through @napi-rs/keyring, whose binaries come with its package. */
export function napiSource(account: string): KeySource {
  const entry = async (): Promise<InstanceType<(typeof import('@napi-rs/keyring'))['AsyncEntry']>> => {
    const { AsyncEntry } = await import('@napi-rs/keyring');
    // Left to itself it falls back to the kernel's keyring, which forgets everything when the machine restarts.
    return new AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } });
  };
  return {
    name: 'napi', title: TITLE, isProtected: true,
    async getKey() {
      const text = await (await entry()).getPassword();
      return text === null || text === undefined ? null : decodeKey(text, TITLE);
    },
    setKey: async (key) => (await entry()).setPassword(encodeKey(key)),
  };
}
