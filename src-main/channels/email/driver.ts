import { ParleyError, type Clock } from '../../kernel/index.ts';
import type { MailFolder } from '../../../src-preload/contract/index.ts';
import type { ApartContext, ApartDriver } from '../apart-thread.ts';
import type { Channel, ChannelDriver, OutgoingItem, ReconcileOutcome, SendOutcome } from '../port.ts';
import { mailboxChange } from './change.ts';
import { composeMail } from './compose.ts';
import { readConfig, splitInput, type MailConfig } from './config.ts';
import { writeMarks } from './flags.ts';
import { listFolders } from './folders.ts';
import { mailTimes } from './limits.ts';
import { createLogins } from './login.ts';
import { createMailParser } from './parse-pool.ts';
import { problemOf } from './problems.ts';
import { searchSent } from './reconcile.ts';
import { sendMail, smtpConnect, smtpConnection } from './sender.ts';
import { learnSize } from './smtp-size.ts';
import { keepSentCopy, type SentCopy } from './sent-copy.ts';
import { signInMailAgain, startMailSignIn } from './sign-in.ts';
import { runSession, type MailboxJob } from './session.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';
import { testMailbox } from './test-mailbox.ts';

/** Resolves with `late` when `promise` takes longer than `delayMs`. */
function within<T>(clock: Clock, delayMs: number, promise: Promise<T>, late: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(delayMs, () => resolve(late()));
    promise.then(resolve, reject).finally(cancel);
  });
}

function openMailbox(context: ApartContext): Channel {
  const { clock, log } = context;
  const parser = createMailParser(clock, log);
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const firstAsked = new Map<string, number>();
  let isTelling = false;
  let config: MailConfig | null = null;
  let wrong: unknown = null;
  try {
    config = readConfig(context.account.config);
  } catch (error) {
    wrong = error;
  }
  const server = config?.imap ?? { host: 'the mail server', port: 0, security: 'tls' as const };
  const settings = (): MailConfig => {
    if (config === null) throw wrong;
    return config;
  };
  const logins = createLogins(settings, context, clock, log);
  const supervisor: Supervisor = createSupervisor({
    clock, random: context.random, log, host: server.host,
    setStatus: (status) => context.setStatus(status),
    explain: (error) => {
      const problem = problemOf(error, server);
      return problem.kind === 'auth' && config?.oauth != null && !(error instanceof ParleyError) ? { ...problem, sentence: `${server.host} does not accept this sign-in any more; sign in again.` } : problem;
    },
    async attempt(attempt) {
      const login = await logins();
      const session = { ...attempt, context, config: settings(), parser };
      try {
        const running = runSession({ ...session, login });
        // After the mailbox is on its way: loading what speaks to the mail server takes as long as the first answers.
        void track(askSize());
        return await running;
      } catch (error) {
        // A token may be over sooner than it said: one renewal, one more try; then a person must sign in.
        if (login.type !== 'token' || problemOf(error, server).kind !== 'auth' || error instanceof ParleyError) throw error;
        return runSession({ ...session, login: { ...login, token: await login.another() } });
      }
    },
  });

  let hasAsked = false;
  /** Once while it runs: what the mail server takes is said before anybody signs in, and known before a large file is attached. */
  const askSize = async (): Promise<void> => {
    if (hasAsked) return;
    hasAsked = true;
    const connection = smtpConnection(settings());
    const cut = (): void => connection.close();
    stopping.signal.addEventListener('abort', cut, { once: true });
    try {
      await smtpConnect(connection);
      await learnSize(connection, context);
      connection.quit();
    } catch (error) {
      hasAsked = false;
      log.info('email.size_unknown', { error });
    } finally {
      stopping.signal.removeEventListener('abort', cut);
      connection.close();
    }
  };

  const storeCopy = (copy: SentCopy): void => {
    const job: MailboxJob = async (client, folders) => {
      try {
        const result = await keepSentCopy(client, folders, settings().smtp.host, copy);
        log.info('email.sent_copy', { result });
      } catch (error) {
        // With a working connection it is a no (quota, size): trying again would only repeat it. A lost one: with the next connection.
        if (client.usable) return log.warn('email.sent_copy_refused', { error });
        supervisor.enqueue(job);
        throw error;
      }
    };
    supervisor.enqueue(job);
  };

  const track = <T>(promise: Promise<T>): Promise<T> => {
    underWay.add(promise);
    const done = (): void => void underWay.delete(promise);
    promise.then(done, done);
    return promise;
  };

  const send = async (item: OutgoingItem): Promise<SendOutcome> => {
    let mail;
    let login;
    try {
      mail = await composeMail(item, settings(), context.files);
      login = await logins();
    } catch (error) {
      // Nothing was sent yet: whatever went wrong here is wrong with the item, the settings or the secrets.
      if (error instanceof ParleyError && error.code === 'auth_needed') return { type: 'auth_needed', problem: error.message };
      if (error instanceof ParleyError && error.code === 'offline') return { type: 'retry', waitsFor: 'network', retryAt: null, problem: error.message };
      if (error instanceof ParleyError && error.code === 'not_found') return { type: 'refused', problem: 'An attachment of this mail is not on this computer any more.' };
      return { type: 'refused', problem: error instanceof ParleyError ? error.message : 'The mail could not be put together from what was written.' };
    }
    const outcome = await sendMail(item, mail, settings(), login, clock, stopping.signal, (connection) => learnSize(connection, context));
    if (outcome.type === 'sent' && settings().keepSentCopy) storeCopy({ messageId: mail.messageId, raw: mail.raw, sentAt: outcome.at });
    return outcome;
  };

  const reconcile = async (item: OutgoingItem): Promise<ReconcileOutcome> => {
    const now = clock.now();
    const firstAskedAt = firstAsked.get(item.outboxId) ?? now;
    firstAsked.set(item.outboxId, firstAskedAt);
    const status = supervisor.status();
    if (config === null || status === null || (status.state !== 'live' && status.state !== 'syncing' && status.state !== 'connecting')) {
      return { type: 'undecided', problem: 'The mailbox cannot be read at the moment, so nobody can say yet whether this mail left.', retryAt: Math.max(status?.retryAt ?? 0, now + mailTimes.reconcileRetry) };
    }
    const question = { item, config, now, firstAskedAt };
    const lost: ReconcileOutcome = { type: 'undecided', problem: 'The connection to the mailbox was lost while it was searched.', retryAt: now + mailTimes.reconcileRetry };
    const answer = new Promise<ReconcileOutcome>((resolve) =>
      supervisor.enqueue(async (client, folders) => {
        try {
          resolve(await searchSent(client, folders, question));
        } catch (error) {
          resolve(lost);
          if (!client.usable) throw error;
        }
      }),
    );
    const outcome = await within(clock, mailTimes.jobWait, Promise.race([answer, new Promise<ReconcileOutcome>((resolve) => stopping.signal.addEventListener('abort', () => resolve(lost), { once: true }))]), () => lost);
    if (outcome.type !== 'undecided') firstAsked.delete(item.outboxId);
    return outcome;
  };

  const folders = async (): Promise<MailFolder[]> => {
    const status = supervisor.status();
    const problem = new ParleyError('offline', 'The mailbox cannot be reached at the moment, so its folders are not known.', { retryable: true });
    if (status === null || (status.state !== 'live' && status.state !== 'syncing')) throw problem;
    const answer = new Promise<MailFolder[]>((resolve, reject) =>
      supervisor.enqueue(async (client) => {
        try {
          resolve(await listFolders(client, true));
        } catch (error) {
          reject(problem);
          if (!client.usable) throw error;
        }
      }),
    );
    return within(clock, mailTimes.testStep, Promise.race([answer, new Promise<never>((_, reject) => stopping.signal.addEventListener('abort', () => reject(problem), { once: true }))]), () => {
      throw problem;
    });
  };

  return {
    start: () => supervisor.start(),
    async stop() {
      // A send is given time to hear its answer; then it is cut, which makes it an unknown, not a second mail.
      await within<unknown>(clock, mailTimes.stopGrace, Promise.allSettled([...underWay]), () => null);
      stopping.abort();
      await Promise.allSettled([...underWay]);
      await supervisor.stop();
      parser.close();
    },
    poll: () => supervisor.poll(),
    marksWait() {
      // One job tells everything there is by then; a connection that begins looks by itself.
      if (isTelling) return;
      isTelling = true;
      supervisor.enqueue(async (client) => {
        isTelling = false;
        await writeMarks(client, context);
      });
    },
    folders: () => track(folders()),
    send: (item) => track(send(item)),
    reconcile: (item) => track(reconcile(item)),
  };
}

/** What a window must know to offer signing in again. */
const shown: NonNullable<ChannelDriver['shown']> = (stored) => {
  try {
    const { imap, oauth, readsOlder, folders } = readConfig(stored);
    const host = oauth === null ? imap.host : new URL(oauth.authorizeUrl).host;
    return { mail: { signIn: oauth === null ? 'password' : 'oauth', host, hasCode: oauth !== null && oauth.deviceUrl !== null, readsOlder, folders, newFolders: [] } };
  } catch {
    return {};
  }
};

/** E-mail by IMAP and SMTP. */
export const emailDriver: ApartDriver = { kind: 'email', change: mailboxChange, prices: {}, split: splitInput, open: openMailbox, test: testMailbox, shown, signIn: startMailSignIn, signInAgain: signInMailAgain };
