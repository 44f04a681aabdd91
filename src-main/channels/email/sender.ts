import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type XOAuth2 from 'nodemailer/lib/xoauth2';
import { lazyPackage, ParleyError, type Clock } from '../../kernel/index.ts';
import type { OutgoingItem, SendOutcome } from '../port.ts';
import type { ComposedMail } from './compose.ts';
import type { MailConfig } from './config.ts';
import { mailTimes } from './limits.ts';
import type { MailLogin } from './login.ts';
import { problemOf, quotable } from './problems.ts';
import { trusting } from './trust.ts';

const library = lazyPackage<typeof SMTPConnection>('nodemailer/lib/smtp-connection');

/** Errors as nodemailer makes them. */
interface SmtpError extends Error {
  code?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
  recipient?: string | undefined;
  rejectedErrors?: SmtpError[] | undefined;
}

export function smtpConnection(config: MailConfig): SMTPConnection {
  const { host, port, security } = config.smtp;
  const connection = new (library())({
    host, port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { rejectUnauthorized: true, ...trusting(config.ca) },
    connectionTimeout: mailTimes.connect,
    greetingTimeout: mailTimes.greeting,
    socketTimeout: mailTimes.smtpSocket,
    dnsTimeout: mailTimes.connect,
    // Our machine's name is nobody's business, and many servers refuse made-up ones: an address literal (RFC 5321 4.1.3).
    name: '[127.0.0.1]',
  });
  // Errors also reach the callback of the stage under way; without a listener the event would throw.
  connection.on('error', () => {});
  return connection;
}

/** Connects, with EHLO and TLS. Rejects with nodemailer's error. */
export const smtpConnect = (connection: SMTPConnection): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.once('end', () => reject(Object.assign(new Error('Connection closed'), { code: 'ECONNECTION' })));
    connection.connect((error) => (error ? reject(error) : resolve()));
  });

/** Signs in, unless the server does not know signing in at all (relays on this computer). */
export const smtpLogin = (connection: SMTPConnection, config: MailConfig, login: MailLogin): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!connection.allowsAuth && config.smtp.security === 'none') return resolve();
    connection.once('error', reject);
    connection.once('end', () => reject(Object.assign(new Error('Connection closed'), { code: 'ECONNECTION' })));
    const { user } = login;
    if (login.type === 'password') {
      connection.login({ user, pass: login.password, credentials: { user, pass: login.password } }, (error) => (error ? reject(error) : resolve()));
      return;
    }
    // The library puts a code of its own on every error it passes on: ours is kept aside.
    let problem: unknown = null;
    const tokens = {
      /** `isAgain`: the server did not take the first one. */
      getToken: (isAgain: boolean, done: (error: Error | null, token?: string) => void): void => {
        (isAgain ? login.another() : Promise.resolve(login.token)).then((token) => done(null, token), (error: unknown) => {
          problem = error;
          done(new Error('no token'));
        });
      },
      buildXOAuth2Token: (token: string): string => Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64'),
    };
    // Its types ask for the settings of its own token fetcher, but what it calls are these two.
    connection.login({ oauth2: tokens as unknown as XOAuth2 }, (error) => (error ? reject(problem ?? error) : resolve()));
  });

const retry = (waitsFor: 'network' | 'retry', problem: string): SendOutcome => ({ type: 'retry', waitsFor, retryAt: null, problem });
const said = (error: SmtpError): string => quotable(error.response ?? error.message);

export const sendingRefused = (config: MailConfig): string => `${config.smtp.host} does not accept this ${config.oauth === null ? 'user name and password' : 'sign-in'} for sending.`;

/** Before the content: nothing can have left, whatever happened. */
function beforeContent(error: SmtpError, config: MailConfig): SendOutcome {
  const { smtp } = config;
  if (error instanceof ParleyError) return error.code === 'auth_needed' ? { type: 'auth_needed', problem: error.message } : retry('network', error.message);
  const code = error.responseCode ?? 0;
  if (error.code === 'EAUTH') {
    if (code >= 400 && code < 500) return retry('retry', `${smtp.host} cannot check sign-ins at the moment: "${said(error)}".`);
    return { type: 'auth_needed', problem: sendingRefused(config) };
  }
  if (code === 530 || code === 538) return { type: 'auth_needed', problem: `${smtp.host} wants a sign-in before it takes mail.` };
  if (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') {
    if (code >= 500) return { type: 'refused', problem: `${smtp.host} refused the mail: "${said(error)}".` };
    if (code >= 400) return retry('retry', `${smtp.host} asks to try later: "${said(error)}".`);
    // Said by nodemailer itself: too large for the server, an address it cannot write.
    return { type: 'refused', problem: `The mail cannot be sent: ${quotable(error.message)}.` };
  }
  if (code >= 400) return retry('retry', `${smtp.host} takes no mail at the moment: "${said(error)}".`);
  return retry('network', problemOf(error, smtp).sentence);
}

/** After the first byte of content only an answer to the whole of it says what became of it (RFC 5321 4.2.5, 6.1). */
function afterContent(error: SmtpError, config: MailConfig): SendOutcome {
  const { host } = config.smtp;
  const code = error.code === 'EMESSAGE' ? (error.responseCode ?? 0) : 0;
  if (code >= 500) return { type: 'refused', problem: `${host} refused the mail: "${said(error)}".` };
  if (code >= 400) return retry('retry', `${host} asks to try later: "${said(error)}".`);
  return { type: 'unknown', problem: `The connection to ${host} was lost while it took the mail; it may have been sent.` };
}

/**
 * One attempt to send. A recipient the server refuses stops the whole mail before its content: what was sent to some could never be
 * tried again for the others without a second copy for the first. When that cannot be prevented the mail counts as sent to those who
 * were accepted. `signal` cuts the connection.
 */
export async function sendMail(item: OutgoingItem, mail: ComposedMail, config: MailConfig, login: MailLogin, clock: Clock, signal: AbortSignal, onConnected: (connection: SMTPConnection) => Promise<void>): Promise<SendOutcome> {
  if (mail.to.length === 0) return { type: 'refused', problem: 'The mail has no recipient.' };
  const connection = smtpConnection(config);
  let hasContentStarted = false;
  const cut = (): void => connection.close();
  signal.addEventListener('abort', cut, { once: true });
  try {
    if (signal.aborted) return retry('network', 'Parley is closing; the mail leaves at the next start.');
    await smtpConnect(connection);
    await onConnected(connection);
    await smtpLogin(connection, config, login);
    const envelope: { from: string; to: string[]; size: number; rejected?: string[]; rejectedErrors?: SmtpError[] } = { from: mail.from, to: mail.to, size: mail.raw.length };
    const accepted = await new Promise<{ accepted: string[]; serverMessageId: string | null }>((resolve, reject) => {
      // Read from only after the server's 354, which is after all its answers to RCPT: the last moment to turn back.
      const content = new Readable({
        read() {
          if ((envelope.rejected?.length ?? 0) > 0 && !hasContentStarted) {
            const errors = envelope.rejectedErrors ?? [];
            // Later beats never: a greylisted recipient is asked again together with the others.
            const worst = errors.find((error) => (error.responseCode ?? 500) < 500) ?? errors[0];
            reject(Object.assign(new Error(worst?.message ?? 'a recipient was refused'), { code: 'EENVELOPE', response: worst?.response, responseCode: worst?.responseCode ?? 550 }));
            queueMicrotask(cut);
            return;
          }
          hasContentStarted = true;
          this.push(mail.raw);
          this.push(null);
        },
      });
      connection.once('error', reject);
      connection.once('end', () => reject(Object.assign(new Error('Connection closed'), { code: 'ECONNECTION' })));
      connection.send(envelope, content, (error, info) => (error ? reject(error) : resolve({ accepted: info?.accepted ?? mail.to, serverMessageId: info?.serverMessageId ?? null })));
    });
    // Says goodbye without waiting for the answer: the mail is out, and a silent server must not keep the socket.
    connection.quit();
    connection.close();
    const isAccepted = (address: string): boolean => !mail.to.includes(address) || accepted.accepted.includes(address);
    return {
      type: 'sent', externalId: mail.messageId, at: clock.now(),
      threadKeys: [...new Set([mail.messageId, ...(accepted.serverMessageId === null ? [] : [accepted.serverMessageId])])],
      detail: { type: 'mail', from: config.address, to: item.to.filter(isAccepted), cc: item.cc.filter(isAccepted), messageId: mail.messageId, automatic: 'no', unreadable: null },
    };
  } catch (thrown) {
    const error: SmtpError = thrown instanceof Error ? thrown : new Error(String(thrown));
    connection.close();
    return hasContentStarted ? afterContent(error, config) : beforeContent(error, config);
  } finally {
    signal.removeEventListener('abort', cut);
  }
}
