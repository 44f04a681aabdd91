import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal, unauthorized, wrongToken, type Answer } from './errors.ts';
import type { XGrant, XState } from './state.ts';
import { accessTokenLifeMs } from './terms.ts';

/** Who asks, and with which scopes; OAuth 1.0a tokens carry every scope. */
export type Caller = { userId: string; scopes: string[] | 'all' };

/** All scopes a care desk asks for. */
export const deskScopes = [
  'tweet.read', 'tweet.write', 'users.read', 'dm.read', 'dm.write', 'media.write', 'tweet.moderate.write', 'offline.access',
];

/** Checks the Authorization header. Expired, revoked and unknown tokens all look the same: 401. */
export function authenticate(state: XState, nowMs: number, method: string, path: string, query: URLSearchParams, header: string | undefined): Caller {
  if (header?.startsWith('Bearer ')) {
    const token = header.slice(7);
    if (state.appBearers?.includes(token)) throw wrongToken('OAuth 2.0 Application-Only', 'OAuth 1.0a User Context, OAuth 2.0 User Context');
    const grant = state.grants.find(g => g.accessToken === token);
    if (!grant || grant.revoked || grant.accessExpiresAt <= nowMs) throw unauthorized();
    return caller(state, grant.userId, grant.scopes);
  }
  if (header?.startsWith('OAuth ')) return caller(state, checkOAuth1(state, method, path, query, header), 'all');
  throw unauthorized();
}

function caller(state: XState, userId: string, scopes: Caller['scopes']): Caller {
  const user = state.users[userId];
  if (!user || user.suspended) throw unauthorized();
  return { userId, scopes };
}

const enc = (s: string): string => encodeURIComponent(s).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

// The client signs the address X has, before its base URL is rewritten: the loopback address must not enter the signature.
const signedOrigin = 'https://api.x.com';

/** RFC 5849 section 3.4: HMAC-SHA1 over method, URL and sorted parameters (a JSON or multipart body is not signed). */
function checkOAuth1(state: XState, method: string, path: string, query: URLSearchParams, header: string): string {
  const params = new Map<string, string>();
  for (const [, key, value] of header.slice(6).matchAll(/\s*([A-Za-z_]+)="([^"]*)"/g)) {
    if (key !== undefined && value !== undefined) params.set(key, decodeURIComponent(value));
  }
  const token = state.oauth1.find(t => t.accessToken === params.get('oauth_token') && t.consumerKey === params.get('oauth_consumer_key'));
  const given = params.get('oauth_signature');
  if (!token || given === undefined) throw unauthorized();
  const pairs = [...query, ...params].filter(([k]) => k !== 'oauth_signature' && k !== 'realm').map(([k, v]) => `${enc(k)}=${enc(v)}`).sort();
  const base = [method, enc(signedOrigin + path), enc(pairs.join('&'))].join('&');
  const expected = createHmac('sha1', `${enc(token.consumerSecret)}&${enc(token.accessSecret)}`).update(base).digest();
  const actual = Buffer.from(given, 'base64');
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) throw unauthorized();
  return token.userId;
}

/** Makes a grant for a user, as if she had just signed in. */
export function addGrant(state: XState, userId: string, clientId: string, nowMs: number, scopes = deskScopes): XGrant {
  const grant: XGrant = {
    userId, clientId, scopes, accessToken: freshToken(state, 'at'), accessExpiresAt: nowMs + accessTokenLifeMs,
    refreshToken: freshToken(state, 'rt'), usedRefreshTokens: [],
  };
  state.grants.push(grant);
  return grant;
}

function freshToken(state: XState, kind: string): string {
  state.tokenSerial += 1;
  return `${kind}-${state.tokenSerial}-${randomBytes(18).toString('base64url')}`;
}

/**
 * POST /2/oauth2/token with `grant_type=refresh_token`. A refresh token works once; whoever shows a used one ends the family,
 * so the token that was valid until then stops working too (RFC 6749 section 10.4, RFC 9700 section 4.14).
 */
export function refreshGrant(state: XState, nowMs: number, body: Record<string, unknown>): Answer {
  const given = body['refresh_token'];
  const grant = state.grants.find(g => g.refreshToken === given || (typeof given === 'string' && g.usedRefreshTokens.includes(given)));
  if (!grant || grant.clientId !== body['client_id']) throw tokenError('invalid_request', 'Value passed for the token was invalid.');
  if (grant.refreshToken !== given) grant.revoked = true;
  if (grant.revoked) throw tokenError('invalid_request', 'Value passed for the token was invalid.');
  grant.usedRefreshTokens.push(grant.refreshToken);
  grant.refreshToken = freshToken(state, 'rt');
  grant.accessToken = freshToken(state, 'at');
  grant.accessExpiresAt = nowMs + accessTokenLifeMs;
  return tokenAnswer(grant);
}

/** What the token endpoint answers for a grant; without `offline.access` nothing renews it. */
export function tokenAnswer(grant: XGrant): Answer {
  return {
    status: 200,
    body: { token_type: 'bearer', expires_in: accessTokenLifeMs / 1000, access_token: grant.accessToken, ...(grant.scopes.includes('offline.access') ? { refresh_token: grant.refreshToken } : {}), scope: grant.scopes.join(' ') },
  };
}

/** POST /2/oauth2/revoke: ends the grant of an access or refresh token. */
export function revokeGrant(state: XState, body: Record<string, unknown>): Answer {
  for (const grant of state.grants) {
    if (grant.accessToken === body['token'] || grant.refreshToken === body['token']) grant.revoked = true;
  }
  return { status: 200, body: { revoked: true } };
}

export const tokenError = (error: string, error_description: string): Refusal => new Refusal({ status: 400, body: { error, error_description } });
