import type { Migration } from './migration.ts';

/** Several agents at one desk: who they are, what each writes, and claims that end by themselves. */
export const seats: Migration = {
  version: 80,
  name: 'seats',
  rewrites: true,
  up: (exec) => exec(`
    -- Agents besides the one in the settings; own: the settings a person has for themselves.
    CREATE TABLE agent (id TEXT PRIMARY KEY, initials TEXT NOT NULL UNIQUE, own TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
    -- Who works in which window; a window without a row is the first agent's.
    CREATE TABLE seat (number INTEGER PRIMARY KEY, agent_id TEXT NOT NULL REFERENCES agent ON DELETE CASCADE) STRICT;

    -- A claim is a lease; null with an owner: given to them for good.
    ALTER TABLE conversation ADD COLUMN claim_until INTEGER;
    CREATE INDEX alarm_claim ON conversation (claim_until) WHERE claim_until IS NOT NULL AND state = 'open';
    -- Initials of who sent it: what somebody else has taken over meanwhile does not leave.
    ALTER TABLE outbox ADD COLUMN agent TEXT NOT NULL DEFAULT '';

    -- Each agent writes a draft of their own; '' belongs to whoever takes it up.
    CREATE TABLE draft_of_agent (
      conversation_id TEXT NOT NULL REFERENCES conversation, mode TEXT NOT NULL, agent TEXT NOT NULL, text TEXT NOT NULL, subject TEXT, recipients TEXT,
      attachments TEXT NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (conversation_id, mode, agent)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO draft_of_agent SELECT conversation_id, mode, '', text, subject, recipients, attachments, updated_at FROM draft;
    DROP TABLE draft;
    ALTER TABLE draft_of_agent RENAME TO draft;

    -- A word from one agent to another about a conversation, until it is read.
    CREATE TABLE notice (
      id INTEGER PRIMARY KEY, agent TEXT NOT NULL, by_agent TEXT NOT NULL, code TEXT NOT NULL, conversation_id TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE,
      word TEXT NOT NULL, at INTEGER NOT NULL, seen_at INTEGER
    ) STRICT;
    CREATE INDEX notice_unseen ON notice (agent, at) WHERE seen_at IS NULL;
    CREATE INDEX notice_conversation ON notice (conversation_id);

    -- Counting a customer's contacts by kind reads this index alone.
    CREATE INDEX message_kind ON message (conversation_id, kind, id);
  `),
};
