export { startAccounts, type AccountRegistry, type SecretBox } from './registry.ts';
export { putAccount, sealSecret } from './operations.ts';
