import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../kernel/index.ts';
import { startChannel, type RunningChannel } from '../contract-suite.ts';
import type { OutgoingItem, SendOutcome } from '../port.ts';
import { startXTestPeer, type XTestPeer } from './test-peer.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function desk(options: Parameters<typeof startChannel>[1] = {}): Promise<{ peer: XTestPeer; running: RunningChannel }> {
  const peer = await startXTestPeer();
  open.push(peer);
  const running = startChannel(peer, options);
  open.push({ close: () => running.channel.stop() });
  await running.channel.poll();
  return { peer, running };
}

describe('sending', () => {
  it('a reply lands under its post and tells where it is', async () => {
    const { peer, running } = await desk();
    const item = peer.item('a');
    await running.channel.poll();
    const outcome = await running.channel.send(item);
    const post = peer.x.posts().find((p) => p.authorId === peer.own.id);
    expect(outcome).toMatchObject({
      type: 'sent', externalId: post?.id, threadKeys: [`x-post:${post?.id}`, `x-conversation:${item.inReplyTo}`],
      detail: { type: 'post', postId: post?.id, url: `https://x.com/acmecare/status/${post?.id}`, inReplyTo: item.inReplyTo, conversationId: item.inReplyTo },
    });
    expect(post).toMatchObject({ inReplyToId: item.inReplyTo, text: `@maria ${item.text}` });
  });

  it('a direct message arrives', async () => {
    const { peer, running } = await desk();
    const item: OutgoingItem = { ...peer.item('a'), mode: 'dm', inReplyTo: null };
    const outcome = await running.channel.send(item);
    const [dm] = peer.x.dms();
    expect(outcome).toMatchObject({ type: 'sent', externalId: dm?.id, threadKeys: [`x-dm:${dm?.conversationId}`], detail: { type: 'dm', eventId: dm?.id, peerId: peer.customer.id, encrypted: false } });
  });

  it.each<[string, Partial<OutgoingItem>, RegExp]>([
    ['too long', { text: '漢'.repeat(141) }, /282 characters; X allows 280/],
    ['nothing to answer', { inReplyTo: null }, /no post to reply to/],
    ['empty', { text: ' \n' }, /no text/],
    ['a mail', { mode: 'mail' }, /does not send mail/],
    ['a message to nobody', { mode: 'dm', peerId: null }, /whom on X/],
  ])('%s is refused before anything leaves', async (_name, over, problem) => {
    const { peer, running } = await desk();
    const before = peer.x.requests().length;
    const outcome = await running.channel.send({ ...peer.item('a'), ...over });
    expect(outcome.type).toBe('refused');
    if (outcome.type === 'refused') expect(outcome.problem).toMatch(problem);
    expect(peer.x.requests()).toHaveLength(before);
  });

  it('not summoned, deleted parent, no credits: refused with the reason', async () => {
    const { peer, running } = await desk();
    const stranger = peer.x.addPost({ authorId: peer.customer.id, text: 'talking to nobody' });
    const problems = async (item: OutgoingItem): Promise<string> => {
      const outcome = await running.channel.send(item);
      return outcome.type === 'refused' ? outcome.problem : outcome.type;
    };
    expect(await problems({ ...peer.item('a'), inReplyTo: stranger.id })).toMatch(/mentioned us/);
    const gone = peer.item('b');
    peer.x.deletePost(gone.inReplyTo ?? '');
    expect(await problems(gone)).toMatch(/deleted/);
    for (const shape of ['title', 'type'] as const) {
      peer.x.setCredits(0, shape);
      expect(await problems(peer.item('c'))).toMatch(/credits/);
    }
  });

  it('waits for the window X names, without asking again before it opens', async () => {
    const { peer, running } = await desk();
    const outcomes: SendOutcome[] = [];
    for (let i = 0; i < 17; i += 1) outcomes.push(await running.channel.send({ ...peer.item('a'), mode: 'dm', text: `message ${i}` }));
    expect(outcomes.filter((o) => o.type === 'sent')).toHaveLength(15);
    expect(outcomes.at(-1)).toMatchObject({ type: 'retry', waitsFor: 'rate_limit' });
    const last = outcomes.at(-1);
    if (last?.type === 'retry') expect(last.retryAt).toBeGreaterThan(running.clock.now());
    expect(peer.x.requests().filter((r) => r.method === 'POST' && r.path.includes('/messages'))).toHaveLength(15);
  });

  it('a duplicate on a later attempt is our own earlier one until reading back says otherwise', async () => {
    const { peer, running } = await desk();
    const item = peer.item('a');
    peer.x.dropNext({ afterAccept: true });
    expect((await running.channel.send(item)).type).toBe('unknown');
    expect((await running.channel.send({ ...item, attempt: 2 })).type).toBe('unknown');
    expect((await running.channel.reconcile(item)).type).toBe('sent');
    expect(peer.taken(item)).toBe(1);
    expect((await running.channel.send({ ...item, outboxId: 'other', attempt: 1 })).type).toBe('refused');
  });

  it('our own post read before its answer carries the key of its outbox row', async () => {
    const { peer, running } = await desk();
    const item = peer.item('a');
    peer.x.dropNext({ afterAccept: true });
    await running.channel.send(item);
    await running.channel.poll();
    const ours = running.messages().filter((event) => event.direction === 'outbound');
    expect(ours.map((event) => event.ownKey)).toEqual([item.idempotencyKey]);
  });

  it('stop lets a send finish', async () => {
    const { peer, running } = await desk();
    const item = peer.item('a');
    const sending = running.channel.send(item);
    await running.channel.stop();
    expect((await sending).type).toBe('sent');
    expect(await running.channel.send(peer.item('b'))).toMatchObject({ type: 'retry', waitsFor: 'network' });
  });
});

describe('reading back', () => {
  it('says "not there" only after reading all of it', async () => {
    const { peer, running } = await desk();
    const item = peer.item('a');
    peer.x.dropNext({ afterAccept: false });
    expect((await running.channel.send(item)).type).toBe('unknown');
    peer.x.failNext({ path: /\/tweets$/, status: 503, body: 'busy' });
    expect((await running.channel.reconcile(item)).type).toBe('undecided');
    for (let i = 0; i < 120; i += 1) peer.x.addPost({ authorId: peer.own.id, text: `@maria other ${i}`, inReplyToId: item.inReplyTo ?? '' });
    expect((await running.channel.reconcile(item)).type).toBe('not_found');
    expect((await running.channel.send({ ...item, attempt: 2 })).type).toBe('sent');
    expect(peer.taken(item)).toBe(1);
  });

  it('finds it behind pages of others, escaped and with its link rewritten', async () => {
    const { peer, running } = await desk();
    const item = { ...peer.item('a'), text: 'Tom & Jerry: see https://acme.com/help/' };
    const post = peer.x.addPost({ authorId: peer.own.id, text: '@maria Tom &amp; Jerry: see http://acme.com/help', inReplyToId: item.inReplyTo ?? '' });
    for (let i = 0; i < 120; i += 1) peer.x.addPost({ authorId: peer.own.id, text: `@maria other ${i}`, inReplyToId: item.inReplyTo ?? '' });
    expect(await running.channel.reconcile(item)).toMatchObject({ type: 'sent', externalId: post.id });
  });

  it('one message settles one row: the same words twice are two messages', async () => {
    const { peer, running } = await desk();
    const first: OutgoingItem = { ...peer.item('a'), mode: 'dm', text: 'Thanks!' };
    const second: OutgoingItem = { ...peer.item('b'), mode: 'dm', text: 'Thanks!' };
    expect((await running.channel.send(first)).type).toBe('sent');
    peer.x.dropNext({ afterAccept: false });
    expect((await running.channel.send(second)).type).toBe('unknown');
    expect((await running.channel.reconcile(second)).type).toBe('not_found');
    peer.x.dropNext({ afterAccept: true });
    expect((await running.channel.send({ ...second, attempt: 2 })).type).toBe('unknown');
    expect((await running.channel.reconcile(second)).type).toBe('sent');
    expect(peer.x.dms()).toHaveLength(2);
  });

  it('forty unconfirmed messages are looked for together: two reads of the fifteen, each settled by its own', async () => {
    const { peer, running } = await desk();
    const people = Array.from({ length: 40 }, (_, i) => peer.x.addUser({ username: `p${i}`, name: `P ${i}` }));
    const items = people.map((person, i): OutgoingItem => ({ ...peer.item('a'), outboxId: `o${i}`, idempotencyKey: `k${i}`, mode: 'dm', inReplyTo: null, peerId: person.id, text: 'Here is your code' }));
    for (const [i, person] of people.entries()) if (i % 4 !== 0) peer.x.addDm({ fromId: peer.own.id, toId: person.id, text: 'Here is your code' });
    const reads = (): number => peer.x.requests().filter((r) => r.path.includes('dm_events')).length;
    await running.channel.poll();
    const before = reads();
    const outcomes = await Promise.all(items.map((item) => running.channel.reconcile(item)));
    expect(reads() - before).toBe(2);
    expect(outcomes.map((outcome) => outcome.type)).toEqual(items.map((_, i) => (i % 4 === 0 ? 'not_found' : 'sent')));
    expect(new Set(outcomes.flatMap((outcome) => (outcome.type === 'sent' ? [outcome.externalId] : []))).size).toBe(30);
  });

  it('a hundred sends over a line that breaks before and after: each there exactly once', async () => {
    const { peer, running } = await desk();
    const random = seededRandom(11);
    let channel = running.channel;
    const items: OutgoingItem[] = [];
    for (let i = 0; i < 100; i += 1) {
      peer.x.state.windows = {};
      const item = { ...peer.item('all'), outboxId: `o${i}`, idempotencyKey: `k${i}`, text: `answer number ${i}`, enqueuedAt: Date.now() };
      items.push(item);
      for (let attempt = 1; ; attempt += 1) {
        const dice = random.unit();
        if (dice < 0.3) peer.x.dropNext({ afterAccept: true });
        else if (dice < 0.5) peer.x.dropNext({ afterAccept: false });
        else if (dice < 0.6) peer.x.failNext({ path: '/2/tweets', status: 503, body: '<html>' });
        let outcome: SendOutcome | { type: 'not_found' | 'undecided' } = await channel.send({ ...item, attempt });
        if (outcome.type === 'unknown' && random.unit() < 0.3) {
          // Killed here: a new process knows only what is on disk.
          const next = startChannel(peer, { cursors: running.cursors });
          open.push({ close: () => next.channel.stop() });
          channel = next.channel;
        }
        if (outcome.type === 'unknown') outcome = await channel.reconcile({ ...item, attempt });
        if (outcome.type === 'sent') break;
        expect(['retry', 'not_found']).toContain(outcome.type);
      }
    }
    expect(items.map((item) => peer.taken(item))).toEqual(items.map(() => 1));
  });
});
