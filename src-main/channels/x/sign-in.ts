import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ParleyError, sleep } from '../../kernel/index.ts';
import { openLoopback } from '../loopback.ts';
import type { ChannelDriver, SignedIn } from '../port.ts';
import { makeClient, parseBase, type XClient, type XResult } from './client.ts';
import type { XConfig } from './config.ts';
import { malformedProblem } from './errors.ts';
import { signIn as terms } from './prices.ts';
import { parseUser } from './shapes.ts';

type StartSignIn = NonNullable<ChannelDriver['signIn']>;

/** What the four values of a sign-in are made of (RFC 7636). Pure but for its randomness, which is the system's own. */
export function authorizeUrl(authorizeBase: string, clientId: string, redirectUri: string, state: string, verifier: string): string {
  const url = new URL(`${parseBase(authorizeBase).href.replace(/\/+$/, '')}/i/oauth2/authorize`);
  url.search = new URLSearchParams({
    response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope: terms.scopes.join(' '), state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
  }).toString().replaceAll('+', '%20');
  return url.href;
}

/**
 * Sign-in in the person's own browser (OAuth 2 with PKCE, a public client). The way back is open only meanwhile; the tokens are handed to
 * `keep` before anything is asked with them.
 */
export const startSignIn: StartSignIn = async (input, deps) => {
  const client = makeClient(input.apiBase, deps.clock);
  parseBase(input.authorizeBase);
  // Not from the desk's random source: tests may seed that one, and these are secrets.
  const state = randomBytes(32).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  const way = await openLoopback(terms.ports, state);
  const url = authorizeUrl(input.authorizeBase, input.clientId, way.redirectUri, state, verifier);
  const expiresAt = deps.clock.now() + terms.waitMs;

  async function run(): Promise<SignedIn> {
    try {
      const code = codeOf(await timed(way.answer));
      const answer = await client.request(null, {
        method: 'POST', path: '/2/oauth2/token', isTokenRequest: true,
        body: { grant_type: 'authorization_code', code, redirect_uri: way.redirectUri, code_verifier: verifier, client_id: input.clientId },
      });
      const tokens = tokensOf(answer);
      const secrets: Record<string, string> = { type: 'oauth2', accessToken: tokens.access_token, ...(tokens.refresh_token ? { refreshToken: tokens.refresh_token } : {}), clientId: input.clientId };
      const config: XConfig = { apiBase: input.apiBase, authorizeBase: input.authorizeBase, clientId: input.clientId, userId: '', handle: '', ownsApp: input.ownsApp };
      await deps.keep(config, secrets);
      const user = await whoIs(client, tokens.access_token, deps);
      return { config: { ...config, userId: user.id, handle: user.username }, secrets, address: `@${user.username}` };
    } finally {
      await way.close();
      client.close();
    }
  }

  /** Ends with the answer, or when the person gave up or the time is over. */
  function timed<T>(work: Promise<T>): Promise<T> {
    const over = sleep(deps.clock, terms.waitMs, deps.signal).then(
      () => { throw new ParleyError('unavailable', 'Nobody finished the sign-in within five minutes; start it again.'); },
      () => { throw new ParleyError('cancelled', 'The sign-in was cancelled.'); },
    );
    return Promise.race([work, over]);
  }

  return { url, redirectUri: way.redirectUri, expiresAt, done: run() };
};

function codeOf(query: URLSearchParams): string {
  const code = query.get('code');
  if (code !== null && code !== '') return code;
  const isDenied = query.get('error') === 'access_denied';
  throw new ParleyError('refused', isDenied ? 'The sign-in was declined on X’s page.' : `X’s page ended the sign-in (${(query.get('error') ?? 'no code').slice(0, 80)}).`);
}

const tokenShape = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).optional() });

function tokensOf(answer: XResult): z.infer<typeof tokenShape> {
  if (!answer.ok) {
    const isRefused = ['refused', 'sign_in_needed', 'not_found'].includes(answer.problem.code);
    // The code works once, so it cannot be tried again with the same one.
    throw new ParleyError('refused', isRefused ? 'X did not accept the sign-in; check the client ID and the callback address in X’s developer console, then start again.' : `${answer.problem.sentence} Start the sign-in again.`);
  }
  const parsed = tokenShape.safeParse(answer.body);
  if (!parsed.success) throw new ParleyError('refused', malformedProblem('token answer').sentence);
  return parsed.data;
}

async function whoIs(client: XClient, token: string, deps: Parameters<StartSignIn>[1]): Promise<{ id: string; username: string }> {
  for (let attempt = 1; ; attempt += 1) {
    const me = await client.request(token, { method: 'GET', path: '/2/users/me' });
    const user = me.ok ? parseUser(me.body) : null;
    if (user) return user;
    const isPassing = !me.ok && ['network', 'server_error'].includes(me.problem.code);
    if (!isPassing || attempt === terms.identityTries) throw new ParleyError('refused', me.ok ? malformedProblem('users/me').sentence : me.problem.sentence);
    await sleep(deps.clock, terms.identityRetryMs, deps.signal).catch(() => { throw new ParleyError('cancelled', 'The sign-in was cancelled.'); });
  }
}
