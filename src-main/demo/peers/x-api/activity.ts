import type { ServerResponse } from 'node:http';
import { authenticate, type Caller } from './auth.ts';
import { forbidden, invalid, missingScope, Refusal, tooMany, unauthorized, wrongToken, type Answer } from './errors.ts';
import { nextId } from './ids.ts';
import { takeFromLimit } from './limits.ts';
import type { PeerClock, PeerEvent } from './peer.ts';
import type { XState } from './state.ts';
import { activityConnections, activityHeartbeatMs, activitySubscriptions } from './terms.ts';
import { wireText } from './world-rules.ts';

/** What a subscription of each type needs; `null` = the app alone may ask for it. */
const eventTypes: Record<string, string | null> = {
  'post.mention.create': 'tweet.read', 'dm.received': 'dm.read', 'chat.received': 'dm.read',
  'post.reply.create': null, 'post.quote.create': null, 'post.create': null, 'post.delete': null, 'oauth.revoke': null,
};

export type ActivityPeer = {
  /** A developer app's bearer token. */
  addApp(bearer: string): void;
  connections(): number;
  /** A sign of life on every open stream; every 20 seconds one comes by itself. */
  heartbeat(): void;
  /** Cuts all open streams. */
  drop(): void;
  /** How events go out: once, twice each (it happens), or not at all (so does that). */
  setDelivery(how: 'once' | 'twice' | 'lost'): void;
  /** Answers with a stream, or with a refusal to be sent. */
  open(res: ServerResponse, authorization: string | undefined): Answer | null;
  subscriptions(method: string, url: URL, authorization: string | undefined, body: Record<string, unknown>): Answer;
  tell(event: PeerEvent | { kind: 'revoke'; userId: string }): void;
  close(): void;
};

/** GET /2/activity/stream and /2/activity/subscriptions (X Activity API, docs.x.com, August 2026): one JSON object a line, blank lines between. */
export function createActivity(state: XState, clock: PeerClock): ActivityPeer {
  const streams = new Map<ServerResponse, string>();
  let delivery: 'once' | 'twice' | 'lost' = 'once';
  let timer: NodeJS.Timeout | null = null;

  const appOf = (authorization: string | undefined): string | null => {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    return token !== undefined && (state.appBearers ?? []).includes(token) ? token : null;
  };

  function needApp(authorization: string | undefined): string {
    const app = appOf(authorization);
    if (app !== null) return app;
    // A good token of a user is the wrong kind of token here, and that is another answer than a bad one.
    const isUser = state.grants.some(g => authorization === `Bearer ${g.accessToken}` && !g.revoked);
    throw isUser ? wrongToken('OAuth 2.0 User Context', 'OAuth 2.0 Application-Only') : unauthorized();
  }

  const write = (text: string): void => {
    for (const res of streams.keys()) res.write(text);
  };

  function emit(eventType: string, userId: string, payload: object): void {
    for (const one of state.subscriptions ?? []) {
      if (one.eventType !== eventType || one.userId !== userId || delivery === 'lost') continue;
      const line = `${JSON.stringify({ data: { event_uuid: nextId(state, clock.now()), filter: { user_id: userId }, event_type: eventType, ...(one.tag === undefined ? {} : { tag: one.tag }), payload } })}\r\n`;
      write(delivery === 'twice' ? line + line : line);
    }
  }

  function create(url: URL, authorization: string | undefined, body: Record<string, unknown>): Answer {
    const { event_type: eventType, tag } = body;
    const filter = body['filter'] as { user_id?: unknown } | undefined;
    if (typeof eventType !== 'string' || !(eventType in eventTypes)) throw invalid('event_type', String(eventType), '$.event_type: does not have a value in the enumeration');
    const userId = filter?.user_id;
    if (typeof userId !== 'string' || !state.users[userId]) throw invalid('filter', undefined, '$.filter: must name a user');
    if (Object.keys(body).some(key => !['event_type', 'filter', 'tag', 'webhook_id'].includes(key))) throw invalid('$', undefined, 'the schema does not allow additional properties');
    const scope = eventTypes[eventType];
    if (typeof scope === 'string' || appOf(authorization) === null) {
      // What concerns one person alone is asked for by that person, with OAuth 2.0.
      if (appOf(authorization) !== null || !authorization?.startsWith('Bearer ')) throw forbidden('This event requires OAuth 2.0 user authorization of the filtered user.');
      const caller: Caller = authenticate(state, clock.now(), 'POST', url.pathname, url.searchParams, authorization);
      if (typeof scope === 'string' && caller.userId !== userId) throw forbidden('This event requires OAuth 2.0 user authorization of the filtered user.');
      if (typeof scope === 'string' && caller.scopes !== 'all' && !caller.scopes.includes(scope)) throw missingScope();
    }
    const all = (state.subscriptions ??= []);
    if (all.some(one => one.eventType === eventType && one.userId === userId)) throw invalid('event_type', eventType, 'A subscription for this event and user exists already.');
    if (all.length >= activitySubscriptions) throw forbidden('The maximum number of subscriptions is reached.');
    const made = { id: nextId(state, clock.now()), eventType, userId, ...(typeof tag === 'string' ? { tag } : {}) };
    all.push(made);
    return { status: 201, body: { data: { subscription: wire(made) }, meta: { total_subscriptions: all.length } } };
  }

  return {
    addApp: bearer => void (state.appBearers ??= []).push(bearer),
    connections: () => streams.size,
    heartbeat: () => write('\r\n'),
    drop() {
      for (const res of streams.keys()) res.destroy();
      streams.clear();
    },
    setDelivery: how => void (delivery = how),
    open(res, authorization) {
      let app: string;
      try {
        app = needApp(authorization);
      } catch (error) {
        if (error instanceof Refusal) return error.answer;
        throw error;
      }
      const limit = takeFromLimit(state, { userId: `app ${app}`, scopes: 'all' }, 'activityStream', clock.now());
      if (!limit.ok) return { ...tooMany(), headers: limit.headers };
      if ([...streams.values()].filter(other => other === app).length >= activityConnections) {
        return {
          status: 429, headers: limit.headers,
          body: { title: 'ConnectionException', detail: 'This stream is currently at the maximum allowed connection limit.', connection_issue: 'TooManyConnections', type: 'https://api.x.com/2/problems/streaming-connection' },
        };
      }
      streams.set(res, app);
      res.on('close', () => streams.delete(res));
      res.writeHead(200, { 'content-type': 'application/json; charset=utf-8', ...limit.headers });
      res.write('\r\n');
      timer ??= setInterval(() => write('\r\n'), activityHeartbeatMs).unref();
      return null;
    },
    subscriptions(method, url, authorization, body) {
      if (method === 'POST') return create(url, authorization, body);
      needApp(authorization);
      const all = state.subscriptions ?? [];
      return { status: 200, body: { ...(all.length > 0 ? { data: all.map(wire) } : {}), meta: { total_subscriptions: all.length } } };
    },
    tell(event) {
      switch (event.kind) {
        case 'post': {
          const { post } = event;
          const payload = { id: post.id, author_id: post.authorId, text: wireText(post.text), conversation_id: post.conversationId };
          for (const id of post.mentionIds) if (id !== post.authorId) emit('post.mention.create', id, payload);
          const parent = post.inReplyToId === undefined ? undefined : state.posts[post.inReplyToId];
          const quoted = post.quotedId === undefined ? undefined : state.posts[post.quotedId];
          if (parent) emit('post.reply.create', parent.authorId, payload);
          if (quoted) emit('post.quote.create', quoted.authorId, payload);
          return emit('post.create', post.authorId, payload);
        }
        case 'dm': {
          const { dm } = event;
          for (const id of dm.participantIds) if (id !== dm.senderId) emit('dm.received', id, { id: dm.id, sender_id: dm.senderId, dm_conversation_id: dm.conversationId });
          return;
        }
        case 'delete': return emit('post.delete', event.post.authorId, { id: event.post.id, author_id: event.post.authorId });
        case 'revoke': return emit('oauth.revoke', event.userId, { user_id: event.userId });
      }
    },
    close() {
      if (timer) clearInterval(timer);
      timer = null;
      for (const res of streams.keys()) res.destroy();
      streams.clear();
    },
  };
}

const wire = (one: NonNullable<XState['subscriptions']>[number]): object => ({
  subscription_id: one.id, event_type: one.eventType, filter: { user_id: one.userId }, ...(one.tag === undefined ? {} : { tag: one.tag }),
});
