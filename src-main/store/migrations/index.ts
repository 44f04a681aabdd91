import type { Migration } from './migration.ts';
import { foundation } from './0010-foundation.ts';

export type { Migration };
export const migrations: readonly Migration[] = [foundation];
