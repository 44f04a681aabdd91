import { z } from 'zod';
import { command, done, id, text } from '../common.ts';

const language = z.enum(['en', 'es', 'fr', 'pt']);
const word = z.string().min(1).max(100);

export const spellCommands = {
  /** What of a draft is misspelled, as places in its text; `language` null: it is in none we have a dictionary of. */
  'spell.check': command(z.strictObject({ conversationId: id, text }), z.strictObject({ language: language.nullable(), marks: z.array(z.strictObject({ start: z.number().int(), end: z.number().int() })) })),
  'spell.suggest': command(z.strictObject({ language, word }), z.strictObject({ words: z.array(z.string()) })),
  /** Teaches the desk a word. */
  'spell.add': command(z.strictObject({ word: word.trim() }), done),
} as const;
