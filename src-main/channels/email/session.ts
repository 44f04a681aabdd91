import type { ImapFlow } from 'imapflow';
import type { ApartContext } from '../apart-thread.ts';
import type { ConnectionStatus, MessageEvent } from '../port.ts';
import type { MailConfig } from './config.ts';
import { createConveyor } from './conveyor.ts';
import { writeMarks } from './flags.ts';
import { chosenOf, listFolders, type Folders } from './folders.ts';
import { readGone } from './gone.ts';
import { imapClient } from './imap-client.ts';
import { mailTimes, readLimits } from './limits.ts';
import type { MailLogin } from './login.ts';
import type { MailParser } from './parse-pool.ts';
import { beginUnopened, countOlder, needsBackfill, openFolder, readFlags, readNew, readOlder, type ReadContext } from './reader.ts';

/** Work that borrows the mailbox's connection between two reads. Its own failure is its own; a lost connection ends the session too. */
export type MailboxJob = (client: ImapFlow, folders: Folders) => Promise<void>;

/** What wakes a session that idles: rung from outside, waited for inside. A ring while nobody waits is not lost. */
export interface Bell {
  ring(): void;
  rung(): Promise<void>;
  /** Was it rung since the last `rung()`? */
  isRung(): boolean;
}

export function createBell(): Bell {
  let isRung = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      isRung = true;
      wake?.();
    },
    async rung() {
      if (!isRung) await new Promise<void>((resolve) => (wake = resolve));
      wake = null;
      isRung = false;
    },
    isRung: () => isRung,
  };
}

/** What one connection gets to work with. */
export interface Attempt {
  bell: Bell;
  signal: AbortSignal;
  report(status: ConnectionStatus): void;
  /** Taken one by one; null when there is none. */
  nextJob(): MailboxJob | null;
  hasJob(): boolean;
  /** Called before a round; what it returns is called when that round is done. */
  roundStarts(): () => void;
}

export interface SessionHost extends Attempt {
  context: ApartContext;
  config: MailConfig;
  login: MailLogin;
  parser: MailParser;
}

const figure = (count: number): string => count.toLocaleString('en');

/** A server that ends IDLE at once this often in a row cannot do it: we stop asking and only look now and then. */
const IDLE_ENDS_TOLERATED = 20;
const SHORT_IDLE_MS = 10_000;

/**
 * One connection, from connecting until it ends: reads what is new, then what is old, then waits with IDLE (RFC 2177). Events only say
 * "look": each wake-up and every few minutes it fetches from the last UID on, since events get lost. Rejects when the connection ends,
 * for whatever reason; never resolves.
 */
export async function runSession(host: SessionHost): Promise<never> {
  const { context, config, bell, signal } = host;
  const client = imapClient(config, host.login);
  let isClosed = false;
  let hasNews = false;
  let hasFlags = false;
  let hasGone = false;
  let idleEnds = 0;
  const close = (): void => client.close();
  signal.addEventListener('abort', close, { once: true });
  client.on('close', () => {
    isClosed = true;
    bell.ring();
  });
  client.on('flags', () => {
    hasFlags = true;
    bell.ring();
  });
  client.on('exists', () => {
    hasNews = true;
    bell.ring();
  });
  client.on('expunge', () => {
    hasGone = true;
    bell.ring();
  });

  try {
    signal.throwIfAborted();
    await client.connect();
    let list = await listFolders(client);
    const chosen = chosenOf(list, config.folders);
    const { folders } = chosen;
    const missing = chosen.missing.map((path) => ` The folder “${path}” is not in the mailbox any more.`).join('');
    const reading: ReadContext = { context, own: [config.address], parser: host.parser, folders, states: new Map(), handedIn: new Map(), backlogs: new Map(), opened: new Map() };
    const watched = (): string[] => [folders.inbox, ...(folders.sent === null ? [] : [folders.sent]), ...folders.others];
    let told: string | null = null;
    /** What folders there are now: one that is new is for a person to choose. */
    const tellFolders = async (again: boolean): Promise<void> => {
      if (again) list = await listFolders(client);
      const paths = list.filter((folder) => folder.role === 'other' || folder.role === 'archive').map((folder) => folder.path);
      const words = paths.join('\n');
      if (words === told) return;
      await context.sink({ accountId: context.account.id, origin: 'live', events: [{ type: 'folders', paths }], cursors: {} });
      told = words;
    };

    const readInbox = async (again: boolean): Promise<void> => {
      hasNews = false;
      const open = await openFolder(client, folders.inbox, again || hasFlags);
      await readNew(reading, client, open, again);
      if (again || hasFlags) {
        hasFlags = false;
        await readFlags(reading, client, open);
      }
    };
    /** All folders but the inbox; then what is gone from any of them. */
    const readOthers = async (): Promise<void> => {
      const changed: string[] = [];
      for (const path of watched().slice(1)) {
        // STATUS first: opening the folder would interrupt the watch over the inbox each time for nothing.
        const status = await client.status(path, { uidNext: true, uidValidity: true, messages: true, ...(client.capabilities.has('CONDSTORE') ? { highestModseq: true } : {}) });
        const known = status === false ? null : reading.states.get(`${path}:${status.uidValidity}`);
        if (known && status !== false && status.uidNext === known.top + 1 && status.messages === known.exists && (known.modseq === undefined || known.modseq === String(status.highestModseq))) continue;
        if (status !== false && (await beginUnopened(reading, status))) continue;
        const open = await openFolder(client, path, true);
        await readNew(reading, client, open, true);
        await readFlags(reading, client, open);
        changed.push(path);
      }
      for (const path of changed) await readGone(reading, client, await openFolder(client, path));
      const inbox = changed.length > 0 ? await openFolder(client, folders.inbox, true) : await openFolder(client, folders.inbox);
      if (changed.length > 0) await readNew(reading, client, inbox, true);
      await readGone(reading, client, inbox);
    };
    const runJobs = async (): Promise<void> => {
      let hasLeft = false;
      for (let job = host.nextJob(); job !== null; job = host.nextJob()) {
        await job(client, folders);
        hasLeft = true;
      }
      // Mail that came while another folder was open, or this one anew, was never announced.
      if (hasLeft) await readInbox(true);
    };
    /** What stays at the server because a person stopped the first sync. */
    const countHeld = async (): Promise<{ done: number; total: number } | null> => {
      let [left, total] = [0, 0];
      for (const path of watched()) {
        left += await countOlder(reading, client, path);
        total += reading.opened.get(path)?.exists ?? 0;
      }
      if (watched().length > 1) await readInbox(true);
      return left === 0 ? null : { done: Math.max(0, total - left), total };
    };
    const readAllOlder = async (): Promise<void> => {
      const counts = new Map<string, { all: number; left: number }>();
      const pending: string[] = [];
      for (const path of watched()) {
        if (!needsBackfill(reading, path)) continue;
        const all = reading.opened.get(path)?.exists ?? 0;
        counts.set(path, { all, left: all });
        pending.push(path);
      }
      const report = (path: string, left: number): void => {
        const count = counts.get(path);
        if (count) counts.set(path, { all: Math.max(count.all, left), left });
        const total = [...counts.values()].reduce((sum, { all }) => sum + all, 0);
        const done = total - [...counts.values()].reduce((sum, entry) => sum + entry.left, 0);
        host.report({ state: 'syncing', status: `Reading mail: ${figure(done)} of ${figure(total)}.`, retryAt: null, progress: { done, total } });
      };
      const conveyor = createConveyor<MessageEvent[]>({ ...readLimits, signal });
      try {
        // Window by window in turn, so that customers' mails and our answers to them come together.
        for (let path = pending.shift(); path !== undefined; path = pending.shift()) {
          const folder = path;
          const isDone = await readOlder(reading, client, folder, {
            conveyor, signal,
            left: (left) => report(folder, left),
            isCalled: () => hasNews || host.hasJob(),
            between: async () => {
              await runJobs();
              await readInbox(false);
            },
          });
          if (!isDone) pending.push(folder);
        }
      } finally {
        // What was fetched is kept, and the next connection must not start while it is still being stored.
        await conveyor.drain().catch(() => {});
      }
    };

    let held: { done: number; total: number } | null | undefined;
    for (let isFull = true; ; ) {
      const roundEnds = host.roundStarts();
      signal.throwIfAborted();
      if (isClosed) throw closeReason(client);
      await readInbox(isFull);
      if (isFull) {
        if (config.readsOlder && needsBackfill(reading, folders.inbox)) host.parser.warm();
        hasGone = false;
        if (await writeMarks(client, context)) await readInbox(true);
        await tellFolders(told !== null);
        await readOthers();
        if (config.readsOlder) await readAllOlder();
        else held ??= await countHeld();
      }
      await runJobs();
      await openFolder(client, folders.inbox);
      const older = held ? ` Older mail waits: ${figure(held.done)} of ${figure(held.total)} are here.` : '';
      host.report({ state: 'live', status: `New mail arrives at once.${older}${missing}`, retryAt: null, progress: held ?? null });
      roundEnds();
      isFull = await waitForNews();
    }
  } finally {
    signal.removeEventListener('abort', close);
    client.close();
  }

  /** Resolves when there is a reason to look again: true = look everywhere, false = the inbox has news. */
  async function waitForNews(): Promise<boolean> {
    if (bell.isRung()) {
      await bell.rung();
      return !(hasNews || hasFlags) || hasGone || host.hasJob();
    }
    let isDue = false;
    const cancel = context.clock.after(config.folders.length > 0 ? mailTimes.otherFolders : mailTimes.safetyFetch, () => {
      isDue = true;
      bell.ring();
    });
    // IDLE ends when the next command is given; a server or imapflow's keep-alive may end it earlier, and then we look as well.
    let isWaiting = true;
    const startedAt = context.clock.now();
    const ended = (): void => {
      if (!isWaiting) return;
      idleEnds = context.clock.now() - startedAt > SHORT_IDLE_MS ? 0 : idleEnds + 1;
      bell.ring();
    };
    if (idleEnds < IDLE_ENDS_TOLERATED) client.idle().then(ended, ended);
    await bell.rung();
    isWaiting = false;
    cancel();
    return !(hasNews || hasFlags) || hasGone || isDue;
  }
}

/** The server's farewell, when it said one. */
function closeReason(client: ImapFlow): Error {
  const error = new Error('the connection was closed');
  return Object.assign(error, { code: 'NoConnection', ...(client.byeReason === undefined ? {} : { reason: client.byeReason }) });
}
