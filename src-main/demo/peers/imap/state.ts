/** One stored mail. `raw` holds its bytes as latin-1 characters with CRLF lines, so that the state is plain JSON. */
export type ImapMessage = { uid: number; flags: string[]; internalAt: number; raw: string };

export type ImapMailbox = { name: string; uidValidity: number; uidNext: number; specialUse?: string; messages: ImapMessage[] };

export type ImapState = { users: Record<string, ImapMailbox[]>; validitySerial: number };

const standard: readonly (readonly [string, string | undefined])[] = [
  ['INBOX', undefined], ['Sent', '\\Sent'], ['Archive', '\\Archive'], ['Trash', '\\Trash'],
];

export function emptyImapState(): ImapState {
  return { users: {}, validitySerial: 0 };
}

/** Gives a user her standard folders, once; UIDVALIDITY never changes after that. */
export function ensureUser(state: ImapState, user: string, nowMs: number): ImapMailbox[] {
  return (state.users[user] ??= standard.map(([name, specialUse]) => newMailbox(state, nowMs, name, specialUse)));
}

export function newMailbox(state: ImapState, nowMs: number, name: string, specialUse?: string): ImapMailbox {
  state.validitySerial += 1;
  return { name, uidValidity: Math.floor(nowMs / 1000) + state.validitySerial, uidNext: 1, ...(specialUse === undefined ? {} : { specialUse }), messages: [] };
}

export function findMailbox(boxes: readonly ImapMailbox[], name: string): ImapMailbox | undefined {
  return boxes.find(b => b.name === name || (b.name === 'INBOX' && name.toUpperCase() === 'INBOX'));
}

/** Adds a mail; bare line feeds become CRLF. */
export function store(box: ImapMailbox, raw: string | Uint8Array, internalAt: number, flags: string[] = []): ImapMessage {
  const bytes = typeof raw === 'string' ? Buffer.from(raw, 'utf8') : Buffer.from(raw);
  return keep(box, bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), internalAt, flags);
}

/** Adds a mail whose bytes are already in the stored form. */
export function keep(box: ImapMailbox, raw: string, internalAt: number, flags: string[]): ImapMessage {
  const message: ImapMessage = { uid: box.uidNext, flags, internalAt, raw };
  box.uidNext += 1;
  box.messages.push(message);
  return message;
}
