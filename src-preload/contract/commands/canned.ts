import { z } from 'zod';
import { command, done, id, line, none, text, time } from '../common.ts';
import { attachment, composerMode } from '../rows.ts';

/** The same answer on every channel; where a channel needs other words it has its own. */
const cannedTexts = z.strictObject({ any: text, reply: text.nullable(), dm: text.nullable(), mail: text.nullable() });
export type CannedTexts = z.infer<typeof cannedTexts>;

export const cannedResponse = z.strictObject({
  id, shortcut: z.string(), title: z.string(), folder: z.string(),
  /** Two letters ("hi"); null = for any language. */
  language: z.string().nullable(),
  texts: cannedTexts, attachments: z.array(attachment), uses: z.number().int(), lastUsedAt: time.nullable(), updatedAt: time, updatedBy: z.string(),
});
export type CannedResponse = z.infer<typeof cannedResponse>;

export const cannedInput = z.strictObject({
  shortcut: z.string().regex(/^[\p{L}\p{M}\p{N}_-]{1,32}$/u), title: line.min(1), folder: line, language: z.string().regex(/^[a-z]{2}$/).nullable(),
  texts: cannedTexts, attachmentIds: z.array(id).max(20),
});

/** A response as it would be inserted here: variables filled, `blanks` still to be filled by the writer. */
const cannedHit = z.strictObject({
  id, shortcut: z.string(), title: z.string(), folder: z.string(), language: z.string().nullable(), text: z.string(), blanks: z.array(z.string()), attachmentCount: z.number().int(),
  /** A rule says that it fits. */
  isSuggested: z.boolean(),
});
export type CannedHit = z.infer<typeof cannedHit>;

export const cannedCommands = {
  'canned.list': command(none, z.strictObject({ responses: z.array(cannedResponse) })),
  /** What fits the letters typed after "/", best first. */
  'canned.find': command(z.strictObject({ conversationId: id, mode: composerMode, text: line, limit: z.number().int().min(1).max(50) }), z.strictObject({ hits: z.array(cannedHit) })),
  /** Counts the use and gives the text and copies of its files for this draft. */
  'canned.insert': command(z.strictObject({ cannedId: id, conversationId: id, mode: composerMode }), z.strictObject({ seq: z.number().int(), text: z.string(), attachments: z.array(attachment) })),
  'canned.save': command(z.strictObject({ cannedId: id.nullable(), response: cannedInput }), z.strictObject({ seq: z.number().int(), cannedId: id })),
  'canned.delete': command(z.strictObject({ cannedId: id }), done),
  /** How a text reads with variables filled: of a conversation, or of a made-up customer. `unknown` are variables nobody can fill. */
  'canned.preview': command(z.strictObject({ text, language: line.nullable(), conversationId: id.nullable() }), z.strictObject({ text: z.string(), blanks: z.array(z.string()), unknown: z.array(z.string()) })),
  'canned.importCsv': command(z.strictObject({ path: z.string().min(1).max(4_096) }), z.strictObject({ seq: z.number().int(), added: z.number().int(), changed: z.number().int(), problems: z.array(z.string()) })),
  /** Writes a CSV where a person says, or into the downloads folder in a shell without a dialog for that. */
  'canned.exportCsv': command(none, z.strictObject({ path: z.string() })),
} as const;
