import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { isPossiblePhoneNumber, isValidPhoneNumber } from 'libphonenumber-js/max';
import Papa from 'papaparse';
import PostalMime, { type Email } from 'postal-mime';
import { beforeAll, expect, it } from 'vitest';
import { sampleFiles } from './make-sample.ts';
import { buildTimeline, careAccount, type Timeline } from './make/timeline.ts';
import type { XSeed } from './make/x-files.ts';
import { SAMPLE_NOW } from './sample-time.ts';

const read = (name: string): Buffer => readFileSync(new URL(`./sample/${name}`, import.meta.url));
const dayMs = 86_400_000;
let timeline: Timeline;
let seed: XSeed;
let mails: { email: Email; raw: string }[];

const part = (name: string): Record<string, Record<string, unknown>>[] => {
  const text = strFromU8(unzipSync(read('x-archive.zip'))[`data/${name}.js`] ?? new Uint8Array());
  return JSON.parse(text.slice(text.indexOf('=') + 1)) as Record<string, Record<string, unknown>>[];
};
const csv = (name: string): Record<string, string>[] => Papa.parse<Record<string, string>>(read(name).toString(), { header: true, skipEmptyLines: true }).data;

beforeAll(async () => {
  timeline = buildTimeline();
  seed = JSON.parse(read('x-posts.json').toString()) as XSeed;
  const raws = read('mail.mbox').toString('latin1').split(/^(?=From \S+ [A-Z][a-z]{2} )/m).map(t => t.slice(t.indexOf('\n') + 1).replace(/^>(>*From )/gm, '$1'));
  mails = await Promise.all(raws.map(async raw => ({ raw, email: await PostalMime.parse(Buffer.from(raw, 'latin1')) })));
});

it('is what the script makes: nobody edited a file by hand', async () => {
  for (const [name, bytes] of Object.entries(await sampleFiles())) expect(Buffer.compare(read(name), Buffer.from(bytes)), name).toBe(0);
});

it('tells enough: 60 customers, 400 messages in 60 days, five languages, three channels, VIPs, a long thread', () => {
  const all = [...timeline.mails, ...timeline.posts, ...timeline.dms, ...timeline.calls];
  expect(timeline.customers.length).toBeGreaterThanOrEqual(60);
  expect(all.length).toBeGreaterThanOrEqual(400);
  expect(all.every(m => m.at <= SAMPLE_NOW && m.at > SAMPLE_NOW - 60 * dayMs)).toBe(true);
  expect(new Set(timeline.customers.map(c => c.language))).toEqual(new Set(['en', 'hi', 'bn', 'pt', 'ms']));
  expect(timeline.customers.filter(c => c.vip !== undefined).length).toBeGreaterThanOrEqual(5);
  expect(timeline.customers.filter(c => c.email && c.phone && c.handle).length).toBeGreaterThanOrEqual(20);
  expect(Math.max(...Map.groupBy(timeline.mails, m => m.thread).values().map(t => t.length))).toBeGreaterThanOrEqual(12);
});

it('leaves 25 to 35 conversations waiting, from minutes to three days', () => {
  const waiting = timeline.customers.flatMap(c => c.stories).filter(s => s.kind !== 'call' && !(s.kind === 'x' && s.to === 'none') && s.turns.at(-1)?.from === 'in');
  expect(waiting.length).toBeGreaterThanOrEqual(25);
  expect(waiting.length).toBeLessThanOrEqual(35);
});

it('has an outage: fifteen posts about the Zip in Brackwater within an hour of today, twelve saying "zip broke" or "Zip offline"', () => {
  const burst = seed.posts.filter(p => !p.text.startsWith('@acmecare any') && /zip|brackwater/i.test(p.text) && p.authorId !== seed.careId && p.inReplyToId === undefined && Date.parse(p.createdAt) > SAMPLE_NOW - 65 * 60_000);
  expect(burst.length).toBeGreaterThanOrEqual(15);
  expect(burst.filter(p => /zips? (is )?(broke|offline)/i.test(p.text)).length).toBeGreaterThanOrEqual(12);
  const times = burst.map(p => Date.parse(p.createdAt));
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(3_600_000);
});

it('threads its mails properly and dates every one', () => {
  const ids = new Set(mails.map(m => m.email.messageId));
  expect(ids.size).toBe(mails.length);
  const replies = mails.filter(m => m.email.inReplyTo);
  expect(replies.length).toBeGreaterThan(80);
  for (const { email } of replies) {
    expect(ids.has(email.inReplyTo)).toBe(true);
    expect(email.references).toContain(email.inReplyTo);
  }
  expect(mails.every(m => Date.parse(m.email.date ?? '') <= SAMPLE_NOW)).toBe(true);
  expect(mails.filter(m => m.email.html).length).toBeGreaterThan(4);
  const png = mails.flatMap(m => m.email.attachments).find(a => a.mimeType === 'image/png');
  expect(Buffer.from(png?.content as ArrayBuffer).subarray(1, 4).toString()).toBe('PNG');
  expect(mails.find(m => m.email.from?.name === 'सुनीता वर्मा')?.email.text).toContain('राउटर');
});

it('keeps mboxrd quoting where a line of a mail starts with From', () => {
  expect(read('mail.mbox').toString()).toContain('\n>From the editor');
  expect(mails.find(m => m.email.messageId?.startsWith('<issue-312'))?.email.text).toContain('\nFrom our readers');
});

it('has an archive with our posts only, answering ids the peer knows, and DMs of both sides', () => {
  const known = new Map(seed.posts.map(p => [p.id, p]));
  const tweets = part('tweets').map(t => t['tweet'] ?? {});
  expect(tweets.length).toBeGreaterThan(40);
  for (const tweet of tweets) {
    expect(known.get(String(tweet['id_str']))?.authorId).toBe(careAccount.id);
    const parent = tweet['in_reply_to_status_id_str'];
    if (parent !== undefined) expect(known.get(String(parent))?.authorId).toBe(tweet['in_reply_to_user_id_str']);
  }
  expect(part('deleted-tweets')).toHaveLength(1);
  const messages = part('direct-messages').flatMap(c => (c['dmConversation']?.['messages'] ?? []) as { messageCreate: { senderId: string } }[]);
  expect(messages).toHaveLength(seed.dms.length);
  expect(new Set(messages.map(m => m.messageCreate.senderId === careAccount.id))).toEqual(new Set([true, false]));
});

it('names callers and customers by numbers a parser takes, each link with its basis', () => {
  const customers = csv('customers.csv');
  expect(customers.every(c => ['told us', 'own signature', 'consent', 'public profile'].includes(c['basis'] ?? ''))).toBe(true);
  const numbers = [...customers.map(c => c['phone'] ?? ''), ...csv('calls.csv').map(c => c['remote_number'] ?? '')].filter(n => n !== '');
  // Ofcom keeps +44 7700 900xxx out of use for fiction, so no metadata calls it valid.
  for (const n of numbers) expect(n.startsWith('+44 7700 900') ? isPossiblePhoneNumber(n) : isValidPhoneNumber(n), n).toBe(true);
  expect(csv('calls.csv').filter(c => /promise/i.test(`${c['note']} ${c['disposition']}`)).length).toBeGreaterThan(5);
  expect(csv('calls.csv').some(c => c['note']?.includes('20 EUR credit'))).toBe(true);
  const everything = ['calls.csv', 'customers.csv', 'x-posts.json', 'mail.mbox'].map(f => read(f).toString()).join('\n');
  for (const [, host] of everything.matchAll(/[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/g)) expect(host).toMatch(/\.example$/);
});
