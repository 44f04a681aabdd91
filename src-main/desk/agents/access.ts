import type { AgentRole } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { tables, type Operation, type ReadDb, type Store } from '../../store/index.ts';
import { agentsOf, type AgentSeen } from './operations.ts';
import { blockAfter, pinMatches } from './pin.ts';

const known = (db: ReadDb, agentId: string | null): AgentSeen => {
  const agent = agentsOf(db).find((other) => other.agentId === agentId);
  if (!agent) throw new ParleyError('not_found', 'This agent is not here any more.');
  return agent;
};

/** Roles and limits are everybody's to set until a senior agent has a PIN; from then on a senior agent's. */
export function mayRule(db: ReadDb, agentId: string | null): boolean {
  return tables.accessOf(db, agentId).role === 'senior' || !agentsOf(db).some((agent) => agent.role === 'senior' && agent.hasPin);
}
export function assertMayRule(db: ReadDb, agentId: string | null): void {
  if (!mayRule(db, agentId)) throw new ParleyError('refused', 'Only a senior agent can change this.');
}

export const setRole: Operation<{ agentId: string | null; role: AgentRole; byId: string | null }, void> = {
  name: 'agent.role',
  apply(tx, { agentId, role, byId }) {
    known(tx.db, agentId);
    assertMayRule(tx.db, byId);
    tables.putAccess(tx.db, agentId, { role });
    tx.touch('settings', '');
  },
};

/** `hash` null takes it off. The log keeps that it changed, not what it became. */
export const setPin: Operation<{ agentId: string | null; hash: string | null }, void> = {
  name: 'agent.pin',
  summarise: ({ agentId }) => ({ agentId }),
  apply(tx, { agentId, hash }) {
    known(tx.db, agentId);
    tables.putAccess(tx.db, agentId, { pin: hash, tries: 0, blockedUntil: 0 });
    tx.touch('settings', '');
  },
};

/** Counts a try before it is looked at, so that many at once are no way around the wait. */
const beginTry: Operation<{ agentId: string | null }, string> = {
  name: 'agent.pinTry',
  apply(tx, { agentId }) {
    const { pin, tries, blockedUntil } = tables.accessOf(tx.db, agentId);
    if (pin === null) throw new ParleyError('refused', `${known(tx.db, agentId).name} has no PIN yet.`);
    if (blockedUntil > tx.at) throw new ParleyError('not_yet', `Too many wrong PINs. Try again in ${Math.ceil((blockedUntil - tx.at) / 60_000)} min.`, { retryable: true });
    tables.putAccess(tx.db, agentId, { tries: tries + 1, blockedUntil: tx.at + blockAfter(tries + 1) });
    return pin;
  },
};
const endTry: Operation<{ agentId: string | null }, void> = { name: 'agent.pinRight', apply: (tx, { agentId }) => tables.putAccess(tx.db, agentId, { tries: 0, blockedUntil: 0 }) };

/** Throws unless the PIN is this agent's. Answers who said yes. */
export async function checkPin(store: Store, given: { agentId: string | null; pin: string }, by: { at: number; agent: string }): Promise<AgentSeen> {
  const agent = known(store.read, given.agentId);
  const stored = store.run(beginTry, { agentId: given.agentId }, by).value;
  if (!(await pinMatches(stored, given.pin))) throw new ParleyError('refused', 'This PIN is not right.');
  store.run(endTry, { agentId: given.agentId }, by);
  return agent;
}
