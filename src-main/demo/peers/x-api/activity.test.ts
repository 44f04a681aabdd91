import { expect, onTestFinished, test } from 'vitest';
import { startXPeer } from './index.ts';

test('asks and listens only as X allows: private events as the user, the stream as the app, each event once, two lines an app', async () => {
  const x = await startXPeer();
  onTestFinished(() => x.close());
  const [own, other] = ['acmecare', 'maria'].map((username) => x.addUser({ username, name: username }));
  if (!own || !other) throw new Error('two users');
  x.activity.addApp('app-1');
  const user = x.grant(own.id).accessToken;
  const ask = async (token: string, event_type: string, user_id: string): Promise<number> =>
    (await fetch(`${x.url}/2/activity/subscriptions`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ event_type, filter: { user_id } }) })).status;
  const line = (token: string): Promise<Response> => fetch(`${x.url}/2/activity/stream`, { headers: { authorization: `Bearer ${token}` } });

  expect(await ask('app-1', 'post.mention.create', own.id)).toBe(403);
  expect(await ask(user, 'post.mention.create', other.id)).toBe(403);
  expect(await ask('nobody', 'post.delete', own.id)).toBe(401);
  expect(await ask('app-1', 'post.like', own.id)).toBe(400);
  expect(await ask(user, 'post.mention.create', own.id)).toBe(201);
  expect(await ask(user, 'post.mention.create', own.id)).toBe(400);
  expect([(await line('nobody')).status, (await line(user)).status]).toEqual([401, 403]);

  const first = await line('app-1');
  const reader = first.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect(await reader?.read()).toMatchObject({ value: '\r\n' });
  x.addPost({ authorId: other.id, text: '@acmecare hello' });
  const event = JSON.parse((await reader?.read())?.value ?? '') as unknown;
  expect(event).toMatchObject({ data: { event_uuid: expect.stringMatching(/^\d+$/) as string, event_type: 'post.mention.create', filter: { user_id: own.id } } });
  const statuses = [(await line('app-1')).status, (await line('app-1')).status];
  expect(statuses).toEqual([200, 429]);
});
