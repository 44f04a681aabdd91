import { z } from 'zod';
import { idAt, isXId } from './ids.ts';
import { readList, readOnce, type PostList, type ReadOutcome } from './read-posts.ts';
import { limits, rhythm } from './prices.ts';
import { deliver, type XRuntime } from './runtime.ts';
import { packTerms, watchQueries, wordIn } from './watch-query.ts';

const SEARCH = { path: '/2/tweets/search/recent', group: 'search', expansions: 'author_id,attachments.media_keys', reach: Infinity } as const;
const quietly = (): void => {};

/** Posts with our watch words that are not addressed to us, into the list of what was heard. */
export async function readHeard(runtime: XRuntime, signal: AbortSignal): Promise<ReadOutcome> {
  const { words, ownHandles } = runtime.context.watch();
  let found = 0;
  for (const [i, search] of watchQueries(words, ownHandles).entries()) {
    const list: PostList = {
      ...SEARCH, name: `heard.${i}`, search, firstPosts: rhythm.firstHeard,
      toEvents: (messages) => messages.filter((m) => m.direction === 'inbound').map((message) => ({ type: 'heard', word: wordIn(message.text, words), message })),
    };
    const outcome = await readList(runtime, list, signal, quietly);
    found += outcome.found;
    if (outcome.problem || signal.aborted) return { found, problem: outcome.problem };
  }
  return { found, problem: null };
}

/**
 * What customers write deep in threads that are open here, without naming us: no list of X's shows that. Threads newly open are read from
 * their beginning, the others from a little before the last time.
 */
export async function readThreads(runtime: XRuntime, signal: AbortSignal): Promise<ReadOutcome> {
  const { context } = runtime;
  const terms = context.openThreads(limits.watchedThreads).filter((t) => isXId(t.conversationId) && isXId(t.userId)).map((t) => `(conversation_id:${t.conversationId} from:${t.userId})`);
  const state = parseState(context.cursor(CURSOR));
  const before = new Set(state.terms);
  const startedAt = context.clock.now();
  let found = 0;
  for (const [group, since] of [[terms.filter((term) => before.has(term)), state.since], [terms.filter((term) => !before.has(term)), null]] as const) {
    for (const { query } of packTerms(group, '')) {
      const outcome = await readOnce(runtime, { ...SEARCH, name: CURSOR, search: query, firstPosts: rhythm.firstPosts }, since, signal);
      found += outcome.found;
      if (outcome.problem || signal.aborted) return { found, problem: outcome.problem };
    }
  }
  if (terms.length > 0 || before.size > 0) await deliver(runtime, 'live', [], { [CURSOR]: JSON.stringify({ since: idAt(startedAt - rhythm.clockSkewMs), terms }) });
  return { found, problem: null };
}

const CURSOR = 'threads';
const stateShape = z.object({ since: z.string().nullable(), terms: z.array(z.string()) });

function parseState(cursor: string | null): z.infer<typeof stateShape> {
  try {
    const parsed = stateShape.safeParse(JSON.parse(cursor ?? ''));
    if (parsed.success) return parsed.data;
  } catch {
    // Read from the beginning: twice does no harm.
  }
  return { since: null, terms: [] };
}
