import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiResponseError, TwitterApi, type TwitterApiTokens } from 'twitter-api-v2';
import { startXPeer, type XPeer } from './index.ts';
import { dailyLimits, rateLimits } from './terms.ts';

const epoch = Date.UTC(2026, 5, 15, 10);
let now = epoch;
let peer: XPeer;
let care: { id: string };
let maria: { id: string };
let agents: http.Agent[] = [];

function client(tokens: TwitterApiTokens | string): TwitterApi {
  const httpAgent = new http.Agent({ keepAlive: true });
  agents.push(httpAgent);
  const settings = {
    httpAgent,
    plugins: [{
      onBeforeRequest({ computedParams }: { computedParams: { url: URL } }) {
        computedParams.url = new URL(computedParams.url.href.replace('https://api.x.com', peer.url));
      },
    }],
  };
  return typeof tokens === 'string' ? new TwitterApi(tokens, settings) : new TwitterApi(tokens, settings);
}

const asCare = (): TwitterApi => client(peer.grant(care.id).accessToken);

async function refused(promise: Promise<unknown>): Promise<ApiResponseError> {
  const error = await promise.then(() => undefined, (e: unknown) => e);
  expect(error).toBeInstanceOf(ApiResponseError);
  return error as ApiResponseError;
}

beforeEach(async () => {
  now = epoch;
  peer = await startXPeer({ clock: { now: () => now } });
  care = peer.addUser({ username: 'acmecare', name: 'Acme Care' });
  maria = peer.addUser({ username: 'maria', name: 'Maria' });
  peer.state.appOwnerId = care.id;
});

afterEach(async () => {
  agents.forEach(a => a.destroy());
  agents = [];
  await peer.close();
});

describe('who may ask', () => {
  it('takes a bearer for two hours and then answers 401', async () => {
    const api = asCare();
    expect((await api.v2.me()).data.username).toBe('acmecare');
    now += 2 * 3_600_000;
    expect((await refused(api.v2.me())).code).toBe(401);
  });

  it('takes OAuth 1.0a signatures made for api.x.com and refuses a wrong secret', async () => {
    const strings = { consumerKey: 'ck', consumerSecret: 'cs', accessToken: 'at', accessSecret: 'as' };
    peer.addOAuth1({ ...strings, userId: care.id });
    const good = client({ appKey: 'ck', appSecret: 'cs', accessToken: 'at', accessSecret: 'as' });
    expect((await good.v2.me({ 'user.fields': ['created_at', 'verified'] })).data.id).toBe(care.id);
    const bad = client({ appKey: 'ck', appSecret: 'cs', accessToken: 'at', accessSecret: 'nope' });
    expect((await refused(bad.v2.me())).code).toBe(401);
  });

  it('rotates refresh tokens and ends the family when a used one is shown', async () => {
    const grant = peer.grant(care.id, { clientId: 'app' });
    const first = grant.refreshToken;
    const app = client({ clientId: 'app' } as unknown as TwitterApiTokens);
    const { client: renewed, refreshToken } = await app.refreshOAuth2Token(first);
    expect(refreshToken).not.toBe(first);
    const replay = await fetch(`${peer.url}/2/oauth2/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'app', refresh_token: first }) });
    expect(replay.status).toBe(400);
    expect(await replay.json()).toEqual({ error: 'invalid_request', error_description: 'Value passed for the token was invalid.' });
    expect(renewed).toBeInstanceOf(TwitterApi);
    const dead = await fetch(`${peer.url}/2/oauth2/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'app', refresh_token: refreshToken ?? '' }) });
    expect(dead.status).toBe(400);
  });
});

describe('mentions', () => {
  it('pages back newest first, resumes by since_id, expands authors and parents', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => peer.addPost({ authorId: maria.id, text: `@acmecare question ${i}` }).id);
    peer.addPost({ authorId: maria.id, text: 'not about anybody' });
    const api = asCare();
    const page = await api.v2.userMentionTimeline(care.id, { max_results: 5, expansions: ['author_id'], 'tweet.fields': ['author_id', 'created_at', 'entities', 'conversation_id'] });
    expect(page.tweets.map(t => t.id)).toEqual(ids.slice(-5).reverse());
    expect(page.tweets[0]).toMatchObject({ author_id: maria.id, created_at: '2026-06-15T10:00:00.000Z', entities: { mentions: [{ username: 'acmecare', start: 0, end: 9 }] } });
    expect(page.includes.users.map(u => u.username)).toEqual(['maria']);
    await page.fetchLast(100);
    expect(page.tweets).toHaveLength(12);
    const after = await api.v2.userMentionTimeline(care.id, { since_id: ids[9] ?? '' });
    expect(after.tweets.map(t => t.id)).toEqual([ids[11], ids[10]]);
    const none = await api.v2.userMentionTimeline(care.id, { since_id: ids[11] ?? '' });
    expect(none.meta).toEqual({ result_count: 0 });
  });

  it('serves only the newest 800', async () => {
    for (let i = 0; i < 805; i++) peer.addPost({ authorId: maria.id, text: `@acmecare ${i}` });
    const page = await asCare().v2.userMentionTimeline(care.id, { max_results: 100 });
    await page.fetchLast(2000);
    expect(page.tweets).toHaveLength(800);
  });

  it('refuses max_results out of bounds and parameters it does not know with 400', async () => {
    const api = asCare();
    expect((await refused(api.v2.userMentionTimeline(care.id, { max_results: 4 }))).code).toBe(400);
    const unknown = await refused(api.v2.get(`users/${care.id}/mentions`, { count: 5 }));
    expect(unknown.data).toMatchObject({ title: 'Invalid Request' });
    expect((await refused(api.v2.get('tweets/1', { 'tweet.fields': 'mood' }))).code).toBe(400);
  });
});

describe('posts by id', () => {
  it('answers 200 with errors alone for a deleted post, and data with errors for a mix', async () => {
    const kept = peer.addPost({ authorId: maria.id, text: '@acmecare a' });
    const gone = peer.addPost({ authorId: maria.id, text: '@acmecare b' });
    peer.deletePost(gone.id);
    const api = asCare();
    const one = await api.v2.get<{ data?: unknown; errors: { type: string }[] }>(`tweets/${gone.id}`);
    expect(one.data).toBeUndefined();
    expect(one.errors[0]?.type.split('/').pop()).toBe('resource-not-found');
    const both = await api.v2.tweets([kept.id, gone.id]);
    expect(both.data.map(t => t.id)).toEqual([kept.id]);
    expect(both.errors).toHaveLength(1);
  });

  it('hides what a protected author wrote', async () => {
    const post = peer.addPost({ authorId: maria.id, text: '@acmecare a' });
    peer.addUser({ ...maria, username: 'maria', name: 'Maria', protected: true });
    const answer = await asCare().v2.tweets([post.id]);
    expect(answer.errors?.[0]?.type.split('/').pop()).toBe('not-authorized-for-resource');
  });
});

describe('posting', () => {
  it('answers who mentioned us, puts the @names before the text and keeps the thread', async () => {
    const question = peer.addPost({ authorId: maria.id, text: '@acmecare my Zip is offline' });
    const sent = await asCare().v2.reply('Sorry! Looking into it. ^RB', question.id);
    expect(sent.data.text).toBe('@maria Sorry! Looking into it. ^RB');
    const own = await asCare().v2.userTimeline(care.id, { 'tweet.fields': ['conversation_id', 'referenced_tweets'] });
    expect(own.tweets[0]).toMatchObject({ id: sent.data.id, conversation_id: question.id, referenced_tweets: [{ type: 'replied_to', id: question.id }] });
  });

  it('gives text back with &, < and > escaped, as X does', async () => {
    const sent = await asCare().v2.tweet('Tom & Jerry <3');
    expect((await asCare().v2.singleTweet(sent.data.id)).data.text).toBe('Tom &amp; Jerry &lt;3');
  });

  it('refuses a reply to somebody who did not summon us', async () => {
    const aside = peer.addPost({ authorId: maria.id, text: 'acme is slow again' });
    const error = await refused(asCare().v2.reply('Can we help?', aside.id));
    expect(error.data).toEqual({
      title: 'Forbidden', type: 'about:blank', status: 403,
      detail: 'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
    });
    const ours = await asCare().v2.tweet('Notice');
    const quote = peer.addPost({ authorId: maria.id, text: 'look at this', quotedId: ours.data.id });
    expect((await asCare().v2.reply('Hello', quote.id)).data.id).toBeTruthy();
  });

  it('refuses the same text twice, a deleted parent, quotes and 281 weighted characters', async () => {
    const api = asCare();
    await api.v2.tweet('We are working on it');
    expect((await refused(api.v2.tweet('We are working on it'))).data.detail).toBe('You are not allowed to create a Tweet with duplicate content.');
    const gone = peer.addPost({ authorId: maria.id, text: '@acmecare hi' });
    peer.deletePost(gone.id);
    expect((await refused(api.v2.reply('x', gone.id))).code).toBe(403);
    expect((await refused(api.v2.quote('x', gone.id))).code).toBe(403);
    expect((await api.v2.tweet('日'.repeat(140))).data.id).toBeTruthy();
    expect((await refused(api.v2.tweet('日'.repeat(140) + 'a'))).code).toBe(403);
  });

  it('does not weigh the leading @names of a reply', async () => {
    const question = peer.addPost({ authorId: maria.id, text: '@acmecare hi' });
    expect((await asCare().v2.reply('a'.repeat(280), question.id)).data.text).toHaveLength(287);
    expect((await asCare().v2.reply(`@maria ${'b'.repeat(280)}`, question.id)).data.text).toHaveLength(287);
  });

  it('weighs a stranger’s @name at the beginning of a reply, and whatever stands behind it', async () => {
    const question = peer.addPost({ authorId: maria.id, text: '@acmecare hi' });
    for (const names of ['@nobody_here ', '@maria @nobody_here ', '@nobody_here @maria ']) expect((await refused(asCare().v2.reply(`${names}${'a'.repeat(280)}`, question.id))).code).toBe(403);
  });

  it('deletes only our own', async () => {
    const theirs = peer.addPost({ authorId: maria.id, text: '@acmecare hi' });
    const api = asCare();
    expect((await refused(api.v2.deleteTweet(theirs.id))).code).toBe(403);
    const ours = await api.v2.tweet('typo');
    expect((await api.v2.deleteTweet(ours.data.id)).data.deleted).toBe(true);
    expect(peer.posts().map(p => p.id)).toEqual([theirs.id]);
  });

  it('takes an uploaded picture and refuses media it does not know', async () => {
    const api = asCare();
    const picture = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(40)]);
    const id = await api.v2.uploadMedia(picture, { media_type: 'image/png' as never, media_category: 'tweet_image' });
    expect((await api.v2.tweet({ text: 'map', media: { media_ids: [id] } })).data.id).toBeTruthy();
    expect((await refused(api.v2.tweet({ text: 'map 2', media: { media_ids: ['1'] } }))).code).toBe(400);
    expect((await refused(api.v2.uploadMedia(Buffer.alloc(40), { media_type: 'image/png' as never, media_category: 'tweet_image' }))).code).toBe(400);
    expect((await refused(api.v2.uploadMedia(picture, { media_type: 'image/png' as never, media_category: 'tweet_video' }))).code).toBe(400);
  });

  it('finds follow-ups deep in a thread by conversation_id', async () => {
    const start = peer.addPost({ authorId: maria.id, text: '@acmecare zip broke' });
    const deep = peer.addPost({ authorId: maria.id, text: 'still broken', inReplyToId: start.id });
    const found = await asCare().v2.search(`conversation_id:${start.id} -from:acmecare`);
    expect(found.tweets.map(t => t.id)).toEqual([deep.id, start.id]);
    expect((await refused(asCare().v2.search('near:me'))).code).toBe(400);
  });
});

describe('direct messages', () => {
  it('writes and reads one-to-one conversations named smaller-larger, for thirty days', async () => {
    peer.addDm({ fromId: maria.id, toId: care.id, text: 'my account number is …', createdAt: now - 31 * 86_400_000 });
    const api = asCare();
    const sent = await api.v2.sendDmToParticipant(maria.id, { text: 'Thanks, got it' }) as unknown as { data: { dm_conversation_id: string; dm_event_id: string } };
    expect(sent.data.dm_conversation_id).toBe([care.id, maria.id].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).join('-'));
    const events = await api.v2.listDmEvents({ 'dm_event.fields': ['created_at', 'sender_id', 'dm_conversation_id', 'text'], expansions: ['sender_id'] });
    expect(events.events.map(e => e.id)).toEqual([sent.data.dm_event_id]);
    expect(events.events[0]).toMatchObject({ sender_id: care.id, text: 'Thanks, got it' });
  });

  it('refuses who keeps DMs closed until they wrote first', async () => {
    const shy = peer.addUser({ username: 'shy', name: 'Shy', closedDms: true });
    const api = asCare();
    expect((await refused(api.v2.sendDmToParticipant(shy.id, { text: 'hi' }))).data.detail).toBe('You do not have permission to DM one or more participants.');
    peer.addDm({ fromId: shy.id, toId: care.id, text: 'hello' });
    await api.v2.sendDmToParticipant(shy.id, { text: 'hi' });
    expect(peer.dms()).toHaveLength(2);
  });

  it('counts all forms of DM reading against fifteen in fifteen minutes', async () => {
    const api = asCare();
    for (let i = 0; i < rateLimits.dmRead.max - 1; i++) await api.v2.listDmEvents();
    await api.v2.listDmEventsWithParticipant(maria.id);
    const error = await refused(api.v2.listDmEvents());
    expect(error.data).toEqual({ title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 });
    expect(error.rateLimit).toMatchObject({ limit: 15, remaining: 0, reset: (epoch + 900_000) / 1000 });
    now += 900_000;
    await api.v2.listDmEvents();
  });

  it('tells the daily ceiling of DM sends', async () => {
    const { accessToken } = peer.grant(care.id);
    const answer = await fetch(`${peer.url}/2/dm_conversations/with/${maria.id}/messages`, { method: 'POST', headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' }, body: '{"text":"hi"}' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-user-limit-24hour-remaining')).toBe(String((dailyLimits.dmSend ?? 0) - 1));
  });
});

describe('money', () => {
  it('bills by the price list, a resource once in 24 h, empty polls never', async () => {
    const api = asCare();
    const question = peer.addPost({ authorId: maria.id, text: '@acmecare hi' });
    await api.v2.userMentionTimeline(care.id, { expansions: ['author_id'] });
    await api.v2.userMentionTimeline(care.id, { expansions: ['author_id'] });
    await api.v2.userMentionTimeline(care.id, { since_id: question.id });
    await api.v2.reply('hello', question.id);
    await api.v2.tweet('see https://acme.com/status');
    await refused(api.v2.tweet('see https://acme.com/status'));
    expect(peer.bill()).toEqual({
      lines: [
        { action: 'userRead', count: 1, usd: 0.01 }, { action: 'ownedRead', count: 1, usd: 0.001 },
        { action: 'postCreateWithUrl', count: 1, usd: 0.2 }, { action: 'replySummoned', count: 1, usd: 0.01 },
      ],
      totalUsd: 0.221,
    });
  });

  it('answers 402 in either shape when the credits are gone', async () => {
    const api = asCare();
    peer.setCredits(0);
    expect((await refused(api.v2.me())).data.title).toBe('CreditsDepleted');
    peer.setCredits(0, 'type');
    const other = await refused(api.v2.me());
    expect(other.code).toBe(402);
    expect(String(other.data.type).split('/').pop()).toBe('credits-depleted');
  });
});

describe('trouble on order', () => {
  it('fails the next requests as told, html included', async () => {
    const api = asCare();
    peer.failNext({ status: 503, body: '<html>over capacity</html>', times: 2, path: '/2/users/me' });
    expect((await refused(api.v2.me())).code).toBe(503);
    expect((await refused(api.v2.me())).code).toBe(503);
    expect((await api.v2.me()).data.id).toBe(care.id);
  });

  it('cuts a send before or after it took effect', async () => {
    const api = asCare();
    peer.dropNext({ afterAccept: false });
    await expect(api.v2.tweet('one')).rejects.toThrow();
    expect(peer.posts()).toHaveLength(0);
    peer.dropNext({ afterAccept: true });
    await expect(api.v2.tweet('one')).rejects.toThrow();
    expect(peer.posts()).toHaveLength(1);
  });

  it('comes back on the same port with everything it knew, ids still growing', async () => {
    const before = peer.addPost({ authorId: maria.id, text: '@acmecare hi' });
    const api = asCare();
    await peer.pause();
    await expect(api.v2.me()).rejects.toThrow();
    await peer.resume();
    now -= 60_000;
    const after = await api.v2.tweet('back');
    expect(BigInt(after.data.id) > BigInt(before.id)).toBe(true);
  });
});
