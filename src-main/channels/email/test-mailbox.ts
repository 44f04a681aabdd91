import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { errnoOf, messageOf, ParleyError } from '../../kernel/index.ts';
import type { MailFolder, TestStep } from '../../../src-preload/contract/index.ts';
import type { ChannelDriver } from '../port.ts';
import { adviceFor } from './advice.ts';
import { passwordOf, readConfig, type MailConfig, type MailServer } from './config.ts';
import { listFolders } from './folders.ts';
import { imapClient } from './imap-client.ts';
import { mailTimes } from './limits.ts';
import type { MailLogin } from './login.ts';
import { problemOf, quotable } from './problems.ts';
import { sendingRefused, smtpConnect, smtpConnection, smtpLogin } from './sender.ts';
import { readAuthority } from './trust.ts';

type Deps = Parameters<ChannelDriver['test']>[2];

/** Ends a test early; its step is noted already. */
class Failed extends Error {}

const security = (server: MailServer): string => (server.security === 'none' ? 'No encryption, allowed on this computer only.' : `The connection to ${server.host} is encrypted and its certificate is trusted.`);

/** Opens and closes a TCP connection. */
function reach(server: MailServer, deps: Deps): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: server.host, port: server.port });
    const end = (error: Error | null): void => {
      cancel();
      deps.signal.removeEventListener('abort', onAbort);
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    const onAbort = (): void => end(new Error('the test was cancelled'));
    const cancel = deps.clock.after(mailTimes.testStep, () => end(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    deps.signal.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', () => end(null));
    socket.once('error', (error) => end(error));
  });
}

/** Tries a mailbox step by step; the first step that fails is the last. Nothing is sent, nothing in the mailbox changes. */
export async function testMailbox(config: unknown, secrets: Record<string, string>, deps: Deps): Promise<{ steps: TestStep[]; address: string | null; folders?: MailFolder[] }> {
  const steps: TestStep[] = [];
  const ok = (step: string, message: string): void => void steps.push({ step, ok: true, message });
  const fail = (step: string, message: string, advice: string | null = null): never => {
    if (deps.signal.aborted) steps.push({ step, ok: false, message: 'The test was cancelled.' });
    else steps.push({ step, ok: false, message, ...(advice === null ? {} : { advice }) });
    throw new Failed();
  };
  let folders: MailFolder[] = [];
  try {
    let settings: MailConfig;
    let login: MailLogin;
    try {
      settings = readConfig(config);
      login = loginOf(settings, secrets);
      if (settings.ca !== null) readAuthority(settings.ca, deps.clock.now());
    } catch (error) {
      return fail('Settings', messageOf(error));
    }
    const failWith = (step: string, error: unknown, server: MailServer): never => {
      const problem = problemOf(error, server);
      return fail(step, problem.sentence, adviceFor(problem, server === settings.imap ? 'imap' : 'smtp', login.type === 'password'));
    };
    for (const [name, server] of [['IMAP', settings.imap], ['SMTP', settings.smtp]] as const) {
      try {
        const { address } = await lookup(server.host);
        ok(`${name} server name`, `${server.host} has the address ${address}.`);
      } catch (error) {
        failWith(`${name} server name`, error, server);
      }
      try {
        await reach(server, deps);
        ok(`${name} connection`, `${server.host} takes connections on port ${server.port}.`);
      } catch (error) {
        failWith(`${name} connection`, error, server);
      }
      if (name === 'IMAP') folders = await testImap(settings, login, deps, ok, fail, failWith);
      else await testSmtp(settings, login, deps, ok, fail, failWith);
    }
    return { steps, address: settings.address, folders };
  } catch (error) {
    if (!(error instanceof Failed)) steps.push({ step: 'Test', ok: false, message: 'The test itself failed; see the log.' });
    return { steps, address: null };
  }
}

type Note = (step: string, message: string) => void;
type Fail = (step: string, message: string, advice?: string | null) => never;
type FailWith = (step: string, error: unknown, server: MailServer) => never;

/** A test renews nothing: what it was given is what it tries. */
function loginOf(config: MailConfig, secrets: Record<string, string>): MailLogin {
  const { user, oauth } = config;
  if (oauth === null) return { type: 'password', user, password: passwordOf(secrets) };
  const token = secrets['accessToken'];
  if (token === undefined) throw new ParleyError('auth_needed', 'This mailbox is not signed in yet.');
  return { type: 'token', user, token, another: () => Promise.reject(new ParleyError('auth_needed', sendingRefused(config))) };
}

async function testImap(config: MailConfig, login: MailLogin, deps: Deps, ok: Note, fail: Fail, failWith: FailWith): Promise<MailFolder[]> {
  const { imap } = config;
  const client = imapClient(config, login);
  const onAbort = (): void => client.close();
  deps.signal.addEventListener('abort', onAbort, { once: true });
  try {
    await client.connect().catch((error: unknown) => {
      const problem = problemOf(error, imap);
      // Its greeting told what it can do before anybody signed in.
      const isGreeted = client.capabilities.size > 0;
      if (!isGreeted || problem.kind === 'tls') failWith('IMAP encryption', error, imap);
      ok('IMAP encryption', security(imap));
      const missing = missingCapability(client.capabilities, login.type);
      if (missing !== null) fail('IMAP capability', `${imap.host} ${missing.words}.`, missing.advice);
      if (problem.kind !== 'auth') failWith('IMAP sign-in', error, imap);
      fail('IMAP sign-in', login.type === 'password' ? problem.sentence : `${imap.host} does not accept this sign-in for ${login.user}.`, adviceFor(problem, 'imap', login.type === 'password'));
    });
    ok('IMAP encryption', security(imap));
    ok('IMAP sign-in', `${imap.host} knows ${config.user}.`);
    try {
      const folders = await listFolders(client, true);
      const inbox = await client.mailboxOpen('INBOX', { readOnly: true });
      const idle = client.capabilities.has('IDLE') ? 'new mail arrives at once' : 'new mail is looked for every few minutes, for this server cannot announce it';
      ok('IMAP mailbox', `The inbox holds ${inbox.exists.toLocaleString('en')} mails; ${idle}.`);
      return folders;
    } catch (error) {
      return failWith('IMAP mailbox', error, imap);
    }
  } finally {
    deps.signal.removeEventListener('abort', onAbort);
    client.close();
  }
}

/** What a server must be able to do before anybody can sign in; null when it can. */
export function missingCapability(capabilities: ReadonlyMap<string, unknown>, login: MailLogin['type']): { words: string; advice: string } | null {
  if (![...capabilities.keys()].some((name) => /^IMAP4/i.test(name))) return { words: 'does not speak IMAP', advice: 'Check the port: this may be a server for something else.' };
  const takesTokens = ['AUTH=XOAUTH2', 'AUTH=OAUTHBEARER', 'AUTH=XOAUTH'].some((name) => capabilities.has(name));
  if (login === 'token') return takesTokens ? null : { words: 'takes no sign-in by OAuth', advice: 'Connect this mailbox with a password.' };
  const takesPasswords = !capabilities.has('LOGINDISABLED') || ['AUTH=PLAIN', 'AUTH=LOGIN'].some((name) => capabilities.has(name));
  return takesPasswords ? null : { words: 'takes no passwords on this connection', advice: takesTokens ? 'Sign in at the provider instead of with a password.' : 'Choose TLS or STARTTLS.' };
}

async function testSmtp(config: MailConfig, login: MailLogin, deps: Deps, ok: Note, fail: Fail, failWith: FailWith): Promise<void> {
  const connection = smtpConnection(config);
  const onAbort = (): void => connection.close();
  deps.signal.addEventListener('abort', onAbort, { once: true });
  try {
    await smtpConnect(connection).catch((error: unknown) => failWith('SMTP encryption', error, config.smtp));
    ok('SMTP encryption', security(config.smtp));
    await smtpLogin(connection, config, login).catch((error: unknown) => {
      const isRefused = errnoOf(error) === 'EAUTH' || error instanceof ParleyError;
      if (!isRefused) failWith('SMTP sign-in', error, config.smtp);
      const said = typeof error === 'object' && error !== null && 'response' in error && typeof error.response === 'string' ? ` It says: "${quotable(error.response)}".` : '';
      fail('SMTP sign-in', `${sendingRefused(config)}${said}`, adviceFor({ kind: 'auth', sentence: '', code: '' }, 'smtp', login.type === 'password'));
    });
    ok('SMTP sign-in', `${config.smtp.host} lets ${config.user} send.`);
  } finally {
    deps.signal.removeEventListener('abort', onAbort);
    connection.close();
  }
}
