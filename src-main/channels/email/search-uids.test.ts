import { describe, expect, it } from 'vitest';
import type { ImapFlow } from 'imapflow';
import { expand, searchUids } from './search-uids.ts';

describe('a set of UIDs as servers write it', () => {
  it.each([
    ['7', 10, [7]],
    ['1:4', 10, [1, 2, 3, 4]],
    // Neither order nor direction is promised (RFC 9051 9, sequence-set).
    ['9,5:3,4', 10, [3, 4, 5, 9]],
    ['1:3', 3, [1, 2, 3]],
    ['1:3', 2, null],
    ['1:4294967295', 20_000, null],
    ['1:*', 10, null],
    ['0', 10, null],
    ['', 10, null],
    ['1, 2', 10, null],
    ['1e3', 10_000, null],
  ])('%s in a folder of %i', (set, most, uids) => {
    expect(expand(set, most)).toEqual(uids);
  });
});

describe('searching', () => {
  const asking = (answers: readonly unknown[]): { client: ImapFlow; asked: unknown[] } => {
    const asked: unknown[] = [];
    const left = [...answers];
    const client = { mailbox: { exists: 5 }, async search(_query: unknown, options: unknown) { asked.push(options); return left.shift(); } };
    return { client: client as unknown as ImapFlow, asked };
  };

  it('takes runs from a server that can, a list from one that cannot', async () => {
    expect(await searchUids(asking([{ all: '2:4', count: 3 }]).client, { all: true })).toEqual([2, 3, 4]);
    expect(await searchUids(asking([[2, 3, 4]]).client, { all: true })).toEqual([2, 3, 4]);
  });

  it('takes no set for no match, and a refusal for no answer', async () => {
    expect(await searchUids(asking([{ count: 0 }]).client, { all: true })).toEqual([]);
    expect(await searchUids(asking([false]).client, { all: true })).toBeNull();
  });

  it.each([['too large', { all: '1:4294967295', count: 4_294_967_295 }], ['not what was counted', { all: '1:2', count: 3 }], ['lost', {}]])('asks for the list when the set is %s', async (_why, answer) => {
    const { client, asked } = asking([answer, [1, 2]]);
    expect(await searchUids(client, { all: true })).toEqual([1, 2]);
    expect(asked).toEqual([{ uid: true, returnOptions: ['ALL', 'COUNT'] }, { uid: true }]);
  });
});
