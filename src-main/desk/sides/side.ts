import type { FollowUp } from '../../../src-preload/contract/index.ts';
import { decideClaim, type Wish } from '../claims/lease.ts';

/** A follow-up as far as it decides where its conversation stands. */
export interface SideFollowUp { id: string; at: number; ends: FollowUp['ends']; isCall: boolean; by: string; state: FollowUp['state']; ended: { at: number; by: string } | null }

/** Where a conversation stands: everything about it that was decided or came to pass and cannot be derived from its messages. */
export interface Side {
  state: 'open' | 'snoozed' | 'done'; stateBy: string | null; owner: string | null; claimUntil: number | null; snoozedUntil: number | null; followUpNote: string | null; readUpTo: number;
  followUps: readonly SideFollowUp[];
  /** The newest of done, reopened, snoozed and woken. */
  decided: { code: 'done' | 'reopened' | 'snoozed' | 'woken'; at: number } | null;
  /** Mails of the tray put here meanwhile, and whether it was done before. */
  placed?: Readonly<Record<string, boolean>>;
}

/** What can happen to a side. */
export type Happening =
  /** The customer wrote, and waits. */
  | { type: 'arrived' }
  /** Older messages came in; recent ones open what nobody has decided about. */
  | { type: 'history'; openSince: number; newestId: number }
  /** A mail of the tray was put here, or taken away again. */
  | { type: 'placed'; id: string }
  | { type: 'unplaced'; id: string; wasDone: boolean }
  | { type: 'done'; readUpTo: number }
  | { type: 'reopened' }
  | { type: 'snoozed'; until: number; note: string | null; readUpTo: number }
  | { type: 'read'; upTo: number }
  /** A follow-up was made or changed. A new one takes the conversation out of the queue. */
  | { type: 'kept'; followUp: SideFollowUp; isNew: boolean; readUpTo: number }
  /** A call-back, beside whatever goes on; one that a missed call makes only where none waits. */
  | { type: 'added'; followUp: SideFollowUp; unlessWaiting: boolean }
  | { type: 'occasion'; followUp: SideFollowUp }
  | { type: 'finished'; id: string }
  | { type: 'taken_up'; id: string }
  | { type: 'dropped'; id: string }
  /** Somebody spoke to the customer; `made`: only call-backs made by that one. */
  | { type: 'called'; made: string | null }
  | { type: 'claim'; wish: Wish; leaseMs: number }
  | { type: 'ruled'; owner: string }
  | { type: 'unruled'; owner: string }
  | { type: 'renamed'; from: string; to: string };

export interface By { agent: string; at: number }

export const BLANK: Side = { state: 'done', stateBy: null, owner: null, claimUntil: null, snoozedUntil: null, followUpNote: null, readUpTo: 0, followUps: [], decided: null };

const nextAt = (followUps: readonly SideFollowUp[]): number | null => followUps.reduce<number | null>((next, f) => (f.state === 'waiting' && (next === null || f.at < next) ? f.at : next), null);

/** A state that follows from what came in is nobody's decision. */
const moved = (side: Side, state: Side['state']): Side => (state === side.state ? side : { ...side, state, stateBy: null });

const withFollowUps = (side: Side, change: (f: SideFollowUp) => SideFollowUp): Side => ({ ...side, followUps: side.followUps.map(change) });
const put = (side: Side, followUp: SideFollowUp): Side => ({ ...side, followUps: [...side.followUps.filter((f) => f.id !== followUp.id), followUp] });

/** What a history of messages makes of a state. What an agent decided stays. */
export function stateOfHistory(side: Pick<Side, 'state' | 'stateBy'>, waitingSince: number | null, openSince: number): Side['state'] {
  if (side.stateBy !== null) return side.state;
  return waitingSince !== null && waitingSince >= openSince ? 'open' : 'done';
}

/**
 * Where a side stands after something happened to it. The one place that decides it: for the conversation that is shown, and for one that is
 * shown with others now, when it is to stand alone again. `waitingSince` is asked only where it matters.
 */
export function after(side: Side, what: Happening, by: By, waitingSince: () => number | null): Side {
  switch (what.type) {
    case 'arrived': {
      const over = side.followUps.filter((f) => f.state === 'waiting' && f.ends === 'reply');
      const ended = withFollowUps(side, (f) => (over.includes(f) ? { ...f, state: 'replied', ended: null } : f));
      // snoozedUntil stays when it opens: a "thanks" does not cancel a follow-up.
      const rest = over.some((f) => f.at === side.snoozedUntil) ? { ...ended, snoozedUntil: nextAt(ended.followUps), followUpNote: null } : ended;
      return moved(rest, 'open');
    }
    case 'history':
      return moved(side, stateOfHistory(side, waitingSince(), what.openSince));
    case 'placed':
      return { ...(waitingSince() === null ? side : moved(side, 'open')), placed: { ...side.placed, [what.id]: side.state === 'done' } };
    case 'unplaced':
      return (side.placed?.[what.id] ?? what.wasDone) && side.state === 'open' && waitingSince() === null ? moved(side, 'done') : side;
    case 'done': {
      if (side.state === 'done') return side;
      const finished = withFollowUps(side, (f) => (f.state === 'waiting' || f.state === 'done' ? f : { ...f, state: 'done', ended: { at: by.at, by: by.agent } }));
      return { ...finished, state: 'done', stateBy: by.agent, snoozedUntil: null, followUpNote: null, readUpTo: Math.max(side.readUpTo, what.readUpTo), decided: { code: 'done', at: by.at } };
    }
    case 'reopened': {
      if (side.state === 'open') return side;
      const doneAt = side.decided?.code === 'done' ? side.decided.at : null;
      const back = withFollowUps(side, (f) => (f.state === 'done' && f.ended?.at === doneAt ? { ...f, state: 'due', ended: null } : f));
      return { ...back, state: 'open', stateBy: by.agent, snoozedUntil: null, followUpNote: null, decided: { code: 'reopened', at: by.at } };
    }
    case 'snoozed':
      return { ...side, state: 'snoozed', stateBy: by.agent, snoozedUntil: what.until, followUpNote: what.note, readUpTo: Math.max(side.readUpTo, what.readUpTo), decided: { code: 'snoozed', at: by.at } };
    case 'read':
      return { ...side, readUpTo: Math.max(side.readUpTo, what.upTo) };
    case 'kept': {
      const kept = put(side, what.followUp);
      if (!what.isNew && side.state !== 'snoozed') return kept;
      return {
        ...kept, state: 'snoozed', stateBy: by.agent, snoozedUntil: nextAt(kept.followUps), followUpNote: null, readUpTo: Math.max(side.readUpTo, what.readUpTo),
        decided: what.isNew ? { code: 'snoozed', at: by.at } : side.decided,
      };
    }
    case 'added':
      return what.unlessWaiting && side.followUps.some((f) => f.isCall && f.state === 'waiting') ? side : put(side, what.followUp);
    case 'occasion':
      return { ...put(side, what.followUp), state: 'open' };
    case 'finished': {
      const finished = withFollowUps(side, (f) => (f.id === what.id ? { ...f, state: 'done', ended: { at: by.at, by: by.agent } } : f));
      if (side.state !== 'snoozed') return finished;
      // To the next one it sleeps for, else to where its messages put it.
      const next = nextAt(finished.followUps);
      return moved({ ...finished, snoozedUntil: next, followUpNote: null }, next !== null ? 'snoozed' : waitingSince() !== null ? 'open' : 'done');
    }
    case 'taken_up': {
      const at = side.followUps.find((f) => f.id === what.id)?.at ?? 0;
      const again = withFollowUps(side, (f) => (f.id === what.id ? { ...f, state: at > by.at ? 'waiting' : 'due', ended: null } : f));
      return side.state === 'open' || at <= by.at ? again : { ...again, state: 'snoozed', stateBy: by.agent, snoozedUntil: nextAt(again.followUps), followUpNote: null };
    }
    case 'dropped': {
      const rest: Side = { ...side, followUps: side.followUps.filter((f) => f.id !== what.id) };
      return side.state === 'snoozed' ? { ...rest, state: 'open', stateBy: by.agent, snoozedUntil: null, followUpNote: null, decided: { code: 'reopened', at: by.at } } : rest;
    }
    case 'called':
      return withFollowUps(side, (f) => (f.isCall && f.state !== 'done' && (what.made === null || f.by === what.made) ? { ...f, state: 'done', ended: { at: by.at, by: by.agent } } : f));
    case 'claim': {
      const decision = decideClaim({ owner: side.owner, until: side.claimUntil }, what.wish, { ...by, leaseMs: what.leaseMs });
      return decision.type === 'set' ? { ...side, owner: decision.lease.owner, claimUntil: decision.lease.until } : side;
    }
    case 'ruled':
      // Somebody's claim is a decision of a person; a rule only fills a gap.
      return side.owner === null ? { ...side, owner: what.owner, claimUntil: null } : side;
    case 'unruled':
      return side.owner === what.owner ? { ...side, owner: null, claimUntil: null } : side;
    case 'renamed':
      return side.owner === what.from ? { ...side, owner: what.to } : side;
  }
}

/** Where a side stands when its minute has come: what it slept for is there, and whoever put it aside has it again as long as a claim lasts. */
export function woken(side: Side, at: number, leaseMs: number): Side {
  const come = side.followUps.some((f) => f.state === 'waiting' && f.at <= at);
  if (!come && (side.snoozedUntil === null || side.snoozedUntil > at)) return side;
  return {
    ...withFollowUps(side, (f) => (f.state === 'waiting' && f.at <= at ? { ...f, state: 'due', ended: null } : f)), state: 'open', snoozedUntil: null, followUpNote: side.followUpNote ?? (come ? null : ''),
    claimUntil: side.owner !== null && side.claimUntil !== null ? at + leaseMs : side.claimUntil, decided: { code: 'woken', at },
  };
}

/** Lets time pass for a side nobody looked at: every minute that would have woken it, and every claim that would have ended. */
export function passTime(side: Side, until: number, leaseMs: number): Side {
  let now = side;
  for (;;) {
    const alarms = [now.snoozedUntil, nextAt(now.followUps), now.state === 'open' ? now.claimUntil : null].filter((at): at is number => at !== null && at <= until);
    if (alarms.length === 0) return now;
    const at = Math.min(...alarms);
    now = woken(now, at, leaseMs);
    if (now.state === 'open') now = after(now, { type: 'claim', wish: { type: 'lapse' }, leaseMs }, { agent: '', at }, () => null);
  }
}

const RANK = { open: 0, snoozed: 1, done: 2 } as const;

/** Two conversations shown as one: whatever needs somebody sooner wins, and nothing that was kept in mind is dropped. `undefined`: the merged one had none. */
export function combineSides(survivor: Side, merged: Side | undefined): Side {
  if (merged === undefined) return survivor;
  const leads = RANK[merged.state] < RANK[survivor.state] ? merged : survivor;
  const sooner = survivor.snoozedUntil === null ? merged : merged.snoozedUntil === null || survivor.snoozedUntil <= merged.snoozedUntil ? survivor : merged;
  const has = survivor.owner === null ? merged : survivor;
  return {
    state: leads.state, stateBy: leads.stateBy, owner: has.owner, claimUntil: has.claimUntil,
    snoozedUntil: sooner.snoozedUntil, followUpNote: sooner.followUpNote ?? survivor.followUpNote ?? merged.followUpNote, readUpTo: survivor.readUpTo,
    followUps: [...survivor.followUps, ...merged.followUps], decided: survivor.decided, placed: { ...merged.placed, ...survivor.placed },
  };
}
