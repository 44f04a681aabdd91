import { expect, test } from 'vitest';
import type { Entry } from '../../../src-preload/contract/index.ts';
import { estimateHeight } from './timeline-heights.ts';
import type { TimelineItem } from './timeline-items.ts';

const row: TimelineItem = { type: 'entry', key: 'entry-1', id: 1, showSubject: false };
const dm = (text: string): Entry => ({ id: 1, kind: 'dm', text, detail: { type: 'dm', dmId: '1', encrypted: false } }) as unknown as Entry;
const heightOf = (text: string, width = 740): number => estimateHeight(row, dm(text), width);

test('a longer text is expected to be higher, a narrower pane makes it higher still, and every line of its own counts', () => {
  const long = 'word '.repeat(100);
  expect(heightOf(long)).toBeGreaterThan(heightOf('word'));
  expect(heightOf(long, 420)).toBeGreaterThan(heightOf(long));
  expect(heightOf('a\nb\nc') - heightOf('a')).toBe(2 * (heightOf('a') - heightOf('')));
});

test('a text without end is not read to its end', () => {
  expect(heightOf('word '.repeat(100_000))).toBe(heightOf('word '.repeat(10_000)));
});

test('what was reckoned for one width does not stand for another', () => {
  const entry = dm('word '.repeat(100));
  const wide = estimateHeight(row, entry, 740);
  expect(estimateHeight(row, entry, 420)).toBeGreaterThan(wide);
  expect(estimateHeight(row, entry, 740)).toBe(wide);
});
