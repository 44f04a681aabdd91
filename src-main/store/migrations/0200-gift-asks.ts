import type { Migration } from './migration.ts';

/** Whoever approves a gift had a PIN before it was asked for. A PIN from before this step counts as always there. */
export const giftAsks = { version: 200, name: 'gift-asks', rewrites: false, up: (exec) => exec(`
  -- since when this agent has a PIN without a break; 0: since ever
  ALTER TABLE agent_access ADD COLUMN pin_since INTEGER NOT NULL DEFAULT 0;
  -- when more than the limit was first asked for and not given yet
  ALTER TABLE conversation ADD COLUMN gift_asked_at INTEGER;
`) } satisfies Migration;
