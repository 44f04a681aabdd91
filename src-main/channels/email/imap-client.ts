import type * as Imap from 'imapflow';
import { lazyPackage } from '../../kernel/index.ts';
import type { MailConfig } from './config.ts';
import { shortenFetch } from './fast-fetch.ts';
import { mailLimits, mailTimes } from './limits.ts';
import type { MailLogin } from './login.ts';
import { trusting } from './trust.ts';

const library = lazyPackage<typeof Imap>('imapflow');

/** Loads what the first connection would wait for, a tenth of a second. */
export const warmImap = (): void => void library();

/** A connection to the mailbox, not yet connected. Its `error` events are swallowed: every failure also rejects a command or emits `close`. */
export function imapClient(config: MailConfig, login: MailLogin): Imap.ImapFlow {
  const { host, port, security } = config.imap;
  // imapflow hands these to net.connect as well. It writes a command in two pieces, and without noDelay the second waits some 50 ms for
  // the server's delayed acknowledgement: a NOOP took 50 ms instead of 0.5.
  const socket = { noDelay: true, rejectUnauthorized: true, ...trusting(config.ca) };
  const client = new (library().ImapFlow)({
    host, port,
    secure: security === 'tls',
    // Undefined would take STARTTLS when offered and go on in the clear when somebody on the way takes the offer out.
    ...(security === 'tls' ? {} : { doSTARTTLS: security === 'starttls' }),
    auth: login.type === 'password' ? { user: login.user, pass: login.password } : { user: login.user, accessToken: login.token },
    tls: socket,
    clientInfo: { name: 'Parley' },
    logger: false,
    // The session says itself when to IDLE; imapflow would break and restart it around every command.
    disableAutoIdle: true,
    // With QRESYNC a VANISHED followed by EXISTS emits no `exists` event: new mail would wait for the safety fetch.
    qresync: false,
    connectionTimeout: mailTimes.connect,
    greetingTimeout: mailTimes.greeting,
    socketTimeout: mailTimes.imapSocket,
    maxLiteralSize: mailLimits.rawBytes + 1024 * 1024,
    maxResponseSize: mailLimits.rawBytes * 2,
  });
  client.on('error', () => {});
  shortenFetch(client);
  return client;
}

/** Gmail and Microsoft 365 put what their SMTP servers take into the folder of sent mail themselves. */
export const serverKeepsCopies = (client: Imap.ImapFlow, host: string): boolean => client.capabilities.has('X-GM-EXT-1') || /(?:^|\.)(?:office365\.com|outlook\.com|gmail\.com|googlemail\.com)$/.test(host);
