import type { tables } from '../store/index.ts';

const RANK = { open: 0, snoozed: 1, done: 2 } as const;

/** The state of two conversations shown as one: whatever needs somebody sooner wins, and nothing that was kept in mind is dropped. */
export function combineSides(survivor: tables.SideState, merged: tables.SideState): tables.SideState {
  const leads = RANK[merged.state] < RANK[survivor.state] ? merged : survivor;
  const sooner = survivor.snoozedUntil === null ? merged : merged.snoozedUntil === null || survivor.snoozedUntil <= merged.snoozedUntil ? survivor : merged;
  return {
    state: leads.state, stateBy: leads.stateBy, owner: survivor.owner ?? merged.owner,
    snoozedUntil: sooner.snoozedUntil, followUpNote: sooner.followUpNote ?? survivor.followUpNote ?? merged.followUpNote, readUpTo: survivor.readUpTo,
  };
}
