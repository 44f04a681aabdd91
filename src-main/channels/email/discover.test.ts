import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDnsPeer, type DnsPeer } from '../../../e2e/peers/dns.ts';
import { manualClock } from '../../kernel/index.ts';
import { eventually } from '../contract-suite.ts';
import { readAutoconfig } from './autoconfig.ts';
import { createMailDiscovery, placesOf, type DiscoveryPlaces } from './discover.ts';
import { isPublicAddress, readSmallText } from './discover-web.ts';
import { mailProviders } from './providers.ts';

const entry = (tag: string, type: string, host: string, port: number, socketType: string, more = '<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication>'): string =>
  `<${tag} type="${type}"><hostname>${host}</hostname><port>${port}</port><socketType>${socketType}</socketType>${more}</${tag}>`;
const xml = (...servers: string[]): string => `<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="x"><domain>acme.example</domain>${servers.join('')}</emailProvider></clientConfig>`;
const whole = xml(
  entry('incomingServer', 'pop3', 'pop.acme.example', 995, 'SSL'), entry('incomingServer', 'imap', 'imap.acme.example', 143, 'STARTTLS'), entry('incomingServer', 'imap', 'imap.acme.example', 993, 'SSL'),
  entry('outgoingServer', 'smtp', 'smtp.%EMAILDOMAIN%', 587, 'STARTTLS', '<username>%EMAILLOCALPART%</username>'),
);

describe('settings as mail programs find them', () => {
  it('gives the servers, encrypted from the first byte where that is offered, and fills in the address', () => {
    expect(readAutoconfig(whole, 'care@acme.example')).toEqual({
      type: 'settings',
      settings: { imap: { host: 'imap.acme.example', port: 993, security: 'tls' }, smtp: { host: 'smtp.acme.example', port: 587, security: 'starttls' }, user: 'care@acme.example', takesPassword: true },
    });
  });

  it('says when only tokens are taken', () => {
    const tokens = xml(entry('incomingServer', 'imap', 'i.acme.example', 993, 'SSL', '<authentication>OAuth2</authentication>'), entry('outgoingServer', 'smtp', 's.acme.example', 465, 'SSL'));
    expect(readAutoconfig(tokens, 'care@acme.example')).toMatchObject({ settings: { takesPassword: false, user: 'care@acme.example' } });
  });

  it.each([
    ['<!DOCTYPE x [<!ENTITY a "aaa">]><clientConfig/>', 'it defines entities of its own'],
    ['not xml at all', 'it holds no settings'],
    ['<clientConfig><emailProvider/></clientConfig>', 'it holds no settings'],
    ['<a>'.repeat(20_000), /^it (?:cannot be read|holds no settings)$/],
    [xml(entry('incomingServer', 'pop3', 'pop.acme.example', 995, 'SSL'), entry('outgoingServer', 'smtp', 's.acme.example', 465, 'SSL')), 'it names no IMAP server'],
    [xml(entry('incomingServer', 'imap', 'a b/c', 993, 'SSL'), entry('outgoingServer', 'smtp', 's.acme.example', 465, 'SSL')), 'it names no IMAP server'],
    [xml(entry('incomingServer', 'imap', 'i.acme.example', 99_999, 'SSL'), entry('outgoingServer', 'smtp', 's.acme.example', 465, 'SSL')), 'it names no IMAP server'],
    [xml(entry('incomingServer', 'imap', 'i.acme.example', 993, 'SSL')), 'it holds no settings'],
    [xml(entry('incomingServer', 'imap', 'i.acme.example', 143, 'plain'), entry('outgoingServer', 'smtp', 's.acme.example', 465, 'SSL')), 'it offers i.acme.example without encryption only'],
  ])('refuses %#', (text, why) => {
    expect(readAutoconfig(text, 'care@acme.example')).toEqual({ type: 'refused', why: typeof why === 'string' ? why : expect.stringMatching(why) });
  });
});

it.each([
  ['8.8.8.8', true], ['2001:4860:4860::8888', true], ['127.0.0.1', false], ['10.1.2.3', false], ['172.31.255.255', false], ['172.32.0.1', true], ['192.168.0.1', false], ['169.254.169.254', false],
  ['100.64.0.1', false], ['0.0.0.0', false], ['224.0.0.1', false], ['255.255.255.255', false], ['::1', false], ['fe80::1', false], ['fd00::1', false], ['::ffff:10.0.0.1', false], ['::ffff:8.8.8.8', true], ['mail.example', false], ['', false],
])('%s is an address on the internet: %s', (address, is) => expect(isPublicAddress(address)).toBe(is));

it('the list of providers holds what can be used: encrypted, each domain once, no overlap of mail receivers', () => {
  const domains = mailProviders.flatMap((provider) => provider.domains);
  expect(new Set(domains).size).toBe(domains.length);
  const ends = mailProviders.flatMap((provider) => provider.mx);
  expect(new Set(ends).size).toBe(ends.length);
  for (const { imap, smtp, password, oauth } of mailProviders) {
    expect([imap.security, smtp.security]).not.toContain('none');
    expect(password !== false || oauth !== undefined).toBe(true);
    for (const url of oauth ? [oauth.authorizeUrl, oauth.tokenUrl] : []) expect(url).toMatch(/^https:/);
  }
});

describe('the search', () => {
  let web: Server;
  let dns: DnsPeer;
  let base = '';
  let places: DiscoveryPlaces;
  const pages = new Map<string, (response: import('node:http').ServerResponse) => void>();
  const seen: string[] = [];
  const clock = manualClock();
  beforeEach(async () => {
    pages.clear();
    seen.length = 0;
    web = createServer((request, response) => {
      seen.push(request.url ?? '');
      const page = pages.get(request.url ?? '');
      if (page) page(response);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const address = web.address();
    base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    dns = await startDnsPeer();
    places = placesOf(JSON.stringify({ web: base, dns: dns.address }));
  });
  afterEach(async () => {
    web.closeAllConnections();
    await new Promise((resolve) => web.close(resolve));
    await dns.close();
  });
  const find = (address = 'care@acme.example', where = places) => createMailDiscovery(clock, where).find(address);
  const at = '/autoconfig.acme.example/mail/config-v1.1.xml';
  const other = '/acme.example/.well-known/autoconfig/mail/config-v1.1.xml';
  const say = (path: string, text: string): void => void pages.set(path, (response) => response.end(text));

  it('knows large providers without asking anybody, and how they are signed in to', async () => {
    expect(await find('me@gmail.com')).toMatchObject({ found: { imap: { host: 'imap.gmail.com' }, provider: 'google', source: 'Google, known to Parley', keepSentCopy: false }, notes: [] });
    expect(await find('me@outlook.com')).toMatchObject({ found: { provider: 'microsoft', password: false } });
    expect([seen, dns.asked]).toEqual([[], []]);
  });

  it('finds what the domain publishes for mail programs, and says where; the address itself is told nobody', async () => {
    say(other, whole);
    expect(await find()).toMatchObject({ found: { imap: { host: 'imap.acme.example', port: 993 }, source: 'the settings at acme.example', isForeign: false, password: true, provider: null }, notes: [] });
    expect(seen.join(' ')).not.toContain('care');
  });

  it('finds what the name server says, encrypted first; a service that is marked as not there is not', async () => {
    dns.set('_imaps._tcp.acme.example', [{ type: 'SRV', priority: 10, weight: 0, port: 994, target: 'old.acme.example' }, { type: 'SRV', priority: 1, weight: 0, port: 993, target: 'mx.hoster.example' }]);
    dns.set('_submissions._tcp.acme.example', [{ type: 'SRV', priority: 0, weight: 0, port: 0, target: '.' }]);
    dns.set('_submission._tcp.acme.example', [{ type: 'SRV', priority: 0, weight: 1, port: 587, target: 'mx.hoster.example' }]);
    expect(await find()).toMatchObject({ found: { imap: { host: 'mx.hoster.example', port: 993, security: 'tls' }, smtp: { port: 587, security: 'starttls' }, source: 'the name server of acme.example', isForeign: true } });
  });

  it('knows who receives the mail of an organisation’s domain', async () => {
    dns.set('acme.example', [{ type: 'MX', priority: 5, target: 'acme-example.mail.protection.outlook.com' }]);
    expect(await find()).toMatchObject({ found: { imap: { host: 'outlook.office365.com' }, provider: 'microsoft', password: false, source: 'Microsoft, who receives the mail of acme.example' } });
  });

  it('believes the domain’s own settings before its name server, and that before a receiver', async () => {
    dns.set('acme.example', [{ type: 'MX', priority: 5, target: 'aspmx.l.google.com' }]);
    expect((await find()).found?.provider).toBe('google');
    say(at, whole);
    expect((await find()).found?.source).toBe('the settings at autoconfig.acme.example');
  });

  it('nothing found: sensible guesses, and no sentence too many', async () => {
    expect(await find()).toEqual({ found: null, notes: [], guess: expect.objectContaining({ imap: { host: 'imap.acme.example', port: 993, security: 'tls' }, user: 'care@acme.example' }) });
  });

  it('without a network it says so and guesses', async () => {
    await dns.close();
    web.closeAllConnections();
    const answer = await find('care@acme.example', { ...places, nameServers: [dns.address], urls: () => [] });
    dns = await startDnsPeer();
    expect(answer).toMatchObject({ found: null, notes: ['This computer seems to be without a network.'] });
  });

  it.each<[string, (response: import('node:http').ServerResponse) => void, string]>([
    ['endless', (response) => { response.writeHead(200); response.write('x'.repeat(70_000)); }, 'it is far too long'],
    ['leading to a file', (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(), 'it leads to a place that is no secure web address'],
    ['leading into a private network', (response) => response.writeHead(302, { location: 'http://10.0.0.1/x' }).end(), 'it leads into a private network'],
    ['leading in a circle', (response) => response.writeHead(302, { location: at }).end(), 'it leads from place to place'],
    ['naming a private server', (response) => response.end(xml(entry('incomingServer', 'imap', '192.168.1.5', 993, 'SSL'), entry('outgoingServer', 'smtp', 's.acme.example', 465, 'SSL'))), 'they name 192.168.1.5, which is no server on the internet'],
    ['without encryption', (response) => response.end(xml(entry('incomingServer', 'imap', 'i.acme.example', 143, 'plain'), entry('outgoingServer', 'smtp', 's.acme.example', 465, 'SSL'))), 'it offers i.acme.example without encryption only'],
  ])('a hostile answer (%s) is refused in one sentence and the search goes on', async (_, page, why) => {
    pages.set(at, page);
    dns.set('acme.example', [{ type: 'MX', priority: 5, target: 'mx.migadu.com' }]);
    expect(await find()).toMatchObject({ found: { source: expect.stringContaining('Migadu') }, notes: [`The settings found at autoconfig.acme.example were not used: ${why}.`] });
  });

  it('on the internet it asks over TLS only, and never a name that leads to this machine', async () => {
    const rules = { protocols: ['https:'], mayReach: isPublicAddress, lookup: async () => [{ address: '127.0.0.1', family: 4 }] };
    const { signal } = new AbortController();
    expect(await readSmallText(`${base}/x`, rules, signal)).toEqual({ type: 'refused', why: 'it leads to a place that is no secure web address' });
    expect(await readSmallText('https://autoconfig.acme.example/x', rules, signal)).toEqual({ type: 'refused', why: 'it leads into a private network' });
    expect(seen).toEqual([]);
  });

  it('ends in time with what was found, and can be given up', async () => {
    pages.set(at, () => {});
    dns.set('acme.example', [{ type: 'MX', priority: 5, target: 'mx.migadu.com' }]);
    const search = createMailDiscovery(clock, places);
    const late = search.find('care@acme.example');
    await eventually(() => seen.includes(at) && dns.asked.some((question) => question === 'MX acme.example'));
    clock.advance(8_000);
    await late;
    const cancelled = search.find('care@acme.example');
    await eventually(() => seen.filter((path) => path === at).length === 2);
    search.cancel();
    await expect(cancelled).rejects.toThrow('The search was ended.');
    expect(clock.pending()).toBe(0);
  });

  it('takes no test places but this machine', () => {
    expect(() => placesOf('{"web":"http://evil.example","dns":"127.0.0.1:53"}')).toThrow('must name places on this machine');
    expect(() => placesOf('{"web":"http://127.0.0.1:1","dns":"8.8.8.8"}')).toThrow('must name places on this machine');
  });
});
