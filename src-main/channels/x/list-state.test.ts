import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareIds } from './ids.ts';
import { afterGapPage, afterNewest, emptyList, parseList, type ListState } from './list-state.ts';

/** A list of ids that grows, read in pages of three; reading may stop after any page. */
function run(steps: readonly { arrive: number; pages: number }[]): { known: string[]; stored: Set<string>; state: ListState } {
  let state: ListState = { newest: '100000', gaps: [] };
  const known: string[] = [];
  const stored = new Set<string>();
  const read = (since: string | null, until: string | null): { ids: string[]; hasMore: boolean } => {
    const fitting = known.filter((id) => (since === null || compareIds(id, since) > 0) && (until === null || compareIds(id, until) < 0)).sort(compareIds).reverse();
    return { ids: fitting.slice(0, 3), hasMore: fitting.length > 3 };
  };
  for (const { arrive, pages } of steps) {
    for (let i = 0; i < arrive; i += 1) known.push(String(100_001 + known.length));
    for (let page = 0; page < pages; page += 1) {
      const gap = state.gaps[0];
      const { ids, hasMore } = page === 0 ? read(state.newest, null) : gap ? read(gap.since, gap.until) : { ids: [], hasMore: false };
      ids.forEach((id) => stored.add(id));
      state = page === 0 ? afterNewest(state, ids, hasMore, 200, '1') : afterGapPage(state, ids, hasMore);
      state = parseList(JSON.stringify(state));
    }
  }
  return { known, stored, state };
}

describe('the place in a list', () => {
  it('leaves no hole, wherever reading stops and however much arrives meanwhile', () => {
    fc.assert(fc.property(fc.array(fc.record({ arrive: fc.nat(20), pages: fc.nat(4) }), { maxLength: 40 }), (steps) => {
      const { known, stored } = run([...steps, { arrive: 0, pages: 400 }]);
      expect(known.filter((id) => !stored.has(id))).toEqual([]);
    }));
  });

  it('always fits into a cursor', () => {
    const { state } = run(Array.from({ length: 200 }, () => ({ arrive: 10, pages: 1 })));
    expect(JSON.stringify(state).length).toBeLessThan(4_000);
  });

  it('starts from the beginning when its cursor cannot be read', () => {
    for (const bad of ['', '{', 'null', '{"newest":"x","gaps":[]}', '[]']) expect(parseList(bad)).toEqual(emptyList());
  });

  it('a first connection stops when it has read enough', () => {
    const first = afterNewest(emptyList(), ['30', '29'], true, 4, '1');
    expect(first.gaps[0]?.left).toBe(2);
    expect(afterGapPage(first, ['28', '27'], true).gaps).toEqual([]);
  });
});
