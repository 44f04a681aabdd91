import type { Migration } from './migration.ts';

/** What agents gave to customers: each line hangs on an entry of the timeline and goes where that goes. */
export const ledger = { version: 160, name: 'ledger', rewrites: false, up: (exec) => exec(`
  -- amount: minor units of the currency, or how often; below zero it takes back the line it names.
  CREATE TABLE ledger (
    message_id INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE, request_id TEXT NOT NULL UNIQUE, agent TEXT NOT NULL, limit_id TEXT NOT NULL, limit_name TEXT NOT NULL, currency TEXT,
    amount INTEGER NOT NULL, what TEXT NOT NULL, why TEXT NOT NULL, approved_by TEXT, reverses INTEGER REFERENCES ledger ON DELETE SET NULL, promise_id TEXT
  ) STRICT;
  CREATE UNIQUE INDEX ledger_reverses ON ledger (reverses) WHERE reverses IS NOT NULL;
  CREATE INDEX ledger_agent ON ledger (agent, limit_id, message_id);
`) } satisfies Migration;
