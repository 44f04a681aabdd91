import type { Migration } from './migration.ts';

/** What an agent may do at this desk, and the PIN by which a second one says yes. */
export const access = { version: 150, name: 'access', rewrites: false, up: (exec) => exec(`
  -- agent: '' is the agent of the settings, else agent.id. pin: scrypt with its salt, never the digits. tries: wrong ones since the last right one.
  CREATE TABLE agent_access (agent TEXT PRIMARY KEY, role TEXT NOT NULL, pin TEXT, tries INTEGER NOT NULL DEFAULT 0, blocked_until INTEGER NOT NULL DEFAULT 0) STRICT;
`) } satisfies Migration;
