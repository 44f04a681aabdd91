import type { Settings } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defaultSettings, settingsOf } from './settings.ts';

/** Settings a person has for themselves; all others are the team's. */
const OWN = ['agentName', 'agentInitials', 'theme', 'density', 'queueView', 'queueSort', 'selectedConversation', 'paneWidths', 'showCustomerPane', 'showSuggestions', 'desktopNotices', 'quiet', 'spellCheck', 'signature', 'signatures', 'appendInitials', 'shortcutsOn', 'shortcuts'] as const satisfies readonly (keyof Settings)[];
export type OwnSettings = Pick<Settings, (typeof OWN)[number]>;

/** Splits a change of settings into what is the person's and what is the team's. */
export function splitSettings(patch: Partial<Settings>): { own: Partial<OwnSettings>; team: Partial<Settings> } {
  const isOwn = (key: string): boolean => OWN.some((own) => own === key);
  const part = (wanted: boolean): Partial<Settings> => Object.fromEntries(Object.entries(patch).filter(([key]) => isOwn(key) === wanted));
  return { own: part(true), team: part(false) };
}

export interface AgentRow { id: string; initials: string; own: Partial<OwnSettings> }
interface Row { id: string; initials: string; own: string }
const toAgent = (row: Row): AgentRow => ({ id: row.id, initials: row.initials, own: JSON.parse(row.own) as Partial<OwnSettings> });

export const agents = (db: ReadDb): AgentRow[] => db.all<Row>('SELECT id, initials, own FROM agent ORDER BY created_at, id').map(toAgent);
export const agentById = (db: ReadDb, id: string): AgentRow | undefined => {
  const row = db.get<Row>('SELECT id, initials, own FROM agent WHERE id = ?', id);
  return row && toAgent(row);
};
export function insertAgent(db: WriteDb, agent: AgentRow, at: number): void {
  db.run('INSERT INTO agent (id, initials, own, created_at) VALUES (?, ?, ?, ?)', agent.id, agent.initials, JSON.stringify(agent.own), at);
}
export function putAgent(db: WriteDb, { id, initials, own }: AgentRow): void {
  db.run('UPDATE agent SET initials = ?, own = ? WHERE id = ?', initials, JSON.stringify(own), id);
}

/** Takes an agent away who has never sat down and has no PIN; anybody else stays. */
export function dropUnusedAgent(db: WriteDb, id: string): void {
  if (db.get('SELECT 1 FROM seat WHERE agent_id = ?', id) !== undefined || db.get('SELECT 1 FROM agent_access WHERE agent = ? AND pin IS NOT NULL', id) !== undefined) return;
  db.run('DELETE FROM agent_access WHERE agent = ?', id);
  db.run('DELETE FROM agent WHERE id = ?', id);
}

/** Who works in a window; null is the agent of the settings. */
export const agentOfSeat = (db: ReadDb, seat: number): string | null => db.get<{ id: string }>('SELECT agent_id AS id FROM seat WHERE number = ?', seat)?.id ?? null;
export function takeSeat(db: WriteDb, seat: number, agentId: string | null): void {
  if (agentId === null) db.run('DELETE FROM seat WHERE number = ?', seat);
  else db.run('INSERT INTO seat (number, agent_id) VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET agent_id = excluded.agent_id', seat, agentId);
}

/** The settings as an agent has them. */
export const settingsFor = (db: ReadDb, agentId: string | null): Settings => {
  const agent = agentId === null ? undefined : agentById(db, agentId);
  // The first agent's evenings are not everybody's.
  return agent === undefined ? settingsOf(db) : { ...settingsOf(db), quiet: defaultSettings.quiet, ...agent.own };
};
export const settingsOfSeat = (db: ReadDb, seat: number): Settings => settingsFor(db, agentOfSeat(db, seat));

/** What somebody has stays theirs under new initials. */
export function renameOwner(db: WriteDb, from: string, to: string): string[] {
  const ids = db.all<{ id: string }>('SELECT id FROM conversation WHERE owner = ?', from).map((row) => row.id);
  db.run('UPDATE conversation SET owner = ? WHERE owner = ?', to, from);
  db.run('UPDATE outbox SET agent = ? WHERE agent = ?', to, from);
  db.run('UPDATE outbox SET looked_by = ? WHERE looked_by = ?', to, from);
  return ids;
}
