import type { MailChange, MailSettings } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import type { MailboxChange } from '../port.ts';
import { passwordOf, readConfig } from './config.ts';
import { imapClient } from './imap-client.ts';
import { createLogins, type MailLogin } from './login.ts';
import { readAuthority } from './trust.ts';

function shownSettings(stored: unknown, now: number): MailSettings {
  const { displayName, imap, smtp, user, keepSentCopy, ca, oauth } = readConfig(stored);
  let authority: MailSettings['authority'] = null;
  try {
    authority = ca === null ? null : readAuthority(ca, now);
  } catch {
    // It has expired since: that is why a person comes here.
    authority = { names: [], until: 0 };
  }
  return { displayName, imap, smtp, user, keepSentCopy, authority, oauth: oauth === null ? null : { clientId: oauth.clientId, authorizeUrl: oauth.authorizeUrl, tokenUrl: oauth.tokenUrl, deviceUrl: oauth.deviceUrl, scopes: [...oauth.scopes] } };
}

/** The settings with what was changed; the address and the way of signing in stay. Throws ParleyError bad_input with one sentence. */
function changed(stored: Record<string, unknown>, { password: _, ca, oauth, ...change }: MailChange): Record<string, unknown> {
  const before = readConfig(stored);
  const next = { ...stored, ...change, ca: ca === undefined ? before.ca : ca, oauth: before.oauth === null || oauth === null ? before.oauth : { ...before.oauth, ...oauth } };
  readConfig(next);
  return next;
}

/** Is what is known of the inbox there, under the same numbers? Then reading may go on where it stood; otherwise numbers mean other mails. */
const isSame: MailboxChange['isSame'] = async (config, secrets, known) => {
  const settings = readConfig(config);
  const login: MailLogin = settings.oauth === null
    ? { type: 'password', user: settings.user, password: passwordOf(secrets) }
    : { type: 'token', user: settings.user, token: secrets['accessToken'] ?? '', another: () => Promise.reject(new Error('no other token')) };
  const client = imapClient(settings, login);
  try {
    await client.connect();
    const inbox = await client.mailboxOpen('INBOX', { readOnly: true });
    const here = known.filter((mail) => mail.epoch === String(inbox.uidValidity));
    if (here.length === 0) return known.length === 0;
    const ids = new Map(here.map((mail) => [mail.key, mail.externalId]));
    const found = await client.fetchAll([...ids.keys()].join(','), { uid: true, envelope: true }, { uid: true });
    return found.length > 0 && found.every((mail) => mail.envelope?.messageId === ids.get(mail.uid));
  } catch {
    throw new ParleyError('offline', 'The mailbox could not be looked into to see whether it is the same one. Nothing was changed; try again.', { retryable: true });
  } finally {
    client.close();
  }
};

export const mailboxChange: MailboxChange = {
  shown: shownSettings,
  changed,
  movesMail: (before, after) => {
    const [a, b] = [readConfig(before), readConfig(after)];
    return a.imap.host !== b.imap.host || a.imap.port !== b.imap.port || a.user !== b.user;
  },
  async login(config, { clock, log, ...port }) {
    const login = await createLogins(() => readConfig(config), port, clock, log)();
    const secrets = await port.secrets();
    return login.type === 'token' ? { ...secrets, accessToken: login.token } : secrets;
  },
  isSame,
};
