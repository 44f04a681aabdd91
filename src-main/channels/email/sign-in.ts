import { ParleyError } from '../../kernel/index.ts';
import { signInByBrowser } from '../oauth-browser.ts';
import { signInByCode } from '../oauth-device.ts';
import { askForTokens, endpoint, type Tokens } from '../oauth-token.ts';
import type { ChannelDriver, SignedIn } from '../port.ts';
import { readConfig, splitSignIn } from './config.ts';
import { clientOf } from './login.ts';
import { providerById } from './providers.ts';
import { testMailbox } from './test-mailbox.ts';

type StartSignIn = NonNullable<ChannelDriver['signIn']>;

/**
 * Sign-in at the mail provider, in the browser or by code. Whose mailbox the sign-in opens only the mail servers know: they are asked before
 * the account is there. A server that cannot be reached now is no reason to sign in once more.
 */
export const startMailSignIn: StartSignIn = async (input, deps) => {
  const { clock, signal } = deps;
  const { config, secrets: client } = splitSignIn(input);
  const settings = readConfig(config);
  const { oauth } = settings;
  if (oauth === null || input.channel !== 'email') throw new ParleyError('bad_input', 'This mailbox has no sign-in page.');
  const provider = providerById(oauth.provider)?.oauth;
  const named = clientOf(oauth.clientId, client);
  endpoint(oauth.tokenUrl);

  async function finish(tokens: Tokens): Promise<SignedIn> {
    const secrets = {
      ...client, accessToken: tokens.accessToken, ...(tokens.refreshToken === null ? {} : { refreshToken: tokens.refreshToken }),
      ...(tokens.expiresAt === null ? {} : { expiresAt: String(tokens.expiresAt) }),
    };
    await deps.keep(config, secrets);
    const { steps } = await testMailbox(config, secrets, deps);
    const failed = steps.find((step) => !step.ok);
    signal.throwIfAborted();
    if (failed?.step === 'IMAP sign-in' || failed?.step === 'SMTP sign-in') throw new ParleyError('refused', `${failed.message} Was it the sign-in of ${settings.address}?`);
    return { config, secrets, address: settings.address };
  }

  if (input.way === 'code') {
    if (oauth.deviceUrl === null) throw new ParleyError('bad_input', 'This provider gives no sign-in codes; sign in with the browser.');
    return signInByCode({ clock, signal, deviceUrl: oauth.deviceUrl, tokenUrl: oauth.tokenUrl, client: named, scope: oauth.scopes.join(' '), finish });
  }
  return signInByBrowser({
    clock, signal, page: `the page of ${new URL(oauth.authorizeUrl).host}`, ...(provider?.redirectHost === 'localhost' ? { host: 'localhost' as const } : {}),
    authorizeUrl: endpoint(oauth.authorizeUrl),
    params: { client_id: oauth.clientId, scope: oauth.scopes.join(' '), login_hint: settings.address, ...provider?.params },
    async finish({ code, redirectUri, verifier }) {
      const answer = await askForTokens(oauth.tokenUrl, { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier, ...named }, clock, signal);
      // The code works once, so it cannot be tried again with the same one.
      if (!answer.ok) throw new ParleyError('refused', answer.isFinal ? answer.sentence : `${answer.sentence} Start the sign-in again.`);
      return finish(answer.tokens);
    },
  });
};

/** What the account was signed in with, to do it again. */
export const signInMailAgain: NonNullable<ChannelDriver['signInAgain']> = (account, secrets, way) => {
  const { address, displayName, imap, smtp, user, keepSentCopy, ca, oauth } = readConfig(account.config);
  if (oauth === null) throw new ParleyError('bad_input', 'This mailbox is signed in to with a password.');
  return {
    channel: 'email', name: account.name, address, displayName, imap, smtp, user, keepSentCopy, way, ...(ca === null ? {} : { ca }),
    oauth: { ...oauth, scopes: [...oauth.scopes], clientSecret: secrets['clientSecret'] ?? null },
  };
};
