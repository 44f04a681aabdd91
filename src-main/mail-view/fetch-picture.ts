import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { https, type Clock } from '../kernel/index.ts';
import { pictureType } from '../kernel/picture-type.ts';

export interface FetchOptions {
  clock: Clock;
  /** The demo desk's own servers are on this machine; nobody else's may be. */
  allowsPrivate: boolean;
}

export const pictureLimits = {
  /** Header pictures of newsletters stay below 2 MB. */
  bytes: 5 * 1024 * 1024,
  /** From the first lookup to the last byte, redirects included. */
  ms: 10_000,
  redirects: 3,
  /** Of one mail. */
  pictures: 60,
  atOnce: 6,
};

/** Addresses a mail must not make this machine speak to: itself, its own network, and what is no single host of the internet. */
const notPublic = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [net, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16],
  ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) notPublic.ipv4.addSubnet(net, bits, 'ipv4');
// Mapped and translated addresses carry an IPv4 one inside, tunnels any.
for (const [net, bits] of [['::', 96], ['::ffff:0:0', 96], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001::', 32], ['2001:db8::', 32], ['2002::', 16], ['fc00::', 7], ['fe80::', 10], ['fec0::', 10], ['ff00::', 8]] as const) {
  notPublic.ipv6.addSubnet(net, bits, 'ipv6');
}

/** True for an address of a host on the internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  return family !== 0 && !notPublic[kind].check(address, kind);
}

/**
 * Fetches a picture of a mail: https only, no cookies, no referrer, nothing about the desk; never from this machine or its network, also
 * when a name or a redirect leads there. Null when it cannot be had or is no picture; never rejects.
 */
export async function fetchPicture(address: string, { clock, allowsPrivate }: FetchOptions): Promise<{ type: string; bytes: Uint8Array } | null> {
  const stop = new AbortController();
  const cancel = clock.after(pictureLimits.ms, () => stop.abort());
  try {
    let url = new URL(address);
    // Mails written before the web was encrypted; what is not there over TLS is not fetched.
    if (url.protocol === 'http:') url.protocol = 'https:';
    for (let hop = 0; hop <= pictureLimits.redirects; hop += 1) {
      const answer = await get(url, allowsPrivate, stop.signal);
      if (answer instanceof URL) {
        url = answer;
        continue;
      }
      const type = answer === null ? null : pictureType(answer);
      return answer === null || type === null ? null : { type, bytes: answer };
    }
    return null;
  } catch {
    return null;
  } finally {
    cancel();
  }
}

/** Its bytes, where it went, or null. The address looked up is the one connected to: a name cannot answer differently the second time. */
async function get(url: URL, allowsPrivate: boolean, signal: AbortSignal): Promise<Uint8Array | URL | null> {
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || (!allowsPrivate && url.port !== '')) return null;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await lookup(host, { all: true }) : [{ address: host, family: isIP(host) }];
  const [target] = addresses;
  if (target === undefined || (!allowsPrivate && !addresses.every(({ address }) => isPublicAddress(address)))) return null;
  const pinned = ((_host, options, answer) => (options.all === true ? answer(null, [target]) : answer(null, target.address, target.family))) as LookupFunction;
  const agent = new (https().Agent)({ keepAlive: false, maxSockets: 1 });
  return new Promise((resolve, reject) => {
    const asked = https().request(url, { agent, signal, lookup: pinned, method: 'GET', headers: { accept: 'image/webp,image/png,image/jpeg,image/gif', 'user-agent': 'Mozilla/5.0' } }, (response) => {
      const { statusCode = 0, headers } = response;
      const leave = (value: Uint8Array | URL | null): void => {
        response.destroy();
        resolve(value);
      };
      if (statusCode >= 300 && statusCode < 400) return leave(headers.location !== undefined && URL.canParse(headers.location, url.href) ? new URL(headers.location, url.href) : null);
      if (statusCode !== 200 || Number(headers['content-length'] ?? 0) > pictureLimits.bytes) return leave(null);
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > pictureLimits.bytes) leave(null);
        else chunks.push(chunk);
      });
      response.on('end', () => resolve(Buffer.concat(chunks)));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end();
  });
}
