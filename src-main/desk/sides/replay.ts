import type { Kept, Turns } from './happen.ts';
import { after, BLANK, combineSides, passTime, type Side } from './side.ts';

export interface KeptEvent { customerId: string; at: number; agent: string; what: Kept }

interface Group { members: string[]; side: Side | undefined }

/**
 * Where some customers, shown as one, would stand had they never been shown with anybody else: from where each stood before, through
 * everything that happened to them since, in order. `merges`: those that hold within the group, as merge id -> [survivor, merged].
 */
export function replay(events: readonly KeptEvent[], members: readonly string[], merges: ReadonlyMap<string, readonly [string, string]>, until: number, leaseMs: number): Side | undefined {
  const groups = new Map<string, Group>(members.map((id) => [id, { members: [id], side: undefined }]));
  const turns = new Map<string, Turns>();
  const groupOf = (id: string): Group => {
    const group = groups.get(id);
    if (!group) throw new Error('an event of somebody who is not in the group');
    return group;
  };
  for (const { customerId, at, agent, what } of events) {
    const group = groupOf(customerId);
    if (what.type === 'turn') {
      turns.set(customerId, what);
      continue;
    }
    if (what.type === 'joined') {
      group.side = what.side;
      continue;
    }
    if (what.type === 'merged') {
      const pair = merges.get(what.mergeId);
      if (pair === undefined) continue;
      const [survivor, merged] = pair.map((id) => {
        const one = groupOf(id);
        if (one.side !== undefined) one.side = passTime(one.side, at, leaseMs);
        return one;
      });
      if (!survivor || !merged || survivor === merged) continue;
      const unread = what.isUnread && survivor.side && merged.side ? Math.min(survivor.side.readUpTo, merged.side.readUpTo) : null;
      const side = survivor.side === undefined ? merged.side : combineSides(survivor.side, merged.side);
      const joint: Group = { members: [...survivor.members, ...merged.members], side: side && unread !== null ? { ...side, readUpTo: unread } : side };
      for (const id of joint.members) groups.set(id, joint);
      continue;
    }
    group.side = passTime(group.side ?? BLANK, at, leaseMs);
    const known = group.members.flatMap((id) => turns.get(id) ?? []);
    // As at the desk: history before the last answer leaves everything as it is.
    if (what.type === 'history' && what.newestId < Math.min(newest(known, 'answer'), newest(known, 'inbound'))) continue;
    group.side = after(group.side, what, { agent, at }, () => waitingSince(known));
  }
  const [first] = members;
  const side = first === undefined ? undefined : groupOf(first).side;
  return side && passTime(side, until, leaseMs);
}

const newest = (turns: readonly Turns[], which: 'answer' | 'inbound'): number => Math.max(0, ...turns.map((turn) => turn[which]));

/** Since when a customer waits, of what is known about each of those shown as one. */
function waitingSince(turns: readonly Turns[]): number | null {
  const answer = newest(turns, 'answer');
  const open = turns.flatMap((turn) => turn.asks).filter(([id]) => id > answer).toSorted(([a], [b]) => a - b);
  return open[0]?.[1] ?? null;
}
