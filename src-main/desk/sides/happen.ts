import { tables, type ReadDb, type Tx } from '../../store/index.ts';
import { turnsFrom, waitingSinceOf } from '../turns.ts';
import { weightOf } from '../waiting.ts';
import { homeFinder } from './home.ts';
import { after, type Happening, type Side, type SideFollowUp } from './side.ts';

/** How far back it is looked for whose turn it is. */
const LOOK_BACK = 300;

/** Whose turn it is with one customer of those shown as one, as far as messages tell: the last answer, the last message in, and what asks since the answer. */
export interface Turns { type: 'turn'; answer: number; inbound: number; asks: (readonly [id: number, at: number])[] }
/** Kept of a customer who is shown with others: where they stood, merges, and everything that happened. */
export type Kept = Happening | Turns | { type: 'joined'; side: Side } | { type: 'merged'; mergeId: string; isUnread: boolean };

export function sideOf(db: ReadDb, core: tables.ConversationCore, withDone: boolean): Side {
  const decided = withDone ? tables.lastDecision(db, core.id) : undefined;
  return {
    state: core.state === 'merged' ? 'done' : core.state, stateBy: core.stateBy, owner: core.owner, claimUntil: core.claimUntil, snoozedUntil: core.snoozedUntil, followUpNote: core.followUpNote, readUpTo: core.readUpTo,
    followUps: tables.sideFollowUps(db, core.id, withDone), decided: decided === undefined ? null : { code: decided.code as NonNullable<Side['decided']>['code'], at: decided.at },
  };
}

/** Writes what has changed of where a conversation stands. Whoever calls refreshes it. */
export function writeSide(tx: Tx, core: tables.ConversationCore, before: Side, side: Side): void {
  tables.setSide(tx.db, core.id, side);
  const were = new Map(before.followUps.map((f) => [f.id, f]));
  const changed = side.followUps.filter((f) => {
    const was = were.get(f.id);
    return was !== undefined && !sameState(was, f);
  });
  for (const f of changed) tables.setFollowUpState(tx.db, f.id, f.state, f.ended);
  if (changed.length > 0) tx.touch('customer', core.customerId);
}

const sameState = (a: SideFollowUp, b: SideFollowUp): boolean => a.state === b.state && a.ended?.at === b.ended?.at && a.ended?.by === b.ended?.by;

/**
 * Something happens to a conversation as it is shown, and is kept for whom of those shown as one it bears on: what an agent decides for the
 * survivor, whom they see; what comes in, for whom it came from.
 */
export function happen(tx: Tx, core: tables.ConversationCore, what: Happening, bearers?: readonly string[]): void {
  const side = sideOf(tx.db, core, what.type === 'reopened' || what.type === 'taken_up');
  const next = after(side, what, { agent: tx.agent, at: tx.at }, () => waitingSinceOf(tx.db, core.id));
  if (next !== side) writeSide(tx, core, side, next);
  keepFor(tx, core, what, bearers);
}

/** Keeps what happened, for an undo, without doing anything to what is shown. */
export function keepFor(tx: Tx, core: tables.ConversationCore, what: Happening, bearers: readonly string[] = [core.customerId]): void {
  if (!core.isShownWithOthers) return;
  const by = { at: tx.at, agent: tx.agent };
  if (what.type === 'history' || what.type === 'placed' || what.type === 'unplaced' || what.type === 'finished') {
    const turns = turnsByHome(tx.db, core);
    for (const id of tables.familyOf(tx.db, core.customerId)) tables.addSideEvent(tx.db, id, turns.get(id) ?? { type: 'turn', answer: 0, inbound: 0, asks: [] }, by);
  }
  for (const bearer of bearers) {
    // A window says again and again what is on its screen.
    if (what.type === 'read' && tables.keptReadUpTo(tx.db, bearer) >= what.upTo) continue;
    tables.addSideEvent(tx.db, bearer, what, by);
  }
}

function turnsByHome(db: ReadDb, core: tables.ConversationCore): Map<string, Turns> {
  const homeOf = homeFinder(db, core.customerId);
  const rows = tables.turnsBefore(db, core.id, Number.MAX_SAFE_INTEGER, LOOK_BACK);
  const homes = new Map(tables.newestLoose(db, core.id, LOOK_BACK).map((m) => [m.id, homeOf(m)]));
  const found = new Map<string, Turns>();
  for (const turn of turnsFrom(db, rows)) {
    const home = homes.get(turn.id) ?? core.customerId;
    const turns = found.get(home) ?? { type: 'turn', answer: 0, inbound: 0, asks: [] };
    found.set(home, turns);
    if (turns.inbound === 0 && turn.direction === 'inbound') turns.inbound = turn.id;
    if (turns.answer > 0) continue;
    const weight = weightOf(turn);
    if (weight === 'answers') turns.answer = turn.id;
    if (weight === 'asks') turns.asks.push([turn.id, turn.at]);
  }
  return found;
}

/** For whom of those shown as one some messages are. */
export function homesOfMessages(db: ReadDb, core: Pick<tables.ConversationCore, 'customerId' | 'isShownWithOthers'>, ids: readonly number[]): string[] {
  if (!core.isShownWithOthers) return [core.customerId];
  const homeOf = homeFinder(db, core.customerId);
  return [...new Set(ids.flatMap((id) => tables.looseById(db, id) ?? []).map(homeOf))];
}

/** Whose a follow-up is, of those shown as one. */
export const homeOfFollowUp = (db: ReadDb, id: string): string | null => {
  const home = tables.homeOfFollowUp(db, id);
  return home === undefined ? null : (tables.conversationCore(db, home)?.customerId ?? null);
};
