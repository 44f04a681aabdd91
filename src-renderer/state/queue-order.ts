import type { ConversationRow, QueueSort, QueueView } from '../../src-preload/contract/index.ts';

export interface QueueFilter {
  readonly view: QueueView;
  readonly accountId: string | null;
  readonly onlyAds?: boolean;
  readonly agentInitials: string;
}

/** Whether a row belongs to a view, decided from its own fields so that a push needs no question to the core. */
export function belongs(row: ConversationRow, filter: QueueFilter): boolean {
  if (filter.accountId !== null && row.accountId !== filter.accountId) return false;
  if (filter.onlyAds === true && !row.isAd) return false;
  switch (filter.view) {
    case 'open': return row.state === 'open';
    case 'mine': return row.state === 'open' && row.owner === filter.agentInitials;
    case 'mentioned': return row.mentions.includes(filter.agentInitials);
    case 'unassigned': return row.state === 'open' && row.owner === null;
    case 'vip': return row.state === 'open' && row.isVip;
    case 'overdue': return row.state === 'open' && row.isOverdue;
    case 'snoozed': return row.state === 'snoozed';
    case 'done': return row.state === 'done';
  }
}

const lastFirst = (a: ConversationRow, b: ConversationRow): number => b.lastAt - a.lastAt;
const byId = (a: ConversationRow, b: ConversationRow): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const waiting = (row: ConversationRow): number => row.waitingSince ?? row.lastAt;

/** The order of the core's pages; both must agree or a page boundary would hide a row. */
export function compareRows(view: QueueView, sort: QueueSort): (a: ConversationRow, b: ConversationRow) => number {
  if (view === 'done') return (a, b) => lastFirst(a, b) || byId(b, a);
  if (view === 'snoozed') return (a, b) => (a.snoozedUntil ?? Infinity) - (b.snoozedUntil ?? Infinity) || byId(a, b);
  if (sort === 'oldest') return (a, b) => waiting(a) - waiting(b) || byId(a, b);
  return (a, b) => b.priority - a.priority || waiting(a) - waiting(b) || byId(a, b);
}

/** Where `row` goes in the sorted `ids`: the first place whose row comes after it. */
export function placeOf(ids: readonly string[], row: ConversationRow, rows: Readonly<Record<string, ConversationRow>>, compare: (a: ConversationRow, b: ConversationRow) => number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = rows[ids[middle] ?? ''];
    if (other !== undefined && compare(other, row) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Placing {
  readonly ids: readonly string[];
  readonly changed: readonly ConversationRow[];
  /** All known rows, the changed ones included. */
  readonly rows: Readonly<Record<string, ConversationRow>>;
  readonly filter: QueueFilter;
  readonly sort: QueueSort;
  /** Pages that were not loaded yet follow the last id. */
  readonly hasMore: boolean;
}

/** The ids after a change. Returns the same array when nothing moved, so that the list need not render. */
export function placeRows({ ids, changed, rows, filter, sort, hasMore }: Placing): readonly string[] {
  if (changed.length === 0) return ids;
  const compare = compareRows(filter.view, sort);
  const touched = new Set(changed.map((row) => row.id));
  const next = ids.filter((id) => !touched.has(id));
  for (const row of changed) {
    if (!belongs(row, filter)) continue;
    const place = placeOf(next, row, rows, compare);
    if (place === next.length && hasMore) continue;
    next.splice(place, 0, row.id);
  }
  return next.length === ids.length && next.every((id, index) => id === ids[index]) ? ids : next;
}
