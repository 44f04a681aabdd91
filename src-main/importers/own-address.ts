import { splitMbox } from './mbox.ts';

const SAMPLE = 300;
const HEADER = /^(delivered-to|x-original-to|envelope-to|to|from):[ \t]*(.*(?:\r?\n[ \t]+.*)*)/gim;
const ADDRESS = /[^\s<>"',;:()]+@[^\s<>"',;:()]+/g;

/**
 * Our own address in an mbox nobody has named one for: the one that stands in Delivered-To, else the one in From and To of most of the
 * first messages. Empty when there is none that most of them share.
 */
export async function findOwnAddresses(path: string): Promise<string[]> {
  const seenIn = new Map<string, number>();
  let n = 0;
  for await (const { raw } of splitMbox(path, 0)) {
    const head = raw.subarray(0, 16_384).toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? '';
    const here = new Set<string>();
    for (const [, name = '', value = ''] of head.matchAll(HEADER)) {
      for (const [address] of value.matchAll(ADDRESS)) {
        if (/^(?:to|from)$/i.test(name)) here.add(address.toLowerCase());
        else seenIn.set(address.toLowerCase(), (seenIn.get(address.toLowerCase()) ?? 0) + 2);
      }
    }
    for (const address of here) seenIn.set(address, (seenIn.get(address) ?? 0) + 1);
    n += 1;
    if (n >= SAMPLE) break;
  }
  const [best] = [...seenIn].sort((a, b) => b[1] - a[1]);
  return best && best[1] * 2 >= n ? [best[0]] : [];
}
