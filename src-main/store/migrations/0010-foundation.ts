import type { Migration } from './migration.ts';

// `unicode61` as it comes cuts Indic words at their vowel signs; keeping marks (M*) in words makes them whole.
const TOKENIZER = `tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"`;

/** How one conversation counts in each view, as SQL over `OLD` or `NEW`. */
const countViews = (row: 'OLD' | 'NEW', step: '+1' | '-1'): string => {
  const open = `${row}.state = 'open'`;
  const views: [view: string, when: string][] = [
    [`${row}.state`, '1'],
    [`'owner:' || coalesce(${row}.owner, '')`, open],
    [`'vip'`, `${open} AND ${row}.is_vip = 1`],
    [`'overdue'`, `${open} AND ${row}.is_overdue = 1`],
    [`'unseen'`, `${row}.state <> 'done' AND ${row}.unread > 0`],
  ];
  return views
    .map(([view, when]) => `INSERT INTO queue_count (view, n) SELECT ${view}, 0${step} WHERE ${when} ON CONFLICT (view) DO UPDATE SET n = n${step};`)
    .join('\n');
};

export const foundation: Migration = {
  version: 10,
  name: 'foundation',
  rewrites: false,
  up: (exec) => exec(`
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE account (
      id TEXT PRIMARY KEY, channel TEXT NOT NULL, name TEXT NOT NULL, address TEXT NOT NULL,
      config TEXT NOT NULL, is_connected INTEGER NOT NULL, created_at INTEGER NOT NULL, removed_at INTEGER
    ) STRICT;
    CREATE TABLE account_secret (account_id TEXT PRIMARY KEY REFERENCES account, sealed BLOB NOT NULL) STRICT;
    CREATE TABLE cursor (account_id TEXT NOT NULL REFERENCES account, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (account_id, name)) STRICT, WITHOUT ROWID;
    CREATE TABLE spend (account_id TEXT NOT NULL REFERENCES account, hour INTEGER NOT NULL, action TEXT NOT NULL, usd REAL NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (hour, account_id, action)) STRICT, WITHOUT ROWID;

    CREATE TABLE customer (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, is_vip INTEGER NOT NULL DEFAULT 0, vip_note TEXT, note TEXT, language TEXT,
      is_named INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX customer_name ON customer (name COLLATE NOCASE);
    CREATE TABLE customer_tag (customer_id TEXT NOT NULL REFERENCES customer, tag TEXT NOT NULL, PRIMARY KEY (customer_id, tag)) STRICT, WITHOUT ROWID;
    CREATE TABLE identity (
      id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customer, kind TEXT NOT NULL, value TEXT NOT NULL, display TEXT NOT NULL,
      basis TEXT NOT NULL, linked_by TEXT NOT NULL, linked_at INTEGER NOT NULL, UNIQUE (kind, value)
    ) STRICT;
    CREATE INDEX identity_customer ON identity (customer_id);
    CREATE INDEX identity_display ON identity (display COLLATE NOCASE);

    CREATE TABLE conversation (
      id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customer, state TEXT NOT NULL, state_by TEXT, owner TEXT,
      account_id TEXT REFERENCES account, channel TEXT NOT NULL, kind TEXT NOT NULL, is_private INTEGER NOT NULL, subject TEXT, preview TEXT NOT NULL,
      unread INTEGER NOT NULL, read_up_to INTEGER NOT NULL, last_at INTEGER NOT NULL, last_message_id INTEGER NOT NULL, last_inbound_id INTEGER NOT NULL,
      waiting_since INTEGER, due_at INTEGER, is_overdue INTEGER NOT NULL, snoozed_until INTEGER, follow_up_note TEXT,
      is_vip INTEGER NOT NULL, rank INTEGER NOT NULL, queue_at INTEGER NOT NULL, reasons TEXT NOT NULL, created_at INTEGER NOT NULL
    ) STRICT;
    -- rank is minus the priority, so that one ascending row-value comparison pages through the queue.
    CREATE UNIQUE INDEX conversation_customer ON conversation (customer_id);
    CREATE INDEX queue_priority ON conversation (rank, queue_at, id) WHERE state = 'open';
    CREATE INDEX queue_oldest ON conversation (queue_at, id) WHERE state = 'open';
    CREATE INDEX queue_owner ON conversation (owner, rank, queue_at, id) WHERE state = 'open';
    CREATE INDEX queue_vip ON conversation (rank, queue_at, id) WHERE state = 'open' AND is_vip = 1;
    CREATE INDEX queue_overdue ON conversation (rank, queue_at, id) WHERE state = 'open' AND is_overdue = 1;
    CREATE INDEX queue_done ON conversation (last_at, id) WHERE state = 'done';
    CREATE INDEX queue_snoozed ON conversation (snoozed_until, id) WHERE state = 'snoozed';
    CREATE INDEX alarm_due ON conversation (due_at) WHERE due_at IS NOT NULL AND is_overdue = 0 AND state = 'open';
    CREATE INDEX alarm_snooze ON conversation (snoozed_until) WHERE snoozed_until IS NOT NULL;

    -- Counting 100,000 rows for every push is too slow; these are kept by the triggers below.
    CREATE TABLE queue_count (view TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TRIGGER count_insert AFTER INSERT ON conversation BEGIN ${countViews('NEW', '+1')} END;
    CREATE TRIGGER count_delete AFTER DELETE ON conversation BEGIN ${countViews('OLD', '-1')} END;
    CREATE TRIGGER count_update AFTER UPDATE OF state, owner, is_vip, is_overdue, unread ON conversation
      WHEN OLD.state IS NOT NEW.state OR OLD.owner IS NOT NEW.owner OR OLD.is_vip IS NOT NEW.is_vip OR OLD.is_overdue IS NOT NEW.is_overdue OR (OLD.unread > 0) IS NOT (NEW.unread > 0)
    BEGIN ${countViews('OLD', '-1')} ${countViews('NEW', '+1')} END;

    -- id is the time of the message (see message-id.ts): newest first needs no sort, in the table and in both indexes.
    CREATE TABLE message (
      id INTEGER PRIMARY KEY, conversation_id TEXT NOT NULL REFERENCES conversation, identity_id TEXT REFERENCES identity, account_id TEXT REFERENCES account,
      external_id TEXT, kind TEXT NOT NULL, direction TEXT NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL, address TEXT,
      subject TEXT, text TEXT NOT NULL, shown_text TEXT, detail TEXT NOT NULL, refs TEXT, request_id TEXT, arrived_at INTEGER NOT NULL, deleted_at INTEGER
    ) STRICT;
    -- shown_text is set only where the text differs from its indexed form (joiners, decomposed letters).
    CREATE UNIQUE INDEX message_external ON message (account_id, external_id) WHERE external_id IS NOT NULL;
    CREATE UNIQUE INDEX message_request ON message (request_id) WHERE request_id IS NOT NULL;
    CREATE INDEX message_conversation ON message (conversation_id, id);
    CREATE VIRTUAL TABLE message_index USING fts5 (subject, text, content = 'message', content_rowid = 'id', ${TOKENIZER});
    CREATE VIRTUAL TABLE message_typing USING fts5 (subject, text, content = 'message', content_rowid = 'id', detail = none, prefix = '1 2 3 4 5', ${TOKENIZER});

    CREATE TABLE attachment (
      id TEXT PRIMARY KEY, message_id INTEGER REFERENCES message, name TEXT NOT NULL, type TEXT NOT NULL, size INTEGER NOT NULL,
      sha256 TEXT NOT NULL, content_id TEXT, alt TEXT, created_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX attachment_message ON attachment (message_id);
    CREATE INDEX attachment_content ON attachment (sha256);

    CREATE TABLE draft (
      conversation_id TEXT NOT NULL REFERENCES conversation, mode TEXT NOT NULL, text TEXT NOT NULL, subject TEXT, recipients TEXT,
      attachments TEXT NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (conversation_id, mode)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE outbox (
      id TEXT PRIMARY KEY, request_id TEXT NOT NULL UNIQUE, idempotency_key TEXT NOT NULL UNIQUE, message_id INTEGER NOT NULL UNIQUE REFERENCES message,
      conversation_id TEXT NOT NULL REFERENCES conversation, account_id TEXT NOT NULL REFERENCES account, mode TEXT NOT NULL, state TEXT NOT NULL,
      item TEXT NOT NULL, draft TEXT NOT NULL, seen_at INTEGER NOT NULL, attempt INTEGER NOT NULL, held_until INTEGER, retry_at INTEGER,
      waits_for TEXT, problem TEXT, not_found_at INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX outbox_unfinished ON outbox (created_at) WHERE state NOT IN ('sent', 'undone');
    CREATE INDEX outbox_conversation ON outbox (conversation_id, created_at) WHERE state NOT IN ('sent', 'undone');

    -- Every write is one operation; change lists the rows it touched, for whoever was not listening.
    CREATE TABLE operation (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, agent TEXT NOT NULL, name TEXT NOT NULL, args TEXT) STRICT;
    CREATE TABLE change (seq INTEGER NOT NULL, entity TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (seq, entity, id)) STRICT, WITHOUT ROWID;
  `),
};
