import { z } from 'zod';
import { ParleyError, type Clock, type Log } from '../../kernel/index.ts';
import { createGrant } from '../oauth-grant.ts';
import { tokensIn, type TokenAnswer } from '../oauth-token.ts';
import type { XClient, XRequest, XResult, XToken } from './client.ts';
import { malformedProblem, signInProblem, type XProblem } from './errors.ts';

/** Of the developer app, for its activity stream. */
const appBearer = z.string().optional();

/** How the secrets of an X account are named in the vault. */
export const xSecrets = z.union([
  z.object({ type: z.literal('oauth2'), accessToken: z.string().min(1), refreshToken: z.string().optional(), clientId: z.string().optional(), appBearer }),
  z.object({ type: z.literal('oauth1'), appKey: z.string().min(1), appSecret: z.string().min(1), accessToken: z.string().min(1), accessSecret: z.string().min(1), appBearer }),
]);

export interface XSession {
  /** Sends a request as this account; an expired sign-in is renewed once. Never rejects but for a bug. */
  send(request: XRequest): Promise<XResult>;
}

export interface SecretsPort {
  secrets(): Promise<Record<string, string>>;
  saveSecrets(secrets: Record<string, string>): Promise<void>;
}

type OAuth1Keys = Omit<Extract<z.infer<typeof xSecrets>, { type: 'oauth1' }>, 'type' | 'appBearer'>;

/** A token to ask with, and another one for when X refuses it; null where there is none. */
interface Way { token: XToken; instead(): Promise<XToken | null> }

/** What X answered to a renewal that may yet succeed. */
class NotRenewed extends Error {
  readonly problem: XProblem;
  constructor(problem: XProblem) {
    super(problem.sentence);
    this.problem = { ...problem, mayHaveHappened: false };
  }
}

export function createSession(client: XClient, port: SecretsPort, { clock, log }: { clock: Clock; log: Log }): XSession {
  const grant = createGrant({ clock, log, load: () => port.secrets(), save: (secrets) => port.saveSecrets(secrets), redeem: (refreshToken, secrets) => redeem(client, clock, refreshToken, secrets['clientId']) });
  let isGrant: boolean | null = null;
  let keys: OAuth1Keys | null = null;

  async function load(): Promise<z.infer<typeof xSecrets>> {
    const parsed = xSecrets.safeParse(await port.secrets());
    if (!parsed.success) throw new ParleyError('auth_needed', 'The sign-in of this X account is not complete; sign in again.');
    return parsed.data;
  }

  async function wayIn(): Promise<Way> {
    isGrant ??= (await load()).type === 'oauth2';
    if (isGrant) {
      const token = await grant.token();
      return { token, instead: () => grant.insteadOf(token).catch(nothingToRenewWith) };
    }
    const used = (keys ??= keysOf(await load()));
    return {
      token: used,
      // Nothing renews these; a person may have put others in their place meanwhile.
      async instead() {
        keys = keysOf(await load());
        return keys.accessToken === used.accessToken ? null : keys;
      },
    };
  }

  async function send(request: XRequest): Promise<XResult> {
    try {
      const { token, instead } = await wayIn();
      const first = await client.request(token, request);
      if (first.ok || first.problem.code !== 'sign_in_needed') return first;
      const next = await instead();
      return next === null ? first : await client.request(next, request);
    } catch (error) {
      // Nothing was accepted on this way: either no request was made yet or X had answered 401.
      if (error instanceof NotRenewed) return { ok: false, problem: error.problem, headers: {} };
      if (error instanceof ParleyError && error.code === 'auth_needed') return { ok: false, problem: { ...signInProblem(error.message), sentence: error.message }, headers: {} };
      log.error('x.secrets', { error });
      return { ok: false, problem: { ...signInProblem(String(error)), code: 'server_error', sentence: 'The renewed sign-in could not be stored on this machine.' }, headers: {} };
    }
  }

  return { send };
}

async function redeem(client: XClient, clock: Clock, refreshToken: string, clientId: string | undefined): Promise<TokenAnswer> {
  const askedAt = clock.now();
  const answer = await client.request(null, {
    method: 'POST', path: '/2/oauth2/token', isTokenRequest: true,
    body: { grant_type: 'refresh_token', refresh_token: refreshToken, ...(clientId ? { client_id: clientId } : {}) },
  });
  if (answer.ok) {
    const tokens = tokensIn(answer.body, askedAt);
    if (tokens === null) throw new NotRenewed(malformedProblem('token answer'));
    return { ok: true, tokens };
  }
  if (!['refused', 'sign_in_needed', 'not_found'].includes(answer.problem.code)) throw new NotRenewed(answer.problem);
  const { sentence } = signInProblem(answer.problem.cause);
  return { ok: false, isFinal: true, error: answer.problem.code, sentence };
}

/** Then X's own refusal says it best. */
function nothingToRenewWith(error: unknown): null {
  if (error instanceof ParleyError && error.code === 'auth_needed') return null;
  throw error;
}

function keysOf(secrets: z.infer<typeof xSecrets>): OAuth1Keys {
  if (secrets.type !== 'oauth1') throw new ParleyError('auth_needed', 'The sign-in of this X account has changed; it is opened anew.');
  return { appKey: secrets.appKey, appSecret: secrets.appSecret, accessToken: secrets.accessToken, accessSecret: secrets.accessSecret };
}
