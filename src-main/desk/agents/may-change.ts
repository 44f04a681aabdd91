import type { AgentRole } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';

/** Somebody of the team. */
export interface AgentSeen { agentId: string | null; name: string; initials: string; role: AgentRole; hasPin: boolean; pinSince: number }

/** Whose PIN was right just now; null when nobody gave one. */
export type SaidBy = { agentId: string | null } | null;

/** What of the team is to be changed. `pin`: who gets one, or with `isGone` loses it. */
export type TeamChange = { what: 'add' } | { what: 'role' } | { what: 'pin'; agentId: string | null; isGone: boolean };

const isRuler = (agent: AgentSeen): boolean => agent.role === 'senior' && agent.hasPin;

/** The team is everybody's to change until a senior agent has a PIN. */
export const isRuled = (agents: readonly AgentSeen[]): boolean => agents.some(isRuler);

/**
 * From then on a senior agent says yes with their PIN, at whatever window: else whoever wants an approval could make the colleague who gives
 * it. A PIN that is there is changed by its own agent, who knows it, and taken off by a senior agent when it is forgotten.
 */
export function mayChange(change: TeamChange, agents: readonly AgentSeen[], saidBy: SaidBy): boolean {
  const who = saidBy === null ? undefined : agents.find((agent) => agent.agentId === saidBy.agentId);
  const isRulers = !isRuled(agents) || (who !== undefined && isRuler(who));
  if (change.what !== 'pin') return isRulers;
  const target = agents.find((agent) => agent.agentId === change.agentId);
  if (target?.hasPin !== true) return isRulers;
  return who === target || (change.isGone && isRulers);
}

export function assertMayChange(change: TeamChange, agents: readonly AgentSeen[], saidBy: SaidBy): void {
  if (!mayChange(change, agents, saidBy)) throw new ParleyError('refused', isRuled(agents) ? 'A senior agent has to say yes with their PIN.' : 'The present PIN is needed.');
}
