import { z } from 'zod';
import { ParleyError, type Log } from '../../kernel/index.ts';
import type { XClient, XRequest, XResult, XToken } from './client.ts';
import { malformedProblem, signInProblem } from './errors.ts';

/** Of the developer app, for its activity stream. */
const appBearer = z.string().optional();

/** How the secrets of an X account are named in the vault. */
export const xSecrets = z.union([
  z.object({ type: z.literal('oauth2'), accessToken: z.string().min(1), refreshToken: z.string().optional(), clientId: z.string().optional(), appBearer }),
  z.object({ type: z.literal('oauth1'), appKey: z.string().min(1), appSecret: z.string().min(1), accessToken: z.string().min(1), accessSecret: z.string().min(1), appBearer }),
]);
export type XSecrets = z.infer<typeof xSecrets>;

export interface XSession {
  /** Sends a request as this account; an expired sign-in is renewed once. Never rejects but for a bug. */
  send(request: XRequest): Promise<XResult>;
}

export interface SecretsPort {
  secrets(): Promise<Record<string, string>>;
  saveSecrets(secrets: Record<string, string>): Promise<void>;
}

const tokenAnswer = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).optional() });

/**
 * The one place that uses and renews the tokens of an account. X's refresh tokens work once and showing a used one ends the whole
 * sign-in (RFC 9700 section 4.14), so there is one renewal at a time and its result is stored before its first use.
 */
export function createSession(client: XClient, port: SecretsPort, log: Log): XSession {
  let current: XSecrets | null = null;
  /** Renewed but not stored yet: the disk was full, say. Nothing is sent until it is stored. */
  let unsaved: XSecrets | null = null;
  let renewal: Promise<XResult | null> | null = null;
  let refusedToken: string | null = null;

  async function load(): Promise<XSecrets> {
    if (unsaved) await save(unsaved);
    if (current) return current;
    const parsed = xSecrets.safeParse(await port.secrets());
    if (!parsed.success) throw new ParleyError('auth_needed', 'The sign-in of this X account is not complete; sign in again.');
    current = parsed.data;
    return current;
  }

  async function save(secrets: XSecrets): Promise<void> {
    unsaved = secrets;
    await port.saveSecrets(Object.fromEntries(Object.entries(secrets).filter((pair): pair is [string, string] => pair[1] !== undefined)));
    current = secrets;
    unsaved = null;
  }

  /** Null = renewed, or changed by a person meanwhile; otherwise why not. */
  async function renew(used: XSecrets): Promise<XResult | null> {
    const stored = xSecrets.safeParse(await port.secrets());
    if (stored.success && stored.data.accessToken !== used.accessToken) {
      current = stored.data;
      return null;
    }
    if (used.type !== 'oauth2' || !used.refreshToken || used.refreshToken === refusedToken) return { ok: false, problem: signInProblem('nothing to renew with'), headers: {} };
    const answer = await client.request(null, {
      method: 'POST', path: '/2/oauth2/token', isTokenRequest: true,
      body: { grant_type: 'refresh_token', refresh_token: used.refreshToken, ...(used.clientId ? { client_id: used.clientId } : {}) },
    });
    if (!answer.ok) {
      const isFinal = ['refused', 'sign_in_needed', 'not_found'].includes(answer.problem.code);
      if (!isFinal) return { ...answer, problem: { ...answer.problem, mayHaveHappened: false } };
      refusedToken = used.refreshToken;
      return { ok: false, problem: signInProblem(answer.problem.cause), headers: {} };
    }
    const pair = tokenAnswer.safeParse(answer.body);
    if (!pair.success) return { ok: false, problem: { ...malformedProblem('token answer'), mayHaveHappened: false }, headers: {} };
    await save({ ...used, accessToken: pair.data.access_token, refreshToken: pair.data.refresh_token ?? used.refreshToken });
    log.info('x.signInRenewed');
    return null;
  }

  async function send(request: XRequest): Promise<XResult> {
    try {
      const used = await load();
      const first = await client.request(tokenOf(used), request);
      if (first.ok || first.problem.code !== 'sign_in_needed') return first;
      if (current?.accessToken === used.accessToken) {
        renewal ??= renew(used).finally(() => (renewal = null));
        const failed = await renewal;
        if (failed) return failed;
      }
      return await client.request(tokenOf(await load()), request);
    } catch (error) {
      // Nothing was accepted on this way: either no request was made yet or X had answered 401.
      if (error instanceof ParleyError && error.code === 'auth_needed') return { ok: false, problem: { ...signInProblem(error.message), sentence: error.message }, headers: {} };
      log.error('x.secrets', { error });
      return { ok: false, problem: { ...signInProblem(String(error)), code: 'server_error', sentence: 'The renewed sign-in could not be stored on this machine.' }, headers: {} };
    }
  }

  return { send };
}

const tokenOf = (secrets: XSecrets): XToken =>
  secrets.type === 'oauth2'
    ? secrets.accessToken
    : { appKey: secrets.appKey, appSecret: secrets.appSecret, accessToken: secrets.accessToken, accessSecret: secrets.accessSecret };
