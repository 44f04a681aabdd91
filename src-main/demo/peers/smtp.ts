import type { Socket } from 'node:net';
import type * as Smtp from 'smtp-server';
import { systemClock, type Clock } from '../../kernel/clock.ts';
import { lazyPackage } from '../../kernel/lazy.ts';
import type { ImapPeer } from './imap/index.ts';

const library = lazyPackage<typeof Smtp>('smtp-server');

/** An accepted mail: raw bytes as sent, the envelope beside them. */
export type SmtpMessage = { at: number; user: string; from: string; to: string[]; raw: Buffer };
export type SmtpRefusal = { code: number; message: string; stage?: 'mail' | 'rcpt' | 'data'; times?: number };

export type SmtpPeer = {
  readonly port: number;
  messages(): readonly SmtpMessage[];
  /** Called after every accepted mail; returns the function that ends it. */
  onMessage(listener: (message: SmtpMessage) => void): () => void;
  /** The next `times` mails are refused with this code (4xx or 5xx) at MAIL, RCPT or after DATA (the default); nothing is kept. */
  refuseNext(refusal: SmtpRefusal): void;
  /** The next mail's socket is cut after its DATA ended: kept, but unanswered (`afterAccept`), or not kept. */
  dropNext(drop: { afterAccept: boolean }): void;
  pause(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
};

export type SmtpPeerOptions = {
  users: readonly { user: string; pass: string }[];
  port?: number;
  clock?: Pick<Clock, 'now'>;
  /** Mail to one of its users lands in her INBOX. */
  imap?: ImapPeer;
};

const sizeMax = 25_000_000;

/** Starts an SMTP submission server on loopback: AUTH PLAIN and LOGIN, no TLS; keeps what it accepts. */
export async function startSmtpPeer(options: SmtpPeerOptions): Promise<SmtpPeer> {
  const clock = options.clock ?? systemClock;
  const kept: SmtpMessage[] = [];
  const listeners = new Set<(message: SmtpMessage) => void>();
  const refusals: SmtpRefusal[] = [];
  const drops: { afterAccept: boolean }[] = [];
  const sockets = new Set<Socket>();

  function refusalAt(stage: SmtpRefusal['stage']): Error | undefined {
    const refusal = refusals[0];
    if (!refusal || (refusal.stage ?? 'data') !== stage) return undefined;
    refusal.times = (refusal.times ?? 1) - 1;
    if (refusal.times <= 0) refusals.shift();
    return Object.assign(new Error(refusal.message), { responseCode: refusal.code });
  }

  function accept(session: Smtp.SMTPServerSession, raw: Buffer): void {
    const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
    const message: SmtpMessage = { at: clock.now(), user: session.user ?? '', from, to: session.envelope.rcptTo.map(r => r.address), raw };
    kept.push(message);
    for (const to of new Set(message.to.map(t => t.toLowerCase()))) {
      if (options.imap?.hasUser(to)) options.imap.deliver(to, Buffer.concat([Buffer.from(`Return-Path: <${from}>\r\n`), raw]));
    }
    for (const listener of listeners) listener(message);
  }

  // A client may still hold its socket when the peer goes: cut it instead of waiting.
  const cut = (session: Smtp.SMTPServerSession): void => {
    for (const socket of sockets) if (socket.remotePort === session.remotePort) socket.destroy();
  };

  const build = (): Smtp.SMTPServer => {
    const server = new (library().SMTPServer)({
      hideSTARTTLS: true, disabledCommands: ['STARTTLS'], allowInsecureAuth: true, authMethods: ['PLAIN', 'LOGIN'], disableReverseLookup: true,
      size: sizeMax, closeTimeout: 1, logger: false,
      onAuth(auth, _session, done) {
        const known = options.users.some(u => u.user === auth.username && u.pass === auth.password);
        if (known) done(null, { user: auth.username });
        else done(Object.assign(new Error('Invalid login'), { responseCode: 535 }));
      },
      onMailFrom: (_address, _session, done) => done(refusalAt('mail') ?? null),
      onRcptTo: (_address, _session, done) => done(refusalAt('rcpt') ?? null),
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const error = stream.sizeExceeded ? Object.assign(new Error('Message too large'), { responseCode: 552 }) : refusalAt('data');
          if (error) {
            done(error);
            return;
          }
          const drop = drops.shift();
          if (!drop || drop.afterAccept) accept(session, Buffer.concat(chunks));
          if (drop) cut(session);
          else done();
        });
      },
    });
    server.on('error', () => undefined);
    server.server.on('connection', socket => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    return server;
  };

  let server = build();
  const listen = (port: number): Promise<number> => new Promise((resolve, reject) => {
    const net = server.listen(port, '127.0.0.1', () => {
      const address = net.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
    net.once('error', reject);
  });
  const stop = (): Promise<void> => new Promise(resolve => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });

  const port = await listen(options.port ?? 0);
  return {
    port,
    messages: () => kept,
    onMessage(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    refuseNext: refusal => void refusals.push({ ...refusal }),
    dropNext: drop => void drops.push(drop),
    pause: stop,
    async resume() {
      server = build();
      await listen(port);
    },
    close: stop,
  };
}
