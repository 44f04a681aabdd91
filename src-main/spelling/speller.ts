import { createThread, ParleyError, workerUrl } from '../kernel/index.ts';
import type { SpellLanguage } from './choose.ts';
import type { SpellQuestion } from './spell-worker.ts';

export interface Speller {
  /** The words no dictionary of the language knows. */
  check(language: SpellLanguage, words: readonly string[]): Promise<readonly string[]>;
  /** What may have been meant, likeliest first. */
  suggest(language: SpellLanguage, word: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Checks spelling on a thread of its own, started at the first question: whoever has it switched off pays nothing. */
export function startSpeller(): Speller {
  const thread = createThread<SpellQuestion>(workerUrl(import.meta.url, 'spell-worker'), {
    failed: (message) => new ParleyError('unavailable', `Spelling could not be checked (${message}).`),
    stopped: (cause) => new ParleyError('unavailable', 'The spell check stopped.', { retryable: true, cause }),
  });
  return {
    check: async (language, words) => (words.length === 0 ? [] : thread.ask<readonly string[]>({ task: 'check', language, words })),
    suggest: (language, word) => thread.ask({ task: 'suggest', language, word }),
    close: () => thread.close(),
  };
}
