import type { Settings, SetupArea, SetupPreview } from '../../src-preload/contract/index.ts';
import { tables, type ReadDb } from '../store/index.ts';
import { AREAS, type WholeSetup } from './document.ts';
import { canonical } from './merge.ts';
import type { RuleState, SetupState } from './state.ts';

type FileOf = (attachmentId: string) => WholeSetup['responses'][number]['attachments'][number] | undefined;

function filesIn(db: ReadDb): FileOf {
  return (id) => tables.filesById(db, [id]).map(({ name, type, alt, sha256 }) => ({ name, type, alt, file: sha256 }))[0];
}

/** A desk's setup as another desk can read it: accounts by address, responses by shortcut, attachments by content. */
export function toPortable(db: ReadDb, state: SetupState): WholeSetup {
  const fileOf = filesIn(db);
  const addressOf = (id: string): string | null => tables.accountById(db, id)?.address ?? null;
  const { noQuoteAccounts, sla, ...settings } = state.settings;
  return {
    ...settings, calendars: sla.calendars, policies: sla.policies,
    noQuoteMailboxes: noQuoteAccounts.flatMap((id) => addressOf(id) ?? []),
    responses: state.canned.map(({ id: _, uses: __, lastUsedAt: ___, attachmentIds, ...r }) => ({ ...r, attachments: attachmentIds.flatMap((one) => fileOf(one) ?? []) })),
    helpPages: state.faq.map(({ title, url, words, language }) => ({ title, url, words, language })),
    rules: state.rules.map((rule) => portableRule(db, state, rule)),
    callLists: state.callMaps.map(([columns, map]) => ({ columns, map })),
    agents: state.agents.map(({ initials, name, role }) => ({ initials, name, role })),
    spendingLimits: state.spending.flatMap(({ accountId, dayUsd, monthUsd }) => { const account = addressOf(accountId); return account === null ? [] : [{ account, dayUsd, monthUsd }]; }),
  };
}

function portableRule(db: ReadDb, state: SetupState, { conditions: { accountIds, ...conditions }, actions: { cannedId, ...actions }, ...rule }: RuleState): WholeSetup['rules'][number] {
  const response = cannedId === null ? undefined : state.canned.find((r) => r.id === cannedId);
  return {
    ...rule,
    conditions: { ...conditions, accounts: accountIds.flatMap((id) => { const account = tables.accountById(db, id); return account === undefined ? [] : [{ channel: account.channel, address: account.address }]; }) },
    actions: { ...actions, response: response === undefined ? null : { shortcut: response.shortcut, language: response.language } },
  };
}

/** A file to be put beside the desk's other attachments. */
export interface NewFile { id: string; name: string; type: string; alt: string | null; sha256: string }
export interface Taken { state: SetupState; files: NewFile[]; notes: SetupPreview['notes'] }

const isSameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** What a merged setup is on this desk. What was not chosen stays by its own ids; `nextId` names what is new. */
export function toState(db: ReadDb, have: SetupState, next: WholeSetup, areas: readonly SetupArea[], nextId: () => string): Taken {
  const chosen = new Set(areas.flatMap((area) => AREAS[area]));
  const notes: Taken['notes'] = [];
  const files: NewFile[] = [];
  const accounts = tables.accounts(db);
  const before = toPortable(db, have);

  const canned = !chosen.has('responses') ? have.canned : next.responses.map(({ attachments, ...response }): SetupState['canned'][number] => {
    const at = have.canned.findIndex((r) => r.shortcut === response.shortcut && r.language === response.language);
    const known = have.canned[at];
    if (known !== undefined && canonical(before.responses[at]) === canonical({ ...response, attachments })) return known;
    const attachmentIds = attachments.map(({ file, ...attachment }) => {
      const id = nextId();
      files.push({ id, sha256: file, ...attachment });
      return id;
    });
    return { id: known?.id ?? nextId(), ...response, attachmentIds, uses: known?.uses ?? 0, lastUsedAt: known?.lastUsedAt ?? null };
  });
  const faq = !chosen.has('helpPages') ? have.faq : next.helpPages.map((page) => {
    const known = have.faq.find((f) => f.url === page.url && f.language === page.language);
    return { id: known?.id ?? nextId(), uses: known?.uses ?? 0, lastUsedAt: known?.lastUsedAt ?? null, ...page };
  });

  const rules = !chosen.has('rules') ? have.rules : next.rules.map(({ conditions: { accounts: named, ...conditions }, actions: { response, ...actions }, ...rule }): RuleState => {
    const at = have.rules.findIndex((r) => r.id === rule.id);
    const same = have.rules[at];
    if (same !== undefined && canonical(before.rules[at]) === canonical({ ...rule, conditions: { ...conditions, accounts: named }, actions: { ...actions, response } })) return same;
    const ids = named.map(({ channel, address }) => accounts.find((a) => a.channel === channel && isSameAddress(a.address, address))?.id ?? null);
    const missing = named.filter((_, i) => ids[i] === null).map((a) => a.address);
    // Without an account that it names a rule would fit more than it was made for.
    if (missing.length > 0) notes.push({ area: 'rules', text: `“${rule.name}” names ${missing.join(', ')}, not connected here: it comes in switched off.` });
    const cannedId = response === null ? null : (canned.find((r) => r.shortcut === response.shortcut && r.language === response.language)?.id ?? null);
    if (response !== null && cannedId === null) notes.push({ area: 'rules', text: `“${rule.name}” suggests /${response.shortcut}, which is not here: it suggests nothing.` });
    return { ...rule, isOn: rule.isOn && missing.length === 0, conditions: { ...conditions, accountIds: ids.flatMap((id) => id ?? []) }, actions: { ...actions, cannedId } };
  });

  const agents = !chosen.has('agents') ? have.agents : next.agents.map((agent) => ({ agentId: have.agents.find((a) => a.initials.toLowerCase() === agent.initials.toLowerCase())?.agentId, ...agent }))
    .map(({ agentId, ...agent }) => { const known = have.agents.find((a) => a.agentId === agentId && agentId !== undefined); return { agentId: agentId === undefined ? nextId() : agentId, ...agent, initials: known?.initials ?? agent.initials }; });
  const spending = !chosen.has('spendingLimits') ? have.spending : next.spendingLimits.flatMap(({ account, ...limit }) => {
    const accountId = accounts.find((a) => isSameAddress(a.address, account))?.id;
    if (accountId === undefined) notes.push({ area: 'spending', text: `${account} is not connected here: its spending limit is left out.` });
    return accountId === undefined ? [] : [{ accountId, ...limit }];
  });
  const playbook = !chosen.has('playbook') ? have.settings.playbook : next.playbook.map((scenario) => {
    if (scenario.limitId === null || next.limits.some((limit) => limit.id === scenario.limitId)) return scenario;
    notes.push({ area: 'playbook', text: `“${scenario.title}” names a limit that is not here: it comes in without.` });
    return { ...scenario, limitId: null };
  });
  const noQuoteAccounts = !chosen.has('noQuoteMailboxes') ? have.settings.noQuoteAccounts : next.noQuoteMailboxes.flatMap((address) => {
    const id = accounts.find((a) => a.channel === 'email' && isSameAddress(a.address, address))?.id;
    if (id === undefined) notes.push({ area: 'sending', text: `${address} is not connected here: whether its answers quote is left out.` });
    return id ?? [];
  });

  const pick = <K extends keyof Settings & keyof WholeSetup>(key: K): Pick<Settings, K> => ({ [key]: next[key] }) as unknown as Pick<Settings, K>;
  return {
    files, notes,
    state: {
      canned, faq, rules, agents, spending, callMaps: next.callLists.map(({ columns, map }) => [columns, map]),
      settings: {
        ...have.settings, ...pick('officeZone'), ...pick('defaultRegion'), ...pick('undoSeconds'), ...pick('privateLines'), ...pick('decisionTree'), ...pick('limits'), ...pick('urgentWords'), ...pick('watchWords'), ...pick('listenWords'),
        ...pick('competitors'), ...pick('spellWords'), ...pick('readLimits'), ...pick('enforceClaims'), ...pick('claimMinutes'), ...pick('secondLook'), ...pick('customFields'), ...pick('dispositions'), ...pick('shortcutsOn'), ...pick('shortcuts'),
        sla: { calendars: next.calendars, policies: next.policies }, playbook, noQuoteAccounts,
      },
    },
  };
}
