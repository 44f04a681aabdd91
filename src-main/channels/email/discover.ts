import type { SrvRecord } from 'node:dns';
import { lookup as systemLookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { FoundMailbox } from '../../../src-preload/contract/index.ts';
import { errnoOf, ParleyError, type Clock } from '../../kernel/index.ts';
import { readAutoconfig, type Settings } from './autoconfig.ts';
import { isLoopback, type MailServer } from './config.ts';
import { isPublicAddress, readSmallText, type WebRules } from './discover-web.ts';
import { providerOfDomain, providerOfMx, providerOfServer, type MailProvider } from './providers.ts';

/** Where a search looks. The console's own looks on the internet; a test's on this machine. */
export interface DiscoveryPlaces {
  web: WebRules;
  /** Name servers to ask instead of the system's, "127.0.0.1:5353". */
  nameServers: readonly string[] | null;
  /** Addresses of settings for a domain, with the name a person is told. */
  urls(domain: string): { url: string; name: string }[];
  /** May settings found name this machine as a server? */
  allowsThisMachine: boolean;
}

const onTheInternet: DiscoveryPlaces = {
  web: { protocols: ['https:'], mayReach: isPublicAddress, lookup: (host) => systemLookup(host, { all: true }) },
  nameServers: null,
  urls: (domain) => [
    { url: `https://autoconfig.${domain}/mail/config-v1.1.xml`, name: `autoconfig.${domain}` },
    { url: `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`, name: domain },
  ],
  allowsThisMachine: false,
};

/** The places of a test: `{"web": "http://127.0.0.1:1234", "dns": "127.0.0.1:5353"}`. Anything but this machine is refused. */
export function placesOf(text: string | undefined): DiscoveryPlaces {
  if (text === undefined || text === '') return onTheInternet;
  const { web = '', dns = '' } = JSON.parse(text) as { web?: string; dns?: string };
  if (!URL.canParse(web) || !isLoopback(new URL(web).hostname) || !dns.startsWith('127.')) throw new ParleyError('bad_input', 'PARLEY_TEST_DISCOVERY must name places on this machine.');
  return {
    web: { protocols: ['http:'], mayReach: isLoopback, lookup: (host) => systemLookup(host, { all: true }) },
    nameServers: [dns],
    urls: (domain) => [{ url: `${web}/autoconfig.${domain}/mail/config-v1.1.xml`, name: `autoconfig.${domain}` }, { url: `${web}/${domain}/.well-known/autoconfig/mail/config-v1.1.xml`, name: domain }],
    allowsThisMachine: true,
  };
}

export interface Discovery { found: FoundMailbox | null; guess: FoundMailbox; notes: string[] }

export interface MailDiscovery {
  /** Never fails for want of a network: then it says so and guesses. A new search ends the one before. */
  find(address: string): Promise<Discovery>;
  cancel(): void;
}

const LIMIT_MS = 8_000;
const OFFLINE = new Set(['ECONNREFUSED', 'ETIMEOUT', 'EAI_AGAIN', 'ENETUNREACH', 'ECANCELLED']);

export function createMailDiscovery(clock: Clock, places: DiscoveryPlaces = onTheInternet): MailDiscovery {
  let current: AbortController | null = null;
  return {
    cancel: () => current?.abort(),
    async find(address) {
      current?.abort();
      const abort = new AbortController();
      current = abort;
      const domain = domainToASCII(address.slice(address.lastIndexOf('@') + 1).toLowerCase());
      const guess = guessFor(address, domain);
      const known = providerOfDomain(domain);
      if (known) return { found: ofProvider(known, address, `${known.name}, known to Parley`), guess, notes: [] };
      if (domain === '' || isIP(domain) !== 0) return { found: null, guess, notes: ['The part behind the @ is no domain that could be asked.'] };
      const isLate = { value: false };
      const cancelTimer = clock.after(LIMIT_MS, () => {
        isLate.value = true;
        abort.abort();
      });
      try {
        const { answers, notes } = await searchAll(address, domain, places, abort.signal);
        if (abort.signal.aborted && !isLate.value) throw new ParleyError('cancelled', 'The search was ended.');
        const [found = null] = answers;
        if (isLate.value && !found) notes.push(`${domain} did not answer in time.`);
        return { found, guess, notes };
      } finally {
        cancelTimer();
        if (current === abort) current = null;
      }
    },
  };
}

/** Asks everywhere at once; the answers in the order in which they are to be believed. */
async function searchAll(address: string, domain: string, places: DiscoveryPlaces, signal: AbortSignal): Promise<{ answers: FoundMailbox[]; notes: string[] }> {
  const notes: string[] = [];
  const resolver = new Resolver({ timeout: 3_000, tries: 1 });
  if (places.nameServers) resolver.setServers([...places.nameServers]);
  signal.addEventListener('abort', () => resolver.cancel(), { once: true });
  let asked = 0;
  let unreached = 0;
  const ask = async <T>(question: Promise<T[]>): Promise<T[]> => {
    asked += 1;
    try {
      return await question;
    } catch (error) {
      if (OFFLINE.has(errnoOf(error) ?? '')) unreached += 1;
      return [];
    }
  };
  const refuse = (name: string, why: string): void => void notes.push(`The settings found at ${name} were not used: ${why}.`);
  const isUsable = (name: string, { imap, smtp }: Pick<Settings, 'imap' | 'smtp'>): boolean => {
    const inside = [imap, smtp].find(({ host }) => (isLoopback(host) ? !places.allowsThisMachine : isIP(host) !== 0 && !isPublicAddress(host)));
    if (inside) refuse(name, `they name ${inside.host}, which is no server on the internet`);
    return !inside;
  };

  const fromWeb = async (): Promise<FoundMailbox | null> => {
    const read = await Promise.all(places.urls(domain).map(async ({ url, name }) => ({ name, answer: await readSmallText(url, places.web, signal) })));
    for (const { name, answer } of read) {
      if (answer.type === 'refused') refuse(name, answer.why);
      if (answer.type !== 'text') continue;
      const config = readAutoconfig(answer.text, address);
      if (config.type === 'refused') refuse(name, config.why);
      else if (isUsable(name, config.settings)) return ofServers(config.settings, domain, `the settings at ${name}`);
    }
    return null;
  };
  const fromSrv = async (): Promise<FoundMailbox | null> => {
    const [imaps, imap, submissions, submission] = await Promise.all(['_imaps', '_imap', '_submissions', '_submission'].map((service) => ask(resolver.resolveSrv(`${service}._tcp.${domain}`))));
    // RFC 8314: TLS from the first byte before STARTTLS.
    const incoming = bestOf(imaps, 'tls') ?? bestOf(imap, 'starttls');
    const outgoing = bestOf(submissions, 'tls') ?? bestOf(submission, 'starttls');
    if (!incoming || !outgoing) return null;
    const settings = { imap: incoming, smtp: outgoing, user: address, takesPassword: true };
    return isUsable(`the name server of ${domain}`, settings) ? ofServers(settings, domain, `the name server of ${domain}`) : null;
  };
  const fromMx = async (): Promise<FoundMailbox | null> => {
    const records = await ask(resolver.resolveMx(domain));
    const provider = records.sort((a, b) => a.priority - b.priority).map(({ exchange }) => providerOfMx(exchange.toLowerCase().replace(/\.$/, ''))).find((hit) => hit !== null);
    return provider ? ofProvider(provider, address, `${provider.name}, who receives the mail of ${domain}`) : null;
  };
  const all = await Promise.all([fromWeb(), fromSrv(), fromMx()]);
  if (unreached === asked && all.every((one) => one === null) && !signal.aborted) notes.push('This computer seems to be without a network.');
  return { answers: all.filter((one) => one !== null), notes };
}

function bestOf(records: readonly SrvRecord[] | undefined, security: 'tls' | 'starttls'): MailServer | null {
  // RFC 2782: "." says that there is no such service.
  const [best] = (records ?? []).filter(({ name }) => name !== '' && name !== '.').toSorted((a, b) => a.priority - b.priority || b.weight - a.weight);
  return best ? { host: best.name.toLowerCase().replace(/\.$/, ''), port: best.port, security } : null;
}

const ofProvider = (provider: MailProvider, address: string, source: string): FoundMailbox => ({
  imap: provider.imap, smtp: provider.smtp, user: address, keepSentCopy: provider.keepsCopies !== true, source, isForeign: false,
  password: provider.password !== false, passwordHint: provider.password === false ? null : provider.password.hint, provider: provider.oauth ? provider.id : null,
});

function ofServers({ imap, smtp, user, takesPassword }: Settings, domain: string, source: string): FoundMailbox {
  const provider = providerOfServer(imap.host);
  const isOwn = (host: string): boolean => host === domain || host.endsWith(`.${domain}`) || isLoopback(host);
  return {
    imap, smtp, user, source, keepSentCopy: provider?.keepsCopies !== true, isForeign: provider === null && !(isOwn(imap.host) && isOwn(smtp.host)),
    password: provider ? provider.password !== false : takesPassword, passwordHint: provider?.password ? provider.password.hint : null, provider: provider?.oauth ? provider.id : null,
  };
}

/** What most servers are named. */
const guessFor = (address: string, domain: string): FoundMailbox => ({
  imap: { host: `imap.${domain}`, port: 993, security: 'tls' }, smtp: { host: `smtp.${domain}`, port: 465, security: 'tls' }, user: address, keepSentCopy: true, source: 'a guess', isForeign: false,
  password: true, passwordHint: null, provider: null,
});
