import type { Migration } from './migration.ts';

export const mailPlaces: Migration = {
  version: 120,
  name: 'mail places',
  rewrites: false,
  up: (exec) => exec(`
    -- A folder as its server numbers it: another UIDVALIDITY (epoch) is another numbering.
    CREATE TABLE mail_folder (id INTEGER PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account, path TEXT NOT NULL, epoch TEXT NOT NULL, UNIQUE (account_id, path, epoch)) STRICT;
    -- Where a mail lies at its server, whether it counts as read there, and what the server is still to be told: 1 = it was read here, 2 = it was answered here.
    CREATE TABLE mail_place (
      folder_id INTEGER NOT NULL REFERENCES mail_folder, uid INTEGER NOT NULL, message_id INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
      is_seen INTEGER NOT NULL, owes INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (folder_id, uid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mail_place_message ON mail_place (message_id);
    CREATE INDEX mail_place_owes ON mail_place (folder_id, uid) WHERE owes > 0;
  `),
};
