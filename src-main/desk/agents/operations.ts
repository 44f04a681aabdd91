import type { Settings } from '../../../src-preload/contract/index.ts';
import { assertMayChange, type AgentSeen, type SaidBy } from './may-change.ts';
import { ParleyError } from '../../kernel/index.ts';
import type { Kept } from '../sides/index.ts';
import { tables, type Operation, type ReadDb, type Tx } from '../../store/index.ts';

const MAIN = null;

/** Initials are how a claim names its owner: two agents with the same ones would answer as one. */
function assertFreeInitials(tx: Tx, initials: string, agentId: string | null): void {
  const main = tables.settingsOf(tx.db);
  const others = [{ id: MAIN, initials: main.agentInitials, name: main.agentName }, ...tables.agents(tx.db).map((a) => ({ id: a.id, initials: a.initials, name: a.own.agentName ?? '' }))];
  const taken = others.find((other) => other.id !== agentId && other.initials.toLowerCase() === initials.toLowerCase());
  if (taken) throw new ParleyError('conflict', `${taken.initials} is ${taken.name} already.`);
}

/** A further agent of this desk, who works in the window from which they were added. */
export const addAgent: Operation<{ id: string; seat: number; name: string; initials: string; saidBy?: SaidBy }, void> = {
  name: 'agent.add',
  apply(tx, { id, seat, name, initials, saidBy = null }) {
    assertMayChange({ what: 'add' }, agentsOf(tx.db), saidBy);
    assertFreeInitials(tx, initials, id);
    tables.insertAgent(tx.db, { id, initials, own: { agentName: name, agentInitials: initials, signature: '', selectedConversation: null } }, tx.at);
    tables.takeSeat(tx.db, seat, id);
    tx.touch('settings', '');
  },
};

/** Somebody else sits down at a window. */
export const useSeat: Operation<{ seat: number; agentId: string | null }, void> = {
  name: 'agent.use',
  apply(tx, { seat, agentId }) {
    if (agentId !== MAIN && !tables.agentById(tx.db, agentId)) throw new ParleyError('not_found', 'This agent is not here any more.');
    tables.takeSeat(tx.db, seat, agentId);
    tx.touch('settings', '');
  },
};

/** Writes what a person has for themselves; new initials take along what they have and write. */
export function putOwn(tx: Tx, agentId: string | null, own: Partial<tables.OwnSettings>): void {
  const before = tables.settingsFor(tx.db, agentId);
  if (own.agentInitials !== undefined && own.agentInitials !== before.agentInitials) {
    assertFreeInitials(tx, own.agentInitials, agentId);
    for (const id of tables.renameOwner(tx.db, before.agentInitials, own.agentInitials)) tx.touch('conversation', id);
    for (const id of tables.customersWithSideEvents(tx.db)) tables.addSideEvent(tx.db, id, { type: 'renamed', from: before.agentInitials, to: own.agentInitials } satisfies Kept, { at: tx.at, agent: tx.agent });
    tables.renameDrafts(tx.db, before.agentInitials, own.agentInitials);
    tables.renameLedger(tx.db, before.agentInitials, own.agentInitials);
    tables.renameNotices(tx.db, before.agentInitials, own.agentInitials);
  }
  const agent = agentId === MAIN ? undefined : tables.agentById(tx.db, agentId);
  if (agent) tables.putAgent(tx.db, { ...agent, initials: own.agentInitials ?? agent.initials, own: { ...agent.own, ...own } });
  else tables.putSettings(tx.db, { ...tables.settingsOf(tx.db), ...own } satisfies Settings);
}

export function agentsOf(db: ReadDb): AgentSeen[] {
  const main = tables.settingsOf(db);
  return [{ agentId: MAIN, name: main.agentName, initials: main.agentInitials }, ...tables.agents(db).map((a) => ({ agentId: a.id, name: a.own.agentName ?? a.initials, initials: a.initials }))].map((agent) => {
    const { role, pin, pinSince } = tables.accessOf(db, agent.agentId);
    return { ...agent, role, hasPin: pin !== null, pinSince };
  });
}
