export { openStore, type Entity, type Operation, type Store, type Touched, type Tx } from './store.ts';
export type { ReadDb, WriteDb } from './db.ts';
export { checkStore, type CheckReport } from './check.ts';
export { lockWorkspace } from './lock.ts';
export { openContentStore, type ContentStore } from './files.ts';
export { firstIdAt, timeOfId } from './message-id.ts';
export * as tables from './tables/index.ts';
export { startReader, type Reader } from './reader.ts';
export { search, type SearchRequest } from './search/run.ts';
