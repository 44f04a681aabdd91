import { BlockList, isIP, type LookupFunction } from 'node:net';
import { http, https } from '../../kernel/index.ts';

/** What a search for settings may touch. */
export interface WebRules {
  protocols: readonly string[];
  mayReach(address: string): boolean;
  lookup(host: string): Promise<{ address: string; family: number }[]>;
}

export type WebAnswer = { type: 'text'; text: string } | { type: 'refused'; why: string } | { type: 'none'; isOffline: boolean };

/** Real settings are 1-5 kB. */
const LONGEST = 64 * 1024;
const MOST_REDIRECTS = 3;
const OFFLINE = new Set(['ECONNREFUSED', 'ETIMEOUT', 'ETIMEDOUT', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'EREFUSED']);

const inner = new BlockList();
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 3]] as const) inner.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [['::', 128], ['::1', 128], ['64:ff9b::', 96], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const) inner.addSubnet(net, bits, 'ipv6');

/** Is this an address on the internet, not one of this machine or a network behind it? Strangers' domains must not make us knock there. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  // A v4 address in v6 clothes (::ffff:10.0.0.1) is checked as v4 by the list itself.
  return family !== 0 && !inner.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

class Refused extends Error {}

/** Reads a small text from a place a stranger's domain names: a few redirects, a small size, public addresses only. */
export async function readSmallText(address: string, rules: WebRules, signal: AbortSignal): Promise<WebAnswer> {
  let url = new URL(address);
  try {
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      if (!rules.protocols.includes(url.protocol) || url.username !== '') return { type: 'refused', why: 'it leads to a place that is no secure web address' };
      const host = url.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0 && !rules.mayReach(host)) throw new Refused('it leads into a private network');
      const answer = await once(url, rules, signal);
      if (typeof answer === 'string') return { type: 'text', text: answer };
      if (answer === null) return { type: 'none', isOffline: false };
      if (!URL.canParse(answer.location, url.href)) return { type: 'refused', why: 'it leads nowhere' };
      url = new URL(answer.location, url);
    }
    return { type: 'refused', why: 'it leads from place to place' };
  } catch (error) {
    if (error instanceof Refused) return { type: 'refused', why: error.message };
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    return { type: 'none', isOffline: OFFLINE.has(code) };
  }
}

/** The text, where it went, or null when there is none. */
function once(url: URL, rules: WebRules, signal: AbortSignal): Promise<string | { location: string } | null> {
  // Checked where it is used: a name asked twice may answer differently the second time.
  const lookup: LookupFunction = (host, options, done) => {
    rules.lookup(host).then((all) => {
      const usable = all.filter(({ address }) => rules.mayReach(address));
      const [first] = usable;
      if (first === undefined) return done(new Refused('it leads into a private network'), '', 4);
      return options.all === true ? done(null, usable) : done(null, first.address, first.family);
    }, (error: NodeJS.ErrnoException) => done(error, '', 4));
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https() : http()).request(url, { signal, lookup, agent: false, headers: { accept: 'text/xml, application/xml', 'user-agent': 'Parley' } }, (response) => {
      const { statusCode = 0, headers } = response;
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
        response.destroy();
        return resolve({ location: headers.location });
      }
      if (statusCode !== 200) {
        response.destroy();
        return resolve(null);
      }
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > LONGEST) response.destroy(new Refused('it is far too long'));
      });
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end();
  });
}
