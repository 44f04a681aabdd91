import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Output } from '../../src-preload/contract/index.ts';
import { ParleyError } from '../kernel/index.ts';
import type { ReaderReply, ReaderRequest } from './reader-worker.ts';
import type { SearchRequest } from './search/run.ts';
import type { Similar, SimilarRequest } from './search/similar.ts';

export interface Reader {
  search(request: SearchRequest): Promise<Omit<Output<'search.query'>, 'tookMs'>>;
  /** What was asked like this before, and how we answered. */
  similar(request: SimilarRequest): Promise<Similar>;
  /** Starts the thread before the first question: the first search would wait for it. */
  warm(): void;
  close(): Promise<void>;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** The worker beside the built bundle, or its source when run from sources. */
function workerUrl(): URL {
  const built = new URL('./reader-worker.js', import.meta.url);
  return existsSync(fileURLToPath(built)) ? built : new URL('./reader-worker.ts', import.meta.url);
}

/** Searches on a thread of its own, started at the first question or by `warm`. */
export function startReader(path: string): Reader {
  let worker: Worker | null = null;
  let lastId = 0;
  const waiting = new Map<number, { resolve(value: never): void; reject(error: unknown): void }>();
  const failAll = (error: unknown): void => {
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const running = (): Worker => {
    if (worker) return worker;
    const made = new Worker(workerUrl(), { workerData: { path } });
    made.unref();
    made.on('message', (reply: ReaderReply) => {
      const entry = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.ok) entry?.resolve(reply.value as never);
      else entry?.reject(new ParleyError('storage', `The search did not work (${reply.message}).`, { retryable: true }));
    });
    made.on('error', (error) => failAll(new ParleyError('storage', 'The search stopped; please try again.', { retryable: true, cause: error })));
    worker = made;
    return made;
  };
  const ask = <T>(question: DistributiveOmit<ReaderRequest, 'id'>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      running().postMessage({ id: lastId, ...question });
    });
  return {
    search: (request) => ask({ task: 'search', request }),
    similar: (request) => ask({ task: 'similar', request }),
    warm: () => void running(),
    async close() {
      const open = worker;
      failAll(new ParleyError('cancelled', 'Parley is closing.'));
      await open?.terminate();
    },
  };
}
