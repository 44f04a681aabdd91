import type { Migration } from './migration.ts';

export const mentions = { version: 230, name: 'mentions', rewrites: false, up: (exec) => exec(`
  -- message_id: what the notice is about; with code 'mentioned' the note that names the agent.
  ALTER TABLE notice ADD COLUMN message_id INTEGER;
  CREATE INDEX notice_mention ON notice (agent, message_id) WHERE code = 'mentioned' AND seen_at IS NULL;
`) } satisfies Migration;
