import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ParleyError } from '../kernel/index.ts';
import type { SpellLanguage } from './choose.ts';
import type { SpellReply, SpellRequest } from './spell-worker.ts';

export interface Speller {
  /** The words no dictionary of the language knows. */
  check(language: SpellLanguage, words: readonly string[]): Promise<readonly string[]>;
  /** What may have been meant, likeliest first. */
  suggest(language: SpellLanguage, word: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** The worker beside the built bundle, or its source when run from sources. */
function workerUrl(): URL {
  const built = new URL('./spell-worker.js', import.meta.url);
  return existsSync(fileURLToPath(built)) ? built : new URL('./spell-worker.ts', import.meta.url);
}

/** Checks spelling on a thread of its own, started at the first question: whoever has it switched off pays nothing. */
export function startSpeller(): Speller {
  let worker: Worker | null = null;
  let lastId = 0;
  const waiting = new Map<number, { resolve(value: readonly string[]): void; reject(error: unknown): void }>();
  const failAll = (error: unknown): void => {
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const running = (): Worker => {
    if (worker) return worker;
    const made = new Worker(workerUrl());
    made.unref();
    made.on('message', (reply: SpellReply) => {
      const entry = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.ok) entry?.resolve(reply.value);
      else entry?.reject(new ParleyError('unavailable', `Spelling could not be checked (${reply.message}).`));
    });
    made.on('error', (error) => failAll(new ParleyError('unavailable', 'The spell check stopped.', { retryable: true, cause: error })));
    worker = made;
    return made;
  };
  const ask = (question: DistributiveOmit<SpellRequest, 'id'>): Promise<readonly string[]> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      running().postMessage({ id: lastId, ...question });
    });
  return {
    check: (language, words) => (words.length === 0 ? Promise.resolve([]) : ask({ task: 'check', language, words })),
    suggest: (language, word) => ask({ task: 'suggest', language, word }),
    async close() {
      const open = worker;
      failAll(new ParleyError('cancelled', 'Parley is closing.'));
      await open?.terminate();
    },
  };
}
