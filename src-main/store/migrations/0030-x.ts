import type { Migration } from './migration.ts';

/** Money by quarter of an hour, because offices lie in zones half and quarter hours apart; limits; and posts that speak of us without an @. */
export const x: Migration = {
  version: 30,
  name: 'x',
  rewrites: false,
  up: (exec) => exec(`
    CREATE TABLE spend_slot (
      account_id TEXT NOT NULL REFERENCES account, slot INTEGER NOT NULL, action TEXT NOT NULL, usd REAL NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (slot, account_id, action)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO spend_slot (account_id, slot, action, usd, n) SELECT account_id, hour * 4, action, usd, n FROM spend;
    DROP TABLE spend;
    ALTER TABLE spend_slot RENAME TO spend;

    CREATE TABLE spend_limit (
      account_id TEXT PRIMARY KEY REFERENCES account, day_usd REAL, month_usd REAL, allowed_until INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    CREATE TABLE heard (
      account_id TEXT NOT NULL REFERENCES account, post_id TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL, word TEXT NOT NULL, event TEXT NOT NULL,
      arrived_at INTEGER NOT NULL, PRIMARY KEY (account_id, post_id)
    ) STRICT;
    CREATE INDEX heard_open ON heard (at DESC, post_id) WHERE state = 'open';
  `),
};
