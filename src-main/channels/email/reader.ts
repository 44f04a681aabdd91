import type { FetchMessageObject, FetchQueryObject, ImapFlow, MailboxObject, StatusObject } from 'imapflow';
import type { ChannelContext, ChannelEvent, MessageEvent } from '../port.ts';
import type { Conveyor } from './conveyor.ts';
import type { Folders } from './folders.ts';
import { mailLimits, readLimits } from './limits.ts';
import type { MailParser } from './parse-pool.ts';
import { unreadableMail, type ReadMail, type ReadMailOptions } from './parse-mail.ts';
import { isRefusedCommand } from './problems.ts';
import { searchUids } from './search-uids.ts';

/**
 * Reading one folder. Its state is one cursor named `<path>:<UIDVALIDITY>`: every mail with a UID in [low, top] is committed; `low` 1
 * means all of it is. New mail moves `top`, the first sync moves `low` down page by page, newest first. A new UIDVALIDITY is a new
 * name, so everything is read again; intake knows the mails by their external ids. Mails that are expunged stay with us, marked (see
 * gone.ts): what the customer wrote and we answered belongs to our records, whatever somebody tidies away in a mail program.
 */
export interface FolderState {
  top: number;
  low: number;
  /** Flags are known as they were at this modification number (CONDSTORE); absent where the server keeps none. */
  modseq?: string;
  /** Mails there were when it was last found out which are gone, and those read since: as long as that is what there is, none is. Absent until then. */
  exists?: number;
}

export interface ReadContext {
  context: Pick<ChannelContext, 'account' | 'clock' | 'log' | 'files' | 'cursor' | 'sink' | 'places'>;
  own: readonly string[];
  parser: MailParser;
  folders: Folders;
  /** States of this connection, by cursor name. */
  states: Map<string, FolderState>;
  /** What of them was handed in last, word for word: a page handed in after it says so. */
  handedIn: Map<string, string>;
  /** UIDs below `low`, ascending, by cursor name: asked for once a connection, for a large folder lists a million of them. */
  backlogs: Map<string, number[]>;
  /** What each folder was when last opened. */
  opened: Map<string, { cursor: string; exists: number }>;
}

interface FetchedMail {
  uid: number;
  bytes: number;
  /** Being taken apart beside this thread since it came off the wire; never rejects but for want of memory here. */
  read: Promise<ReadMail>;
  /** Set when the server could not hand it out. */
  problem: string | null;
}

const LAST_UID = 4_294_967_295;
/** Mails fetched at once where their sizes are not known. */
const PIECE = 20;
const QUERY: FetchQueryObject = { uid: true, size: true, flags: true, internalDate: true, source: { start: 0, maxLength: mailLimits.rawBytes } };

/** A folder and its numbering. */
type Numbered = Pick<MailboxObject, 'path' | 'uidValidity'>;

const cursorName = (mailbox: Numbered): string => `${mailbox.path}:${mailbox.uidValidity}`;

function parseState(value: string | null): FolderState | null {
  if (value === null) return null;
  try {
    const state: unknown = JSON.parse(value);
    if (typeof state === 'object' && state !== null && 'top' in state && 'low' in state && Number.isInteger(state.top) && Number.isInteger(state.low)) {
      return {
        top: Number(state.top), low: Number(state.low),
        ...('modseq' in state && typeof state.modseq === 'string' && /^\d+$/.test(state.modseq) ? { modseq: state.modseq } : {}), ...('exists' in state && Number.isInteger(state.exists) ? { exists: Number(state.exists) } : {}),
      };
    }
  } catch {
    // A cursor nobody can read is no cursor: the folder is read again.
  }
  return null;
}

/** Opens a folder for reading only (EXAMINE), so that looking never changes it. `again` asks the server afresh: UIDVALIDITY may have changed. */
export async function openFolder(client: ImapFlow, path: string, again = false): Promise<MailboxObject> {
  const open = client.mailbox;
  return open !== false && open.path === path && open.readOnly === true && !again ? open : client.mailboxOpen(path, { readOnly: true });
}

/**
 * Throws when the folder is not open any more. imapflow answers a fetch on a closed connection with an empty list instead of an error:
 * taken for an answer, the page would count as read and its mails would be lost.
 */
export function assertOpen(client: ImapFlow, mailbox: MailboxObject): void {
  if (client.isClosed || !client.usable || client.mailbox === false || client.mailbox.path !== mailbox.path) throw Object.assign(new Error('the connection was closed'), { code: 'NoConnection' });
}

export function stateOf(reading: ReadContext, mailbox: Numbered): FolderState | null {
  const name = cursorName(mailbox);
  const known = reading.states.get(name);
  if (known !== undefined) return known;
  const stored = reading.context.cursor(name);
  const state = parseState(stored);
  if (state === null || stored === null) return null;
  reading.handedIn.set(name, stored);
  reading.states.set(name, state);
  return state;
}

/**
 * `isFollowed` is for pages handed in before those ahead of them are committed. When one fails this connection's reading is over: its
 * states are too far. Not an async function, which would keep the mails in memory until they are committed, long after they left.
 */
export function commit(reading: ReadContext, mailbox: Numbered, events: ChannelEvent[], origin: 'live' | 'backfill', state: FolderState, isFollowed?: boolean): Promise<void> {
  const name = cursorName(mailbox);
  const value = JSON.stringify(state);
  const page = isFollowed === undefined ? {} : { after: { [name]: reading.handedIn.get(name) ?? null }, isFollowed };
  const committed = reading.context.sink({ accountId: reading.context.account.id, origin, events, cursors: { [name]: value }, ...page });
  const note = (): void => {
    reading.handedIn.set(name, value);
    reading.states.set(name, state);
  };
  if (isFollowed === undefined) return committed.then(note);
  note();
  return committed;
}

function fetchedMail(reading: ReadContext, mailbox: MailboxObject, message: FetchMessageObject): FetchedMail {
  const now = reading.context.clock.now();
  const received = message.internalDate === undefined ? now : new Date(message.internalDate).getTime();
  const raw = message.source ?? message.headers ?? new Uint8Array();
  const options: ReadMailOptions = {
    own: reading.own,
    receivedAt: Number.isNaN(received) ? now : Math.min(received, now),
    isSent: mailbox.path === reading.folders.sent,
    isSeen: message.flags?.has('\\Seen') ?? false,
    fullSize: message.source === undefined || (message.size ?? 0) <= mailLimits.rawBytes ? null : (message.size ?? null),
  };
  const problem = message.source === undefined ? 'The server could not hand out this mail; only its head was read.' : null;
  return { uid: message.uid, bytes: raw.length, problem, read: problem === null ? reading.parser.read(raw, options) : unreadableMail(raw, options, problem) };
}

/** Gives the memory of stored bytes back at once: V8 lets 64 MB of it gather first. */
function letGo({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && !buffer.detached) buffer.transfer(0);
}

/** The mails of one batch, their files stored. */
async function toEvents(reading: ReadContext, mailbox: MailboxObject, mails: readonly FetchedMail[]): Promise<MessageEvent[]> {
  const read = await Promise.all(mails.map((mail) => mail.read));
  const files = read.flatMap((mail) => mail.files.map((file) => file.bytes));
  const contents = await reading.context.files.putAll(files);
  files.forEach(letGo);
  let next = 0;
  return read.map(({ files, ...mail }, i) => ({
    ...mail,
    files: files.map(({ bytes: _, ...file }) => ({ ...file, sha256: contents[next++] ?? '' })),
    place: { path: mailbox.path, epoch: String(mailbox.uidValidity), key: mails[i]?.uid ?? 0 },
  }));
}

/** UIDs in ascending order as IMAP writes a set: runs as "first:last". Two hundred single numbers cost both ends a long line for nothing. */
export function uidSet(uids: readonly number[]): string {
  const runs: string[] = [];
  for (let from = 0; from < uids.length; ) {
    let to = from;
    while (uids[to + 1] === (uids[to] ?? 0) + 1) to += 1;
    runs.push(to === from ? String(uids[from]) : `${uids[from]}:${uids[to]}`);
    from = to + 1;
  }
  return runs.join(',');
}

/** Heads of mails the server could not hand out; those that are gone are left out, and those it refuses even so are logged. */
async function fetchHeads(reading: ReadContext, client: ImapFlow, mailbox: MailboxObject, uids: readonly number[]): Promise<FetchedMail[]> {
  const mails: FetchedMail[] = [];
  for (const uid of uids) {
    try {
      const heads = await client.fetchAll([uid], { uid: true, flags: true, internalDate: true, headers: true }, { uid: true });
      assertOpen(client, mailbox);
      mails.push(...heads.filter((message) => message.uid === uid && message.headers !== undefined).map((message) => fetchedMail(reading, mailbox, message)));
    } catch (error) {
      if (!isRefusedCommand(error)) throw error;
      reading.context.log.warn('email.mail_not_handed_out', { folder: mailbox.path, uid, error });
    }
  }
  return mails;
}

/**
 * Fetches mails by UID, in ascending order. A server that refuses the whole command because of one mail is asked for halves, at last
 * for that mail's head: one broken mail on the server must not end the reading of all others.
 */
export async function fetchMails(reading: ReadContext, client: ImapFlow, mailbox: MailboxObject, uids: readonly number[], isAgain = false): Promise<FetchedMail[]> {
  const mails: FetchedMail[] = [];
  const asked = new Set(uids);
  try {
    // What comes without a source is news about flags, or a mail the server lists but cannot read.
    for await (const message of client.fetch(uidSet(uids), QUERY, { uid: true })) {
      if (message.source !== undefined && asked.delete(message.uid)) mails.push(fetchedMail(reading, mailbox, message));
    }
    assertOpen(client, mailbox);
  } catch (error) {
    if (!isRefusedCommand(error)) throw error;
    const half = uids.length >> 1;
    if (half === 0) return fetchHeads(reading, client, mailbox, uids);
    return [...(await fetchMails(reading, client, mailbox, uids.slice(0, half))), ...(await fetchMails(reading, client, mailbox, uids.slice(half)))];
  }
  // An answer may have been lost on the way: asked for once more, and only then taken for a mail the server cannot read.
  if (asked.size > 0) mails.push(...(await (isAgain ? fetchHeads(reading, client, mailbox, [...asked]) : fetchMails(reading, client, mailbox, [...asked], true))));
  return mails.sort((a, b) => a.uid - b.uid);
}

/** Writes down where a folder read for the first time begins: what is in it is old mail, what comes is new. */
async function begin(reading: ReadContext, mailbox: Pick<MailboxObject, 'path' | 'uidValidity' | 'uidNext' | 'exists' | 'highestModseq' | 'noModseq'>): Promise<void> {
  const { uidNext, exists } = mailbox;
  // Nothing of a folder read for the first time can be gone; one numbered anew has mails known by their old numbers.
  const isFirst = (await reading.context.places(mailbox.path)).length === 0;
  await commit(reading, mailbox, [], 'backfill', { top: uidNext - 1, low: exists === 0 ? 1 : uidNext, ...modseqOf(mailbox), ...(isFirst ? { exists } : {}) });
}

/**
 * The same without opening the folder, which closes the one that is open: opening a large one again took Dovecot half a second. False where
 * more is to be done.
 */
export async function beginUnopened(reading: ReadContext, { path, uidValidity, uidNext, messages, highestModseq }: StatusObject): Promise<boolean> {
  if (uidValidity === undefined || uidNext === undefined || uidNext < 1 || messages === undefined) return false;
  const folder = { path, uidValidity, uidNext, exists: messages, ...(highestModseq === undefined || highestModseq <= 0n ? {} : { highestModseq }) };
  if (stateOf(reading, folder) !== null || (await reading.context.places(path)).length > 0) return false;
  reading.opened.set(path, { cursor: cursorName(folder), exists: messages });
  await begin(reading, folder);
  return true;
}

/**
 * Reads what came after `top`, in one round trip for the usual few. Called after every event and every few minutes, because events
 * get lost. The upper bound is a number: "n:*" would send the last mail again each time. imapflow drops an answer it cannot parse
 * without a word, so `thorough`, or any sign that something is missing between `top` and the last mail there is, has the server list
 * what there is, and what is missing is fetched: once `top` has gone past a mail nobody would ask for it again.
 */
export async function readNew(reading: ReadContext, client: ImapFlow, mailbox: MailboxObject, thorough: boolean): Promise<void> {
  const before = reading.opened.get(mailbox.path)?.exists ?? 0;
  reading.opened.set(mailbox.path, { cursor: cursorName(mailbox), exists: mailbox.exists });
  const state = stateOf(reading, mailbox);
  if (state === null) {
    const uidNext = mailbox.uidNext > 0 ? mailbox.uidNext : (((await searchUids(client, { all: true })) ?? []).at(-1) ?? 0) + 1;
    assertOpen(client, mailbox);
    return begin(reading, { ...mailbox, uidNext });
  }
  if (state.top >= LAST_UID) return;
  let mails: FetchedMail[] = [];
  let bytes = 0;
  const add = async (mail: FetchedMail): Promise<void> => {
    if (mails.length > 0 && (mails.length >= readLimits.batchEvents || bytes + mail.bytes > readLimits.batchBytes)) await flush();
    mails.push(mail);
    bytes += mail.bytes;
  };
  const flush = async (): Promise<void> => {
    mails.sort((a, b) => a.uid - b.uid);
    const last = mails.at(-1);
    if (last === undefined) return;
    const events = await toEvents(reading, mailbox, mails);
    const current = stateOf(reading, mailbox) ?? state;
    await commit(reading, mailbox, events, 'live', { ...current, top: Math.max(current.top, last.uid), ...(current.exists === undefined ? {} : { exists: current.exists + mails.length }) });
    mails = [];
    bytes = 0;
  };
  const seen = new Set<number>();
  let last = { uid: state.top, seq: 0 };
  let isSuspicious = thorough;
  const range = `${state.top + 1}:${LAST_UID}`;
  try {
    for await (const message of client.fetch(range, QUERY, { uid: true })) {
      // RFC 9051 6.4.8: a server may answer beyond what was asked; a flag change comes without a source.
      if (message.uid <= state.top || message.source === undefined || seen.has(message.uid)) continue;
      if (message.uid !== last.uid + 1 || (last.seq > 0 && message.seq !== last.seq + 1)) isSuspicious = true;
      last = message;
      seen.add(message.uid);
      await add(fetchedMail(reading, mailbox, message));
    }
  } catch (error) {
    if (!isRefusedCommand(error)) throw error;
    isSuspicious = true;
  }
  const exists = client.mailbox === false ? 0 : client.mailbox.exists;
  if (isSuspicious || exists > (seen.size === 0 ? before : last.seq)) {
    const found = (await searchUids(client, { uid: range })) ?? [];
    const missing = found.filter((uid) => uid > state.top && !seen.has(uid));
    for (let at = 0; at < missing.length; at += PIECE) for (const mail of await fetchMails(reading, client, mailbox, missing.slice(at, at + PIECE))) await add(mail);
  }
  await flush();
}

const modseqOf = (mailbox: Pick<MailboxObject, 'highestModseq' | 'noModseq'>): { modseq?: string } => (mailbox.noModseq === true || mailbox.highestModseq === undefined ? {} : { modseq: String(mailbox.highestModseq) });

/**
 * Learns which mails were read in other programs since the last look, by modification numbers (RFC 7162); a server without them is asked
 * for the newest mails only. A read mail never becomes unread here again: whoever has read it has read it.
 */
export async function readFlags(reading: ReadContext, client: ImapFlow, mailbox: MailboxObject): Promise<void> {
  const state = stateOf(reading, mailbox);
  if (state === null || state.top < state.low) return;
  const now = modseqOf(mailbox);
  if (now.modseq !== undefined && now.modseq === state.modseq) return;
  const from = now.modseq === undefined ? Math.max(state.low, state.top - readLimits.flagWindow) : state.low;
  const seen: number[] = [];
  if (now.modseq === undefined || state.modseq !== undefined) {
    const since = now.modseq === undefined || state.modseq === undefined ? {} : { changedSince: BigInt(state.modseq) };
    for await (const { uid, flags } of client.fetch(`${from}:${state.top}`, { uid: true, flags: true }, { uid: true, ...since })) if (flags?.has('\\Seen') === true) seen.push(uid);
    assertOpen(client, mailbox);
  }
  // Where nothing was read the number alone is no reason to write; asking for the same again after a restart costs a line.
  if (seen.length === 0) return void reading.states.set(cursorName(mailbox), { ...state, ...now });
  const events: ChannelEvent[] = [];
  for (let at = 0; at < seen.length; at += readLimits.batchEvents) events.push({ type: 'seen', path: mailbox.path, epoch: String(mailbox.uidValidity), keys: seen.slice(at, at + readLimits.batchEvents) });
  await commit(reading, mailbox, events, 'live', { ...state, ...now });
}

const bytesOf = (uid: number, sizes: ReadonlyMap<number, number>): number => Math.min(sizes.get(uid) ?? 0, mailLimits.rawBytes);

/** UIDs of one page: the newest first-comers that fit a batch, given in ascending order. */
export function lastPage(uids: readonly number[], sizes: ReadonlyMap<number, number>): number[] {
  let bytes = 0;
  let from = uids.length;
  while (from > 0 && uids.length - from < readLimits.batchEvents) {
    bytes += bytesOf(uids[from - 1] ?? 0, sizes);
    if (from < uids.length && bytes > readLimits.batchBytes) break;
    from -= 1;
  }
  return uids.slice(from);
}

/** Is there older mail to read in a folder read on this connection? */
export function needsBackfill(reading: ReadContext, path: string): boolean {
  const opened = reading.opened.get(path);
  return opened !== undefined && (reading.states.get(opened.cursor)?.low ?? 1) > 1;
}

/** Mails of a folder that are older than all that was read. */
export async function countOlder(reading: ReadContext, client: ImapFlow, path: string): Promise<number> {
  if (!needsBackfill(reading, path)) return 0;
  const mailbox = await openFolder(client, path);
  return (await backlogOf(reading, client, mailbox, stateOf(reading, mailbox)?.low ?? 1)).length;
}

export interface Backfill {
  /** Pages of all folders on their way; whoever made it drains it. */
  conveyor: Conveyor<MessageEvent[]>;
  /** Mails of this folder not read yet, after each page. */
  left(count: number): void;
  /** Does something else want the connection (new mail, a copy to store)? */
  isCalled(): boolean;
  /** Lets it; called with nothing under way, may open other folders. */
  between(): Promise<void>;
  signal: AbortSignal;
}

async function backlogOf(reading: ReadContext, client: ImapFlow, mailbox: MailboxObject, low: number): Promise<number[]> {
  const known = reading.backlogs.get(cursorName(mailbox));
  if (known !== undefined) return known;
  const found = await searchUids(client, { uid: `1:${low - 1}` });
  if (found === null) throw new Error('the list of mails was refused');
  const backlog = found.filter((uid) => uid < low);
  reading.backlogs.set(cursorName(mailbox), backlog);
  return backlog;
}

/**
 * Reads up to one window of older mails, newest page first, each page in ascending order (rowids are times: ascending inserts are twice
 * as fast). Pages may still be on the conveyor when it returns: false = there is more; with true the folder is complete and committed.
 */
export async function readOlder(reading: ReadContext, client: ImapFlow, path: string, backfill: Backfill): Promise<boolean> {
  const { conveyor } = backfill;
  const mailbox = await openFolder(client, path);
  const low = stateOf(reading, mailbox)?.low ?? 1;
  if (low <= 1) return true;
  const isFirst = !reading.backlogs.has(cursorName(mailbox));
  const backlog = await backlogOf(reading, client, mailbox, low);
  // Later on pages may be under way: what is left is what is not committed.
  if (isFirst) backfill.left(backlog.length);
  const end = Math.max(0, backlog.length - readLimits.sizeWindow);
  const sizes = new Map<number, number>();
  if (backlog.length > 0) for (const { uid, size } of await client.fetchAll(uidSet(backlog.slice(end)), { uid: true, size: true }, { uid: true })) sizes.set(uid, size ?? 0);
  while (backlog.length > end) {
    backfill.signal.throwIfAborted();
    const page = lastPage(backlog.slice(end), sizes);
    const first = page[0];
    if (first === undefined) break;
    backlog.length -= page.length;
    const rest = backlog.length;
    await openFolder(client, path);
    const bytes = page.reduce((sum, uid) => sum + bytesOf(uid, sizes), 0);
    await conveyor.add(bytes, async () => {
      // Taken apart and its files stored while others are fetched and committed.
      const ready = toEvents(reading, mailbox, await fetchMails(reading, client, mailbox, page));
      ready.catch(() => {});
      return {
        bytes, ready,
        commit: (mails, isFollowed) => {
          const state = stateOf(reading, mailbox) ?? { top: low - 1, low };
          return commit(reading, mailbox, mails, 'backfill', { ...state, low: rest === 0 ? 1 : first }, isFollowed).then(() => backfill.left(rest));
        },
      };
    });
    if (backfill.isCalled()) {
      await conveyor.drain();
      await backfill.between();
    }
  }
  if (backlog.length > 0) return false;
  await conveyor.drain();
  const state = stateOf(reading, mailbox);
  if (state !== null && state.low > 1) await commit(reading, mailbox, [], 'backfill', { ...state, low: 1 });
  return true;
}
