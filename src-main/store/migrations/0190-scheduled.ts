import type { Migration } from './migration.ts';

export const scheduled: Migration = {
  version: 190,
  name: 'scheduled',
  rewrites: false,
  up: (exec) => exec(`
    -- An answer that waits for its time (state 'scheduled', held_until) is a draft again once the customer writes first.
    ALTER TABLE outbox ADD COLUMN ends_on_reply INTEGER NOT NULL DEFAULT 0;
  `),
};
