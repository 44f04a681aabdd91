import type { Migration } from './migration.ts';

export const calls: Migration = {
  version: 140,
  name: 'calls',
  rewrites: false,
  // A follow-up that is a call to be made: logging the call finishes it.
  up: (exec) => exec('ALTER TABLE follow_up ADD COLUMN is_call INTEGER NOT NULL DEFAULT 0'),
};
