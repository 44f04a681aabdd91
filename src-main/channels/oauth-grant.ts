import { ParleyError, type Clock, type Log } from '../kernel/index.ts';
import { z } from 'zod';
import type { TokenAnswer } from './oauth-token.ts';

/** The secrets of a grant as they lie in the vault: names to text. */
const shape = z.object({ accessToken: z.string().min(1), refreshToken: z.string().optional(), expiresAt: z.string().regex(/^\d{1,16}$/).optional() });

/** A token this close to its end is renewed first: the connection must be made before it is over. */
const EARLY_MS = 60_000;

export interface Grant {
  /** A token to sign in with; renewed first when it is over. Throws ParleyError: auth_needed, or offline when it could not be renewed now. */
  token(): Promise<string>;
  /** The server did not take this token: another one, or ParleyError as above. */
  insteadOf(refused: string): Promise<string>;
}

export interface GrantDeps {
  clock: Clock;
  log: Log;
  load(): Promise<Record<string, string>>;
  /** Durable before it resolves. */
  save(secrets: Record<string, string>): Promise<void>;
  redeem(refreshToken: string, secrets: Record<string, string>): Promise<TokenAnswer>;
}

/**
 * The one place that renews the tokens of a grant. Refresh tokens may work once, and showing a used one may end the whole sign-in (RFC 9700
 * section 4.14): so there is one renewal at a time, and what it gave is stored before its first use.
 */
export function createGrant({ clock, log, load, save, redeem }: GrantDeps): Grant {
  let current: Record<string, string> | null = null;
  /** Renewed but not stored yet: the disk was full, say. Nothing uses it until it is stored. */
  let unsaved: Record<string, string> | null = null;
  let renewal: Promise<void> | null = null;
  let ended: { refreshToken: string; sentence: string } | null = null;

  async function keep(secrets: Record<string, string>): Promise<void> {
    unsaved = secrets;
    await save(secrets);
    current = secrets;
    unsaved = null;
  }

  const read = (secrets: Record<string, string>): z.infer<typeof shape> => {
    const parsed = shape.safeParse(secrets);
    if (!parsed.success) throw new ParleyError('auth_needed', 'The sign-in of this account is not complete; sign in again.');
    return parsed.data;
  };

  async function renew(used: string): Promise<void> {
    const stored = await load();
    const { accessToken, refreshToken } = read(stored);
    if (accessToken !== used) {
      // Somebody signed in again meanwhile.
      current = stored;
      return;
    }
    if (refreshToken === undefined) throw new ParleyError('auth_needed', 'The sign-in is over and cannot be renewed; sign in again.');
    if (ended?.refreshToken === refreshToken) throw new ParleyError('auth_needed', ended.sentence);
    const answer = await redeem(refreshToken, stored);
    if (!answer.ok) {
      if (!answer.isFinal) throw new ParleyError('offline', answer.sentence, { retryable: true });
      ended = { refreshToken, sentence: answer.sentence };
      throw new ParleyError('auth_needed', answer.sentence);
    }
    const { tokens } = answer;
    const { expiresAt: _, ...rest } = stored;
    await keep({
      ...rest, accessToken: tokens.accessToken, refreshToken: tokens.refreshToken ?? refreshToken,
      ...(tokens.expiresAt === null ? {} : { expiresAt: String(tokens.expiresAt) }),
    });
    log.info('oauth.renewed');
  }

  async function usable(refused: string | null): Promise<string> {
    if (unsaved) await keep(unsaved);
    current ??= await load();
    const { accessToken, expiresAt } = read(current);
    const isOver = accessToken === refused || (expiresAt !== undefined && Number(expiresAt) <= clock.now() + EARLY_MS);
    if (!isOver) return accessToken;
    renewal ??= renew(accessToken).finally(() => (renewal = null));
    await renewal;
    return read(current ?? {}).accessToken;
  }

  return { token: () => usable(null), insteadOf: (refused) => usable(refused) };
}
