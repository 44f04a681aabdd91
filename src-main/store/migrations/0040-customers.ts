import type { Migration } from './migration.ts';

export const customers: Migration = {
  version: 40,
  name: 'customers',
  rewrites: false,
  up: (exec) => exec(`
    -- A merge moves nothing for good: every row remembers where it would be without it, and undoing a merge puts it back there.
    ALTER TABLE customer ADD COLUMN merged_into TEXT REFERENCES customer;
    -- What the customer would be without its merges, as JSON; null for somebody who takes part in none. The plain columns hold what is shown.
    ALTER TABLE customer ADD COLUMN own TEXT;
    -- Channels they like and refuse, custom fields and dates, as JSON.
    ALTER TABLE customer ADD COLUMN profile TEXT;
    CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;
    -- null: at home where it is.
    ALTER TABLE identity ADD COLUMN home_customer_id TEXT REFERENCES customer;
    CREATE INDEX identity_home ON identity (home_customer_id) WHERE home_customer_id IS NOT NULL;
    ALTER TABLE message ADD COLUMN home_conversation_id TEXT REFERENCES conversation;
    CREATE INDEX message_home ON message (home_conversation_id) WHERE home_conversation_id IS NOT NULL;
    CREATE INDEX message_identity ON message (identity_id) WHERE identity_id IS NOT NULL;

    CREATE TABLE customer_merge (
      id TEXT PRIMARY KEY, survivor_id TEXT NOT NULL REFERENCES customer, merged_id TEXT NOT NULL REFERENCES customer,
      reason TEXT NOT NULL, merged_by TEXT NOT NULL, at INTEGER NOT NULL, line_id INTEGER NOT NULL, states TEXT NOT NULL, hidden TEXT NOT NULL,
      undone_at INTEGER, undone_by TEXT
    ) STRICT;
    CREATE INDEX merge_survivor ON customer_merge (survivor_id, at) WHERE undone_at IS NULL;
    CREATE UNIQUE INDEX merge_merged ON customer_merge (merged_id) WHERE undone_at IS NULL;
    -- "That is somebody else": a suggestion once denied is not made again.
    CREATE TABLE identity_denial (
      customer_id TEXT NOT NULL REFERENCES customer, kind TEXT NOT NULL, value TEXT NOT NULL, denied_by TEXT NOT NULL, at INTEGER NOT NULL,
      PRIMARY KEY (customer_id, kind, value)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE promise (
      id TEXT PRIMARY KEY, message_id INTEGER NOT NULL REFERENCES message, conversation_id TEXT NOT NULL REFERENCES conversation, kind TEXT NOT NULL, quote TEXT NOT NULL,
      state TEXT NOT NULL, made_by TEXT NOT NULL, made_at INTEGER NOT NULL, state_by TEXT, state_at INTEGER
    ) STRICT;
    CREATE INDEX promise_conversation ON promise (conversation_id, made_at);
    CREATE INDEX promise_message ON promise (message_id);
    CREATE INDEX promise_said ON promise (made_at) WHERE kind = 'said';

    -- Numbers are found by how they end (people leave the country code out): their digits from the last to the first.
    CREATE TABLE identity_tail (tail TEXT NOT NULL, identity_id TEXT NOT NULL REFERENCES identity ON DELETE CASCADE, PRIMARY KEY (tail, identity_id)) STRICT, WITHOUT ROWID;
    INSERT INTO identity_tail (tail, identity_id)
      WITH RECURSIVE step (id, rest, tail) AS (
        SELECT id, replace(value, '+', ''), '' FROM identity WHERE kind = 'phone'
        UNION ALL SELECT id, substr(rest, 2), substr(rest, 1, 1) || tail FROM step WHERE rest <> ''
      ) SELECT tail, id FROM step WHERE rest = '';
    CREATE INDEX identity_value ON identity (value COLLATE NOCASE);
    -- Every word of a name, so that a surname is found without reading all names.
    CREATE TABLE customer_word (word TEXT NOT NULL COLLATE NOCASE, customer_id TEXT NOT NULL REFERENCES customer ON DELETE CASCADE, PRIMARY KEY (word, customer_id)) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO customer_word (word, customer_id)
      WITH RECURSIVE step (id, rest, word) AS (
        SELECT id, trim(name) || ' ', '' FROM customer
        UNION ALL SELECT id, ltrim(substr(rest, instr(rest, ' ') + 1)), substr(rest, 1, instr(rest, ' ') - 1) FROM step WHERE rest <> ''
      ) SELECT word, id FROM step WHERE word <> '';
  `),
};
