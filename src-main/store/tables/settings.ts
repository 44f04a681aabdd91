import type { Settings } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';

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

export const defaultSettings: Settings = {
  agentName: 'Agent', agentInitials: 'AG', theme: 'system', density: 'comfortable', officeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC', defaultRegion: 'GB',
  queueView: 'open', queueSort: 'priority', selectedConversation: null, paneWidths: { queue: 380, customer: 320 }, showCustomerPane: true,
  undoSeconds: { mail: 15, reply: 10, dm: 5 }, urgentWords: URGENT_WORDS, signature: '', appendInitials: true,
  sla: SLA,
  listenWords: [], watchWords: WATCH_WORDS, readLimits: { reply: null, dm: null, mail: null }, enforceClaims: false,
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
