export * from './common.ts';
export * from './rows.ts';
export * from './calls.ts';
export * from './changes.ts';
export * from './commands/index.ts';
export * from './wire.ts';
export * from './version.ts';
export * from './post.ts';
