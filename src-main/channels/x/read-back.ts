import type { XProblem } from './errors.ts';
import { timeOf } from './map.ts';
import { DM_QUERY, takeDmPage } from './read-dms.ts';
import { call, type XRuntime } from './runtime.ts';
import type { XDm } from './shapes.ts';

/** Our direct messages since a time, newest first; `problem` when not all of them could be read. */
export interface ReadBack { dms: XDm[]; problem: XProblem | null; unread: string[] }

/**
 * Reads back for all unconfirmed messages of an account together: X allows 15 reads in 15 minutes. Who asks while a reading is under way
 * waits for the next one, because the present one may have begun before their message arrived.
 */
export function createDmReadBack(runtime: () => XRuntime): (since: number) => Promise<ReadBack> {
  let running: Promise<ReadBack> | null = null;
  let next: { since: number; result: Promise<ReadBack> } | null = null;

  const start = (since: number): Promise<ReadBack> => {
    const reading = read(runtime(), since).finally(() => {
      if (running === reading) running = null;
    });
    running = reading;
    return reading;
  };

  return (since) => {
    if (next) {
      next.since = Math.min(next.since, since);
      return next.result;
    }
    if (!running) return start(since);
    const go = (): Promise<ReadBack> => {
      const { since: from } = next ?? { since };
      next = null;
      return start(from);
    };
    next = { since, result: running.then(go, go) };
    return next.result;
  };
}

async function read(runtime: XRuntime, since: number): Promise<ReadBack> {
  const result: ReadBack = { dms: [], problem: null, unread: [] };
  let token: string | undefined;
  do {
    const answer = await call(runtime, 'dmRead', { method: 'GET', path: '/2/dm_events', query: { ...DM_QUERY, pagination_token: token } });
    if (!answer.ok) return { ...result, problem: answer.problem };
    const page = takeDmPage(runtime, answer.body);
    result.dms.push(...page.items);
    result.unread.push(...page.problems);
    const oldest = Math.min(Infinity, ...page.items.map((dm) => timeOf(dm.id, dm.createdAt, runtime.context.clock.now())));
    token = page.nextToken !== null && oldest >= since ? page.nextToken : undefined;
  } while (token !== undefined);
  return result;
}
