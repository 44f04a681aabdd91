import type Database from 'better-sqlite3';
import { ParleyError } from '../kernel/index.ts';
import { migrations as all, type Migration } from './migrations/index.ts';

/**
 * Brings a database to the newest schema, each step in a transaction of its own; throws ParleyError `storage` for a database made by a
 * newer Parley, which is left untouched. `backup` is called before a step that rewrites what people made.
 */
export function migrate(db: Database.Database, backup: (version: number) => void, steps: readonly Migration[] = all): void {
  assertRising(steps);
  assertNotNewer(db, steps);
  const current = versionOf(db);
  for (const step of steps.filter((s) => s.version > current)) {
    if (step.rewrites && current > 0) backup(current);
    db.transaction(() => {
      // Read again inside the transaction: another process may have migrated in the meantime.
      if (versionOf(db) >= step.version) return;
      step.up((sql) => void db.exec(sql));
      db.pragma(`user_version = ${step.version}`);
    }).immediate();
  }
}

/** Before anything is written, even a pragma: a newer Parley's file must stay as it is. */
export function assertNotNewer(db: Database.Database, steps: readonly Migration[] = all): void {
  const newest = steps.at(-1)?.version ?? 0;
  const current = versionOf(db);
  if (current > newest) throw new ParleyError('storage', `This workspace was last opened by a newer Parley (schema ${current}; this one knows ${newest}). Nothing was changed: please update Parley.`);
}

export const versionOf = (db: Database.Database): number => Number(db.pragma('user_version', { simple: true }));

function assertRising(steps: readonly Migration[]): void {
  steps.reduce((last, step) => {
    if (step.version <= last) throw new Error(`migration ${step.version}-${step.name} must come after ${last}`);
    return step.version;
  }, 0);
}
