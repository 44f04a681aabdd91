import net from 'node:net';
import { startXPeer, type XPeer } from '../../demo/peers/x-api/index.ts';
import type { ChannelPeer } from '../contract-suite.ts';
import type { OutgoingItem } from '../port.ts';
import { xDriver } from './index.ts';

/** The strict X peer behind a counting relay, with our account, one customer and a sign-in. For tests only. */
export interface XTestPeer extends ChannelPeer {
  x: XPeer;
  own: { id: string };
  customer: { id: string };
  /** A mention by the customer; its id. */
  mention(text?: string): string;
}

export async function startXTestPeer(now?: () => number): Promise<XTestPeer> {
  const x = await startXPeer(now ? { clock: { now } } : {});
  const own = x.addUser({ username: 'acmecare', name: 'Acme Care' });
  const customer = x.addUser({ username: 'maria', name: 'Maria Silva' });
  x.state.appOwnerId = own.id;
  const grant = x.grant(own.id, { clientId: 'parley-test' });

  const sockets = new Set<net.Socket>();
  let isDown = false;
  const relay = net.createServer((socket) => {
    if (isDown) return void socket.destroy();
    const upstream = net.connect(x.port, '127.0.0.1');
    sockets.add(socket);
    for (const [from, to] of [[socket, upstream], [upstream, socket]] as const) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
    socket.on('close', () => sockets.delete(socket));
  });
  const listen = (port: number): Promise<void> => new Promise((resolve) => relay.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const address = relay.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const mention = (text = `@acmecare my zip broke ${x.posts().length}`): string => x.addPost({ authorId: customer.id, text }).id;
  const parents = new Map<string, string>();
  const item = (key: string): OutgoingItem => {
    const parent = parents.get(key) ?? mention(`@acmecare question ${key}`);
    parents.set(key, parent);
    return {
      outboxId: `01900000-0000-7000-8000-${Buffer.from(key).toString('hex').slice(0, 12).padEnd(12, '0')}`, idempotencyKey: `key-${key}`, attempt: 1, mode: 'reply',
      to: ['@maria'], cc: [], subject: null, text: `Sorry & thanks <3 we look into ${key}`, inReplyTo: parent, references: [], peerId: customer.id, files: [], enqueuedAt: Date.now(),
    };
  };

  return {
    x, own, customer, mention, item, driver: xDriver,
    account: { name: 'X', address: '@acmecare', config: { apiBase: `http://127.0.0.1:${port}`, userId: '', handle: '', ownsApp: true, authorizeBase: x.url, clientId: 'parley-test', mediaBases: [x.url] } },
    secrets: { type: 'oauth2', accessToken: grant.accessToken, refreshToken: grant.refreshToken, clientId: 'parley-test' },
    wrongSecrets: { type: 'oauth2', accessToken: 'wrong' },
    deliver: (count) => Promise.resolve(Array.from({ length: count }, () => mention())),
    nextSend(how) {
      const path = '/2/tweets';
      if (how === 'vanish') x.dropNext({ afterAccept: true });
      else if (how === 'refuse') x.failNext({ path, status: 403, body: { title: 'Forbidden', detail: 'You are not permitted to perform this action.', type: 'about:blank', status: 403 } });
      else if (how === 'later') x.failNext({ path, status: 429, body: { title: 'Too Many Requests', type: 'about:blank', status: 429 }, headers: { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(Math.ceil(Date.now() / 1000) + 60) } });
      else if (how === 'auth') {
        x.failNext({ path, status: 401, body: { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' } });
        x.failNext({ path: '/2/oauth2/token', status: 400, body: { error: 'invalid_request' } });
      }
    },
    taken: (sent) => x.posts().filter((post) => post.authorId === own.id && post.inReplyToId === sent.inReplyTo && post.text.endsWith(sent.text)).length,
    afterVanish: 'sent',
    outage: () => new Promise((resolve) => {
      isDown = true;
      relay.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    }),
    async restore() {
      isDown = false;
      await listen(port);
    },
    connections: () => sockets.size,
    revocation: {
      revoke: () => x.state.grants.forEach((one) => void (one.revoked = true)),
      signInAgain() {
        const next = x.grant(own.id, { clientId: 'parley-test' });
        return { type: 'oauth2', accessToken: next.accessToken, refreshToken: next.refreshToken, clientId: 'parley-test' };
      },
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      if (relay.listening) await new Promise<void>((resolve) => relay.close(() => resolve()));
      await x.close();
    },
  };
}
