import type { FetchMessageObject, ImapFlow, MailboxObject } from 'imapflow';

/** An answer of the server as imapflow's stream hands it on: literals stand beside the text, in their order. */
export interface ServerAnswer { payload: Buffer; literals: Buffer[] }

const START = /^\* (\d{1,10}) FETCH \(/;
// What servers answer to what we ask for; anything else leaves the whole answer to imapflow.
const ITEM = /(?:UID (?<uid>\d{1,10})|RFC822\.SIZE (?<size>\d{1,15})|FLAGS \((?<flags>[^()"{}]*)\)|INTERNALDATE "(?<date>[^"\\]{1,40})"|MODSEQ \((?<modseq>\d{1,19})\)|BODY\[\](?:<0>)? \{(?<length>\d{1,10})\}\r?\n)(?<then> |\)$)/y;
const LONGEST = 2_000;

/** Reads `* 12 FETCH (UID 7 … BODY[] {123}`; null for whatever is not just that. */
export function readAnswer({ payload, literals }: ServerAnswer): FetchMessageObject | null {
  if (payload.length > LONGEST || literals.length > 1) return null;
  const text = payload.toString('latin1');
  const start = START.exec(text);
  if (start === null) return null;
  const message: FetchMessageObject = { seq: Number(start[1]), uid: 0 };
  ITEM.lastIndex = start[0].length;
  for (let then: string | undefined = ' '; then !== ')'; ) {
    const found = ITEM.exec(text)?.groups;
    if (found === undefined) return null;
    const { uid, size, flags, date, modseq, length } = found;
    if (uid !== undefined) message.uid = Number(uid);
    else if (size !== undefined) message.size = Number(size);
    else if (flags !== undefined) message.flags = new Set(flags === '' ? [] : flags.split(' '));
    else if (date !== undefined) message.internalDate = new Date(date);
    else if (modseq !== undefined) message.modseq = BigInt(modseq);
    else if (length !== undefined && literals[0]?.length === Number(length)) message.source = literals[0];
    else return null;
    then = found['then'];
  }
  const isDated = message.internalDate === undefined || !Number.isNaN(new Date(message.internalDate).getTime());
  return message.uid > 0 && isDated && (message.source !== undefined) === (literals.length === 1) ? message : null;
}

type Take = (message: FetchMessageObject, next: (error?: unknown) => void) => void;
type Exec = (command: string, attributes: unknown, options: object) => unknown;
type Fetch = (connection: object, range: unknown, query: unknown, options: { onUntaggedFetch?: Take } | undefined) => Promise<unknown>;

/** What of imapflow is touched here; it is pinned to one version, and where any of it is missing nothing is changed. */
interface Insides {
  commands?: Map<string, Fetch>;
  exec?: Exec;
  handleResponse?: (answer: ServerAnswer) => Promise<boolean>;
  currentRequest?: { options?: { take?: Take } } | false;
  mailbox: MailboxObject | false;
}

/**
 * Lets mails pass imapflow by a shorter way. It takes each answer apart in general, writes it out again for a log nobody reads, and once
 * more for each of its items: more work for a mail than reading, threading and storing it. Answers read here are those of a FETCH command
 * and of the usual shape; `fetch` gives the same either way.
 */
export function shortenFetch(client: ImapFlow): void {
  const inside = client as unknown as Insides;
  const { commands, exec, handleResponse } = inside;
  const fetch = commands?.get('FETCH');
  if (commands === undefined || fetch === undefined || exec === undefined || handleResponse === undefined) return;
  inside.commands = new Map(commands).set('FETCH', (connection, range, query, options) => {
    const take = options?.onUntaggedFetch;
    if (take === undefined) return fetch(connection, range, query, options);
    const withTake: Exec = (command, attributes, more) => exec.call(client, command, attributes, { ...more, take });
    return fetch(Object.create(connection, { exec: { value: withTake } }) as object, range, query, options);
  });
  inside.handleResponse = async (answer) => {
    const take = inside.currentRequest ? inside.currentRequest.options?.take : undefined;
    const message = take === undefined ? null : readAnswer(answer);
    if (take === undefined || message === null) return handleResponse.call(client, answer);
    // As imapflow keeps them: the next look at the folder counts on both.
    const { mailbox } = inside;
    if (mailbox !== false) {
      if (!mailbox.uidNext || mailbox.uidNext <= message.uid) mailbox.uidNext = message.uid + 1;
      if (message.modseq !== undefined && (mailbox.highestModseq === undefined || mailbox.highestModseq < message.modseq)) mailbox.highestModseq = message.modseq;
    }
    await new Promise<void>((resolve) => take(message, () => resolve()));
    return true;
  };
}
