import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { AccountInput } from '../../src-preload/contract/index.ts';
import { startXPeer, type XPeer } from '../demo/peers/x-api/index.ts';
import { tempDir } from '../test-desk.ts';
import type { Moment } from './kill-child.ts';
import { quickClock, type Quick } from './quick-clock.ts';
import { startChild, type Child } from './test-child.ts';

/** Every state a send can be in when the console dies. */
const MOMENTS = ['held', 'queued', 'before', 'no answer', 'answered', 'unknown', 'reading', 'read back'] as const;
type When = (typeof MOMENTS)[number];
const REPLIES = 11;
const DMS = 2;
/** What waits twenty seconds waits two here, at both sides. */
const QUICK_TIMES = 10;

const stopAt = (when: When): { stopAt: Moment } | Record<string, never> => (when === 'before' || when === 'answered' || when === 'unknown' || when === 'reading' || when === 'read back' ? { stopAt: when } : {});

interface World { x: XPeer; dir: string; accounts: AccountInput[]; quick: Quick }

async function openWorld(): Promise<World> {
  const quick = { since: Date.now(), times: QUICK_TIMES };
  const x = await startXPeer({ clock: quickClock(quick) });
  onTestFinished(() => x.close());
  const accounts = ['acmecare', 'acme'].map((username): AccountInput => {
    const user = x.addUser({ username, name: username });
    const tokens = { appKey: 'k', appSecret: 's', accessToken: `${user.id}-t`, accessSecret: 'a' };
    x.addOAuth1({ userId: user.id, consumerKey: 'k', consumerSecret: 's', accessToken: `${user.id}-t`, accessSecret: 'a' });
    return { channel: 'x', name: username, apiBase: x.url, ownsApp: true, tokens: { type: 'oauth1', ...tokens } };
  });
  return { x, dir: join(tempDir(), 'ws'), accounts, quick };
}

/** More writes than a round makes: what earlier rounds left behind comes back in between. */
const ENOUGH = 100;

/** Lets the peer treat writes from here on as the moment needs it. */
function prepare({ x, quick }: Pick<World, 'x' | 'quick'>, when: When): void {
  // Limits are another test's matter: each round begins with fresh windows.
  x.state.windows = {};
  x.failNoMore();
  if (when === 'queued') {
    const headers = { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(Math.ceil(quickClock(quick).now() / 1_000) + 60) };
    for (const path of [/^\/2\/tweets$/, /messages$/, /^\/2\/tweets\/\d+/]) x.failNext({ path, status: 429, body: { title: 'Too Many Requests', type: 'about:blank', status: 429 }, headers, times: ENOUGH });
  }
  if (when === 'no answer') for (let i = 0; i < ENOUGH; i += 1) x.dropNext({ afterAccept: true, hold: true });
  if (when === 'unknown' || when === 'reading' || when === 'read back') for (let i = 0; i < ENOUGH; i += 1) x.dropNext({ afterAccept: i % 2 === 0 });
}

/** How many of the sends stand at the moment now. `taken`: how many X has carried out. */
async function standing(child: Child, when: When, ids: ReadonlySet<string>, taken: () => number): Promise<number> {
  if (when !== 'unknown' && 'stopAt' in stopAt(when)) return child.told('at').intersection(ids).size;
  if (when === 'no answer') return taken();
  const { states = [] } = await child.ask('states', 'states');
  return states.filter((s) => ids.has(s.id) && s.state === when).length;
}

const onX = (x: XPeer): string[] => [...x.posts().map((p) => p.text), ...x.dms().map((d) => d.text)];
const writes = (x: XPeer): number => x.requests().filter((r) => r.method !== 'GET').length;
const settled = async (child: Child): Promise<string[]> => ((await child.ask('states', 'states')).states ?? []).filter((s) => s.state !== 'sent').map((s) => `${s.mode} ${s.text}: ${s.state}`);

test('posts, replies and direct messages killed a hundred times in every state: each is on X exactly once, and the console knows it', async () => {
  const world = await openWorld();
  const { x, dir, accounts, quick } = world;
  const texts: string[] = [];
  const killed: Record<When, number> = { held: 0, queued: 0, before: 0, 'no answer': 0, answered: 0, unknown: 0, reading: 0, 'read back': 0 };
  for (const when of MOMENTS) {
    const customers = Array.from({ length: REPLIES + DMS }, (_, i) => {
      const user = x.addUser({ username: `c${MOMENTS.indexOf(when)}_${i}`, name: `Customer ${i}` });
      x.addPost({ authorId: user.id, text: '@acmecare hello?' });
      return user;
    });
    prepare(world, 'held');
    const child = startChild({ dir, accounts, quick, ...stopAt(when), undoSeconds: when === 'held' ? 60 : 0 });
    await child.ask(null, 'open');
    await expect.poll(async () => {
      const { inbound, known } = await child.ask('states', 'states');
      return [inbound?.[0]?.n, known];
    }, { timeout: 60_000, interval: 30 }).toEqual([x.posts().filter((p) => p.text === '@acmecare hello?').length, accounts.length]);
    prepare(world, when);
    const first = texts.length;
    const taken = (): number => {
      const there = onX(x);
      return texts.slice(first).filter((text) => there.some((shown) => shown.includes(`${text} ^`))).length;
    };
    const ids = new Set<string>();
    const enqueue = async (write: { mode: string; userId?: string; account?: string }): Promise<void> => {
      const text = `${write.mode} number ${texts.length} ${when}`;
      texts.push(text);
      const line = await child.ask(`write\t${JSON.stringify({ ...write, text })}`, 'enqueued');
      ids.add(line.outboxId ?? '');
    };
    for (const account of accounts) await enqueue({ mode: 'post', account: `@${account.name}` });
    for (const [i, user] of customers.entries()) await enqueue({ mode: i < REPLIES ? 'reply' : 'dm', userId: user.id });
    // Posts of one account leave one after the other: one of an earlier round may still be looked for.
    // And one that X has may be read among our own posts before anybody looks for it.
    const gone = async (): Promise<number> => (when === 'no answer' ? 0 : ((await child.ask('states', 'states')).states ?? []).filter((s) => ids.has(s.id) && s.state === 'sent').length);
    await expect.poll(async () => (await standing(child, when, ids, taken)) + (await gone()), { timeout: 60_000, interval: 20, message: when }).toBeGreaterThanOrEqual(customers.length);
    killed[when] += await standing(child, when, ids, taken);
    await child.kill();
  }
  prepare(world, 'held');
  // A process may read direct messages fifteen times: whoever is not settled then is settled by the next one.
  let child = startChild({ dir, accounts, quick });
  for (let tries = 0; tries < 12; tries += 1) {
    await child.ask(null, 'open');
    await expect.poll(() => settled(child), { timeout: 5_000, interval: 200 }).toEqual([]).catch(() => {});
    if ((await settled(child)).length === 0) break;
    await child.kill();
    prepare(world, 'held');
    child = startChild({ dir, accounts, quick });
  }
  expect(await settled(child)).toEqual([]);
  expect(texts.filter((text) => onX(x).filter((shown) => shown.includes(`${text} ^`)).length !== 1)).toEqual([]);
  expect((await child.ask('check', 'check')).report).toMatchObject({ ok: true, problems: [] });
  expect(Math.min(...Object.values(killed))).toBeGreaterThanOrEqual(REPLIES);
  expect(Object.values(killed).reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(100);
  await child.kill();
}, 600_000);

test('deleting and hiding killed half-way is settled by reading: the post is gone once, the reply is hidden, nothing is billed twice', async () => {
  const world = await openWorld();
  const { x, dir, accounts, quick } = world;
  const [care] = Object.values(x.state.users);
  const moments = ['before', 'no answer', 'answered', 'unknown', 'read back'] as const;
  const root = x.addPost({ authorId: care?.id ?? '', text: 'We open on Sunday' });
  // Somebody else each time: what is done in one conversation happens one after the other.
  const user = (name: string): string => x.addUser({ username: name, name }).id;
  const asked = moments.map((_, i) => x.addPost({ authorId: user(`asks${i}`), text: '@acmecare hello?' }).id);
  const own = asked.map((id, i) => x.addPost({ authorId: care?.id ?? '', text: `Telltale ${i}`, inReplyToId: id }).id);
  const replies = moments.map((_, i) => x.addPost({ authorId: user(`spams${i}`), text: `@acmecare spam ${i}`, inReplyToId: root.id }).id);
  for (const [i, when] of moments.entries()) {
    prepare(world, 'held');
    const child = startChild({ dir, accounts, quick, ...stopAt(when) });
    await child.ask(null, 'open');
    await expect.poll(async () => ((await child.ask('posts', 'posts')).posts ?? []).length, { timeout: 60_000, interval: 30 }).toBe(1 + asked.length + own.length + replies.length);
    prepare(world, when);
    const before = writes(x);
    const ids = new Set<string>();
    for (const line of [{ action: 'delete', postId: own[i] }, { action: 'hide', postId: replies[i] }]) {
      ids.add((await child.ask(`act\t${JSON.stringify(line)}`, 'enqueued')).outboxId ?? '');
    }
    await expect.poll(() => standing(child, when, ids, () => writes(x) - before), { timeout: 60_000, interval: 20, message: when }).toBe(2);
    await child.kill();
  }
  prepare(world, 'held');
  const child = startChild({ dir, accounts, quick });
  await child.ask(null, 'open');
  await expect.poll(() => settled(child), { timeout: 90_000, interval: 200 }).toEqual([]);
  expect(own.map((id) => x.state.posts[id]?.deletedAt !== undefined)).toEqual(own.map(() => true));
  expect(replies.map((id) => x.state.posts[id]?.hidden)).toEqual(replies.map(() => true));
  expect(x.state.bill.interactionDelete).toBe(own.length);
  const { posts = [] } = await child.ask('posts', 'posts');
  expect(posts.filter((p) => own.includes(p.id)).map((p) => [p.text, p.isDeleted])).toEqual(own.map(() => ['', 1]));
  expect(posts.filter((p) => replies.includes(p.id)).map((p) => p.hidden)).toEqual(replies.map(() => 1));
  await child.kill();
}, 400_000);

test('a thread killed again and again in its middle: every part is on X once, each answers the one before, and the rest goes on by itself', async () => {
  const world = await openWorld();
  const { x, dir, accounts, quick } = world;
  const maria = x.addUser({ username: 'maria', name: 'Maria' });
  const asked = x.addPost({ authorId: maria.id, text: '@acmecare hello?' });
  const text = Array.from({ length: 6 }, (_, i) => `This is sentence number ${i} of a long answer to a long question, with some more words so that it fills the line.`).join(' ');
  // The second part: claimed and nothing left, X's answer not written down, about to be read back, read back.
  for (const [i, when] of (['before', 'answered', 'reading', 'read back'] as const).entries()) {
    prepare(world, 'held');
    const child = startChild({ dir, accounts, quick, stopAt: when, stopPart: 1 });
    await child.ask(null, 'open');
    if (i === 0) {
      await expect.poll(async () => (await child.ask('states', 'states')).inbound?.[0]?.n, { timeout: 60_000, interval: 30 }).toBe(1);
      await child.ask(`write\t${JSON.stringify({ mode: 'reply', userId: maria.id, text })}`, 'enqueued');
    }
    await expect.poll(() => child.told('at').size, { timeout: 60_000, interval: 20, message: when }).toBe(1);
    expect((await child.ask('states', 'states')).states?.map((s) => s.state)).toEqual(['sent', when === 'before' || when === 'answered' ? 'sending' : 'unknown', 'queued']);
    await child.kill();
  }
  prepare(world, 'held');
  const child = startChild({ dir, accounts, quick });
  await child.ask(null, 'open');
  await expect.poll(() => settled(child), { timeout: 60_000, interval: 50 }).toEqual([]);
  const ours = x.posts().filter((post) => post.authorId !== maria.id);
  expect(ours.map((post) => post.inReplyToId)).toEqual([asked.id, ours[0]?.id, ours[1]?.id]);
  expect(ours.map((post) => post.text.replace('@maria ', '')).join(' ')).toBe(`${text} ^AG`);
  await child.kill();
}, 200_000);
