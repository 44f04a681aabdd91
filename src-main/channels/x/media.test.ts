import { afterEach, describe, expect, it, test } from 'vitest';
import { eventually, startChannel, type RunningChannel } from '../contract-suite.ts';
import type { MessageEvent, OutgoingItem, StoredFile } from '../port.ts';
import { isMediaUrl } from './fetch-media.ts';
import { startXTestPeer, type XTestPeer } from './test-peer.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function desk(): Promise<{ peer: XTestPeer; running: RunningChannel; media(): { key: string; size: number | null; retryAt: number | null }[] }> {
  const peer = await startXTestPeer();
  open.push(peer);
  const running = startChannel(peer);
  open.push({ close: () => running.channel.stop() });
  await running.channel.poll();
  return {
    peer, running,
    media: () => running.batches.flatMap((batch) => batch.events.flatMap((event) => (event.type === 'media' ? [{ key: event.key, size: event.file?.size ?? null, retryAt: event.retryAt }] : []))),
  };
}

const png = (size: number): Uint8Array => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(size - 8)]);
const postOf = (events: MessageEvent[], id: string): { text: string; wanted: number; detail: Extract<MessageEvent['detail'], { type: 'post' }> } => {
  const event = events.find((one) => one.externalId === id);
  if (event?.detail.type !== 'post') throw new Error(`no post ${id}`);
  return { text: event.text, wanted: event.wanted?.length ?? 0, detail: event.detail };
};

describe('pictures', () => {
  it('come after their post, with what they show; of films and animations a still picture; nobody is told who fetches them', async () => {
    const { peer, running, media } = await desk();
    const ownerId = peer.customer.id;
    const ids = [
      peer.x.addMedia({ ownerId, type: 'image/png', data: png(500), alt: 'A red lamp', width: 40, height: 30 }), peer.x.addMedia({ ownerId, type: 'video/mp4', data: png(600), durationMs: 12_000 }),
      peer.x.addMedia({ ownerId, type: 'image/gif', data: png(700) }),
    ].map((one) => one.id);
    const post = peer.x.addPost({ authorId: ownerId, text: '@acmecare look', mediaIds: ids });
    await running.channel.poll();
    const { text, wanted, detail } = postOf(running.messages(), post.id);
    expect([text, wanted]).toEqual(['@acmecare look', 3]);
    expect(detail.media).toEqual([
      { key: `3_${ids[0]}`, kind: 'photo', alt: 'A red lamp', width: 40, height: 30, durationMs: null }, { key: `7_${ids[1]}`, kind: 'video', alt: null, width: null, height: null, durationMs: 12_000 },
      { key: `16_${ids[2]}`, kind: 'gif', alt: null, width: null, height: null, durationMs: null },
    ]);
    expect(new Set(media().map((one) => one.size))).toEqual(new Set([500, 600, 700]));
  });

  it('in direct messages come as well, also without a word beside them', async () => {
    const { peer, running, media } = await desk();
    const id = peer.x.addMedia({ ownerId: peer.customer.id, type: 'image/png', data: png(300) }).id;
    peer.x.addDm({ fromId: peer.customer.id, toId: peer.own.id, text: '', mediaIds: [id] });
    await running.channel.poll();
    expect(running.messages().map((event) => [event.kind, event.text, event.detail.type === 'dm' && event.detail.encrypted])).toEqual([['dm', '', false]]);
    expect(media()).toEqual([{ key: `3_${id}`, size: 300, retryAt: null }]);
  });

  it('that are none, are gone or are too large are given up; the message stands without them', async () => {
    const { peer, running, media } = await desk();
    const ownerId = peer.customer.id;
    const ids = [peer.x.addMedia({ ownerId, type: 'image/png', data: Buffer.from('<html>') }), peer.x.addMedia({ ownerId, type: 'image/png', data: png(8_000_001) })].map((one) => one.id);
    peer.x.addPost({ authorId: ownerId, text: '@acmecare look', mediaIds: ids });
    await running.channel.poll();
    expect(running.messages()).toHaveLength(1);
    expect(media().map((one) => [one.size, one.retryAt])).toEqual([[null, null], [null, null]]);
  });
});

test.each([
  ['https://pbs.twimg.com/media/a.jpg', true], ['https://pbs.twimg.com.evil.example/a.jpg', false], ['http://pbs.twimg.com/a.jpg', false], ['https://user@pbs.twimg.com/a.jpg', false],
  ['https://gateway.example/media/a', true], ['https://gateway.example:8443/media/a', false], ['file:///etc/passwd', false], ['not a url', false], ['http://127.0.0.1/a', false],
])('%s may be fetched: %s', (url, may) => expect(isMediaUrl(url, ['https://gateway.example/x', 'https://pbs.twimg.com'])).toBe(may));

describe('what stands around a post', () => {
  it('is read once and paid for like any post: what it answers, what it quotes, who may reply, how often it was liked', async () => {
    const { peer, running } = await desk();
    const joe = peer.x.addUser({ username: 'joe', name: 'Joe' });
    const parent = peer.x.addPost({ authorId: joe.id, text: 'my line is dead' });
    const ours = peer.x.addPost({ authorId: peer.own.id, text: 'We never close', promoted: true });
    const first = peer.x.addPost({ authorId: peer.customer.id, text: '@acmecare same here', inReplyToId: parent.id, likes: 3, replySettings: 'mentionedUsers' });
    const second = peer.x.addPost({ authorId: peer.customer.id, text: '@acmecare really?', inReplyToId: ours.id, quotedId: parent.id });
    await running.channel.poll();
    peer.x.addPost({ authorId: peer.customer.id, text: '@acmecare hello?', inReplyToId: parent.id });
    await running.channel.poll();
    const events = running.messages();
    expect(postOf(events, first.id)).toMatchObject({ text: '@acmecare same here', detail: { parent: { postId: parent.id, author: '@joe', text: 'my line is dead' }, isPromoted: false, replySettings: 'mentioned', counts: { likes: 3, replies: 0, reposts: 0 } } });
    expect(postOf(events, second.id)).toMatchObject({ text: '@acmecare really?', detail: { parent: { author: '@acmecare', text: 'We never close' }, quoted: { author: '@joe', text: 'my line is dead' }, isPromoted: true } });
    const asked = peer.x.requests().filter((request) => request.path === '/2/tweets' && request.query['expansions'] === 'author_id').flatMap((request) => request.query['ids']?.split(',') ?? []);
    expect([...asked].sort()).toEqual([parent.id, ours.id].sort());
    const spent = running.batches.flatMap((batch) => batch.events.flatMap((event) => (event.type === 'spent' ? [event] : [])));
    for (const line of peer.x.bill().lines) expect([line.action, spent.filter((one) => one.action === line.action).reduce((sum, one) => sum + one.count, 0)]).toEqual([line.action, line.count]);
  });

  it('an edited post comes once, under its newest id, and names the ones before', async () => {
    const { peer, running } = await desk();
    const old = peer.x.addPost({ authorId: peer.customer.id, text: '@acmecare teh zip' });
    const edited = peer.x.editPost(old.id, '@acmecare the zip');
    await running.channel.poll();
    expect(running.messages().map((event) => [event.externalId, event.text, event.versions])).toEqual([[edited.id, '@acmecare the zip', [old.id, edited.id]]]);
    expect(postOf(running.messages(), edited.id).detail.edits).toEqual([{ postId: old.id, at: expect.any(Number), text: null }]);
  });

  it('both vocabularies of X say the same', async () => {
    const { parsePosts } = await import('./shapes.ts');
    const post = (names: 'tweet' | 'post'): object => ({
      data: [{ id: '5', text: 'hi', author_id: '1', [`referenced_${names}s`]: [{ type: 'quoted', id: '4' }], [`edit_history_${names}_ids`]: ['3', '5'], public_metrics: { reply_count: 1, [names === 'tweet' ? 'retweet_count' : 'repost_count']: 2, like_count: 3, quote_count: 4 }, attachments: { media_keys: ['3_1'] } }],
      includes: { [`${names}s`]: [{ id: '4', text: 'quoted', author_id: '1' }], media: [{ media_key: '3_1', type: 'photo', url: 'https://pbs.twimg.com/a.jpg', alt_text: 'a' }] },
    });
    expect(parsePosts(post('post'))).toEqual(parsePosts(post('tweet')));
    expect(parsePosts(post('post')).items[0]).toMatchObject({ quoted: '4', versions: ['3', '5'], counts: { replies: 1, reposts: 2, likes: 3, quotes: 4 }, mediaKeys: ['3_1'] });
  });
});

describe('files with an answer', () => {
  const calm = new AbortController().signal;
  const staged = (running: RunningChannel, bytes: Uint8Array, type: string, alt: string | null): StoredFile => ({ sha256: running.files.put(bytes), name: 'a', type, size: bytes.length, contentId: null, alt });
  const uploads = (peer: XTestPeer): string[] => peer.x.requests().filter((request) => request.path.startsWith('/2/media')).map((request) => `${request.path.split('/').at(-1)}${request.path.endsWith('append') ? ` ${String((request.body as { segment_index?: unknown }).segment_index)}` : ''}`);

  it('go up in pieces, described, before the post that names them; as a direct message one does', async () => {
    const { peer, running } = await desk();
    const { prepare } = running.channel;
    const item: OutgoingItem = { ...peer.item('a'), files: [staged(running, png(2_500_000), 'image/png', 'A map'), staged(running, Buffer.concat([png(300)]), 'image/png', null)] };
    expect(await running.channel.send(item)).toMatchObject({ type: 'retry' });
    expect(await prepare?.(item, calm)).toBeNull();
    expect(uploads(peer)).toEqual(['initialize', 'append 0', 'append 1', 'append 2', 'finalize', 'metadata', 'initialize', 'append 0', 'finalize']);
    const sent = await running.channel.send(item);
    const post = peer.x.posts().find((one) => one.authorId === peer.own.id);
    expect([sent.type, post?.mediaIds?.map((id) => [peer.x.state.media[id]?.bytes, peer.x.state.media[id]?.alt])]).toEqual(['sent', [[2_500_000, 'A map'], [300, undefined]]]);
    const dm: OutgoingItem = { ...peer.item('b'), mode: 'dm', inReplyTo: null, files: [staged(running, png(300), 'image/png', null)] };
    expect(await prepare?.(dm, calm)).toBeNull();
    expect((await running.channel.send(dm)).type).toBe('sent');
    expect(peer.x.dms().map((one) => one.mediaIds?.length)).toEqual([1]);
  });

  it('go on after a broken line with the piece that was lost, and films wait until X has processed them', async () => {
    const { peer, running } = await desk();
    const film = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), Buffer.alloc(2_200_000)]);
    const item: OutgoingItem = { ...peer.item('a'), files: [staged(running, film, 'video/mp4', null)] };
    peer.x.failNext({ path: /append$/, status: 503, body: 'busy' });
    expect(await running.channel.prepare?.(item, calm)).toMatchObject({ type: 'retry' });
    await peer.outage();
    expect(await running.channel.prepare?.(item, calm)).toMatchObject({ type: 'retry', waitsFor: 'network' });
    await peer.restore();
    const ready = running.channel.prepare?.(item, calm);
    let isReady = false;
    void ready?.then(() => (isReady = true));
    await eventually(() => {
      running.clock.advance(50);
      return isReady;
    });
    expect(await ready).toBeNull();
    expect(peer.x.requests().filter((request) => request.query['command'] === 'STATUS')).toHaveLength(2);
    expect(uploads(peer).filter((one) => one === 'initialize')).toHaveLength(1);
    expect((await running.channel.send(item)).type).toBe('sent');
  });

  it('that X cannot process refuse the answer with X’s reason, and nothing was posted', async () => {
    const { peer, running } = await desk();
    const item: OutgoingItem = { ...peer.item('a'), files: [staged(running, Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), 'video/mp4', null)] };
    const ready = running.channel.prepare?.(item, calm);
    await eventually(() => Object.values(peer.x.state.media).some((media) => media.processing !== undefined));
    for (const media of Object.values(peer.x.state.media)) if (media.processing) media.processing.error = 'unsupported codec';
    running.clock.advance(1_000);
    expect(await ready).toMatchObject({ type: 'refused', problem: expect.stringContaining('unsupported codec') });
    expect(peer.x.posts().filter((one) => one.authorId === peer.own.id)).toEqual([]);
  });

  it('a post whose answer was lost is found again by its words, although X puts a link to its picture behind them', async () => {
    const { peer, running } = await desk();
    const item: OutgoingItem = { ...peer.item('a'), files: [staged(running, png(300), 'image/png', null)] };
    await running.channel.prepare?.(item, calm);
    peer.x.dropNext({ afterAccept: true });
    expect((await running.channel.send(item)).type).toBe('unknown');
    expect((await running.channel.reconcile(item)).type).toBe('sent');
    expect(peer.taken(item)).toBe(1);
  });

  it.each(['reply', 'post', 'dm'] as const)('a %s of nothing but a picture leaves once, is found again when its answer was lost, and without the picture is refused', async (mode) => {
    const { peer, running } = await desk();
    const item: OutgoingItem = { ...peer.item('a'), mode, text: '', ...(mode === 'reply' ? {} : { inReplyTo: null }), files: [staged(running, png(300), 'image/png', 'A map')] };
    expect(await running.channel.send({ ...item, files: [] })).toEqual({ type: 'refused', problem: 'There is no text to send.' });
    await running.channel.prepare?.(item, calm);
    peer.x.dropNext({ afterAccept: true });
    expect((await running.channel.send(item)).type).toBe('unknown');
    expect((await running.channel.reconcile(item)).type).toBe('sent');
    const there = mode === 'dm' ? peer.x.dms() : peer.x.posts().filter((post) => post.authorId === peer.own.id);
    expect(there.map((one) => [one.text.replace(/^@maria\s*/, ''), one.mediaIds?.map((id) => peer.x.state.media[id]?.alt)])).toEqual([['', ['A map']]]);
  });
});
