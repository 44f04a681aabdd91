import { z } from 'zod';
import { compareIds } from './ids.ts';

/**
 * How far a list of posts (newest first, at most 100 a page) has been read. Everything up to `newest` is stored but for the `gaps`:
 * pages are stored newest first, so whoever stops half-way leaves a gap, and the next run closes it. One row of cursors holds it,
 * committed with the page it speaks of.
 */
export interface ListState {
  newest: string | null;
  gaps: Gap[];
}
export interface Gap {
  /** Everything up to here is stored; null = nothing before. */
  since: string | null;
  /** Everything from here on is stored. */
  until: string;
  /** Posts read on this stretch so far. */
  read: number;
  /** On a first connection: posts still wanted. */
  left: number | null;
}

const schema = z.object({
  newest: z.string().regex(/^\d{1,19}$/).nullable(),
  gaps: z.array(z.object({ since: z.string().nullable(), until: z.string(), read: z.number(), left: z.number().nullable() })).max(100),
});

export const emptyList = (): ListState => ({ newest: null, gaps: [] });

/** An unreadable cursor starts from the beginning: reading twice does no harm, skipping would. */
export function parseList(cursor: string | null): ListState {
  if (cursor === null) return emptyList();
  try {
    const parsed = schema.safeParse(JSON.parse(cursor));
    return parsed.success ? parsed.data : emptyList();
  } catch {
    return emptyList();
  }
}

/** A cursor holds 4 kB; more gaps than this are joined, which only means that some posts are read twice. */
const MAX_GAPS = 20;

/** The state after the first page above `newest` was stored. `ids` newest first; `emptyMark` stands in when the list is empty. */
export function afterNewest(state: ListState, ids: readonly string[], hasMore: boolean, firstPosts: number, emptyMark: string): ListState {
  const sorted = [...ids].sort(compareIds);
  const oldest = sorted[0];
  const newest = sorted.at(-1);
  if (oldest === undefined || newest === undefined) return hasMore ? state : { newest: state.newest ?? emptyMark, gaps: state.gaps };
  const left = state.newest === null ? firstPosts - ids.length : null;
  const gap = { since: state.newest, until: oldest, read: ids.length, left };
  const gaps = hasMore && (left === null || left > 0) ? [gap, ...state.gaps] : state.gaps;
  return { newest, gaps: gaps.length <= MAX_GAPS ? gaps : join(gaps) };
}

function join(gaps: Gap[]): Gap[] {
  const [a, b] = gaps.slice(-2);
  return a && b ? [...gaps.slice(0, -2), { since: b.since, until: a.until, read: a.read, left: a.left }] : gaps;
}

/** The state after another page of the first gap was stored. */
export function afterGapPage(state: ListState, ids: readonly string[], hasMore: boolean): ListState {
  const [gap, ...others] = state.gaps;
  if (!gap) return state;
  const oldest = [...ids].sort(compareIds)[0];
  const left = gap.left === null ? null : gap.left - ids.length;
  if (!hasMore || (left !== null && left <= 0)) return { ...state, gaps: others };
  return { ...state, gaps: [{ ...gap, until: oldest ?? gap.until, read: gap.read + ids.length, left }, ...others] };
}
