import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageEvent } from '../channels/port.ts';
import { memoryFiles } from '../channels/contract-suite.ts';
import { scanObjects } from './x-archive-scan.ts';
import type { ImportContext, ImportStep } from './importer.ts';
import { importXArchive } from './x-archive.ts';

const sample = join(import.meta.dirname, '../demo/sample/x-archive.zip');
let dir = '';
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'parley-archive-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const own = '1102493884216246272';
const now = Date.UTC(2026, 9, 1);
const context = (over: Partial<ImportContext> = {}): ImportContext => ({
  account: { id: 'acc', channel: 'x', own: [] }, files: memoryFiles(), shiftMs: 0, now, region: 'GB', resumeAt: null, signal: new AbortController().signal, ...over,
});

interface Ran { steps: ImportStep[]; events: MessageEvent[]; problems: string[]; error: Error | null }
async function run(path: string, over: Partial<ImportContext> = {}, stopAfter = Infinity): Promise<Ran> {
  const steps: ImportStep[] = [];
  let error: Error | null = null;
  try {
    for await (const step of importXArchive(path, context(over))) {
      steps.push(step);
      if (steps.length >= stopAfter) break;
    }
  } catch (thrown) {
    error = thrown as Error;
  }
  return { steps, error, events: steps.flatMap((s) => s.batch.events.filter((e) => e.type === 'message')), problems: steps.flatMap((s) => s.problems) };
}

let made = 0;
function zip(files: Record<string, string | object[]>, change: (bytes: Uint8Array) => Uint8Array = (b) => b): string {
  const entries = Object.entries(files).map(([name, content]) => [name, strToU8(typeof content === 'string' ? content : `window.YTD.${name.replace(/\W/g, '_')}.part0 = ${JSON.stringify(content, null, 2)}`)] as const);
  const path = join(dir, `${(made += 1)}.zip`);
  writeFileSync(path, change(zipSync(Object.fromEntries(entries))));
  return path;
}
const account = { 'data/account.js': [{ account: { accountId: own, username: 'acmecare' } }] };
const reply = (id: number, over: object = {}): object => ({
  tweet: {
    id_str: String(9_000_000_000_000_000_000n + BigInt(id)), full_text: `@maria answer ${id} &amp; more`, created_at: 'Mon Jun 15 09:38:14 +0000 2026',
    in_reply_to_status_id_str: '2066453877879734405', in_reply_to_user_id_str: '77', in_reply_to_screen_name: 'maria', entities: { user_mentions: [{ id_str: '77', screen_name: 'maria', name: 'Maria Silva' }], urls: [] }, ...over,
  },
});
const idOf = (id: number): string => String(9_000_000_000_000_000_000n + BigInt(id));

describe('an X archive', () => {
  it('the sample: our replies and both sides of direct messages', async () => {
    const { events, problems, error, steps } = await run(sample);
    expect(error).toBeNull();
    const posts = events.filter((e) => e.kind === 'post');
    const dms = events.filter((e) => e.kind === 'dm');
    expect(posts.length).toBeGreaterThan(20);
    expect(posts.every((e) => e.direction === 'outbound' && e.party.value !== own && e.party.display.startsWith('@') && e.references.length === 1)).toBe(true);
    expect(new Set(dms.map((e) => e.direction))).toEqual(new Set(['inbound', 'outbound']));
    expect(dms.every((e) => e.party.value !== own && e.threadKeys[0]?.startsWith('x-dm:'))).toBe(true);
    expect(new Set(events.map((e) => e.externalId)).size).toBe(events.length);
    expect(problems).toContainEqual(expect.stringMatching(/^data\/deleted-tweets\.js: left out/));
    expect(problems).toContainEqual(expect.stringMatching(/^data\/tweets\.js: \d+ left out, posts of ours that answer nobody$/));
    expect(problems).toHaveLength(2);
    expect(steps.at(-1)).toMatchObject({ done: steps.at(-1)?.total });
  });

  it('a reply in full, its times moved and never in the future', async () => {
    const path = zip({ ...account, 'data/tweets.js': [reply(1, { full_text: '@maria see https://t.co/a &lt;3', entities: { urls: [{ url: 'https://t.co/a', expanded_url: 'https://acme.example/help' }], user_mentions: [{ id_str: '77', screen_name: 'maria', name: 'Maria Silva' }] } })] });
    const at = Date.UTC(2026, 5, 15, 9, 38, 14);
    expect((await run(path, { shiftMs: 1_000 })).events).toEqual([{
      type: 'message', externalId: idOf(1), kind: 'post', direction: 'outbound', at: at + 1_000, party: { kind: 'x', value: '77', display: '@maria', name: 'Maria Silva' }, author: '@acmecare', subject: null,
      text: '@maria see https://acme.example/help <3', references: ['x-post:2066453877879734405'], threadKeys: [`x-post:${idOf(1)}`], ownKey: null, files: [], isSeen: true,
      detail: { type: 'post', postId: idOf(1), url: `https://x.com/acmecare/status/${idOf(1)}`, inReplyTo: '2066453877879734405', conversationId: '2066453877879734405', quoted: null, isPromoted: false, replyAllowed: true },
    }]);
    expect((await run(path, { shiftMs: 1e12 })).events[0]?.at).toBe(now);
  });

  it('a reply that continues ours belongs to whom the first one answered, whatever the order', async () => {
    const second = reply(2, { in_reply_to_user_id_str: own, in_reply_to_status_id_str: idOf(1) });
    const alone = reply(3, { in_reply_to_user_id_str: own, in_reply_to_status_id_str: '5' });
    const loop = reply(4, { in_reply_to_user_id_str: own, in_reply_to_status_id_str: idOf(4) });
    const { events, problems } = await run(zip({ ...account, 'data/tweets.js': [loop, alone, second], 'data/tweets-part1.js': [reply(1)] }));
    expect(events.map((e) => [e.externalId, e.party.value])).toEqual([[idOf(2), '77'], [idOf(1), '77']]);
    expect(problems).toEqual(['data/tweets.js: 2 left out, posts of ours that answer nobody']);
  });

  it('older layouts, deeper folders, more parts, groups and other files', async () => {
    const { events, problems } = await run(zip({
      'my x/data/account.js': account['data/account.js'], 'my x/data/tweet.js': [reply(1)], 'my x/data/tweets-part10.js': [reply(3)], 'my x/data/tweets-part2.js': [reply(2)], 'my x/data/tweets_media/../../../etc/x.jpg': 'x',
      'my x/data/direct-messages-group.js': [{ dmConversation: { conversationId: '5', messages: [{ messageCreate: {} }] } }], 'my x/assets/data.js': 'alert(1)',
    }));
    expect(events.map((e) => e.externalId)).toEqual([idOf(1), idOf(2), idOf(3)]);
    expect(problems).toEqual(['data/direct-messages-group.js: left out, a group conversation belongs to no single customer']);
  });

  it('what cannot be understood is named and left out, its neighbours are taken', async () => {
    const dm = (id: string, over: object = {}): object => ({ messageCreate: { id, senderId: '77', recipientId: own, text: 'hi', createdAt: '2026-05-15T08:59:29.000Z', urls: [], mediaUrls: [], ...over } });
    const { events, problems } = await run(zip({
      ...account, 'data/tweets.js': [{ tweet: { id_str: 5 } }, reply(1), {}],
      'data/direct-messages.js': [
        { dmConversation: { conversationId: `77-${own}`, messages: [dm('1'), dm('x'), { reactionCreate: {} }, dm('2', { senderId: own, text: '', mediaUrls: ['https://ton.x.com/pic.jpg'] })] } },
        { dmConversation: { conversationId: '1-2', messages: [dm('3')] } }, { dmConversation: 7 },
      ],
    }));
    expect(events.map((e) => [e.externalId, e.direction, e.author, e.text])).toEqual([[idOf(1), 'outbound', '@acmecare', '@maria answer 1 & more'], ['1', 'inbound', 'Maria Silva', 'hi'], ['2', 'outbound', '@acmecare', 'https://ton.x.com/pic.jpg']]);
    expect(problems).toEqual([
      'data/tweets.js, entry 1: not understood (tweet.id_str)', 'data/tweets.js, entry 3: not understood (tweet)',
      'data/direct-messages.js, entry 1, message 2: not understood (id)', 'data/direct-messages.js, entry 2: left out, not a conversation of this account with one person', 'data/direct-messages.js, entry 3: not understood (dmConversation)',
    ]);
  });

  it('a file the manifest names but the zip lacks is said', async () => {
    const manifest = `window.__THAR_CONFIG = ${JSON.stringify({ dataTypes: { tweets: { files: [{ fileName: 'data/tweets.js' }, { fileName: 'data/tweets-part1.js' }] }, ads: { files: 'odd' }, likes: { files: [{ fileName: 'data/like.js' }] } } })}`;
    expect((await run(zip({ ...account, 'data/manifest.js': manifest, 'data/tweets.js': [reply(1)] }))).problems).toEqual(['data/tweets-part1.js: named in data/manifest.js, but not in the archive']);
  });

  it('interrupted and run again: everything once, nothing missing', async () => {
    const many = Array.from({ length: 450 }, (_, i) => reply(i));
    const messages = Array.from({ length: 450 }, (_, i) => ({ messageCreate: { id: String(i + 1), senderId: '77', text: `m ${i}`, createdAt: '2026-05-15T08:59:29.000Z' } }));
    const path = zip({ ...account, 'data/tweets.js': many, 'data/direct-messages.js': [{ dmConversation: { conversationId: `77-${own}`, messages } }, { dmConversation: { conversationId: `78-${own}`, messages: [{ messageCreate: { id: '9999', senderId: own, text: 'x' } }] } }] });
    const whole = await run(path);
    expect(whole.events).toHaveLength(901);
    expect(whole.steps.map((s) => s.done)).toEqual(whole.steps.map((s) => s.done).toSorted((a, b) => a - b));
    expect(Math.max(...whole.steps.map((s) => s.batch.events.length))).toBe(200);
    for (let cut = 1; cut < whole.steps.length; cut += 1) {
      const first = await run(path, {}, cut);
      const rest = await run(path, { resumeAt: first.steps.at(-1)?.resumeAt ?? null });
      const ids = [...first.events, ...rest.events].map((e) => e.externalId);
      expect([...new Set(ids)].sort()).toEqual(whole.events.map((e) => e.externalId).sort());
    }
    expect((await run(path, { resumeAt: whole.steps.at(-1)?.resumeAt ?? null })).events).toEqual([]);
  });

  it('stops when told', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stop'));
    expect((await run(sample, { signal: stop.signal })).error?.message).toBe('stop');
  });
});

describe('a damaged archive gives one line, naming file and place', () => {
  const good = Array.from({ length: 250 }, (_, i) => reply(i));
  const text = (list: object[]): string => `window.YTD.tweets.part0 = ${JSON.stringify(list, null, 1)}`;
  const cases: [string, () => string, RegExp, number][] = [
    ['cut off', () => zip({ ...account, 'data/tweets.js': good }, (b) => b.slice(0, b.length / 2)), /\.zip cannot be read: it is cut off or no zip file.* Nothing was imported\.$/, 0],
    ['a cut sample', () => {
      const path = join(dir, 'cut.zip');
      writeFileSync(path, readFileSync(sample).subarray(0, 9_000));
      return path;
    }, /cut off/, 0],
    ['no account.js', () => zip({ 'data/tweets.js': good }), /is no archive of X: data\/account\.js is missing\. Nothing was imported\.$/, 0],
    ['odd account.js', () => zip({ 'data/account.js': [{ account: {} }], 'data/tweets.js': good }), /account\.js does not say whose archive it is\. Nothing/, 0],
    ['broken account.js', () => zip({ 'data/account.js': 'window.YTD.account.part0 = [{"account"', 'data/tweets.js': good }), /account\.js is broken at entry 1 \(byte \d+\): it ends in the middle\. Nothing/, 0],
    ['neither posts nor messages', () => zip(account), /holds neither posts nor direct messages.* Nothing/, 0],
    ['posts cut off', () => zip({ ...account, 'data/tweets.js': text(good).slice(0, -300) }), /data\/tweets\.js is broken at entry 250 \(byte \d+\): it ends in the middle\. What came before it was imported\.$/, 249],
    ['garbage between posts', () => zip({ ...account, 'data/tweets.js': text(good.slice(0, 3)).replace(/\},\n \{/, '}, oops {') }), /data\/tweets\.js is broken at entry 2 \(byte \d+\): an object was expected\. What came before it was imported\.$/, 1],
    ['a post that is no JSON', () => zip({ ...account, 'data/tweets.js': text(good.slice(0, 3)).replace('"full_text": "@maria answer 2', '"full_text: "@maria answer 2') }), /data\/tweets\.js is broken at entry 3 \(byte \d+\)/, 2],
    ['another file under the name', () => zip({ ...account, 'data/tweets.js': '<html>' }), /data\/tweets\.js is broken at its beginning: it does not begin as a file of X’s archive\. Nothing was imported\.$/, 0],
    ['damaged messages after good posts', () => zip({ ...account, 'data/tweets.js': good, 'data/direct-messages.js': 'window.YTD.direct_messages.part0 = [ {' }), /data\/direct-messages\.js is broken at entry 1 .*What came before it was imported\.$/, 250],
    ['a bomb', () => zip({ ...account, 'data/tweets.js': `window.YTD.tweets.part0 = [${' '.repeat(80 * 1024 ** 2)}]` }), /data\/tweets\.js unpacks to far more than any text would\. Nothing/, 0],
    ['a wrong checksum', () => zip({ ...account, 'data/tweets.js': good }, (b) => {
      // The table of contents at the end names each file's checksum, 16 bytes into its entry.
      const bytes = Buffer.from(b);
      const entry = bytes.lastIndexOf(Buffer.from('PK\x01\x02'));
      bytes.writeUInt32LE(7, entry + 16);
      return bytes;
    }), /data\/tweets\.js is damaged \(its checksum is wrong\)\. What came before it was imported\.$/, 250],
    ['a folder', () => dir, /is a folder/, 0],
    ['nothing there', () => join(dir, 'nothing.zip'), /does not exist/, 0],
  ];
  it.each(cases)('%s', async (_name, path, message, kept) => {
    const { error, events } = await run(path());
    expect(error).toMatchObject({ name: 'ParleyError', code: 'bad_input' });
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toContain('\n');
    if (kept >= 0) expect(events).toHaveLength(kept);
  });

  it('whichever byte of the sample is damaged, it ends in good events or in one clear line', async () => {
    const bytes = readFileSync(sample);
    const ids = new Set((await run(sample)).events.map((e) => e.externalId));
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const path = join(dir, 'flipped.zip');
      writeFileSync(path, bytes.map((byte, i) => (i === at ? byte ^ flip : byte)));
      const { error, events } = await run(path);
      if (error) expect(error).toMatchObject({ name: 'ParleyError', code: 'bad_input' });
      else expect(events.every((e) => ids.has(e.externalId))).toBe(true);
    }), { numRuns: 150 });
  });
});

describe('cutting a file into objects', () => {
  it('finds every object, however the bytes are cut', async () => {
    const value: fc.Arbitrary<object> = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()).map((d) => ({ ...d }));
    await fc.assert(fc.asyncProperty(fc.array(value, { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), async (list, step) => {
      const bytes = Buffer.from(`window.YTD.x.part0 = ${JSON.stringify(list, null, 1)}\n`);
      async function* chunks(): AsyncGenerator<Buffer> {
        for (let i = 0; i < bytes.length; i += step) yield bytes.subarray(i, i + step);
      }
      const got: unknown[] = [];
      for await (const { json } of scanObjects(chunks(), 1e6)) got.push(JSON.parse(json ?? ''));
      expect(got).toEqual(JSON.parse(JSON.stringify(list)));
    }));
  });

  it('does not hold what is too large', async () => {
    async function* chunks(): AsyncGenerator<Buffer> {
      yield Buffer.from('window.YTD.x.part0 = [{"a":"');
      for (let i = 0; i < 50; i += 1) yield Buffer.alloc(1_000, 0x61);
      yield Buffer.from('"},{"b":1}]');
    }
    const got: (string | null)[] = [];
    for await (const { json } of scanObjects(chunks(), 10_000)) got.push(json);
    expect(got).toEqual([null, '{"b":1}']);
  });
});

it('the sample is what the test thinks it is', () => expect(Object.keys(unzipSync(readFileSync(sample)))).toContain('data/account.js'));
