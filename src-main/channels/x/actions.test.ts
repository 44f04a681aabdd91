import { afterEach, describe, expect, it } from 'vitest';
import type { OutgoingItem, OutgoingMode } from '../port.ts';
import { startChannel, type RunningChannel } from '../contract-suite.ts';
import { startXTestPeer, type XTestPeer } from './test-peer.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function desk(): Promise<{ peer: XTestPeer; running: RunningChannel; item(mode: OutgoingMode, target: string | null, text?: string): OutgoingItem }> {
  const peer = await startXTestPeer();
  open.push(peer);
  const running = startChannel(peer);
  open.push({ close: () => running.channel.stop() });
  await running.untilState('live');
  return { peer, running, item: (mode, target, text = '') => ({ ...peer.item('a'), mode, inReplyTo: target, text, to: [], peerId: null }) };
}

const spent = (running: RunningChannel): string[] => running.batches.flatMap((b) => b.events.flatMap((e) => (e.type === 'spent' && e.action !== 'userRead' && e.action !== 'ownedRead' && e.action !== 'postRead' ? [`${e.action} ${e.usd}`] : [])));

describe('deleting an own post', () => {
  it('is done when X says so, billed once, and doing it again changes nothing', async () => {
    const { peer, running, item } = await desk();
    const post = peer.x.addPost({ authorId: peer.own.id, text: 'oops' });
    expect(await running.channel.send(item('delete', post.id))).toEqual({ type: 'done' });
    expect(peer.x.state.posts[post.id]?.deletedAt).toBeDefined();
    expect(spent(running)).toEqual(['interactionDelete 0.01']);
  });

  it('a lost answer is settled by reading: gone is done, there is not', async () => {
    const { peer, running, item } = await desk();
    const [gone, there] = ['one', 'two'].map((text) => item('delete', peer.x.addPost({ authorId: peer.own.id, text }).id));
    for (const [one, afterAccept] of [[gone, true], [there, false]] as const) {
      peer.x.dropNext({ afterAccept });
      if (one) expect((await running.channel.send(one)).type).toBe('unknown');
    }
    if (!gone || !there) return;
    expect(await running.channel.reconcile(gone)).toEqual({ type: 'done' });
    expect(await running.channel.reconcile(there)).toEqual({ type: 'not_found' });
    peer.x.failNext({ path: '/2/tweets', status: 503, body: '<html>' });
    expect(await running.channel.reconcile(there)).toMatchObject({ type: 'undecided' });
  });

  it('somebody else’s post is refused with X’s reason', async () => {
    const { peer, running, item } = await desk();
    expect(await running.channel.send(item('delete', peer.mention()))).toMatchObject({ type: 'refused', problem: expect.stringContaining('not authorized') });
  });
});

describe('hiding a reply', () => {
  it('hides and shows again under our own post, costs nothing, and is refused elsewhere', async () => {
    const { peer, running, item } = await desk();
    const root = peer.x.addPost({ authorId: peer.own.id, text: 'We are open' });
    const reply = peer.x.addPost({ authorId: peer.customer.id, text: '@acmecare spam', inReplyToId: root.id });
    for (const [mode, hidden] of [['hide', true], ['unhide', false]] as const) {
      expect(await running.channel.send(item(mode, reply.id))).toEqual({ type: 'done' });
      expect(peer.x.state.posts[reply.id]?.hidden).toBe(hidden);
    }
    expect(spent(running)).toEqual([]);
    expect((await running.channel.send(item('hide', peer.mention()))).type).toBe('refused');
  });
});

describe('a post of our own', () => {
  it.each([['We are open', 'postCreate 0.015'], ['Read https://acme.com/help', 'postCreateWithUrl 0.2']])('%j leaves and costs its price', async (text, price) => {
    const { peer, running, item } = await desk();
    const outcome = await running.channel.send(item('post', null, text));
    expect(outcome).toMatchObject({ type: 'sent', detail: { inReplyTo: null } });
    expect(peer.x.posts().filter((p) => p.authorId === peer.own.id).map((p) => p.text)).toEqual([text]);
    expect(spent(running)).toEqual([price]);
  });

  it('a lost answer is found again among our posts, never mistaken for a reply with the same words', async () => {
    const { peer, running, item } = await desk();
    peer.x.addPost({ authorId: peer.own.id, text: '@maria We are open', inReplyToId: peer.mention() });
    peer.x.dropNext({ afterAccept: false });
    const post = item('post', null, 'We are open');
    expect((await running.channel.send(post)).type).toBe('unknown');
    expect(await running.channel.reconcile(post)).toEqual({ type: 'not_found' });
    peer.x.dropNext({ afterAccept: true });
    expect((await running.channel.send({ ...post, attempt: 2 })).type).toBe('unknown');
    expect(await running.channel.reconcile(post)).toMatchObject({ type: 'sent' });
  });

  it('too long is refused before anything leaves', async () => {
    const { running, item } = await desk();
    expect(await running.channel.send(item('post', null, 'x'.repeat(281)))).toMatchObject({ type: 'refused', problem: 'The text weighs 281 characters; X allows 280.' });
  });
});
