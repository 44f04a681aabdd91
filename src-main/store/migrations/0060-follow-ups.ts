import type { Migration } from './migration.ts';

export const followUps: Migration = {
  version: 60,
  name: 'follow-ups',
  rewrites: false,
  up: (exec) => exec(`
    -- What has to be taken up again, when, and the answer prepared for then. Moves with a merge like a message: home null = at home where it is.
    CREATE TABLE follow_up (
      id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL REFERENCES conversation, home_conversation_id TEXT REFERENCES conversation,
      at INTEGER NOT NULL, ends TEXT NOT NULL, note TEXT, mode TEXT, text TEXT, state TEXT NOT NULL, occasion TEXT,
      made_by TEXT NOT NULL, made_at INTEGER NOT NULL, ended_at INTEGER, ended_by TEXT
    ) STRICT;
    CREATE INDEX follow_up_waiting ON follow_up (at) WHERE state = 'waiting';
    CREATE INDEX follow_up_conversation ON follow_up (conversation_id, at);
    CREATE INDEX follow_up_home ON follow_up (home_conversation_id) WHERE home_conversation_id IS NOT NULL;
    -- A birthday is raised once a year.
    CREATE UNIQUE INDEX follow_up_occasion ON follow_up (occasion) WHERE occasion IS NOT NULL;
  `),
};
