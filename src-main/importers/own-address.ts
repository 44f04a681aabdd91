import { splitMbox } from './mbox.ts';

const SAMPLE = 300;
const HEADER = /^(delivered-to|x-original-to|envelope-to|to|from):[ \t]*(.*(?:\r?\n[ \t]+.*)*)/gim;
const ADDRESS = /[^\s<>"',;:()]+@[^\s<>"',;:()]+/g;

/**
 * Our own address in an mbox nobody has named one for: one that is ours here already, else the one that stands in Delivered-To, else the
 * one in From and To of most of the first messages; of two that stand in as many, the one that was written to. Empty when there is none
 * that most of them share.
 */
export async function findOwnAddresses(path: string, known: readonly string[] = []): Promise<string[]> {
  const seenIn = new Map<string, number>();
  const writtenTo = new Map<string, number>();
  let n = 0;
  for await (const { raw } of splitMbox(path, 0)) {
    const head = raw.subarray(0, 16_384).toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? '';
    const here = new Set<string>();
    for (const [, name = '', value = ''] of head.matchAll(HEADER)) {
      for (const [found] of value.matchAll(ADDRESS)) {
        const address = found.toLowerCase();
        if (/^to$/i.test(name)) writtenTo.set(address, (writtenTo.get(address) ?? 0) + 1);
        if (/^(?:to|from)$/i.test(name)) here.add(address);
        else seenIn.set(address, (seenIn.get(address) ?? 0) + 2);
      }
    }
    for (const address of here) seenIn.set(address, (seenIn.get(address) ?? 0) + 1);
    n += 1;
    if (n >= SAMPLE) break;
  }
  const isShared = ([, count]: readonly [string, number]): boolean => count * 2 >= n;
  const ranked = [...seenIn].sort((a, b) => b[1] - a[1] || (writtenTo.get(b[0]) ?? 0) - (writtenTo.get(a[0]) ?? 0)).filter(isShared);
  const best = ranked.find(([address]) => known.includes(address)) ?? ranked[0];
  return best === undefined ? [] : [best[0]];
}
