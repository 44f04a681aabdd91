import { create } from 'zustand';
import type { Settings } from '../../src-preload/contract/index.ts';
import type { AppState, Local, Shared } from './model.ts';

const noSettings: Settings = {
  agentName: '–', agentInitials: '–', theme: 'system', density: 'comfortable', officeZone: 'UTC', defaultRegion: 'GB',
  queueView: 'open', queueSort: 'priority', selectedConversation: null, paneWidths: { queue: 380, customer: 320 }, showCustomerPane: true,
  undoSeconds: { mail: 15, reply: 10, dm: 5 }, sla: { calendars: [], policies: [] }, decisionTree: { nodes: [] }, limits: [], playbook: [], competitors: [], dispositions: [], urgentWords: [], signature: '', signatures: {}, noQuoteAccounts: [], appendInitials: true, showSuggestions: true,
  listenWords: [], watchWords: [], readLimits: { reply: null, dm: null, mail: null }, enforceClaims: false, secondLook: true, desktopNotices: false, quiet: { isOn: false, from: 1_200, to: 420, days: [], evenOverdue: true }, spellCheck: false, spellWords: [], customFields: [], claimMinutes: 30,
  privateLines: { dm: '', mail: '', call: '' },
  shortcutsOn: true, shortcuts: {},
};

const shared: Shared = {
  seq: 0, version: '', shell: 'headless', workspace: { id: '', name: '', isDemo: false, hasAccounts: false, isEmpty: false },
  settings: noSettings, access: { role: 'agent', needsLook: false, mayLook: false, hasColleagues: false },
  counts: { open: 0, mine: 0, mentioned: 0, unassigned: 0, vip: 0, overdue: 0, snoozed: 0, done: 0, unseen: 0, outboxWaiting: 0, outboxFailed: 0, spentToday: 0, heard: 0, unplaced: 0, unreadable: 0, toLook: 0 },
  accounts: [], today: { answered: 0, done: 0, calls: 0 }, conversations: {}, customers: {}, entries: {}, timelines: {}, drafts: {}, outbox: {}, jobs: {}, notices: [],
  calls: [], callSources: { http: { isOn: false, port: 23_790, hasToken: false, state: 'off', status: '' }, ami: { isOn: false, host: '', port: 5_038, security: 'none', user: '', hasSecret: false, state: 'off', status: '' }, extensions: [] },
  queue: { view: 'open', sort: 'priority', accountId: null, onlyAds: false, ids: [], next: null, loading: true },
};

const local: Local = {
  phase: 'starting', failure: null, openId: null, cursorId: null, marked: [], target: null, modes: {}, moved: {}, composerFocus: 0,
  dialog: null, toasts: [], drawer: null, queueHidden: false, spoken: '', welcomeDismissed: false,
};

export const initialState: AppState = { ...shared, ...local };

export const useApp = create<AppState>(() => initialState);
export const { getState, setState } = useApp;
