import type { Entry } from '../../../src-preload/contract/index.ts';

type Entries = Readonly<Record<number, Entry>>;

/** When the newest of these messages arrived; lines of the console and notes do not count. 0 when there is none. */
export function newestArrival(ids: readonly number[], entries: Entries): number {
  let newest = 0;
  for (const id of ids) {
    const entry = entries[id];
    if (entry !== undefined && entry.direction !== 'internal' && entry.arrivedAt > newest) newest = entry.arrivedAt;
  }
  return newest;
}

/** What arrived after `seenAt`, in the order it came. */
export const arrivedSince = (ids: readonly number[], entries: Entries, seenAt: number): Entry[] =>
  ids.flatMap((id) => entries[id] ?? []).filter((entry) => entry.direction !== 'internal' && entry.arrivedAt > seenAt).sort((a, b) => a.arrivedAt - b.arrivedAt);

/** What the writer has seen: what was on screen at the last key, and then only messages sent from here. */
export function seenUpTo(ids: readonly number[], entries: Entries, seenAt: number, ownIds: ReadonlySet<number>): number {
  let upTo = seenAt;
  for (const entry of arrivedSince(ids, entries, seenAt)) {
    if (!ownIds.has(entry.id)) break;
    upTo = entry.arrivedAt;
  }
  return upTo;
}
