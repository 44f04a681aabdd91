import type { Migration } from './migration.ts';

/** What most rows of most tables wrote for the few that read it. */
export const leaner: Migration = {
  version: 260,
  name: 'leaner',
  rewrites: false,
  up: (exec) => exec(`
    -- A mail is in one index of its conversation, not in two: what is none is counted by an index of its own, and mails are the rest.
    DROP INDEX message_kind;
    CREATE INDEX message_kind ON message (conversation_id, kind, id) WHERE kind <> 'mail';
    DROP INDEX message_conversation;
    CREATE INDEX message_conversation ON message (conversation_id, id, kind);
    -- The mails themselves say what subject they had and when; answers that name no mail are found as before.
    DELETE FROM thread_key WHERE substr(key, 1, 5) = '~all~';
  `),
};
