export { startAccounts, type AccountRegistry, type SecretBox } from './registry.ts';
export { putAccount, removeAccount, sealSecret } from './operations.ts';
