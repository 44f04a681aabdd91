import { ParleyError, sleep } from '../../kernel/index.ts';
import { signInByBrowser } from '../oauth-browser.ts';
import { tokensIn, type Tokens } from '../oauth-token.ts';
import type { ChannelDriver, SignedIn } from '../port.ts';
import { makeClient, parseBase, type XClient, type XResult } from './client.ts';
import type { XConfig } from './config.ts';
import { malformedProblem } from './errors.ts';
import { signIn as terms } from './prices.ts';
import { parseUser } from './shapes.ts';

type StartSignIn = NonNullable<ChannelDriver['signIn']>;

/** Sign-in on X's own page. The tokens are handed to `keep` before anything is asked with them. */
export const startSignIn: StartSignIn = async (input, deps) => {
  if (input.channel !== 'x') throw new ParleyError('bad_input', 'This is not an X account.');
  const client = makeClient(input.apiBase, deps.clock);
  return signInByBrowser({
    clock: deps.clock, signal: deps.signal, page: 'X’s page',
    authorizeUrl: new URL(`${parseBase(input.authorizeBase).href.replace(/\/+$/, '')}/i/oauth2/authorize`),
    params: { client_id: input.clientId, scope: terms.scopes.join(' ') },
    async finish({ code, redirectUri, verifier }): Promise<SignedIn> {
      const askedAt = deps.clock.now();
      const answer = await client.request(null, {
        method: 'POST', path: '/2/oauth2/token', isTokenRequest: true,
        body: { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier, client_id: input.clientId },
      });
      const { accessToken, refreshToken, expiresAt } = tokensOf(answer, askedAt);
      const secrets: Record<string, string> = { type: 'oauth2', accessToken, ...(refreshToken === null ? {} : { refreshToken }), ...(expiresAt === null ? {} : { expiresAt: String(expiresAt) }), clientId: input.clientId, ...(input.appBearer ? { appBearer: input.appBearer } : {}) };
      const config: XConfig = { apiBase: input.apiBase, authorizeBase: input.authorizeBase, clientId: input.clientId, userId: '', handle: '', ownsApp: input.ownsApp };
      await deps.keep(config, secrets);
      const user = await whoIs(client, accessToken, deps);
      return { config: { ...config, userId: user.id, handle: user.username }, secrets, address: `@${user.username}` };
    },
    close: () => client.close(),
  });
};

function tokensOf(answer: XResult, askedAt: number): Tokens {
  if (!answer.ok) {
    const isRefused = ['refused', 'sign_in_needed', 'not_found'].includes(answer.problem.code);
    // The code works once, so it cannot be tried again with the same one.
    throw new ParleyError('refused', isRefused ? 'X did not accept the sign-in; check the client ID and the callback address in X’s developer console, then start again.' : `${answer.problem.sentence} Start the sign-in again.`);
  }
  const tokens = tokensIn(answer.body, askedAt);
  if (tokens === null) throw new ParleyError('refused', malformedProblem('token answer').sentence);
  return tokens;
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
