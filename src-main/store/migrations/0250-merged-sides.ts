import type { Migration } from './migration.ts';

export const mergedSides: Migration = {
  version: 250,
  name: 'merged-sides',
  rewrites: false,
  up: (exec) => exec(`
    -- What happened to each customer while shown together with others, in order, from where they stood before: an undo tells from it where each would stand alone.
    CREATE TABLE side_event (
      id INTEGER PRIMARY KEY AUTOINCREMENT, customer_id TEXT NOT NULL REFERENCES customer ON DELETE CASCADE, at INTEGER NOT NULL, agent TEXT NOT NULL, what TEXT NOT NULL
    ) STRICT;
    CREATE INDEX side_event_customer ON side_event (customer_id, id);
    -- Merges from before begin with what they kept of both sides.
    INSERT INTO side_event (customer_id, at, agent, what)
      SELECT customer_id, at, by, json_object('type', 'joined', 'side', json_set(side, '$.claimUntil', NULL, '$.followUps', json('[]'), '$.decided', NULL)) FROM (
        SELECT survivor_id AS customer_id, at, merged_by AS by, json_extract(states, '$.survivor') AS side, id FROM customer_merge WHERE undone_at IS NULL
        UNION ALL SELECT merged_id, at, merged_by, json_extract(states, '$.merged'), id FROM customer_merge WHERE undone_at IS NULL AND json_extract(states, '$.merged') IS NOT NULL
      ) AS one WHERE NOT EXISTS (SELECT 1 FROM customer_merge e WHERE e.undone_at IS NULL AND (e.at < one.at OR (e.at = one.at AND e.id < one.id)) AND one.customer_id IN (e.survivor_id, e.merged_id));
    INSERT INTO side_event (customer_id, at, agent, what)
      SELECT survivor_id, at, merged_by, json_object('type', 'merged', 'mergeId', id, 'isUnread', json('false')) FROM customer_merge WHERE undone_at IS NULL ORDER BY at, id;
  `),
};
