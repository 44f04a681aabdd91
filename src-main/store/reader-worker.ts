import { workerData } from 'node:worker_threads';
import { answerQuestions, lazy } from '../kernel/index.ts';
import { openCheckpointer, openReader } from './store.ts';
import { search, type SearchRequest } from './search/run.ts';
import { similarQuestions, type SimilarRequest } from './search/similar.ts';

// Reads on a connection and a thread of its own: a search over a million messages never delays a commit or a key press.
export type ReaderQuestion = { task: 'search'; request: SearchRequest } | { task: 'similar'; request: SimilarRequest } | { task: 'copyLog' };

const { path } = workerData as { path: string };
const read = openReader(path);
const checkpointer = lazy(() => openCheckpointer(path));

answerQuestions((question: ReaderQuestion) => {
  switch (question.task) {
    case 'search': return search(read, question.request);
    case 'similar': return similarQuestions(read, question.request);
    case 'copyLog': return checkpointer()();
  }
});
