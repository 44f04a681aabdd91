import type { AgentRole } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';

/** `pinSince`: since when there has been a PIN without a break. */
export interface AgentAccess { role: AgentRole; pin: string | null; pinSince: number; tries: number; blockedUntil: number }

/** Null is the agent of the settings: whoever set the desk up. */
const keyOf = (agentId: string | null): string => agentId ?? '';
const roleAtFirst = (agentId: string | null): AgentRole => (agentId === null ? 'senior' : 'agent');

export const accessOf = (db: ReadDb, agentId: string | null): AgentAccess =>
  db.get<AgentAccess>('SELECT role, pin, pin_since AS pinSince, tries, blocked_until AS blockedUntil FROM agent_access WHERE agent = ?', keyOf(agentId)) ?? { role: roleAtFirst(agentId), pin: null, pinSince: 0, tries: 0, blockedUntil: 0 };

export function putAccess(db: WriteDb, agentId: string | null, patch: Partial<AgentAccess>): void {
  const a = { ...accessOf(db, agentId), ...patch };
  db.run(
    `INSERT INTO agent_access (agent, role, pin, pin_since, tries, blocked_until) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (agent) DO UPDATE SET role = excluded.role, pin = excluded.pin, pin_since = excluded.pin_since, tries = excluded.tries, blocked_until = excluded.blocked_until`,
    keyOf(agentId), a.role, a.pin, a.pinSince, a.tries, a.blockedUntil,
  );
}
