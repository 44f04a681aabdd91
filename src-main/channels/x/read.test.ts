import { afterEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../kernel/index.ts';
import { startChannel, type RunningChannel } from '../contract-suite.ts';
import type { Batch, MessageEvent } from '../port.ts';
import { ENCRYPTED_TEXT } from './map.ts';
import { parseDms, parsePosts } from './shapes.ts';
import { startXTestPeer, type XTestPeer } from './test-peer.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
const peerOf = async (): Promise<XTestPeer> => {
  const peer = await startXTestPeer();
  open.push(peer);
  return peer;
};
const run = async (...args: Parameters<typeof startChannel>): Promise<RunningChannel> => {
  const running = startChannel(...args);
  open.push({ close: () => running.channel.stop() });
  await running.channel.poll();
  return running;
};
const byId = (running: RunningChannel, id: string): MessageEvent | undefined => running.messages().find((event) => event.externalId === id);
const spentIn = (running: RunningChannel): number =>
  Math.round(running.batches.flatMap((b) => b.events).reduce((sum, e) => sum + (e.type === 'spent' ? e.usd : 0), 0) * 1e6) / 1e6;

describe('reading posts', () => {
  it('a mention carries its author, keys, detail and readable text', async () => {
    const peer = await peerOf();
    const id = peer.mention('@acmecare my zip &amp; button broke');
    const running = await run(peer);
    expect(byId(running, id)).toMatchObject({
      kind: 'post', direction: 'inbound', author: 'Maria Silva', subject: null, text: '@acmecare my zip & button broke', ownKey: null, files: [], isSeen: false,
      party: { kind: 'x', value: peer.customer.id, display: '@maria', name: 'Maria Silva' },
      references: [`x-conversation:${id}`], threadKeys: [`x-post:${id}`, `x-conversation:${id}`],
      detail: { type: 'post', postId: id, url: `https://x.com/maria/status/${id}`, inReplyTo: null, conversationId: id, quoted: null, isPromoted: false, replyAllowed: true },
    });
  });

  it('our answer written elsewhere shows as outbound to the person answered; our other posts belong to nobody', async () => {
    const peer = await peerOf();
    const asked = peer.mention();
    const answered = peer.x.addPost({ authorId: peer.own.id, text: '@maria we are on it 1/2', inReplyToId: asked });
    const continued = peer.x.addPost({ authorId: peer.own.id, text: 'and here is how 2/2', inReplyToId: answered.id });
    const plain = peer.x.addPost({ authorId: peer.own.id, text: 'Happy Monday' });
    const running = await run(peer);
    expect(byId(running, answered.id)).toMatchObject({ direction: 'outbound', author: '@acmecare', isSeen: true, party: { value: peer.customer.id, display: '@maria' }, references: [`x-conversation:${asked}`, `x-post:${asked}`] });
    expect(byId(running, continued.id)).toMatchObject({ direction: 'outbound', party: { value: peer.customer.id } });
    expect(byId(running, plain.id)).toMatchObject({ direction: 'outbound', isSeen: true, party: { value: peer.own.id, display: '@acmecare', name: null }, detail: { inReplyTo: null, conversationId: plain.id } });
  });

  it('a quote shows what was quoted', async () => {
    const peer = await peerOf();
    const ours = peer.x.addPost({ authorId: peer.own.id, text: 'We never close' });
    const quote = peer.x.addPost({ authorId: peer.customer.id, text: '@acmecare really?', quotedId: ours.id });
    const running = await run(peer);
    expect(byId(running, quote.id)?.detail).toMatchObject({ replyAllowed: true, quoted: { postId: ours.id, author: '@acmecare', text: 'We never close' } });
  });

  it('after days offline nothing is missing and nothing double, newest page first, each batch ascending', async () => {
    const peer = await peerOf();
    peer.mention();
    const first = await run(peer);
    await first.channel.stop();
    const ids = await peer.deliver(450);
    const second = await run(peer, { cursors: first.cursors });
    const got = second.messages().map((event) => event.externalId);
    expect([...got].sort()).toEqual([...ids].sort());
    const pages = second.batches.filter((b) => b.events.some((e) => e.type === 'message')).map((b) => b.events.flatMap((e) => (e.type === 'message' ? [e.externalId] : [])));
    expect(pages.map((page) => page.length)).toEqual([100, 100, 100, 100, 50]);
    for (const page of pages) expect(page).toEqual([...page].sort());
    expect(pages[0]?.at(-1)).toBe(ids.at(-1));
    expect(second.statuses.at(-1)).toMatchObject({ state: 'live', status: '' });
  });

  it('stopped after any page, the next run closes the gap', async () => {
    const peer = await peerOf();
    peer.mention();
    const first = await run(peer);
    await first.channel.stop();
    const ids = await peer.deliver(250);
    const cursors = first.cursors;
    const got = new Set<string>();
    for (let round = 0; round < 6 && got.size < ids.length; round += 1) {
      let pages = 0;
      const onBatch = (batch: Batch): void => {
        if (batch.events.some((e) => e.type === 'message') && ++pages > 1) throw new Error('killed');
      };
      const running = await run(peer, { cursors, onBatch });
      running.messages().forEach((event) => got.add(event.externalId));
      await running.channel.stop();
      peer.mention('@acmecare meanwhile');
    }
    const last = await run(peer, { cursors });
    last.messages().forEach((event) => got.add(event.externalId));
    expect(ids.filter((id) => !got.has(id))).toEqual([]);
  });

  it('more than the list of mentions shows is filled by search: no hole, no double, newest first', async () => {
    const peer = await peerOf();
    peer.mention();
    const first = await run(peer);
    await first.channel.stop();
    const ids = await peer.deliver(1_150);
    const second = await run(peer, { cursors: first.cursors });
    const got = second.messages().map((event) => event.externalId);
    expect([...got].sort()).toEqual([...ids].sort());
    const tops = second.batches.flatMap((b) => b.events.filter((e) => e.type === 'message').map((e) => e.externalId).slice(-1));
    expect(tops).toEqual([...tops].sort().reverse());
    expect(second.statuses.at(-1)).toMatchObject({ state: 'live', status: '' });
    // Two users are counted again after the restart: too much rather than too little.
    expect(spentIn(second) + spentIn(first) - 0.02).toBeCloseTo(peer.x.bill().totalUsd, 6);
  });

  it('the search stops at the spending limit and goes on from there', async () => {
    const peer = await peerOf();
    peer.mention();
    const first = await run(peer);
    await first.channel.stop();
    const ids = await peer.deliver(1_000);
    let usd = 1.5;
    const second = await run(peer, {
      cursors: first.cursors, budget: () => ({ usd, endsAt: Date.now() + 60_000, sentence: 'Reading is paused.' }),
      onBatch: (batch) => void (usd -= batch.events.reduce((sum, e) => sum + (e.type === 'spent' ? e.usd : 0), 0)),
    });
    expect(second.statuses.at(-1)).toMatchObject({ state: 'paused', status: 'Reading is paused.' });
    expect(usd).toBeGreaterThanOrEqual(0);
    expect(second.messages().length).toBeLessThan(1_000);
    usd = Infinity;
    await second.channel.poll();
    const got = second.messages().map((event) => event.externalId);
    expect([...got].sort()).toEqual([...ids].sort());
  });

  it('says what even the search no longer shows', async () => {
    const day = 86_400_000;
    let now = Date.now() - 20 * day;
    const peer = await startXTestPeer(() => now);
    open.push(peer);
    peer.mention();
    const first = await run(peer, { clock: manualClock(now) });
    await first.channel.stop();
    now += 2 * day;
    await peer.deliver(50);
    now += 18 * day;
    await peer.deliver(900);
    const second = await run(peer, { cursors: first.cursors, clock: manualClock(now) });
    expect(second.messages()).toHaveLength(900);
    expect(second.statuses.at(-1)).toMatchObject({ state: 'live', status: expect.stringMatching(/are missing: X shows the newest 800/) });
  });

  it('a first connection reads a bounded history, old posts as seen', async () => {
    const peer = await peerOf();
    const day = 86_400_000;
    const old = peer.x.addPost({ authorId: peer.customer.id, text: '@acmecare long ago', createdAt: Date.now() - 20 * day });
    await peer.deliver(3);
    const running = await run(peer);
    expect(byId(running, old.id)?.isSeen).toBe(true);
    expect(running.messages().filter((event) => !event.isSeen)).toHaveLength(3);
    expect(running.batches[1]?.origin).toBe('backfill');
  });

  it('what is deleted or protected on X becomes a tombstone', async () => {
    const peer = await peerOf();
    const [a = '', b = ''] = await peer.deliver(2);
    const running = await run(peer);
    peer.x.deletePost(a);
    await running.channel.poll();
    const deleted = (): string[] => running.batches.flatMap((batch) => batch.events.flatMap((e) => (e.type === 'deleted' ? [e.externalId] : [])));
    expect(deleted()).toEqual([a]);
    const customer = peer.x.state.users[peer.customer.id];
    if (customer) customer.protected = true;
    await running.channel.poll();
    expect(deleted()).toContain(b);
  });

  it('counts what X bills', async () => {
    const peer = await peerOf();
    await peer.deliver(120);
    const ours = peer.x.addPost({ authorId: peer.own.id, text: '@maria hello', inReplyToId: peer.mention() });
    peer.x.addPost({ authorId: peer.customer.id, text: '@acmecare again', quotedId: ours.id });
    peer.x.addDm({ fromId: peer.customer.id, toId: peer.own.id, text: 'hi' });
    const running = await run(peer);
    await running.channel.poll();
    await running.channel.send(peer.item('one'));
    await running.channel.send({ ...peer.item('two'), text: 'see acme.com' });
    await running.channel.send({ ...peer.item('three'), mode: 'dm' });
    peer.x.dropNext({ afterAccept: true });
    await running.channel.send(peer.item('four'));
    await running.channel.reconcile(peer.item('four'));
    await running.channel.poll();
    expect(spentIn(running)).toBe(peer.x.bill().totalUsd);
  });
});

describe('reading direct messages', () => {
  it('both directions, with the other side as party, and only what is new', async () => {
    const peer = await peerOf();
    const asked = peer.x.addDm({ fromId: peer.customer.id, toId: peer.own.id, text: 'my order &lt;1&gt;' });
    const answered = peer.x.addDm({ fromId: peer.own.id, toId: peer.customer.id, text: 'is on its way' });
    const running = await run(peer);
    expect(byId(running, asked.id)).toMatchObject({ kind: 'dm', direction: 'inbound', text: 'my order <1>', party: { value: peer.customer.id, display: '@maria' }, threadKeys: [`x-dm:${asked.conversationId}`], detail: { type: 'dm', peerId: peer.customer.id, encrypted: false } });
    expect(byId(running, answered.id)).toMatchObject({ direction: 'outbound', author: '@acmecare', party: { value: peer.customer.id, display: '@maria' } });
    const more = Array.from({ length: 230 }, (_, i) => peer.x.addDm({ fromId: peer.customer.id, toId: peer.own.id, text: `m ${i}` }).id);
    const before = running.messages().length;
    await running.channel.poll();
    expect(running.messages().slice(before).map((event) => event.externalId).sort()).toEqual([...more].sort());
    await running.channel.poll();
    expect(running.messages()).toHaveLength(before + more.length);
  });

  it('keeps within 15 reads and leaves some for checking sends', async () => {
    const peer = await peerOf();
    const running = await run(peer);
    for (let i = 0; i < 20; i += 1) await running.channel.poll();
    const reads = peer.x.requests().filter((r) => r.path === '/2/dm_events');
    expect(reads).toHaveLength(10);
    expect(reads.every((r) => r.status === 200)).toBe(true);
    expect(running.statuses.at(-1)?.state).toBe('live');
  });

  it('says when direct messages may not be read, and goes on with mentions', async () => {
    const peer = await peerOf();
    const grant = peer.x.grant(peer.own.id, { scopes: ['tweet.read', 'users.read', 'tweet.write', 'offline.access'] });
    await peer.deliver(1);
    const running = await run(peer, { secrets: { type: 'oauth2', accessToken: grant.accessToken } });
    expect(running.messages()).toHaveLength(1);
    expect(running.statuses.at(-1)).toMatchObject({ state: 'live' });
    expect(running.statuses.at(-1)?.status).toMatch(/Direct messages cannot be read: .*permission/);
  });
});

describe('shapes', () => {
  const post = { id: '5', text: 'a', author_id: '7', conversation_id: '3' };
  it('both vocabularies are read', () => {
    const older = parsePosts({ data: [{ ...post, referenced_tweets: [{ type: 'replied_to', id: '3' }] }], includes: { tweets: [{ ...post, id: '3' }] } });
    const newer = parsePosts({ data: [{ ...post, referenced_posts: [{ type: 'replied_to', id: '3' }] }], includes: { posts: [{ ...post, id: '3' }] } });
    expect(newer).toEqual(older);
    expect(older.items[0]?.repliedTo).toBe('3');
    expect(older.posts[0]?.id).toBe('3');
  });

  it('errors[] alone, with data, or of another kind', () => {
    const gone = (type: string, resource_type = 'tweet'): object => ({ value: '9', resource_id: '9', resource_type, type: `https://api.x.com/2/problems/${type}` });
    expect(parsePosts({ errors: [gone('resource-not-found')] }).missing).toEqual(['9']);
    expect(parsePosts({ data: [post], errors: [gone('not-authorized-for-resource', 'post')] })).toMatchObject({ missing: ['9'], items: [{ id: '5' }] });
    expect(parsePosts({ errors: [gone('resource-not-found', 'user'), gone('over-capacity'), null, 'x'] }).missing).toEqual([]);
  });

  it('one unreadable item does not spoil its neighbours', () => {
    const page = parsePosts({ data: [{ id: 'x' }, post, { ...post, id: '6', entities: 'odd', referenced_tweets: 7 }], includes: 'odd', errors: 'odd', meta: [] });
    expect(page.items.map((item) => item.id)).toEqual(['5', '6']);
    expect(page.problems).toHaveLength(1);
  });

  it('a long post is read whole', () => {
    expect(parsePosts({ data: { ...post, note_tweet: { text: 'the whole', entities: {} } } }).items[0]?.text).toBe('the whole');
  });

  it('a message without text is encrypted, one with only a picture is not', () => {
    const dm = { id: '5', event_type: 'MessageCreate', sender_id: '7', dm_conversation_id: '7-42' };
    const texts = (data: object): (string | null | undefined)[] => parseDms({ data: [data] }, '42').items.map((item) => item.text);
    expect(texts(dm)).toEqual([null]);
    expect(texts({ ...dm, text: '' })).toEqual([null]);
    expect(texts({ ...dm, attachments: { media_keys: ['3_1'] } })).toEqual(['']);
    expect(texts({ ...dm, text: 'hi' })).toEqual(['hi']);
    expect(texts({ id: '6', event_type: 'ParticipantsJoin' })).toEqual([]);
    expect(ENCRYPTED_TEXT).toBe('Encrypted message: open on x.com');
  });
});
