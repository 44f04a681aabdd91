import { z } from 'zod';
import { command, done, id, none, time } from '../common.ts';
import { pin } from './agent.ts';

/** What a desk is set up with, in pieces that are taken or left as a whole. */
export const setupArea = z.enum(['office', 'sending', 'responses', 'help', 'rules', 'hours', 'tree', 'playbook', 'limits', 'words', 'guards', 'fields', 'calls', 'team', 'shortcuts', 'spending']);
export type SetupArea = z.infer<typeof setupArea>;

export const setupPart = z.enum([
  'officeZone', 'defaultRegion', 'undoSeconds', 'privateLines', 'noQuoteMailboxes', 'responses', 'helpPages', 'rules', 'calendars', 'policies', 'decisionTree', 'playbook', 'limits',
  'urgentWords', 'watchWords', 'listenWords', 'competitors', 'spellWords', 'readLimits', 'enforceClaims', 'claimMinutes', 'secondLook', 'customFields', 'dispositions', 'callLists', 'agents', 'shortcutsOn', 'shortcuts', 'spendingLimits',
]);
export type SetupPart = z.infer<typeof setupPart>;

/** merge: what the file does not name stays; replace: an area becomes what the file says. */
const mode = z.enum(['merge', 'replace']);
const path = z.string().min(1).max(4_096);
/** Needed as soon as a senior agent has a PIN. */
const senior = z.strictObject({ agentId: id.nullable(), pin }).nullable().default(null);

const preview = z.strictObject({
  madeAt: time, madeWith: z.string(),
  /** Of the file's text: what is imported is what was looked at. */
  fingerprint: z.string(),
  areas: z.array(z.strictObject({
    area: setupArea, fresh: z.number().int(), changed: z.number().int(), same: z.number().int(), removed: z.number().int(),
    /** Nothing but their order differs. */
    isReordered: z.boolean(),
    /** Without what stays the same; the first ones only. `name` is empty where the part says it all. */
    lines: z.array(z.strictObject({ part: setupPart, name: z.string(), change: z.enum(['new', 'changed', 'removed']) })),
  })),
  /** One sentence each: what cannot be as it is in the file. */
  notes: z.array(z.strictObject({ area: setupArea, text: z.string() })),
});
export type SetupPreview = z.infer<typeof preview>;

export const setupCommands = {
  /** Writes the whole setup where a person says, or into the downloads folder in a shell without a dialog for that. */
  'setup.export': command(none, z.strictObject({ path: z.string() })),
  /** What an import of a file would do; nothing is changed. */
  'setup.look': command(z.strictObject({ path, mode }), preview),
  'setup.import': command(z.strictObject({ path, mode, areas: z.array(setupArea).min(1).max(setupArea.options.length), fingerprint: z.string().max(100), senior }), done),
  /** The setup kept from before the last import, or from before that was undone. */
  'setup.kept': command(none, z.strictObject({ kept: z.strictObject({ at: time, by: z.string(), areas: z.array(setupArea), isUndone: z.boolean() }).nullable() })),
  /** Puts the kept setup back; what was there is kept in its place. */
  'setup.undo': command(z.strictObject({ senior }), done),
} as const;
