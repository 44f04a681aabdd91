import type { Migration } from './migration.ts';

export const settled: Migration = {
  version: 70,
  name: 'settled',
  rewrites: false,
  // From which message on a conversation's row follows from its messages: history older than that is taken in without deriving the row again.
  up: (exec) => exec('ALTER TABLE conversation ADD COLUMN settled_id INTEGER NOT NULL DEFAULT 0'),
};
