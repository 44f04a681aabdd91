import type { MessageEvent } from '../port.ts';
import { compareIds, newestOf } from './ids.ts';
import { dmEvent } from './map.ts';
import { limits as amounts, prices, rhythm } from './prices.ts';
import type { ReadOutcome } from './read-posts.ts';
import { affordable, call, deliver, mapContext, remember, type XRuntime } from './runtime.ts';
import { MEDIA_FIELDS, parseDms, type XDm, type XMedia, type XPage } from './shapes.ts';
import type { XProblem } from './errors.ts';

export const DM_QUERY = {
  max_results: amounts.dmsPerPage, event_types: 'MessageCreate', expansions: 'sender_id,participant_ids,attachments.media_keys', 'media.fields': MEDIA_FIELDS,
  'dm_event.fields': 'id,text,event_type,created_at,sender_id,dm_conversation_id,participant_ids,entities,attachments',
} as const;

const CURSOR = 'dms';

export interface DmReader {
  read(signal: AbortSignal): Promise<ReadOutcome>;
}

/**
 * Direct messages (X's older, unencrypted events; 30 days). X gives no `since_id` here, so pages are followed down to the last event
 * known, and the cursor moves only when that was reached: a stop half-way reads pages again (free within 24 hours), and leaves no hole.
 */
export function createDmReader(runtime: XRuntime): DmReader {
  /** A pass that X's window of 15 reads interrupted. */
  let paused: { token: string; newest: string } | null = null;

  return {
    async read(signal) {
      const known = runtime.context.cursor(CURSOR);
      let token: string | null = paused?.token ?? null;
      let newest: string | null = paused?.newest ?? null;
      let found = 0;
      for (let pages = 1; !signal.aborted; pages += 1) {
        const page = await readDmPage(runtime, token);
        if ('code' in page) {
          paused = token !== null && newest !== null && page.code === 'rate_limited' ? { token, newest } : null;
          return { found, problem: page };
        }
        const fresh = page.items.filter((dm) => known === null || compareIds(dm.id, known) > 0);
        newest = fresh.reduce<string | null>((top, dm) => (top === null ? dm.id : newestOf(top, dm.id)), newest);
        const isLast = page.nextToken === null || fresh.length < page.items.length || (known === null && pages >= rhythm.firstDmPages);
        const events = eventsOf(runtime, fresh, page.media, known === null);
        const cursors = isLast ? { [CURSOR]: newest ?? known ?? '1' } : {};
        const isMoved = isLast && cursors[CURSOR] !== known;
        if (events.length > 0 || isMoved || runtime.ledger.pending().length > 0) await deliver(runtime, known === null ? 'backfill' : 'live', events, cursors);
        found += events.length;
        token = page.nextToken;
        if (isLast) break;
      }
      paused = null;
      return { found, problem: null };
    },
  };
}

async function readDmPage(runtime: XRuntime, token: string | null): Promise<XPage<XDm> | XProblem> {
  const count = affordable(runtime, prices.dmEventRead + prices.userRead, amounts.dmsPerPage, 1);
  if (typeof count !== 'number') return count;
  const result = await call(runtime, 'dmRead', { method: 'GET', path: '/2/dm_events', query: { ...DM_QUERY, max_results: count, ...(token === null ? {} : { pagination_token: token }) } }, rhythm.dmReadsKept);
  if (!result.ok) return result.problem;
  return takeDmPage(runtime, result.body);
}

export function takeDmPage(runtime: XRuntime, body: object): XPage<XDm> {
  const page = parseDms(body, runtime.self.id);
  remember(runtime, page);
  runtime.ledger.read('dmEventRead', page.items.map((dm) => `dm ${dm.id}`));
  return page;
}

function eventsOf(runtime: XRuntime, dms: readonly XDm[], media: readonly XMedia[], isFirst: boolean): MessageEvent[] {
  const context = mapContext(runtime, [], media, isFirst);
  return [...dms].sort((a, b) => compareIds(a.id, b.id)).map((dm) => dmEvent(dm, context)).filter((event) => event !== null);
}
