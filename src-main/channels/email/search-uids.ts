import type { ImapFlow, SearchObject } from 'imapflow';

/**
 * UIDs of the open folder that match, ascending; null when the server refused. Servers that can (ESEARCH, RFC 4731) answer in runs: reading
 * a list of twenty thousand single numbers held up this thread for 200 ms.
 */
export async function searchUids(client: ImapFlow, query: SearchObject): Promise<number[] | null> {
  const found = await client.search(query, { uid: true, returnOptions: ['ALL', 'COUNT'] });
  if (Array.isArray(found)) return found;
  if (found === false || found === undefined) return null;
  // No set where nothing matches (RFC 4731 3.1). Without a count the answer got lost on its way: taken for an empty one, mail would never be read.
  const uids = found.all === undefined ? [] : expand(found.all, client.mailbox === false ? 0 : client.mailbox.exists);
  if (uids !== null && uids.length === found.count) return uids;
  const listed = await client.search(query, { uid: true });
  return Array.isArray(listed) ? listed : null;
}

const RUN = /^([1-9]\d{0,9})(?::([1-9]\d{0,9}))?$/;

/** The numbers of a set, ascending; null for what is no set of UIDs, or of more than `most`: a run up to the last possible UID would fill the memory. */
export function expand(set: string, most: number): number[] | null {
  const uids = new Set<number>();
  for (const part of set.split(',')) {
    const run = RUN.exec(part);
    if (run === null) return null;
    const [one, other] = [Number(run[1]), Number(run[2] ?? run[1])];
    const [first, last] = [Math.min(one, other), Math.max(one, other)];
    if (uids.size + last - first >= most) return null;
    for (let uid = first; uid <= last; uid += 1) uids.add(uid);
  }
  return [...uids].sort((a, b) => a - b);
}
