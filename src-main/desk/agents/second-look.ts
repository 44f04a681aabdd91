import type { Access } from '../../../src-preload/contract/index.ts';
import { tables, type ReadDb } from '../../store/index.ts';
import { isRuled, type AgentSeen } from './may-change.ts';
import { agentsOf } from './operations.ts';

/** What a guest wants to send waits for a colleague where the team says so. */
export const needsLook = (agent: AgentSeen | undefined, isOn: boolean): boolean => isOn && agent?.role === 'guest';

/**
 * Why somebody may not give the second look; null when they may. Once a senior agent has a PIN only who has had one since before it was asked
 * for: everybody else's place at the desk could be taken by whoever asks.
 */
export function whyNotLook(askedBy: string, askedAt: number, looker: AgentSeen | undefined, isRuledDesk: boolean): string | null {
  if (looker === undefined || looker.initials === askedBy) return 'Somebody else has to look at this.';
  if (looker.role === 'guest') return 'A guest cannot give the second look.';
  if (isRuledDesk && !looker.hasPin) return 'Only somebody with a PIN can give the second look here.';
  if (isRuledDesk && looker.pinSince >= askedAt) return `${looker.name} got their PIN after this was asked for. Somebody else has to look at it.`;
  return null;
}

const byInitials = (agents: readonly AgentSeen[], initials: string): AgentSeen | undefined => agents.find((agent) => agent.initials === initials);

export const isToBeLookedAt = (db: ReadDb, initials: string): boolean => needsLook(byInitials(agentsOf(db), initials), tables.settingsOf(db).secondLook);

export function lookProblem(db: ReadDb, askedBy: string, askedAt: number, looker: string): string | null {
  const agents = agentsOf(db);
  return whyNotLook(askedBy, askedAt, byInitials(agents, looker), isRuled(agents));
}

/** What the agent of a window may do, for the window to show. */
export function accessHere(db: ReadDb, agentId: string | null): Access {
  const agents = agentsOf(db);
  const agent = agents.find((other) => other.agentId === agentId);
  return { role: agent?.role ?? 'agent', needsLook: needsLook(agent, tables.settingsOf(db).secondLook), mayLook: whyNotLook('', Number.POSITIVE_INFINITY, agent, isRuled(agents)) === null, hasColleagues: agents.length > 1 };
}
