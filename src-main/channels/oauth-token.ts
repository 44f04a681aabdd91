import { z } from 'zod';
import { ParleyError, type Clock } from '../kernel/index.ts';

/** What a token endpoint gave (RFC 6749 section 5.1). */
export interface Tokens { accessToken: string; refreshToken: string | null; expiresAt: number | null }

/** `isFinal`: asking again would give the same answer; a person must sign in, or set something right. `error` is the code of RFC 6749, RFC 8628 or our own. */
export type TokenAnswer = { ok: true; tokens: Tokens } | { ok: false; isFinal: boolean; error: string; sentence: string };

const ANSWER_LIMIT_MS = 20_000;
/** Real answers are a few kB; identity tokens make the longest. */
const ANSWER_LIMIT_BYTES = 128 * 1024;

const given = z.object({ access_token: z.string().min(1).max(32_768), refresh_token: z.string().min(1).max(32_768).optional(), expires_in: z.union([z.number(), z.string().regex(/^\d{1,9}$/)]).optional() });
const refusal = z.object({ error: z.string().max(200), error_description: z.string().optional() });
/** Codes that say "later" although they come as a refusal. */
const PASSING = new Set(['temporarily_unavailable', 'server_error', 'authorization_pending', 'slow_down']);

/** A token goes over TLS only, or stays on this machine. Throws ParleyError bad_input. */
export function endpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHere = url !== null && url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url === null || url.username !== '' || (url.protocol !== 'https:' && !isHere)) throw new ParleyError('bad_input', 'The addresses of the sign-in must begin with https://.');
  return url;
}

/** Posts a form and reads a small JSON answer; null as status when nobody answered. Redirects are refused: they would carry the secrets along. */
export async function postForm(address: string, form: Record<string, string>, clock: Clock, signal?: AbortSignal): Promise<{ status: number | null; body: unknown }> {
  const late = new AbortController();
  const cancel = clock.after(ANSWER_LIMIT_MS, () => late.abort());
  try {
    const response = await fetch(endpoint(address), {
      method: 'POST', redirect: 'error', body: new URLSearchParams(form), headers: { accept: 'application/json' }, signal: signal ? AbortSignal.any([late.signal, signal]) : late.signal,
    });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > ANSWER_LIMIT_BYTES) throw new Error('the answer is too long');
      chunks.push(chunk);
    }
    return { status: response.status, body: parsed(Buffer.concat(chunks).toString('utf8')) };
  } catch (error) {
    if (error instanceof ParleyError) throw error;
    signal?.throwIfAborted();
    return { status: null, body: null };
  } finally {
    cancel();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** The tokens of a good answer, asked for at a time (ms UTC); null where there are none. Pure. */
export function tokensIn(body: unknown, askedAt: number): Tokens | null {
  const answer = given.safeParse(body);
  if (!answer.success) return null;
  const { access_token, refresh_token, expires_in } = answer.data;
  return { accessToken: access_token, refreshToken: refresh_token ?? null, expiresAt: expires_in === undefined ? null : askedAt + Number(expires_in) * 1_000 };
}

export async function askForTokens(address: string, form: Record<string, string>, clock: Clock, signal?: AbortSignal): Promise<TokenAnswer> {
  const askedAt = clock.now();
  const { host } = endpoint(address);
  const { status, body } = await postForm(address, form, clock, signal);
  const passing = (error: string, sentence: string): TokenAnswer => ({ ok: false, isFinal: false, error, sentence });
  if (status === null) return passing('network', `${host} cannot be reached to renew the sign-in.`);
  if (status >= 500 || status === 429) return passing('busy', `${host} cannot renew sign-ins at the moment.`);
  if (status >= 200 && status < 300) {
    const tokens = tokensIn(body, askedAt);
    return tokens === null ? passing('malformed', `${host} gave an answer that is no sign-in.`) : { ok: true, tokens };
  }
  const no = refusal.safeParse(body);
  const error = no.success ? no.data.error : `HTTP ${status}`;
  return { ok: false, isFinal: no.success && !PASSING.has(error), error, sentence: sentenceFor(error, host) };
}

/** Words for the refusals a person can do something about. */
function sentenceFor(error: string, host: string): string {
  switch (error) {
    case 'invalid_grant': case 'interaction_required': case 'consent_required': case 'login_required':
      return `${host} has ended this sign-in; sign in again.`;
    case 'invalid_client': case 'unauthorized_client':
      return `${host} does not know this client ID, or wants its client secret as well.`;
    case 'invalid_scope':
      return `${host} does not allow this app to read and send mail; allow it in the app’s registration.`;
    case 'access_denied': case 'authorization_declined':
      return 'The sign-in was declined.';
    case 'expired_token': case 'code_expired':
      return 'The code was not used in time; start the sign-in again.';
    default:
      return `${host} refused the sign-in (${error.replace(/[^\w .-]/g, '').slice(0, 60)}).`;
  }
}
