/** Raised whenever a schema changes; version.test.ts fails until it is. */
export const CONTRACT_VERSION = 1;
