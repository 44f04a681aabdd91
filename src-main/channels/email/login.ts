import { ParleyError, type Clock, type Log } from '../../kernel/index.ts';
import { createGrant } from '../oauth-grant.ts';
import { askForTokens } from '../oauth-token.ts';
import { passwordOf, type MailConfig } from './config.ts';

/** What a server is shown to let us in. */
export type MailLogin =
  | { type: 'password'; user: string; password: string }
  | {
      type: 'token'; user: string; token: string;
      /** The server did not take this token: another one. Throws ParleyError: auth_needed, or offline when none is to be had now. */
      another(): Promise<string>;
    };

interface SecretsPort { secrets(): Promise<Record<string, string>>; saveSecrets(secrets: Record<string, string>): Promise<void> }

/** The way in to a mailbox. Throws ParleyError auth_needed when a person must sign in first. */
export function createLogins(config: () => MailConfig, port: SecretsPort, clock: Clock, log: Log): () => Promise<MailLogin> {
  const grant = createGrant({
    clock, log, load: () => port.secrets(), save: (secrets) => port.saveSecrets(secrets),
    redeem(refreshToken, secrets) {
      const { oauth } = config();
      if (oauth === null) throw new ParleyError('bad_input', 'This mailbox has no sign-in page.');
      return askForTokens(oauth.tokenUrl, { grant_type: 'refresh_token', refresh_token: refreshToken, ...clientOf(oauth.clientId, secrets) }, clock);
    },
  });
  return async () => {
    const { user, oauth } = config();
    if (oauth === null) return { type: 'password', user, password: passwordOf(await port.secrets()) };
    const token = await grant.token();
    return { type: 'token', user, token, another: () => grant.insteadOf(token) };
  };
}

/** How an app names itself to a token endpoint; desktop apps of some providers have a secret, which is none. */
export const clientOf = (clientId: string, secrets: Record<string, string>): Record<string, string> => {
  const secret = secrets['clientSecret'];
  return { client_id: clientId, ...(secret === undefined || secret === '' ? {} : { client_secret: secret }) };
};
