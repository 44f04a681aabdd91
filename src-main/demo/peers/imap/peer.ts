import { createServer, type AddressInfo, type Socket } from 'node:net';
import { systemClock, type Clock } from '../../../kernel/clock.ts';
import { openSession } from './session.ts';
import { emptyImapState, ensureUser, findMailbox, store, type ImapMailbox, type ImapMessage, type ImapState } from './state.ts';

export type ImapUser = { user: string; pass: string };
export type DeliverOptions = { internalDate?: number; mailbox?: string; flags?: string[] };

export type ImapPeer = {
  readonly port: number;
  readonly state: ImapState;
  /** Puts a raw mail into a folder (INBOX) and pushes EXISTS to who idles there. Throws for an unknown user or folder. */
  deliver(user: string, raw: string | Uint8Array, options?: DeliverOptions): { uid: number; uidValidity: number };
  mailbox(user: string, name: string): ImapMailbox;
  /** Removes mails for good, as another mail program would. */
  remove(user: string, name: string, uids: readonly number[]): void;
  hasUser(user: string): boolean;
  /** Cuts every connection; new ones are taken at once. */
  dropConnections(): void;
  connections(): number;
  pause(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
};

export type ImapPeerOptions = { users: readonly ImapUser[]; port?: number; clock?: Pick<Clock, 'now'>; state?: ImapState; onChange?: () => void };

/** Starts an IMAP4rev1 server on loopback, plain text. Folders: INBOX, Sent, Archive, Trash. */
export async function startImapPeer(options: ImapPeerOptions): Promise<ImapPeer> {
  const clock = options.clock ?? systemClock;
  const state = options.state ?? emptyImapState();
  const sessions = new Map<Socket, { poke(): void }>();
  for (const { user } of options.users) ensureUser(state, user, clock.now());

  const changed = (): void => {
    // Kept before it is told: after a crash no UID a client has seen may be given again.
    options.onChange?.();
    for (const session of sessions.values()) session.poke();
  };

  const server = createServer(socket => {
    socket.setNoDelay(true);
    socket.on('close', () => sessions.delete(socket));
    sessions.set(socket, openSession(socket, {
      state, changed,
      now: () => clock.now(),
      login: (user, pass) => (options.users.some(u => u.user === user && u.pass === pass) ? state.users[user] : undefined),
    }));
  });

  const listen = (port: number): Promise<void> => new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const dropConnections = (): void => {
    for (const socket of sessions.keys()) socket.destroy();
  };
  const stop = (): Promise<void> => new Promise(resolve => {
    server.close(() => resolve());
    dropConnections();
  });

  function mailbox(user: string, name: string): ImapMailbox {
    const found = findMailbox(state.users[user] ?? [], name);
    if (!found) throw new Error(`no mailbox ${name} of ${user}`);
    return found;
  }

  await listen(options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    port, state, mailbox, dropConnections,
    deliver(user, raw, { internalDate = clock.now(), mailbox: name = 'INBOX', flags = [] } = {}) {
      const box = mailbox(user, name);
      const message: ImapMessage = store(box, raw, internalDate, [...flags]);
      changed();
      return { uid: message.uid, uidValidity: box.uidValidity };
    },
    remove(user, name, uids) {
      const box = mailbox(user, name);
      box.messages = box.messages.filter(m => !uids.includes(m.uid));
      changed();
    },
    hasUser: user => state.users[user] !== undefined,
    connections: () => sessions.size,
    pause: stop,
    resume: () => listen(port),
    close: stop,
  };
}
