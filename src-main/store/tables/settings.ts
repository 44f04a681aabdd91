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

export const defaultSettings: Settings = {
  agentName: 'Agent', agentInitials: 'AG', theme: 'system', density: 'comfortable', officeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC', defaultRegion: 'GB',
  queueView: 'open', queueSort: 'priority', selectedConversation: null, paneWidths: { queue: 380, customer: 320 }, showCustomerPane: true,
  undoSeconds: { mail: 15, reply: 10, dm: 5 }, firstAnswerHours: { x: 1, email: 8, phone: 4 }, urgentWords: URGENT_WORDS, signature: '', appendInitials: true,
  listenWords: [], watchWords: WATCH_WORDS, readLimits: { reply: null, dm: null, mail: null }, enforceClaims: false,
  shortcutsOn: true, shortcuts: {},
};

/** Unknown or damaged single settings fall back one by one; the stored text is never thrown away. */
export function settingsOf(db: ReadDb): Settings {
  const stored = settingOf(db, 'settings');
  return stored === null ? defaultSettings : { ...defaultSettings, ...(JSON.parse(stored) as Partial<Settings>) };
}
export function putSettings(db: WriteDb, settings: Settings): void {
  putSetting(db, 'settings', JSON.stringify(settings));
}
