import type { Output } from '../../src-preload/contract/index.ts';
import { createThread, ParleyError, workerUrl } from '../kernel/index.ts';
import type { ReaderQuestion } from './reader-worker.ts';
import type { SearchRequest } from './search/run.ts';
import type { Similar, SimilarRequest } from './search/similar.ts';

export interface Reader {
  search(request: SearchRequest): Promise<Omit<Output<'search.query'>, 'tookMs'>>;
  /** What was asked like this before, and how we answered. */
  similar(request: SimilarRequest): Promise<Similar>;
  /** Copies the write-ahead log into the database, as far as nobody needs it as it is; waits for nobody. */
  copyLog(): Promise<void>;
  /** Starts the thread before the first question: the first search would wait for it. */
  warm(): void;
  close(): Promise<void>;
}

/** Searches on a thread of its own, started at the first question or by `warm`. */
export function startReader(path: string): Reader {
  const thread = createThread<ReaderQuestion>(workerUrl(import.meta.url, 'reader-worker'), {
    workerData: { path },
    failed: (message) => new ParleyError('storage', `The search did not work (${message}).`, { retryable: true }),
    stopped: (cause) => new ParleyError('storage', 'The search stopped; please try again.', { retryable: true, cause }),
  });
  return {
    search: (request) => thread.ask({ task: 'search', request }),
    similar: (request) => thread.ask({ task: 'similar', request }),
    copyLog: () => thread.ask({ task: 'copyLog' }),
    warm: () => thread.warm(),
    close: () => thread.close(),
  };
}
