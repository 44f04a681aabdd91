import type { Entry } from '../../../src-preload/contract/index.ts';
import type { TimelineItem } from './timeline-items.ts';

const LINE_PX = { day: 41, new: 32, system: 28 } as const;
/** Border, padding, head and the space below. */
const FRAME_PX = 53;
const TEXT_LINE_PX = 20;
/** What stands beside the text, left and right, and the width of a letter. */
const ASIDE_PX = 130;
const LETTER_PX = 6.7;
const WIDEST_PX = 700;
const MOST_LETTERS = 6_000;
const EXTRA_PX: Readonly<Record<Entry['kind'], number>> = { post: 0, dm: 0, note: 0, mail: 46, call: 40, system: 0 };
const FOOT_PX = 22;

const known = new WeakMap<Entry, { readonly width: number; readonly height: number }>();

/** Roughly how high a row of the timeline becomes, before it is laid out. The nearer, the less moves while scrolling back. */
export function estimateHeight(item: TimelineItem | undefined, entry: Entry | undefined, width: number): number {
  if (item === undefined || (item.type === 'entry' && entry === undefined)) return 80;
  if (item.type !== 'entry') return LINE_PX[item.type];
  if (entry === undefined || entry.kind === 'system') return LINE_PX.system;
  // With every page read further back all rows are asked for again, thousands of them between two frames.
  const before = known.get(entry);
  if (before?.width === width) return before.height;
  const height = reckon(entry, width);
  known.set(entry, { width, height });
  return height;
}

function reckon(entry: Entry, width: number): number {
  const letters = Math.max(20, (Math.min(width, WIDEST_PX) - ASIDE_PX) / LETTER_PX);
  const text = entry.text.length > MOST_LETTERS ? entry.text.slice(0, MOST_LETTERS) : entry.text;
  const lines = text === '' ? 0 : text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / letters)), 0);
  const { detail } = entry;
  const foot = detail.type === 'post' ? (detail.url === '' ? 0 : FOOT_PX) + (detail.inReplyTo === null ? 0 : FOOT_PX) : 0;
  return Math.round(FRAME_PX + EXTRA_PX[entry.kind] + lines * TEXT_LINE_PX + foot);
}
