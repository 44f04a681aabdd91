import type { Settings, TreeOutcome } from '../../../src-preload/contract/index.ts';
import { lazy } from '../../kernel/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { SCENARIOS } from './playbook-start.ts';

export const settingOf = (db: ReadDb, name: string): string | null => db.get<{ value: string }>('SELECT value FROM setting WHERE name = ?', name)?.value ?? null;
export function putSetting(db: WriteDb, name: string, value: string): void {
  db.run('INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', name, value);
}

/** Starts in five languages; an agent edits the list. */
const URGENT_WORDS = [
  'urgent', 'emergency', 'asap', 'stranded', 'no internet', 'hospital', 'outage', 'fraud', 'तुरंत', 'आपातकाल', 'जरूरी', 'ज़रूरी', 'জরুরি', 'জরুরী', 'এখনই',
  'urgente', 'emergência', 'socorro', 'segera', 'kecemasan', 'tolong segera',
];

/** Words a public answer should not carry without a second look; a supervisor edits the list. */
const WATCH_WORDS = ['guarantee', 'guaranteed', 'compensation', 'lawyer', 'lawsuit', 'your fault', 'not our problem', 'calm down', 'as i already said', 'stupid'];

const day = [{ from: 9 * 60, to: 12 * 60 + 30 }, { from: 13 * 60 + 30, to: 18 * 60 }];
const always = { segment: 'any' as const, tag: '', onlyUrgent: false, calendarId: null };
/** A start: answers within an hour on X, four for a missed call, eight by mail; the office's hours are there to be chosen. */
const SLA: Settings['sla'] = {
  calendars: [{ id: 'office', name: 'Office hours', zone: '', week: [[], day, day, day, day, day, []], holidays: [] }],
  policies: [
    { ...always, id: 'x', name: 'X', channels: ['x'], firstMinutes: 60, nextMinutes: 60, warnMinutes: 15 },
    { ...always, id: 'phone', name: 'Missed calls', channels: ['phone'], firstMinutes: 240, nextMinutes: 240, warnMinutes: 30 },
    { ...always, id: 'mail', name: 'Mail', channels: ['email'], firstMinutes: 480, nextMinutes: 480, warnMinutes: 60 },
  ],
};

const outcome = (name: TreeOutcome) => ({ type: 'outcome' as const, outcome: name });
const question = (node: string) => ({ type: 'question' as const, node });
/** Evaluates a public post in at most five answers. */
const TREE: Settings['decisionTree'] = {
  nodes: [
    { id: 'positive', question: 'Is the post positive or balanced?', yes: question('useful'), no: question('provokes') },
    { id: 'useful', question: 'Would others gain from seeing it?', yes: outcome('share'), no: question('thanks') },
    { id: 'thanks', question: 'Would a thank-you please its author?', yes: outcome('thank'), no: outcome('no_answer') },
    { id: 'provokes', question: 'Is it written only to mock or provoke?', yes: outcome('monitor'), no: question('wrong') },
    { id: 'wrong', question: 'Are facts in it wrong?', yes: outcome('fix'), no: question('ours') },
    { id: 'ours', question: 'Did something go wrong on our side?', yes: outcome('restore'), no: question('spreads') },
    { id: 'spreads', question: 'Could it spread or come back?', yes: outcome('monitor'), no: outcome('no_answer') },
  ],
};

/** A start; an office names its own. */
const DISPOSITIONS = ['Solved', 'Information given', 'Complaint', 'Order', 'Passed on', 'Wrong number'];

const money = (perCase: number, perDay: number) => ({ perCase: perCase * 100, perDay: perDay * 100 });
/** A start; a senior agent writes down what holds here. */
const LIMITS: Settings['limits'] = [
  { id: 'goodwill', name: 'Goodwill', currency: 'GBP', roles: { guest: money(0, 0), agent: money(25, 150), senior: money(150, 750) } },
  { id: 'exception', name: 'Exceptions', currency: null, roles: { guest: { perCase: 0, perDay: 0 }, agent: { perCase: 1, perDay: 5 }, senior: { perCase: 3, perDay: 20 } } },
];

/** The time zone of this machine. Finding it out takes 20 ms, which not all that starts needs. */
const zoneHere = lazy(() => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');

export const defaultSettings: Settings = {
  agentName: 'Agent', agentInitials: 'AG', theme: 'system', density: 'comfortable', get officeZone() { return zoneHere(); }, defaultRegion: 'GB',
  queueView: 'open', queueSort: 'priority', selectedConversation: null, paneWidths: { queue: 380, customer: 320 }, showCustomerPane: true,
  undoSeconds: { mail: 15, reply: 10, dm: 5 }, urgentWords: URGENT_WORDS, signature: '', signatures: {}, noQuoteAccounts: [], appendInitials: true, showSuggestions: true, desktopNotices: true, quiet: { isOn: false, from: 20 * 60, to: 7 * 60, days: [0, 1, 2, 3, 4, 5, 6], evenOverdue: true }, spellCheck: true, spellWords: [],
  sla: SLA, decisionTree: TREE, limits: LIMITS, playbook: SCENARIOS, competitors: [], dispositions: DISPOSITIONS,
  listenWords: [], watchWords: WATCH_WORDS, readLimits: { reply: null, dm: null, mail: null }, enforceClaims: false, secondLook: true, customFields: [], claimMinutes: 30,
  privateLines: { dm: 'I have sent you a direct message.', mail: 'I have written you an e-mail.', call: 'I will call you about this.' },
  shortcutsOn: true, shortcuts: {},
};

let last: { stored: string; settings: Settings } = { stored: '', settings: defaultSettings };

/** Unknown or damaged single settings fall back one by one; the stored text is never thrown away. */
export function settingsOf(db: ReadDb): Settings {
  const stored = settingOf(db, 'settings');
  if (stored === null) return defaultSettings;
  // Asked for every message that comes in, changed a few times a day.
  if (stored !== last.stored) last = { stored, settings: { ...defaultSettings, ...(JSON.parse(stored) as Partial<Settings>) } };
  return last.settings;
}
export function putSettings(db: WriteDb, settings: Settings): void {
  putSetting(db, 'settings', JSON.stringify(settings));
}
