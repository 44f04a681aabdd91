import { createHash, randomBytes } from 'node:crypto';
import { addGrant, deskScopes, refreshGrant, tokenAnswer, tokenError } from './auth.ts';
import { Refusal, type Answer } from './errors.ts';
import type { XApp, XState } from './state.ts';
import { codeLifeMs } from './terms.ts';

/** What the page was opened with, checked; what X shows as "Something went wrong" is a 400 page here, and leads nowhere. */
interface Asked { app: XApp; redirectUri: string; scopes: string[]; state: string; challenge: string; method: 'S256' | 'plain' }

const knownScopes = new Set([...deskScopes, 'tweet.write', 'follows.read', 'list.read', 'space.read', 'mute.read', 'like.read', 'block.read', 'bookmark.read', 'users.email']);

function checkAsked(state: XState, get: (name: string) => string | null): Asked {
  const wrong = (why: string): Refusal => new Refusal({ status: 400, body: page('Something went wrong', `<p>You weren’t able to give access to the App. Go back and try logging in again.</p><!-- ${why} -->`) });
  const app = (state.apps ?? []).find(a => a.clientId === get('client_id'));
  const redirectUri = get('redirect_uri') ?? '';
  if (!app) throw wrong('unknown client_id');
  if (!app.redirectUris.includes(redirectUri)) throw wrong('redirect_uri is not registered');
  if (get('response_type') !== 'code') throw wrong('response_type');
  const given = get('state') ?? '';
  if (given === '' || given.length > 500) throw wrong('state');
  const scopes = (get('scope') ?? '').split(' ').filter(s => s !== '');
  if (scopes.length === 0 || !scopes.every(s => knownScopes.has(s))) throw wrong('scope');
  const method = get('code_challenge_method') ?? 'plain';
  const challenge = get('code_challenge') ?? '';
  if ((method !== 'S256' && method !== 'plain') || !/^[\w.~-]{43,128}$/.test(challenge)) throw wrong('code_challenge');
  return { app, redirectUri, scopes, state: given, challenge, method };
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);
const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escaped(title)}</title><body style="font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:12vh auto;padding:0 1em"><h1 style="font-size:22px">${escaped(title)}</h1>${body}</body></html>`;

/** Accounts somebody here holds the password of: those that signed in before. */
const ownUsers = (state: XState): string[] => [...new Set([...state.grants, ...state.oauth1].map(g => g.userId))];

/** GET /i/oauth2/authorize: the page on which a person allows an app. */
export function consentPage(state: XState, query: URLSearchParams): Answer {
  const asked = checkAsked(state, name => query.get(name));
  const hidden = [...query].map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`).join('');
  const users = ownUsers(state).map(id => state.users[id]).filter(user => user !== undefined)
    .map((user, i) => `<p><label><input type="radio" name="user_id" value="${user.id}"${i === 0 ? ' checked' : ''}> ${escaped(user.name)} <b>@${escaped(user.username)}</b></label></p>`).join('');
  const wants = asked.scopes.map(s => `<li>${escaped(s)}</li>`).join('');
  return {
    status: 200,
    body: page(`${asked.app.name} wants to access your X account`, `<form method="post" action="/i/oauth2/authorize">${hidden}${users}<p>It will be able to:</p><ul>${wants}</ul><p><button name="decision" value="allow">Authorize app</button> <button name="decision" value="cancel">Cancel</button></p></form>`),
  };
}

/** POST /i/oauth2/authorize: the person's decision, back to the app by a redirect. */
export function decide(state: XState, nowMs: number, body: Record<string, unknown>): Answer {
  const text = (name: string): string | null => (typeof body[name] === 'string' ? body[name] : null);
  const asked = checkAsked(state, text);
  const userId = text('user_id') ?? '';
  const location = new URL(asked.redirectUri);
  location.searchParams.set('state', asked.state);
  if (text('decision') === 'allow' && ownUsers(state).includes(userId)) {
    const code = randomBytes(32).toString('base64url');
    const { app, redirectUri, scopes, challenge, method } = asked;
    state.codes = [...(state.codes ?? []).filter(c => c.expiresAt > nowMs), { code, clientId: app.clientId, redirectUri, userId, scopes, challenge, method, expiresAt: nowMs + codeLifeMs }];
    location.searchParams.set('code', code);
  } else location.searchParams.set('error', 'access_denied');
  return { status: 302, body: '', headers: { location: location.href } };
}

/** POST /2/oauth2/token. */
export function tokenFor(state: XState, nowMs: number, body: Record<string, unknown>): Answer {
  if (body['grant_type'] === 'refresh_token') return refreshGrant(state, nowMs, body);
  if (body['grant_type'] !== 'authorization_code') throw tokenError('unsupported_grant_type', 'Value passed for the grant type was invalid.');
  const found = (state.codes ?? []).find(c => c.code === body['code']);
  if (!found || found.expiresAt <= nowMs) throw tokenError('invalid_request', 'Value passed for the authorization code was invalid.');
  if (found.usedBy !== undefined) {
    // A code shown twice was stolen: what it gave is taken back (RFC 6749 section 4.1.2).
    for (const grant of state.grants) if (grant.accessToken === found.usedBy) grant.revoked = true;
    throw tokenError('invalid_request', 'Value passed for the authorization code was invalid.');
  }
  const verifier = typeof body['code_verifier'] === 'string' ? body['code_verifier'] : '';
  const proof = found.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  if (body['client_id'] !== found.clientId || body['redirect_uri'] !== found.redirectUri || proof !== found.challenge || verifier.length < 43) {
    throw tokenError('invalid_request', 'Value passed for the code verifier did not match the code challenge.');
  }
  const grant = addGrant(state, found.userId, found.clientId, nowMs, found.scopes);
  found.usedBy = grant.accessToken;
  return tokenAnswer(grant);
}
