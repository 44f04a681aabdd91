import type { Migration } from './migration.ts';

export const secondLook = {
  version: 210, name: 'second look', rewrites: false, up: (exec) => exec(`
  -- look: set on what a guest asked to send (state 'review' until a colleague has looked): what was asked for, and the guest's words where a colleague changed them. looked_by: who said yes.
  ALTER TABLE outbox ADD COLUMN look TEXT;
  ALTER TABLE outbox ADD COLUMN looked_by TEXT;
`) } satisfies Migration;
