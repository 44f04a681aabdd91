export { openVault, type Vault, type VaultOptions, type SecretRows, type Protection } from './vault.ts';
export type { KeySource, KeySourceName } from './key-source.ts';
