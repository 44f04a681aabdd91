import { z } from 'zod';
import { ParleyError, sleep, type Clock } from '../kernel/index.ts';
import { askForTokens, endpoint, postForm, type Tokens } from './oauth-token.ts';
import type { SignedIn, SignInUnderWay } from './port.ts';

const offer = z.object({
  device_code: z.string().min(1).max(4_096), user_code: z.string().min(1).max(64), interval: z.number().min(0).max(600).optional(), expires_in: z.number().min(1).max(86_400),
  verification_uri: z.url().optional(), verification_url: z.url().optional(),
});

export interface DeviceSignIn {
  clock: Clock;
  signal: AbortSignal;
  deviceUrl: string;
  tokenUrl: string;
  client: Record<string, string>;
  scope: string;
  finish(tokens: Tokens): Promise<SignedIn>;
}

/** Sign-in with a code typed in on any other device (RFC 8628), for desks where no browser can lead back here. */
export async function signInByCode({ clock, signal, deviceUrl, tokenUrl, client, scope, finish }: DeviceSignIn): Promise<SignInUnderWay> {
  const { host } = endpoint(deviceUrl);
  const { status, body } = await postForm(deviceUrl, { client_id: client['client_id'] ?? '', scope }, clock, signal);
  const answer = offer.safeParse(body);
  const page = answer.success ? (answer.data.verification_uri ?? answer.data.verification_url) : undefined;
  if (!answer.success || page === undefined || status !== 200) {
    throw new ParleyError('refused', status === null ? `${host} cannot be reached.` : `${host} gives no sign-in codes to this app; sign in with the browser instead.`);
  }
  const { device_code, user_code, interval = 5, expires_in } = answer.data;
  const expiresAt = clock.now() + expires_in * 1_000;

  async function run(): Promise<SignedIn> {
    let waitMs = Math.max(1, interval) * 1_000;
    for (;;) {
      await sleep(clock, waitMs, signal).catch(() => { throw new ParleyError('cancelled', 'The sign-in was cancelled.'); });
      if (clock.now() >= expiresAt) throw new ParleyError('unavailable', 'The code was not used in time; start the sign-in again.');
      const given = await askForTokens(tokenUrl, { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code, ...client }, clock, signal)
        .catch((error: unknown) => { throw signal.aborted ? new ParleyError('cancelled', 'The sign-in was cancelled.') : error; });
      if (given.ok) return finish(given.tokens);
      if (given.isFinal) throw new ParleyError('refused', given.sentence);
      // RFC 8628 section 3.5: five seconds more, from now on.
      if (given.error === 'slow_down') waitMs += 5_000;
      // Unreachable or busy: twice the wait, as the RFC asks for time-outs.
      else if (given.error !== 'authorization_pending') waitMs = Math.min(waitMs * 2, 60_000);
    }
  }
  return { url: endpoint(page).href, redirectUri: '', expiresAt, userCode: user_code, done: run() };
}
