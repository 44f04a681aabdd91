import type { Migration } from './migration.ts';

export const xActions: Migration = {
  version: 110,
  name: 'x-actions',
  rewrites: false,
  up: (exec) => exec(`
    -- Bytes whose last message was deleted, until they are off the disk: a console that dies between the two takes it up again.
    CREATE TABLE file_left (sha256 TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    -- What was answered under a post of ours.
    CREATE INDEX message_thread ON message (json_extract(detail, '$.conversationId'), id) WHERE kind = 'post';
  `),
};
