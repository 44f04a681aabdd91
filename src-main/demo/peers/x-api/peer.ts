import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, type Clock } from '../../../kernel/clock.ts';
import { http } from '../../../kernel/lazy.ts';
import { createActivity, type ActivityPeer } from './activity.ts';
import { addGrant, authenticate, deskScopes, revokeGrant } from './auth.ts';
import { consentPage, decide, tokenFor } from './consent.ts';
import { nextId } from './ids.ts';
import { invalid, missingScope, notFoundRoute, Refusal, tooMany, type Answer } from './errors.ts';
import { bytesOf, type Blobs } from './media.ts';
import { billOf, needCredits, takeFromLimit, type Bill } from './limits.ts';
import { checkParams } from './params.ts';
import { routes } from './routes.ts';
import { emptyXState, type XApp, type XDm, type XGrant, type XMedia, type XOAuth1, type XPost, type XState, type XUser } from './state.ts';
import { editPost, putDm, putPost, putUser, type NewDm, type NewPost } from './world-rules.ts';

/** Wall clock of the peer, ms UTC. */
export type PeerClock = Pick<Clock, 'now'>;

export type SeenRequest = { at: number; method: string; path: string; query: Record<string, string>; userId?: string; body?: unknown; status?: number };
export type PeerEvent = { kind: 'post'; post: XPost } | { kind: 'dm'; dm: XDm } | { kind: 'delete'; post: XPost };
export type Failure = { status: number; body: unknown; times?: number; path?: string | RegExp; headers?: Record<string, string> };

export type XPeer = {
  readonly url: string;
  readonly port: number;
  readonly state: XState;
  close(): Promise<void>;
  /** Takes the server off the network, open sockets cut; `resume` listens on the same port again. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  addUser(user: Omit<XUser, 'id' | 'createdAt'> & { id?: string; createdAt?: number }): XUser;
  addPost(post: NewPost): XPost;
  addDm(dm: NewDm): XDm;
  /** Puts a picture, animation or film there as if somebody had posted it; its id goes into `mediaIds`. */
  addMedia(media: Pick<XMedia, 'ownerId' | 'type'> & Partial<XMedia> & { data: Uint8Array }): XMedia;
  /** A new version of a post, under a new id. */
  editPost(id: string, text: string): XPost;
  deletePost(id: string): void;
  /** A fresh OAuth 2 grant of a user (access 2 h, refresh single use). */
  grant(userId: string, options?: { clientId?: string; scopes?: string[] }): XGrant;
  /** Registers a developer app for sign-ins through the consent page. */
  addApp(app: XApp): void;
  /** Registers OAuth 1.0a strings of a user. */
  addOAuth1(token: XOAuth1): void;
  /** The activity stream and its faults. */
  activity: Pick<ActivityPeer, 'addApp' | 'connections' | 'heartbeat' | 'drop' | 'setDelivery'>;
  posts(): XPost[];
  dms(): XDm[];
  bill(): Bill;
  /** USD left (`undefined` = unlimited) and the shape of the 402. */
  setCredits(usd: number | undefined, shape?: 'title' | 'type'): void;
  /** The next `times` requests (to `path`) are answered with this instead; nothing takes effect. A string body goes out as text/html. */
  failNext(failure: Failure): void;
  /** The next write's socket is cut: before it took effect, or after (the client cannot know which). `hold` = it is not cut either, no answer ever comes. */
  dropNext(drop: { afterAccept: boolean; hold?: boolean }): void;
  /** What was still to be failed or dropped is answered after all. */
  failNoMore(): void;
  requests(): readonly SeenRequest[];
};

export type XPeerOptions = { clock?: PeerClock; port?: number; state?: XState; onEvent?: (event: PeerEvent) => void; 
  /** After every change of the state; `isWrite` = something a client will be told, to be kept before the answer goes out. */
  onChange?: (isWrite: boolean) => void;
  /** The bytes of media the world made itself. */
  sampleBytes?: (name: string) => Uint8Array | undefined;
};

const bodyMax = 6_000_000;
const seenMax = 5000;

/** Starts an X API v2 peer on loopback. Rules, shapes, prices and limits: docs.x.com as of August 2026. */
export async function startXPeer(options: XPeerOptions = {}): Promise<XPeer> {
  const clock = options.clock ?? systemClock;
  const state = options.state ?? emptyXState();
  const seen: SeenRequest[] = [];
  const failures: Failure[] = [];
  const drops: { afterAccept: boolean; hold?: boolean }[] = [];
  const blobs: Blobs = new Map();
  const changed = (isWrite = true): void => options.onChange?.(isWrite);
  const activity = createActivity(state, clock);
  const tell = (event: PeerEvent): void => {
    activity.tell(event);
    options.onEvent?.(event);
  };

  const server = http().createServer((req, res) => {
    answer(req, res).catch(() => res.destroy());
  });

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://x');
    if (req.method === 'GET' && url.pathname.startsWith('/media/')) return serveMedia(res, url.pathname.slice('/media/'.length));
    const body = await readBody(req);
    const method = req.method ?? 'GET';
    const record: SeenRequest = { at: clock.now(), method, path: url.pathname, query: Object.fromEntries(url.searchParams), ...(body === undefined ? {} : { body }) };
    seen.push(record);
    if (seen.length > seenMax) seen.splice(0, seen.length - seenMax);
    const failure = failures.find(f => f.path === undefined || (typeof f.path === 'string' ? url.pathname === f.path : f.path.test(url.pathname)));
    if (failure) {
      failure.times = (failure.times ?? 1) - 1;
      if (failure.times <= 0) failures.splice(failures.indexOf(failure), 1);
      send(res, record, { status: failure.status, body: failure.body, ...(failure.headers ? { headers: failure.headers } : {}) });
      return;
    }
    if (method === 'GET' && url.pathname === '/2/activity/stream') {
      const refusal = activity.open(res, req.headers.authorization);
      if (refusal) send(res, record, refusal);
      else record.status = 200;
      return;
    }
    const isWrite = method !== 'GET' && !/^\/(?:2|i)\/oauth2\//.test(url.pathname);
    const drop = isWrite ? drops.shift() : undefined;
    if (drop && !drop.afterAccept) {
      req.socket.destroy();
      return;
    }
    const result = handle(method, url, req.headers.authorization, body, record);
    changed(method !== 'GET');
    if (drop) {
      record.status = result.status;
      if (drop.hold !== true) req.socket.destroy();
      return;
    }
    send(res, record, result);
  }

  /** X's media host: no sign-in. */
  function serveMedia(res: ServerResponse, id: string): void {
    const media = state.media[id];
    const bytes = media && ((media.sample === undefined ? undefined : options.sampleBytes?.(media.sample)) ?? bytesOf(blobs, id));
    if (!bytes) return void res.writeHead(404).end();
    res.writeHead(200, { 'content-type': media.type.startsWith('video') ? 'image/jpeg' : media.type }).end(bytes);
  }

  function handle(method: string, url: URL, authorization: string | undefined, body: Record<string, unknown> | undefined, record: SeenRequest): Answer {
    let headers: Record<string, string> = {};
    try {
      const now = clock.now();
      if (method === 'POST' && url.pathname === '/2/oauth2/token') return tokenFor(state, now, body ?? {});
      if (url.pathname === '/i/oauth2/authorize' && method === 'GET') return consentPage(state, url.searchParams);
      if (url.pathname === '/i/oauth2/authorize' && method === 'POST') return decide(state, now, body ?? {});
      if (method === 'POST' && url.pathname === '/2/oauth2/revoke') {
        const answered = revokeGrant(state, body ?? {});
        for (const grant of state.grants) if (grant.accessToken === body?.['token'] || grant.refreshToken === body?.['token']) activity.tell({ kind: 'revoke', userId: grant.userId });
        return answered;
      }
      if (url.pathname === '/2/activity/subscriptions') return activity.subscriptions(method, url, authorization, body ?? {});
      const route = routes.find(r => r.method === method && r.path.test(url.pathname));
      if (!route) throw notFoundRoute();
      const caller = authenticate(state, now, method, url.pathname, url.searchParams, authorization);
      record.userId = caller.userId;
      const granted = caller.scopes;
      if (granted !== 'all' && !route.scopes.every(s => granted.includes(s))) throw missingScope();
      const limit = takeFromLimit(state, caller, route.group, now);
      headers = limit.headers;
      if (!limit.ok) return { ...tooMany(), headers };
      needCredits(state, caller);
      const path = url.pathname.split('/');
      const result = 'read' in route
        ? route.read({ state, nowMs: now, caller, path, params: checkParams(url.searchParams, route.params, route.expansions) })
        : route.write({ state, nowMs: now, caller, path, body: body ?? {}, blobs, wrote: tell });
      return { ...result, headers };
    } catch (error) {
      if (error instanceof Refusal) return { ...error.answer, headers };
      return { status: 500, body: { title: 'Internal Server Error', detail: String(error), type: 'about:blank', status: 500 }, headers };
    }
  }

  function send(res: ServerResponse, record: SeenRequest, result: Answer): void {
    record.status = result.status;
    const html = typeof result.body === 'string';
    res.writeHead(result.status, { 'content-type': html ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8', ...result.headers });
    res.end(html ? result.body : JSON.stringify(result.body));
  }

  const listen = (port: number): Promise<void> => new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const stop = (): Promise<void> => new Promise(resolve => {
    activity.close();
    server.close(() => resolve());
    server.closeAllConnections();
  });

  await listen(options.port ?? 0);
  const { port } = server.address() as AddressInfo;

  state.mediaBase = `http://127.0.0.1:${port}`;

  function thenTell<T>(value: T): T {
    changed();
    return value;
  }

  return {
    url: `http://127.0.0.1:${port}`, port, state,
    close: stop,
    pause: stop,
    resume: () => listen(port),
    addUser: user => thenTell(putUser(state, clock.now(), user)),
    addPost(post) {
      const made = thenTell(putPost(state, clock.now(), post));
      activity.tell({ kind: 'post', post: made });
      return made;
    },
    addDm(dm) {
      const made = thenTell(putDm(state, clock.now(), dm));
      activity.tell({ kind: 'dm', dm: made });
      return made;
    },
    addMedia({ data, ...media }) {
      const made: XMedia = { id: nextId(state, clock.now()), category: 'tweet_image', bytes: data.length, got: data.length, ready: true, ...media };
      blobs.set(made.id, { segments: new Map([[0, data]]) });
      return thenTell((state.media[made.id] = made));
    },
    editPost: (id, text) => thenTell(editPost(state, clock.now(), id, text)),
    deletePost(id) {
      for (const version of state.posts[id]?.versions ?? [id]) {
        const post = state.posts[version];
        if (post) post.deletedAt ??= clock.now();
      }
      changed();
      const gone = state.posts[id];
      if (gone) activity.tell({ kind: 'delete', post: gone });
    },
    grant: (userId, { clientId = 'parley-demo', scopes = deskScopes } = {}) => thenTell(addGrant(state, userId, clientId, clock.now(), scopes)),
    addApp: app => void thenTell((state.apps ??= []).push(app)),
    addOAuth1: token => void thenTell(state.oauth1.push(token)),
    activity,
    posts: () => Object.values(state.posts).filter(p => p.deletedAt === undefined),
    dms: () => [...state.dms],
    bill: () => billOf(state),
    setCredits(usd, shape = 'title') {
      if (usd === undefined) delete state.creditsUsd;
      else state.creditsUsd = usd;
      state.creditsShape = shape;
    },
    failNext: failure => void failures.push({ ...failure }),
    dropNext: drop => void drops.push(drop),
    failNoMore() {
      failures.length = 0;
      drops.length = 0;
    },
    requests: () => seen,
  };
}

async function readBody(req: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyMax) throw invalid('body', undefined, 'too large');
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  const type = req.headers['content-type'] ?? '';
  const bytes = Buffer.concat(chunks);
  if (type.startsWith('multipart/form-data')) {
    return multipartParts(bytes, type);
  }
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(bytes.toString()));
  try {
    const parsed: unknown = JSON.parse(bytes.toString());
    return typeof parsed === 'object' && parsed !== null ? parsed as Record<string, unknown> : {};
  } catch {
    return {};
  }
}

// Clients send media bytes in parts without a file name, which form parsers would decode as text.
function multipartParts(bytes: Buffer, type: string): Record<string, unknown> {
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1] ?? '';
  const out: Record<string, unknown> = {};
  for (const part of bytes.toString('latin1').split(`--${boundary}`)) {
    const end = part.indexOf('\r\n\r\n');
    const name = /name="([^"]+)"/.exec(part.slice(0, Math.max(0, end)))?.[1];
    if (name === undefined) continue;
    const value = part.slice(end + 4).replace(/\r\n$/, '');
    out[name] = name === 'media' ? new Uint8Array(Buffer.from(value, 'latin1')) : value;
  }
  return out;
}
