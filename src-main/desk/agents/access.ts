import type { AgentRole, Settings } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { tables, type Operation, type ReadDb, type Store } from '../../store/index.ts';
import { assertMayChange, isRuled, type AgentSeen, type SaidBy } from './may-change.ts';
import { agentsOf } from './operations.ts';
import { blockAfter, pinMatches } from './pin.ts';

const known = (db: ReadDb, agentId: string | null): AgentSeen => {
  const agent = agentsOf(db).find((other) => other.agentId === agentId);
  if (!agent) throw new ParleyError('not_found', 'This agent is not here any more.');
  return agent;
};

/** Settings that say what others may do. Changing one takes the right to, and at the window the PIN of whoever sits there. */
const RULES = ['limits', 'secondLook'] as const satisfies readonly (keyof Settings)[];
export const changesRules = (patch: Partial<Record<(typeof RULES)[number], unknown>>): boolean => RULES.some((key) => patch[key] !== undefined);

/** Rules are everybody's to set until a senior agent has a PIN; from then on those of senior agents who have one. */
export function assertMayRule(db: ReadDb, agentId: string | null): void {
  const { role, pin } = tables.accessOf(db, agentId);
  if (isRuled(agentsOf(db)) && (role !== 'senior' || pin === null)) throw new ParleyError('refused', 'Only a senior agent with a PIN can change this.');
}

export const setRole: Operation<{ agentId: string | null; role: AgentRole; saidBy?: SaidBy }, void> = {
  name: 'agent.role',
  apply(tx, { agentId, role, saidBy = null }) {
    known(tx.db, agentId);
    assertMayChange({ what: 'role' }, agentsOf(tx.db), saidBy);
    tables.putAccess(tx.db, agentId, { role });
    tx.touch('settings', '');
  },
};

/** `hash` null takes it off. The log keeps that it changed, not what it became. */
export const setPin: Operation<{ agentId: string | null; hash: string | null; saidBy?: SaidBy }, void> = {
  name: 'agent.pin',
  summarise: ({ agentId, saidBy }) => ({ agentId, saidBy }),
  apply(tx, { agentId, hash, saidBy = null }) {
    const { hasPin, pinSince } = known(tx.db, agentId);
    assertMayChange({ what: 'pin', agentId, isGone: hash === null }, agentsOf(tx.db), saidBy);
    tables.putAccess(tx.db, agentId, { pin: hash, pinSince: hash === null ? 0 : hasPin ? pinSince : tx.at, tries: 0, blockedUntil: 0 });
    tx.touch('settings', '');
  },
};

/** Takes a PIN off without anybody's yes: for whoever owns the workspace file, who could change it anyhow. Only the command line has it. */
export const clearPin: Operation<{ agentId: string | null; name: string }, void> = {
  name: 'agent.pinCleared',
  apply(tx, { agentId }) {
    if (!known(tx.db, agentId).hasPin) throw new ParleyError('not_found', `${known(tx.db, agentId).name} has no PIN.`);
    tables.putAccess(tx.db, agentId, { pin: null, pinSince: 0, tries: 0, blockedUntil: 0 });
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
