import http from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import PostalMime from 'postal-mime';
import { TwitterApi } from 'twitter-api-v2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { manualClock, type ManualClock } from '../kernel/clock.ts';
import { seededRandom } from '../kernel/ids.ts';
import { SAMPLE_NOW } from './sample-time.ts';
import { startDemoWorld, type DemoWorld } from './world.ts';

const dayMs = 86_400_000;
let dataDir: string;
let clock: ManualClock;
let world: DemoWorld;
let agent: http.Agent;

const start = (): Promise<DemoWorld> => startDemoWorld({ clock, random: seededRandom(5), dataDir });

function care(): TwitterApi {
  return new TwitterApi(world.x.care.oauth1, {
    httpAgent: agent,
    plugins: [{ onBeforeRequest({ computedParams }) { computedParams.url = new URL(computedParams.url.href.replace('https://api.x.com', world.x.url)); } }],
  });
}

async function sendMail(to: string, subject: string, messageId: string): Promise<void> {
  const { host, port, user, pass } = world.smtp;
  await nodemailer.createTransport({ host, port, secure: false, auth: { user, pass } }).sendMail({ from: user, to, subject, text: 'We are on it.\n\nRuth', messageId });
}

const inbox = (): { uid: number; raw: string }[] => world.imap.peer.mailbox(world.imap.user, 'INBOX').messages;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-demo-'));
  clock = manualClock(SAMPLE_NOW + 200 * dayMs);
  agent = new http.Agent();
  world = await start();
});

afterEach(async () => {
  agent.destroy();
  await world.close();
  rmSync(dataDir, { recursive: true });
});

it('shows the sample as if it ended now', async () => {
  expect(world.shiftMs).toBe(200 * dayMs);
  const page = await care().v2.userMentionTimeline(world.x.care.userId, { max_results: 100, 'tweet.fields': ['created_at'] });
  const newest = Date.parse(page.tweets[0]?.created_at ?? '');
  expect(newest).toBeLessThanOrEqual(clock.now());
  expect(newest).toBeGreaterThan(clock.now() - 3_600_000);
  expect((await care().v2.listDmEvents()).events.length).toBeGreaterThan(20);
});

it('lets a customer answer our mail within 40 s, in our thread', async () => {
  world.activity(true);
  await sendMail('maria.keller@lindenpost.example', 'Re: Evening slowdowns', '<ours-77@acme.example>');
  clock.advance(40_000);
  await world.settled();
  const [first] = inbox();
  const mail = await PostalMime.parse(first?.raw ?? '');
  expect(mail).toMatchObject({ inReplyTo: '<ours-77@acme.example>', subject: 'Re: Evening slowdowns', from: { name: 'Maria Keller', address: 'maria.keller@lindenpost.example' } });
  expect(mail.references).toContain('<ours-77@acme.example>');
  expect(mail.text).toContain('> We are on it.');
});

it('lets a customer answer our post with a mention, in her language, and a DM with a DM', async () => {
  world.activity(true);
  const question = world.x.peer.posts().filter(p => p.text.includes('राउटर')).at(-1);
  const sent = await care().v2.reply('देख रहे हैं', question?.id ?? '');
  clock.advance(40_000);
  await world.settled();
  const answer = world.x.peer.posts().find(p => p.inReplyToId === sent.data.id);
  expect(answer).toMatchObject({ authorId: question?.authorId, mentionIds: [world.x.care.userId] });
  expect(answer?.text).toMatch(/^@acmecare \p{Script=Devanagari}/u);
  const before = world.x.peer.dms().length;
  await care().v2.sendDmToParticipant(question?.authorId ?? '', { text: 'नमस्ते' });
  clock.advance(300_000);
  await world.settled();
  const dms = world.x.peer.dms().slice(before);
  expect(dms.map(d => d.senderId)).toContain(question?.authorId);
});

it('stays silent while activity is off', async () => {
  await sendMail('maria.keller@lindenpost.example', 'Hello', '<ours-1@acme.example>');
  clock.advance(3_600_000);
  await world.settled();
  expect(inbox()).toHaveLength(0);
});

it('writes unasked about every 90 s when it is on', async () => {
  world.activity(true);
  const count = (): number => inbox().length + world.x.peer.posts().length + world.x.peer.dms().length;
  const before = count();
  clock.advance(90_000 * 40);
  await world.settled();
  expect(count() - before).toBeGreaterThan(25);
  expect(count() - before).toBeLessThan(60);
});

it('goes down and comes back on the same ports', async () => {
  await world.pause();
  await expect(care().v2.me()).rejects.toThrow();
  await expect(sendMail('a@b.example', 'x', '<x@acme.example>')).rejects.toThrow();
  await world.resume();
  expect((await care().v2.me()).data.username).toBe('acmecare');
});

it('remembers everything over a restart: ports, tokens, UIDs, posts; ids go on growing', async () => {
  const sent = await care().v2.tweet('before the restart');
  world.imap.peer.deliver(world.imap.user, 'Subject: one\r\n\r\nbody\r\n');
  const { uidValidity } = world.imap.peer.mailbox(world.imap.user, 'INBOX');
  const before = { x: world.x.url, imap: world.imap.port, smtp: world.smtp.port, pass: world.imap.pass, care: world.x.care, shiftMs: world.shiftMs };
  await world.close();
  clock = manualClock(clock.now() - 1000);
  world = await start();
  expect({ x: world.x.url, imap: world.imap.port, smtp: world.smtp.port, pass: world.imap.pass, care: world.x.care, shiftMs: world.shiftMs }).toEqual(before);
  expect((await care().v2.singleTweet(sent.data.id)).data.text).toBe('before the restart');
  expect(BigInt((await care().v2.tweet('after it')).data.id) > BigInt(sent.data.id)).toBe(true);
  expect(world.imap.peer.deliver(world.imap.user, 'Subject: two\r\n\r\nbody\r\n')).toEqual({ uid: 2, uidValidity });
});

it('has on disk what a client was told, even when it is not closed', async () => {
  const sent = await care().v2.tweet('then the power went');
  const second = await startDemoWorld({ clock, random: seededRandom(6), dataDir });
  expect(second.x.peer.posts().map(p => p.id)).toContain(sent.data.id);
  await second.close();
});
