import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { errnoOf, ParleyError } from '../kernel/index.ts';

/**
 * Holds a workspace for one running console: two would both take every unfinished send for lost at start. The lock is SQLite's own file
 * lock, so the system lets go of it at any death of the process. Throws ParleyError `conflict` when somebody else holds it.
 */
export function lockWorkspace(dir: string): { release(): void } {
  try {
    mkdirSync(dir, { recursive: true });
    const db = new Database(join(dir, 'console.lock'));
    try {
      db.pragma('journal_mode = DELETE');
      db.pragma('busy_timeout = 0');
      db.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      db.close();
      throw error;
    }
    return {
      release() {
        if (!db.open) return;
        db.exec('ROLLBACK');
        db.close();
      },
    };
  } catch (error) {
    if (errnoOf(error)?.startsWith('SQLITE_BUSY')) throw new ParleyError('conflict', `Another Parley has the workspace ${dir} open.`);
    throw new ParleyError('storage', `The workspace ${dir} cannot be opened: this user may not write there, or it is no folder.`, { cause: error });
  }
}
