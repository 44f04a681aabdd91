import { z } from 'zod';
import { agentRole, callMap, cannedInput, channel, faqInput, ruleActions, ruleConditions, settings, slaSettings, type SetupArea, type SetupPart } from '../../src-preload/contract/index.ts';
import { treeProblem } from '../desk/index.ts';
import { ParleyError } from '../kernel/index.ts';

const FORMAT = 'parley-setup';
const VERSION = 1;

/** What is taken or left together, because its parts name each other or belong to one decision. */
export const AREAS: Readonly<Record<SetupArea, readonly SetupPart[]>> = {
  office: ['officeZone', 'defaultRegion'],
  sending: ['undoSeconds', 'privateLines', 'noQuoteMailboxes'],
  responses: ['responses'],
  help: ['helpPages'],
  rules: ['rules'],
  hours: ['calendars', 'policies'],
  tree: ['decisionTree'],
  playbook: ['playbook'],
  limits: ['limits'],
  words: ['urgentWords', 'watchWords', 'listenWords', 'competitors', 'spellWords'],
  guards: ['readLimits', 'enforceClaims', 'claimMinutes', 'secondLook'],
  fields: ['customFields'],
  calls: ['dispositions', 'callLists'],
  team: ['agents'],
  shortcuts: ['shortcutsOn', 'shortcuts'],
  spending: ['spendingLimits'],
};
export const areaNames = Object.keys(AREAS) as SetupArea[];

function isZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
const zone = z.string().max(100).refine(isZone, 'is no time zone');

const { shape } = settings;
const { calendars, policies } = slaSettings.shape;
const address = z.string().min(1).max(1_000);
const usd = z.number().nonnegative().max(1_000_000).nullable();

/** Every part by its name. Accounts are named by their address and responses by their shortcut: ids of one desk say nothing at another. */
const parts = {
  officeZone: zone, defaultRegion: shape.defaultRegion,
  undoSeconds: shape.undoSeconds, privateLines: shape.privateLines, noQuoteMailboxes: z.array(address).max(200),
  responses: z.array(cannedInput.omit({ attachmentIds: true }).extend({
    attachments: z.array(z.strictObject({ name: z.string().min(1).max(1_000), type: z.string().max(200), alt: z.string().max(2_000).nullable(), file: z.string().regex(/^[0-9a-f]{64}$/) })).max(20),
  })).max(5_000),
  helpPages: z.array(faqInput).max(5_000),
  rules: z.array(z.strictObject({
    id: z.uuid(), name: z.string().min(1).max(1_000), isOn: z.boolean(),
    conditions: ruleConditions.omit({ accountIds: true }).extend({ accounts: z.array(z.strictObject({ channel, address })).max(100) }),
    actions: ruleActions.omit({ cannedId: true }).extend({ response: z.strictObject({ shortcut: z.string().max(64), language: z.string().max(2).nullable() }).nullable() }),
  })).max(2_000),
  calendars: z.array(calendars.element.extend({ zone: z.literal('').or(zone) })).max(50), policies,
  decisionTree: shape.decisionTree, playbook: shape.playbook, limits: shape.limits,
  urgentWords: shape.urgentWords, watchWords: shape.watchWords, listenWords: shape.listenWords, competitors: shape.competitors, spellWords: shape.spellWords,
  readLimits: shape.readLimits, enforceClaims: shape.enforceClaims, claimMinutes: shape.claimMinutes, secondLook: shape.secondLook,
  customFields: shape.customFields, dispositions: shape.dispositions, callLists: z.array(z.strictObject({ columns: z.string().max(20_000), map: callMap })).max(50),
  agents: z.array(z.strictObject({ initials: shape.agentInitials, name: shape.agentName, role: agentRole })).max(500),
  shortcutsOn: shape.shortcutsOn, shortcuts: shape.shortcuts,
  spendingLimits: z.array(z.strictObject({ account: address, dayUsd: usd, monthUsd: usd })).max(100),
} satisfies Record<SetupPart, z.ZodType>;

const document = z.strictObject({
  format: z.literal(FORMAT), version: z.literal(VERSION), madeAt: z.number().int(), madeWith: z.string().max(100),
  setup: z.strictObject(parts).partial(),
  /** Content of attachments by its SHA-256, as base64. */
  files: z.record(z.string().regex(/^[0-9a-f]{64}$/), z.base64()),
});

export type WholeSetup = { [P in SetupPart]: z.infer<(typeof parts)[P]> };
/** What one file holds: whole parts, not necessarily all of them. */
export type Setup = { [P in SetupPart]?: WholeSetup[P] | undefined };
export interface SetupDocument { madeAt: number; madeWith: string; setup: Setup; files: Record<string, string> }

export const writeDocument = (d: SetupDocument): string => `${JSON.stringify({ format: FORMAT, version: VERSION, ...d }, null, 2)}\n`;

const refused = (why: string): ParleyError => new ParleyError('bad_input', `${why} Nothing was changed.`);

/** Where something is wrong, as a person counts. */
const placeOf = (path: readonly PropertyKey[]): string => path.filter((step) => step !== 'setup').map((step) => (typeof step === 'number' ? `entry ${step + 1}` : String(step))).join(', ');

/** Reads a file of `writeDocument`; anything else is refused whole, in one sentence that says where. */
export function readDocument(text: string, name: string): SetupDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refused(`${name} holds no JSON, or only a part of it.`);
  }
  const head = z.looseObject({ format: z.literal(FORMAT), version: z.number() }).safeParse(value);
  if (!head.success) throw refused(`${name} is no setup of a Parley desk.`);
  if (head.data.version > VERSION) throw refused(`${name} was made by a newer Parley (setup version ${head.data.version}; this one reads version ${VERSION}). Update this desk first.`);
  const parsed = document.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refused(`${name} cannot be taken in: ${issue === undefined ? 'unknown shape' : [placeOf(issue.path), issue.message].filter((words) => words !== '').join(': ')}.`);
  }
  const { setup, files, madeAt, madeWith } = parsed.data;
  const problem = problemOf(setup, files);
  if (problem !== null) throw refused(`${name} cannot be taken in: ${problem}`);
  if (Object.keys(setup).length === 0) throw refused(`${name} holds no part of a setup.`);
  return { madeAt, madeWith, setup, files };
}

const twin = (keys: readonly string[]): string | undefined => keys.find((key, i) => keys.indexOf(key) !== i);

/** What no schema says: entries that would hide each other, names of what is not in the file, questions nobody can walk. */
function problemOf(setup: Setup, files: Record<string, string>): string | null {
  const lists: [what: string, keys: string[]][] = [
    ['response', (setup.responses ?? []).map((r) => `/${r.shortcut}${r.language === null ? '' : ` (${r.language})`}`)], ['help page', (setup.helpPages ?? []).map((f) => `${f.url}${f.language === null ? '' : ` (${f.language})`}`)],
    ['rule', (setup.rules ?? []).map((r) => r.id)], ['calendar', (setup.calendars ?? []).map((c) => c.id)], ['policy', (setup.policies ?? []).map((p) => p.id)], ['limit', (setup.limits ?? []).map((l) => l.id)],
    ['scenario', (setup.playbook ?? []).map((s) => s.id)], ['field', (setup.customFields ?? []).map((f) => f.id)], ['agent', (setup.agents ?? []).map((a) => a.initials.toLowerCase())],
    ['spending limit', (setup.spendingLimits ?? []).map((s) => s.account.toLowerCase())], ['list of calls', (setup.callLists ?? []).map((c) => c.columns)],
  ];
  for (const [what, keys] of lists) {
    const same = twin(keys);
    if (same !== undefined) return `the ${what} ${same.slice(0, 80)} is in it twice.`;
  }
  const empty = setup.responses?.find((r) => Object.values(r.texts).every((text) => text === null || text.trim() === ''));
  if (empty !== undefined) return `the response /${empty.shortcut} has no text.`;
  const missing = setup.responses?.flatMap((r) => r.attachments).find((a) => files[a.file] === undefined);
  if (missing !== undefined) return `the content of the attachment ${missing.name} is not in it.`;
  const { calendars: known } = setup;
  const homeless = known === undefined ? undefined : setup.policies?.find((p) => p.calendarId !== null && !known.some((c) => c.id === p.calendarId));
  if (homeless !== undefined) return `the policy “${homeless.name}” names a calendar that is not in it.`;
  return setup.decisionTree === undefined ? null : treeProblem(setup.decisionTree);
}
