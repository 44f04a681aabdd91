import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from './store.ts';
import { search, type SearchRequest } from './search/run.ts';
import { similarQuestions, type SimilarRequest } from './search/similar.ts';

// Reads on a connection and a thread of its own: a search over a million messages never delays a commit or a key press.
export type ReaderRequest = { id: number; task: 'search'; request: SearchRequest } | { id: number; task: 'similar'; request: SimilarRequest };
export type ReaderReply = { id: number; ok: true; value: unknown } | { id: number; ok: false; message: string };

const { path } = workerData as { path: string };
const reader = openReader(path);

parentPort?.on('message', (message: ReaderRequest | 'close') => {
  if (message === 'close') {
    reader.close();
    parentPort?.close();
    return;
  }
  let reply: ReaderReply;
  try {
    reply = { id: message.id, ok: true, value: message.task === 'search' ? search(reader.read, message.request) : similarQuestions(reader.read, message.request) };
  } catch (error) {
    reply = { id: message.id, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(reply);
});
