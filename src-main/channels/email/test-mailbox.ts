import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { messageOf } from '../../kernel/index.ts';
import type { TestStep } from '../../../src-preload/contract/index.ts';
import type { ChannelDriver } from '../port.ts';
import { passwordOf, readConfig, type MailConfig, type MailServer } from './config.ts';
import { findFolders, imapClient } from './imap-client.ts';
import { mailTimes } from './limits.ts';
import { problemOf, type Problem } from './problems.ts';
import { smtpConnect, smtpConnection, smtpLogin } from './sender.ts';

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
export async function testMailbox(config: unknown, secrets: Record<string, string>, deps: Deps): Promise<{ steps: TestStep[]; address: string | null }> {
  const steps: TestStep[] = [];
  const ok = (step: string, message: string): void => void steps.push({ step, ok: true, message });
  const fail = (step: string, message: string): never => {
    steps.push({ step, ok: false, message: deps.signal.aborted ? 'The test was cancelled.' : message });
    throw new Failed();
  };
  try {
    let settings: MailConfig;
    let password: string;
    try {
      settings = readConfig(config);
      password = passwordOf(secrets);
    } catch (error) {
      return fail('Settings', messageOf(error));
    }
    for (const [name, server] of [['IMAP', settings.imap], ['SMTP', settings.smtp]] as const) {
      try {
        const { address } = await lookup(server.host);
        ok(`${name} server name`, `${server.host} has the address ${address}.`);
      } catch (error) {
        fail(`${name} server name`, problemOf(error, server).sentence);
      }
      try {
        await reach(server, deps);
        ok(`${name} connection`, `${server.host} takes connections on port ${server.port}.`);
      } catch (error) {
        fail(`${name} connection`, problemOf(error, server).sentence);
      }
      if (name === 'IMAP') await testImap(settings, password, deps, ok, fail);
      else await testSmtp(settings, password, deps, ok, fail);
    }
    return { steps, address: settings.address };
  } catch (error) {
    if (!(error instanceof Failed)) steps.push({ step: 'Test', ok: false, message: 'The test itself failed; see the log.' });
    return { steps, address: null };
  }
}

type Note = (step: string, message: string) => void;

async function testImap(config: MailConfig, password: string, deps: Deps, ok: Note, fail: (step: string, message: string) => never): Promise<void> {
  const client = imapClient(config, password);
  const onAbort = (): void => client.close();
  deps.signal.addEventListener('abort', onAbort, { once: true });
  try {
    await client.connect().catch((error: unknown) => {
      const problem: Problem = problemOf(error, config.imap);
      if (problem.kind !== 'auth') fail('IMAP encryption', problem.sentence);
      ok('IMAP encryption', security(config.imap));
      fail('IMAP sign-in', problem.sentence);
    });
    ok('IMAP encryption', security(config.imap));
    ok('IMAP sign-in', `${config.imap.host} knows ${config.user}.`);
    try {
      const folders = await findFolders(client);
      const inbox = await client.mailboxOpen(folders.inbox, { readOnly: true });
      const idle = client.capabilities.has('IDLE') ? 'new mail arrives at once' : 'new mail is looked for every few minutes, for this server cannot announce it';
      ok('IMAP mailbox', `The inbox holds ${inbox.exists.toLocaleString('en')} mails; ${idle}.`);
    } catch (error) {
      fail('IMAP mailbox', problemOf(error, config.imap).sentence);
    }
  } finally {
    deps.signal.removeEventListener('abort', onAbort);
    client.close();
  }
}

async function testSmtp(config: MailConfig, password: string, deps: Deps, ok: Note, fail: (step: string, message: string) => never): Promise<void> {
  const connection = smtpConnection(config);
  const onAbort = (): void => connection.close();
  deps.signal.addEventListener('abort', onAbort, { once: true });
  try {
    await smtpConnect(connection).catch((error: unknown) => fail('SMTP encryption', problemOf(error, config.smtp).sentence));
    ok('SMTP encryption', security(config.smtp));
    await smtpLogin(connection, config, password).catch(() => fail('SMTP sign-in', `${config.smtp.host} does not accept this user name and password for sending.`));
    ok('SMTP sign-in', `${config.smtp.host} lets ${config.user} send.`);
  } finally {
    deps.signal.removeEventListener('abort', onAbort);
    connection.close();
  }
}
