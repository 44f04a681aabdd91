import { createServer, connect, type Server, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { startDovecot, type Dovecot } from '../../../e2e/peers/dovecot.ts';
import { startOAuthPeer, type OAuthPeer } from '../../../e2e/peers/oauth.ts';
import type { ChannelPeer } from '../contract-suite.ts';
import type { OutgoingItem } from '../port.ts';
import { emailDriver } from './driver.ts';
import { messageIdFor } from './message-id.ts';
import { startWire, type Wire } from './wire.fixture.ts';

/** A TCP relay on loopback that can be cut, so that a real server looks lost, mid-sentence if need be. */
export interface Relay {
  port: number;
  connections(): number;
  /** Connections taken so far. */
  taken(): number;
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** Cuts the connection that has passed on this many more bytes towards the client. */
  cutAfter(bytes: number): void;
  /** Resolves when `cutAfter` has cut. */
  cutDone(): Promise<void>;
  close(): Promise<void>;
}

export async function startRelay(target: number): Promise<Relay> {
  const pairs = new Set<{ near: Socket; far: Socket }>();
  let taken = 0;
  let left = Number.POSITIVE_INFINITY;
  let onCut = (): void => {};
  let server: Server = createServer();
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server = createServer((near) => {
        taken += 1;
        const far = connect({ host: '127.0.0.1', port: target });
        const pair = { near, far };
        pairs.add(pair);
        const end = (): void => {
          pairs.delete(pair);
          near.destroy();
          far.destroy();
        };
        for (const socket of [near, far]) socket.on('error', end).on('close', end);
        near.on('data', (chunk) => far.write(chunk));
        far.on('data', (chunk) => {
          if (chunk.length >= left) {
            near.write(chunk.subarray(0, left), end);
            left = Number.POSITIVE_INFINITY;
            onCut();
            return;
          }
          left -= chunk.length;
          near.write(chunk);
        });
      });
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve());
    });
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      server.close(() => resolve());
    });
  return {
    port,
    connections: () => pairs.size,
    taken: () => taken,
    cut: stop,
    restore: () => listen(port),
    cutAfter: (bytes) => void (left = bytes),
    cutDone: () => new Promise((resolve) => (onCut = resolve)),
    close: stop,
  };
}

export type SmtpBehaviour = 'accept' | 'refuse' | 'later' | 'auth' | 'vanish' | 'refuse_sender' | 'refuse_recipient' | 'greylist_recipient' | 'drop_in_content' | 'refuse_content' | 'full';

export interface SmtpPeer {
  port: number;
  next(how: SmtpBehaviour): void;
  /** Mails taken for good, raw, with the recipients of the envelope. */
  mails: { raw: string; to: string[] }[];
  /** Called with each mail taken, as a server that files a copy does. */
  onMail(listener: (raw: string) => void): void;
  close(): Promise<void>;
}

const smtpError = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

/** With `userOf` it takes tokens (XOAUTH2) and no passwords. */
export async function startSmtp(user: string, password: string, userOf?: (token: string) => string | null): Promise<SmtpPeer> {
  let how: SmtpBehaviour = 'accept';
  let listener = (_raw: string): void => {};
  const mails: { raw: string; to: string[] }[] = [];
  const server = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    authMethods: userOf ? ['XOAUTH2'] : ['PLAIN', 'LOGIN'],
    logger: false,
    size: 1_000_000,
    onAuth(auth, _session, done) {
      if (userOf) {
        const isGood = how !== 'auth' && auth.username === user && userOf(auth.accessToken ?? '') === user;
        return isGood ? done(null, { user }) : done(null, { data: { status: '401', schemes: 'bearer', scope: 'mail' } });
      }
      if (how === 'auth' || auth.username !== user || auth.password !== password) return done(smtpError(535, '5.7.8 Authentication failed'));
      done(null, { user });
    },
    onMailFrom(_address, _session, done) {
      done(how === 'refuse_sender' ? smtpError(550, '5.7.1 Sender not allowed') : null);
    },
    onRcptTo(address, _session, done) {
      if (how === 'refuse') return done(smtpError(550, '5.1.1 No such user'));
      if (how === 'later') return done(smtpError(451, '4.3.0 Try again later'));
      if (how === 'refuse_recipient' && address.address.startsWith('gone')) return done(smtpError(550, '5.1.1 No such user'));
      if (how === 'greylist_recipient' && address.address.startsWith('gone')) return done(smtpError(450, '4.2.0 Greylisted'));
      done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (how === 'drop_in_content') socketOf(session.id)?.destroy();
      });
      stream.on('end', () => {
        if (how === 'drop_in_content') return;
        if (how === 'refuse_content') return done(smtpError(554, '5.7.1 Looks like spam'));
        if (how === 'full') return done(smtpError(452, '4.3.1 Out of disk'));
        const raw = Buffer.concat(chunks).toString('utf8');
        mails.push({ raw, to: session.envelope.rcptTo.map((to) => to.address) });
        listener(raw);
        if (how === 'vanish') return void socketOf(session.id)?.destroy();
        done();
      });
    },
  });
  // smtp-server has no public way from a session to its socket.
  const socketOf = (id: string): Socket | undefined => {
    const connections = server.connections as unknown as Set<{ id: string; _socket: Socket }>;
    return [...connections].find((connection) => connection.id === id)?._socket;
  };
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    next: (next) => void (how = next),
    mails,
    onMail: (next) => void (listener = next),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export interface MailPeer extends ChannelPeer {
  nextSend(how: SmtpBehaviour): void;
  dovecot: Dovecot;
  imap: Relay;
  /** Before Dovecot, for what it never does by itself. */
  wire: Wire;
  smtp: SmtpPeer;
}

export const ADDRESS = 'care@acme.example';
let serial = 0;

export const customerMail = (id: string, body = `Hello, this is ${id}.`): string =>
  [`From: Maria Silva <maria@example.org>`, `To: Acme Care <${ADDRESS}>`, `Subject: Question ${id}`, `Message-ID: <${id}@example.org>`, 'Date: Mon, 5 Jan 2026 10:00:00 +0000', '', body, ''].join('\r\n');

export const outgoing = (key: string, changes: Partial<OutgoingItem> = {}): OutgoingItem => {
  const id = `01990000-0000-7000-8000-${Buffer.from(key).toString('hex').padEnd(12, '0').slice(0, 12)}`;
  return {
    outboxId: id, idempotencyKey: messageIdFor(id, ADDRESS), attempt: 1, mode: 'mail', to: ['maria@example.org'], cc: [], subject: 'Re: Grüße ✓', text: `Answer ${key}\nZweite Zeile: ü.`,
    inReplyTo: '<m2@example.org>', references: ['<m1@example.org>', '<m2@example.org>'], peerId: null, files: [], enqueuedAt: Date.UTC(2026, 0, 6, 9), ...changes,
  };
};

/** One Dovecot for all cases of a test file: each gets a mailbox of its own. Call in the file's afterAll: `(await shared.server)?.close()`. */
export const shared: { server: Promise<Dovecot> | null } = { server: null };

/** One OAuth server for all cases of a test file, as above. */
export const sharedOAuth: { peer: Promise<OAuthPeer> | null } = { peer: null };

/** As `startMailPeer`, but signed in to with tokens: the mail servers take nothing else. */
export async function startTokenMailPeer(): Promise<MailPeer & { oauth: OAuthPeer }> {
  sharedOAuth.peer ??= startOAuthPeer();
  const oauth = await sharedOAuth.peer;
  shared.server ??= startDovecot({ introspectUrl: oauth.introspectUrl });
  const peer = await startMailPeer({ oauth: oauthConfig(oauth) }, oauth.userOf);
  const { user } = peer.dovecot;
  return {
    ...peer, oauth,
    secrets: oauth.grant(user), wrongSecrets: { accessToken: 'wrong' },
    revocation: {
      revoke: () => oauth.revoke(user),
      signInAgain: () => oauth.grant(user),
    },
  };
}

export const oauthConfig = ({ clientId, authorizeUrl, tokenUrl, deviceUrl }: OAuthPeer): Record<string, unknown> => ({ provider: 'other', clientId, authorizeUrl, tokenUrl, deviceUrl, scopes: ['mail'] });

/** A mailbox of the shared Dovecot, an SMTP server and relays before both. */
export async function startMailPeer(config: Record<string, unknown> = {}, userOf?: (token: string) => string | null): Promise<MailPeer> {
  shared.server ??= startDovecot();
  const dovecot = (await shared.server).addUser();
  const smtp = await startSmtp(dovecot.user, dovecot.password, userOf);
  const wire = await startWire(dovecot.port);
  const imap = await startRelay(wire.port);
  const smtpRelay = await startRelay(smtp.port);
  let isDown = false;
  return {
    dovecot, imap, wire, smtp,
    driver: emailDriver,
    account: {
      name: 'Care', address: ADDRESS,
      config: {
        address: ADDRESS, displayName: 'Acme Care', user: dovecot.user, keepSentCopy: true,
        imap: { host: '127.0.0.1', port: imap.port, security: 'none' }, smtp: { host: '127.0.0.1', port: smtpRelay.port, security: 'none' }, ...config,
      },
    },
    secrets: { password: dovecot.password },
    wrongSecrets: { password: 'wrong' },
    async deliver(count) {
      const ids = Array.from({ length: count }, () => `c${(serial += 1)}`);
      dovecot.deliver(ids.map((id) => customerMail(id)));
      return ids.map((id) => `<${id}@example.org>`);
    },
    disorder: {
      lose: wire.lose,
      reverse: wire.reverse,
      during: wire.during,
      altered: wire.altered,
      async withdraw(externalId) {
        await dovecot.doveadm('expunge', 'mailbox', 'INBOX', 'header', 'message-id', externalId);
      },
      async deliverDated(times) {
        const ids = times.map(() => `c${(serial += 1)}`);
        dovecot.deliver(ids.map((id, n) => customerMail(id).replace(/^Date: .*$/m, `Date: ${new Date(times[n] ?? 0).toUTCString()}`)));
        return ids.map((id) => `<${id}@example.org>`);
      },
    },
    item: (key) => outgoing(key),
    nextSend: (how) => smtp.next(how),
    taken: (item) => smtp.mails.filter((mail) => mail.raw.includes(`Message-ID: ${item.idempotencyKey}`)).length,
    afterVanish: 'undecided',
    async outage() {
      isDown = true;
      await Promise.all([imap.cut(), smtpRelay.cut()]);
    },
    async restore() {
      isDown = false;
      await Promise.all([imap.restore(), smtpRelay.restore()]);
    },
    connections: () => imap.connections() + smtpRelay.connections(),
    async close() {
      if (!isDown) await Promise.all([imap.close(), smtpRelay.close()]);
      await Promise.all([wire.close(), smtp.close()]);
      await dovecot.close();
    },
  };
}
