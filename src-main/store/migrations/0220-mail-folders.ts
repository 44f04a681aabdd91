import type { Migration } from './migration.ts';

export const mailFolders: Migration = {
  version: 220,
  name: 'mail folders',
  rewrites: false,
  up: (exec) => exec(`
    -- Folders of a mailbox a person can have read; is_new: it came into being since they last chose.
    CREATE TABLE mailbox_folder (account_id TEXT NOT NULL REFERENCES account, path TEXT NOT NULL, is_new INTEGER NOT NULL, PRIMARY KEY (account_id, path)) STRICT, WITHOUT ROWID;
    -- Mails that are in none of their mailbox's folders any more, and when that was noticed.
    CREATE TABLE mail_gone (message_id INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE, at INTEGER NOT NULL) STRICT;
  `),
};
