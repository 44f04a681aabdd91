import type { Migration } from './migration.ts';
import { foundation } from './0010-foundation.ts';
import { x } from './0030-x.ts';
import { desk } from './0050-desk.ts';

export type { Migration };
export const migrations: readonly Migration[] = [foundation, x, desk];
