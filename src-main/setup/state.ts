import type { AgentRole, CallMap, CannedResponse, Faq, Rule, Settings, SetupArea } from '../../src-preload/contract/index.ts';
import { agentsOf, putOwn, putTeamSettings } from '../desk/index.ts';
import { callMaps, putCallMaps } from '../intake/index.ts';
import { tables, type ReadDb, type Tx } from '../store/index.ts';
import { canonical } from './merge.ts';

const TEAM = [
  'officeZone', 'defaultRegion', 'undoSeconds', 'privateLines', 'noQuoteAccounts', 'sla', 'decisionTree', 'playbook', 'limits', 'urgentWords', 'watchWords', 'listenWords', 'competitors', 'spellWords', 'readLimits', 'enforceClaims',
  'claimMinutes', 'secondLook', 'customFields', 'dispositions',
] as const satisfies readonly (keyof Settings)[];
const OWN = ['shortcutsOn', 'shortcuts'] as const satisfies readonly (keyof Settings)[];
type Setting = (typeof TEAM)[number] | (typeof OWN)[number];

type Canned = Omit<CannedResponse, 'attachments' | 'updatedAt' | 'updatedBy'> & { attachmentIds: string[] };
type Page = Omit<Faq, 'updatedAt' | 'updatedBy'>;
export type RuleState = Pick<Rule, 'id' | 'name' | 'isOn' | 'conditions' | 'actions'>;
export interface AgentState { agentId: string | null; initials: string; name: string; role: AgentRole }

/** What this desk is set up with, by its own ids: what is kept before an import, so that it comes back exactly. */
export interface SetupState {
  settings: Pick<Settings, Setting>;
  canned: Canned[];
  faq: Page[];
  rules: RuleState[];
  callMaps: [string, CallMap][];
  agents: AgentState[];
  spending: { accountId: string; dayUsd: number | null; monthUsd: number | null }[];
}

const SETTINGS_OF: Partial<Record<SetupArea, readonly Setting[]>> = {
  office: ['officeZone', 'defaultRegion'], sending: ['undoSeconds', 'privateLines', 'noQuoteAccounts'], hours: ['sla'], tree: ['decisionTree'], playbook: ['playbook'], limits: ['limits'],
  words: ['urgentWords', 'watchWords', 'listenWords', 'competitors', 'spellWords'], guards: ['readLimits', 'enforceClaims', 'claimMinutes', 'secondLook'], fields: ['customFields'], calls: ['dispositions'], shortcuts: OWN,
};

const picked = <K extends Setting>(settings: Pick<Settings, Setting>, keys: readonly K[]): Pick<Settings, K> => Object.fromEntries(keys.map((key) => [key, settings[key]])) as Pick<Settings, K>;

/** `agentId`: whose shortcuts these are. */
export function readState(db: ReadDb, agentId: string | null): SetupState {
  return {
    settings: picked(tables.settingsFor(db, agentId), [...TEAM, ...OWN]),
    canned: tables.cannedResponses(db).map(({ attachments, updatedAt: _, updatedBy: __, ...r }) => ({ ...r, attachmentIds: attachments.map((a) => a.id) })),
    faq: tables.faqs(db).map(({ updatedAt: _, updatedBy: __, ...page }) => page),
    rules: tables.rules(db).map(({ id, name, isOn, conditions, actions }) => ({ id, name, isOn, conditions, actions })),
    callMaps: callMaps(db),
    agents: agentsOf(db).map(({ agentId: id, initials, name, role }) => ({ agentId: id, initials, name, role })),
    spending: tables.accounts(db).flatMap(({ id }) => {
      const { dayUsd, monthUsd } = tables.spendLimit(db, id);
      return dayUsd === null && monthUsd === null ? [] : [{ accountId: id, dayUsd, monthUsd }];
    }),
  };
}

interface WithId { id: string }
/** Rows that are there and should not be so, and rows that should be there and are not so. */
function apart<T extends WithId>(now: readonly T[], wanted: readonly T[]): { gone: T[]; put: T[] } {
  const [before, after] = [new Map(now.map((row) => [row.id, canonical(row)])), new Map(wanted.map((row) => [row.id, canonical(row)]))];
  return { gone: now.filter((row) => after.get(row.id) !== before.get(row.id)), put: wanted.filter((row) => after.get(row.id) !== before.get(row.id)) };
}

/** Makes a desk's chosen areas what `wanted` says. */
export function writeState(tx: Tx, agentId: string | null, wanted: SetupState, areas: readonly SetupArea[]): void {
  const now = readState(tx.db, agentId);
  const has = (area: SetupArea): boolean => areas.includes(area);
  const patch: Partial<Settings> = picked(wanted.settings, areas.flatMap((area) => SETTINGS_OF[area] ?? []));
  const { own, team } = tables.splitSettings(patch);
  if (Object.keys(team).length > 0) putTeamSettings(tx, team);
  if (Object.keys(own).length > 0) putOwn(tx, agentId, own);
  // What changes goes first: two responses may have changed their shortcuts with each other.
  if (has('responses')) {
    const { gone, put } = apart(now.canned, wanted.canned);
    for (const { id } of gone) tables.deleteCanned(tx.db, id);
    for (const { uses, lastUsedAt, ...response } of put) {
      tables.putCanned(tx.db, response, tx.at, tx.agent);
      tables.putCannedUse(tx.db, response.id, uses, lastUsedAt);
    }
  }
  if (has('help')) {
    const { gone, put } = apart(now.faq, wanted.faq);
    for (const { id } of gone) tables.deleteFaq(tx.db, id);
    for (const { uses, lastUsedAt, ...page } of put) {
      tables.putFaq(tx.db, page, tx.at, tx.agent);
      tables.putFaqUse(tx.db, page.id, uses, lastUsedAt);
    }
  }
  if (has('rules')) {
    const { gone, put } = apart(now.rules, wanted.rules);
    for (const { id } of gone) tables.deleteRule(tx.db, id);
    for (const rule of put) tables.putRule(tx.db, rule, tx.at, tx.agent);
    wanted.rules.forEach(({ id }, place) => tables.setRulePlace(tx.db, id, place + 1));
  }
  if (has('calls')) putCallMaps(tx, wanted.callMaps);
  if (has('team')) putAgents(tx, now.agents, wanted.agents);
  if (has('spending')) {
    for (const accountId of new Set([...now.spending, ...wanted.spending].map((limit) => limit.accountId))) {
      const { dayUsd, monthUsd } = wanted.spending.find((limit) => limit.accountId === accountId) ?? { dayUsd: null, monthUsd: null };
      if (tables.accountById(tx.db, accountId) === undefined) continue;
      tables.putSpendLimit(tx.db, accountId, { ...tables.spendLimit(tx.db, accountId), dayUsd, monthUsd });
      tx.touch('account', accountId);
    }
  }
  tx.touch('settings', '');
}

function putAgents(tx: Tx, now: readonly AgentState[], wanted: readonly AgentState[]): void {
  for (const { agentId } of now) if (agentId !== null && !wanted.some((agent) => agent.agentId === agentId)) tables.dropUnusedAgent(tx.db, agentId);
  for (const agent of wanted) {
    const { agentId, initials, name, role } = agent;
    const before = now.find((other) => other.agentId === agentId);
    if (before !== undefined && canonical(before) === canonical(agent)) continue;
    if (before === undefined && agentId !== null) tables.insertAgent(tx.db, { id: agentId, initials, own: { agentName: name, agentInitials: initials, signature: '', selectedConversation: null } }, tx.at);
    else if (before?.name !== name) putOwn(tx, agentId, { agentName: name });
    if ((before?.role ?? 'agent') !== role) tables.putAccess(tx.db, agentId, { role });
  }
}
