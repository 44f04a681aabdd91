import type { Migration } from './migration.ts';

export const mail: Migration = {
  version: 130,
  name: 'mail',
  rewrites: false,
  up: (exec) => exec(`
    -- Mails of one exchange have the same thread: the id of one of them. Those from before this step have none and are told apart by their subject.
    ALTER TABLE message ADD COLUMN thread INTEGER;
    -- By what later mails of a conversation are known to belong to a thread: Message-IDs, Outlook's conversation, and (from "~") subjects with their time.
    CREATE TABLE thread_key (
      conversation_id TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE, key TEXT NOT NULL, thread INTEGER NOT NULL, PRIMARY KEY (conversation_id, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX message_unreadable ON message (conversation_id) WHERE kind = 'mail' AND json_extract(detail, '$.unreadable') IS NOT NULL;

    -- Mails that belong to nobody we know. state: open, dismissed, placed (by an agent, who may take it back).
    CREATE TABLE unplaced (
      id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account, external_id TEXT NOT NULL, at INTEGER NOT NULL, arrived_at INTEGER NOT NULL, reason TEXT NOT NULL,
      state TEXT NOT NULL, party TEXT NOT NULL, event TEXT NOT NULL, attachments TEXT NOT NULL, message_id INTEGER REFERENCES message ON DELETE SET NULL, made_customer_id TEXT, was_done INTEGER NOT NULL DEFAULT 0,
      decided_at INTEGER, decided_by TEXT, UNIQUE (account_id, external_id)
    ) STRICT;
    CREATE INDEX unplaced_state ON unplaced (state, at DESC, id);
    CREATE INDEX unplaced_message ON unplaced (message_id) WHERE message_id IS NOT NULL;
    -- Message-IDs of ours that reports in the tray speak of: they are placed when that mail is here.
    CREATE TABLE unplaced_key (key TEXT NOT NULL, unplaced_id TEXT NOT NULL REFERENCES unplaced ON DELETE CASCADE, PRIMARY KEY (key, unplaced_id)) STRICT, WITHOUT ROWID;

    -- Whom a mail of ours did not reach, by the report that says so.
    CREATE TABLE undelivered (
      message_id INTEGER NOT NULL REFERENCES message ON DELETE CASCADE, report_id INTEGER NOT NULL REFERENCES message ON DELETE CASCADE, n INTEGER NOT NULL,
      recipient TEXT, is_final INTEGER NOT NULL, status TEXT, why TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (message_id, report_id, n)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX undelivered_report ON undelivered (report_id);
  `),
};
