import type { ResolvedWay } from '../../../src-preload/contract/index.ts';
import { weightOf, type Turn } from '../waiting.ts';

/** How a matter was resolved: by its last answer, from turns given newest first. */
export function wayOf(newestFirst: readonly Turn[]): ResolvedWay {
  const answer = newestFirst.find((turn) => weightOf(turn) === 'answers');
  if (answer === undefined) return 'none';
  return answer.kind === 'post' ? 'public' : answer.kind === 'call' ? 'phone' : 'private';
}
