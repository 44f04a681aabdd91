import { createHash, randomBytes } from 'node:crypto';
import { ParleyError, sleep, type Clock } from '../kernel/index.ts';
import { openLoopback } from './loopback.ts';
import type { SignedIn, SignInUnderWay } from './port.ts';

/**
 * Where a sign-in comes back to. Some providers compare the address to the letter, so these are registered with the app: fixed ports on
 * this machine, below those that systems hand out by themselves; the first that is free is taken.
 */
export const signInPorts: readonly number[] = [23_717, 23_718, 23_719];
export const SIGN_IN_WAIT_MS = 5 * 60_000;

export interface BrowserSignIn {
  clock: Clock;
  signal: AbortSignal;
  /** The page's name in a sentence: "X’s page". */
  page: string;
  /** "localhost" where the provider registers no other name for this machine. */
  host?: 'localhost';
  authorizeUrl: URL;
  /** Parameters of the provider beside those of OAuth itself. */
  params: Record<string, string>;
  /** Exchanges the code, which works once; keeps what it got before using it. */
  finish(grant: { code: string; redirectUri: string; verifier: string }): Promise<SignedIn>;
  close?(): void;
}

/** Sign-in in the person's own browser: authorization code with PKCE (RFC 7636), a native app (RFC 8252). The way back is open only meanwhile. */
export async function signInByBrowser(options: BrowserSignIn): Promise<SignInUnderWay> {
  const { clock, signal, page } = options;
  // Not from the desk's random source: tests may seed that one, and these are secrets.
  const state = randomBytes(32).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  const way = await openLoopback(signInPorts, state, options.host);
  const url = new URL(options.authorizeUrl);
  url.search = new URLSearchParams([...url.searchParams, ...Object.entries({
    response_type: 'code', redirect_uri: way.redirectUri, ...options.params, state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
  })]).toString().replaceAll('+', '%20');

  async function run(): Promise<SignedIn> {
    try {
      const code = codeOf(await inTime(way.answer, clock, signal, SIGN_IN_WAIT_MS, 'Nobody finished the sign-in within five minutes; start it again.'), page);
      return await options.finish({ code, redirectUri: way.redirectUri, verifier });
    } finally {
      await way.close();
      options.close?.();
    }
  }
  return { url: url.href, redirectUri: way.redirectUri, expiresAt: clock.now() + SIGN_IN_WAIT_MS, userCode: null, done: run() };
}

/** Ends with the work, or when the person gave up or the time is over. */
export function inTime<T>(work: Promise<T>, clock: Clock, signal: AbortSignal, waitMs: number, late: string): Promise<T> {
  const settled = new AbortController();
  const over = sleep(clock, waitMs, AbortSignal.any([signal, settled.signal])).then(
    () => { throw new ParleyError('unavailable', late); },
    () => { throw new ParleyError('cancelled', 'The sign-in was cancelled.'); },
  );
  over.catch(() => {});
  return Promise.race([work, over]).finally(() => settled.abort());
}

function codeOf(query: URLSearchParams, page: string): string {
  const code = query.get('code');
  if (code !== null && code !== '') return code;
  const isDenied = query.get('error') === 'access_denied';
  throw new ParleyError('refused', isDenied ? `The sign-in was declined on ${page}.` : `${capital(page)} ended the sign-in (${(query.get('error') ?? 'no code').slice(0, 80)}).`);
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
