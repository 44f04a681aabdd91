import type { Migration } from './migration.ts';

export const desk: Migration = {
  version: 50,
  name: 'desk',
  rewrites: false,
  up: (exec) => exec(`
    -- texts: {any, reply, dm, mail}, attachments: ids. One shortcut per language; '' is "any language", so that UNIQUE counts it.
    CREATE TABLE canned (
      id TEXT PRIMARY KEY, shortcut TEXT NOT NULL, title TEXT NOT NULL, folder TEXT NOT NULL, language TEXT NOT NULL, texts TEXT NOT NULL, attachments TEXT NOT NULL,
      uses INTEGER NOT NULL, last_used_at INTEGER, updated_at INTEGER NOT NULL, updated_by TEXT NOT NULL, UNIQUE (shortcut, language)
    ) STRICT;

    -- How long an answer to this customer may take to read (product line D17).
    CREATE TABLE customer_limit (customer_id TEXT PRIMARY KEY REFERENCES customer ON DELETE CASCADE, read_seconds INTEGER NOT NULL) STRICT, WITHOUT ROWID;

    -- When a row has to say "due soon"; null once it says so or nothing is due.
    ALTER TABLE conversation ADD COLUMN warn_at INTEGER;
    CREATE INDEX alarm_warn ON conversation (warn_at) WHERE warn_at IS NOT NULL AND state = 'open';

    CREATE TABLE rule (id TEXT PRIMARY KEY, place INTEGER NOT NULL, name TEXT NOT NULL, is_on INTEGER NOT NULL, body TEXT NOT NULL, updated_at INTEGER NOT NULL, updated_by TEXT NOT NULL) STRICT;
    -- What each rule did to which message. Its lift counts while that message waits and nobody has corrected it.
    CREATE TABLE rule_log (
      id INTEGER PRIMARY KEY, rule_id TEXT NOT NULL, rule_name TEXT NOT NULL, conversation_id TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE, message_id INTEGER NOT NULL,
      at INTEGER NOT NULL, did TEXT NOT NULL, corrected_at INTEGER, corrected_by TEXT
    ) STRICT;
    CREATE INDEX rule_log_conversation ON rule_log (conversation_id, message_id) WHERE corrected_at IS NULL;
    CREATE INDEX rule_log_rule ON rule_log (rule_id, id);
  `),
};
