import { describe, expect, it } from 'vitest';
import { createSeen, hintedReadAt, listsFor, parseActivity, reconnectMs } from './activity-state.ts';

describe('the stream is opened again', () => {
  it.each([
    ['line', [250, 500, 750, 1_000], 63, 15_750, 64, 16_000, 65, 16_000],
    ['refused', [5_000, 10_000, 20_000, 40_000], 6, 160_000, 7, 320_000, 8, 320_000],
    ['limited', [60_000, 120_000, 240_000, 480_000], 6, 1_920_000, 7, 3_600_000, 99, 3_600_000],
  ] as const)('after a failure of the kind %s, as X asks', (kind, first, before, beforeMs, at, atMs, after, afterMs) => {
    expect([1, 2, 3, 4].map((count) => reconnectMs(kind, count))).toEqual(first);
    expect([before, at, after].map((count) => reconnectMs(kind, count))).toEqual([beforeMs, atMs, afterMs]);
  });
});

describe('an event', () => {
  const line = (data: object): string => JSON.stringify({ data });
  it.each([
    ['post.mention.create', ['mentions']], ['post.reply.create', ['mentions', 'threads']], ['post.quote.create', ['mentions', 'heard']],
    ['dm.received', ['dms']], ['chat.received', ['dms']], ['post.delete', ['tombstones']], ['oauth.revoke', ['mentions']], ['profile.update.bio', []],
  ])('%s says what to read', (event_type, lists) => {
    const event = parseActivity(line({ event_uuid: '1', event_type, filter: { user_id: '7' }, payload: {} }));
    expect(event && listsFor(event, '7')).toEqual(lists);
    expect(event && listsFor(event, '8')).toEqual([]);
  });

  it.each([[''], ['{'], ['null'], ['{"errors":[{"title":"operational-disconnect"}]}'], [line({ event_type: 'dm.received' })], [line({ event_uuid: 7, event_type: 'dm.received' })]])('%j is none', (text) => {
    expect(parseActivity(text)).toBeNull();
  });

  it('is known again as long as it is among the last ones', () => {
    const seen = createSeen(2);
    expect(['a', 'a', 'b', 'a', 'c', 'b', 'a'].map((name) => seen.isNew(name))).toEqual([true, false, true, false, true, false, true]);
  });
});

describe('a hint', () => {
  const at = { now: 100_000, lastAt: 0, gapMs: 3_000, everyMs: 30_000, remaining: 300, resetAt: 1_000_000 };
  it.each([
    ['reads at once', {}, 100_000],
    ['waits for its gap', { lastAt: 99_000 }, 102_000],
    ['before any read', { lastAt: -Infinity }, 100_000],
    ['takes nothing that polling needs', { remaining: 30 }, null],
    ['takes what polling leaves', { remaining: 31 }, 100_000],
    ['at the end of a window', { remaining: 1, resetAt: 100_000 }, 100_000],
    ['with nothing left', { remaining: 0 }, null],
  ] as const)('%s', (_name, change, expected) => {
    expect(hintedReadAt({ ...at, ...change })).toBe(expected);
  });
});
