import type { Entry } from '../../../src-preload/contract/index.ts';
import { dayKey } from '../../state/words/time.ts';

export type TimelineItem =
  | { readonly type: 'day'; readonly key: string; readonly at: number }
  | { readonly type: 'new'; readonly key: string }
  | { readonly type: 'entry'; readonly key: string; readonly id: number; readonly showSubject: boolean };

const plainSubject = (subject: string): string => subject.replace(/^(?:\s*(?:re|fwd?|aw|wg|res|enc|bls|antw)\s*:\s*)+/iu, '').trim().toLowerCase();

/** The same exchange under the same subject, as the mail before it. Without threads only the subject tells. */
const goesOn = (before: Entry | null, entry: Entry): boolean =>
  before !== null && plainSubject(before.subject ?? '') === plainSubject(entry.subject ?? '') && (before.thread === undefined || entry.thread === undefined || before.thread === entry.thread);

const days = new WeakMap<Entry, { readonly zone: string; readonly day: string }>();

function dayOf(entry: Entry, zone: string): string {
  const known = days.get(entry);
  if (known?.zone === zone) return known.day;
  const day = dayKey(entry.at, zone);
  days.set(entry, { zone, day });
  return day;
}

/** The rows of a timeline: entries with a separator at each new day and one before the first unread. A subject shows once per thread. */
export function timelineItems(ids: readonly number[], entries: Readonly<Record<number, Entry>>, zone: string, firstUnreadId: number | null): readonly TimelineItem[] {
  const items: TimelineItem[] = [];
  let day = '';
  let before: Entry | null = null;
  for (const id of ids) {
    const entry = entries[id];
    if (entry === undefined) continue;
    const today = dayOf(entry, zone);
    if (today !== day) items.push({ type: 'day', key: `day-${today}`, at: entry.at });
    day = today;
    if (id === firstUnreadId) items.push({ type: 'new', key: 'new' });
    const isMail = entry.kind === 'mail' && entry.subject !== null;
    items.push({ type: 'entry', key: `entry-${id}`, id, showSubject: isMail && plainSubject(entry.subject ?? '') !== '' && !goesOn(before, entry) });
    if (isMail) before = entry;
  }
  return items;
}
