import type { Migration } from './migration.ts';

export const posts: Migration = {
  version: 90,
  name: 'posts',
  rewrites: false,
  up: (exec) => exec(`
    -- Pictures of posts and messages still to be fetched: a message never waits for its pictures, and a broken line loses none.
    CREATE TABLE media_wanted (
      message_id INTEGER NOT NULL REFERENCES message ON DELETE CASCADE, key TEXT NOT NULL, url TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, retry_at INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (message_id, key)
    ) STRICT, WITHOUT ROWID;

    -- Posts whose words stand in another entry (quoted there, or answered by it): when one is deleted on X, its words go from there, too.
    CREATE TABLE post_reference (
      post_id TEXT NOT NULL, message_id INTEGER NOT NULL REFERENCES message ON DELETE CASCADE, PRIMARY KEY (post_id, message_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX post_reference_message ON post_reference (message_id);
    INSERT INTO post_reference (post_id, message_id)
      SELECT json_extract(detail, '$.quoted.postId'), id FROM message WHERE kind = 'post' AND json_extract(detail, '$.quoted.postId') IS NOT NULL;

    -- The newest message answers a post that somebody paid X to show.
    ALTER TABLE conversation ADD COLUMN is_ad INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX queue_ad ON conversation (rank, queue_at, id) WHERE state = 'open' AND is_ad = 1;
  `),
};
