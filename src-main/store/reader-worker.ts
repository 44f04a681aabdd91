import { workerData } from 'node:worker_threads';
import { answerQuestions } from '../kernel/index.ts';
import { openReader } from './store.ts';
import { search, type SearchRequest } from './search/run.ts';
import { similarQuestions, type SimilarRequest } from './search/similar.ts';

// Reads on a connection and a thread of its own: a search over a million messages never delays a commit or a key press.
export type ReaderQuestion = { task: 'search'; request: SearchRequest } | { task: 'similar'; request: SimilarRequest };

const { path } = workerData as { path: string };
const read = openReader(path);

answerQuestions((question: ReaderQuestion) => (question.task === 'search' ? search(read, question.request) : similarQuestions(read, question.request)));
