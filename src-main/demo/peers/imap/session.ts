import type { Socket } from 'node:net';
import { fetchItem, fetchItems, marksSeen } from './fetch.ts';
import { inSet, itemsOf, readDate, readLine, textOf, tokenize, wire, type Token } from './parse.ts';
import { searchTest } from './search.ts';
import { findMailbox, keep, newMailbox, type ImapMailbox, type ImapMessage, type ImapState } from './state.ts';

const capabilities = 'IMAP4rev1 LITERAL+ SASL-IR AUTH=PLAIN ID NAMESPACE CHILDREN SPECIAL-USE IDLE UIDPLUS MOVE UNSELECT';
const bufferMax = 40_000_000;

export type SessionHost = {
  state: ImapState;
  now(): number;
  /** The folders of a user, or nothing when the password is wrong. */
  login(user: string, pass: string): ImapMailbox[] | undefined;
  /** Tells every session (this one too) that folders changed. */
  changed(): void;
};

/** What one connection has told its client about a mail. */
type Seen = { message: ImapMessage; flags: string };
class Refused extends Error {}

/** Speaks IMAP4rev1 (RFC 3501, with 2177, 2971, 4315, 6154, 6851, 7888) on one socket. `poke` pushes news to an idling client. */
export function openSession(socket: Socket, host: SessionHost): { poke(): void } {
  let buffer = '';
  let boxes: ImapMailbox[] | undefined;
  let selected: ImapMailbox | undefined;
  let readOnly = false;
  let view: Seen[] = [];
  let idleTag: string | undefined;
  let authTag: string | undefined;

  const send = (line: string): void => void socket.write(Buffer.from(`${line}\r\n`, 'latin1'));
  const flagsOf = (m: ImapMessage): string => m.flags.join(' ');

  // A client counts mails by position: news may be told only where RFC 3501 section 7.4.1 allows it.
  function tellNews(mayExpunge: boolean): void {
    if (!selected) return;
    const alive = new Set(selected.messages);
    if (mayExpunge) {
      for (let i = view.length - 1; i >= 0; i -= 1) {
        const entry = view[i];
        if (entry && !alive.has(entry.message)) {
          view.splice(i, 1);
          send(`* ${i + 1} EXPUNGE`);
        }
      }
    }
    view.forEach((entry, i) => {
      const flags = flagsOf(entry.message);
      if (flags === entry.flags || !alive.has(entry.message)) return;
      entry.flags = flags;
      send(`* ${i + 1} FETCH (UID ${entry.message.uid} FLAGS (${flags}))`);
    });
    const last = view.at(-1)?.message.uid ?? 0;
    const fresh = selected.messages.filter(m => m.uid > last && !view.some(v => v.message === m));
    if (fresh.length === 0) return;
    view.push(...fresh.map(message => ({ message, flags: flagsOf(message) })));
    send(`* ${view.length} EXISTS`);
  }

  function box(name: string): ImapMailbox {
    const found = boxes && findMailbox(boxes, name);
    if (!found) throw new Refused('NO [TRYCREATE] no such mailbox');
    return found;
  }

  function open(name: string, examine: boolean): string {
    selected = undefined;
    const target = box(name);
    selected = target;
    readOnly = examine;
    view = target.messages.map(message => ({ message, flags: flagsOf(message) }));
    send('* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)');
    send('* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] limited');
    send(`* ${view.length} EXISTS`);
    send('* 0 RECENT');
    const unseen = view.findIndex(v => !v.message.flags.includes('\\Seen'));
    if (unseen >= 0) send(`* OK [UNSEEN ${unseen + 1}] first unseen`);
    send(`* OK [UIDVALIDITY ${target.uidValidity}] valid`);
    send(`* OK [UIDNEXT ${target.uidNext}] next`);
    return `OK [READ-${examine ? 'ONLY' : 'WRITE'}] opened`;
  }

  function chosen(set: string, byUid: boolean): { entry: Seen; seq: number }[] {
    if (!selected) throw new Refused('BAD no mailbox selected');
    const test = inSet(set, byUid ? view.at(-1)?.message.uid ?? 0 : view.length);
    return view.map((entry, i) => ({ entry, seq: i + 1 })).filter(({ entry, seq }) => test(byUid ? entry.message.uid : seq));
  }

  function doFetch(args: Token[], byUid: boolean): string {
    const items = fetchItems(itemsOf(args[1]).map(textOf), byUid);
    for (const { entry, seq } of chosen(textOf(args[0]), byUid)) {
      const marks = !readOnly && items.some(marksSeen) && !entry.message.flags.includes('\\Seen');
      if (marks) entry.message.flags.push('\\Seen');
      const parts = items.map(item => fetchItem(entry.message, item));
      if (marks && !items.some(i => i.toUpperCase() === 'FLAGS')) parts.push(fetchItem(entry.message, 'FLAGS'));
      entry.flags = flagsOf(entry.message);
      send(`* ${seq} FETCH (${parts.join(' ')})`);
      if (marks) host.changed();
    }
    return 'OK fetched';
  }

  function doStore(args: Token[], byUid: boolean): string {
    needWritable();
    const [, sign = '', silent = ''] = /^([+-]?)FLAGS(\.SILENT)?$/i.exec(textOf(args[1])) ?? [];
    const given = args.slice(2).flatMap(itemsOf).map(textOf);
    for (const { entry, seq } of chosen(textOf(args[0]), byUid)) {
      const old = entry.message.flags;
      entry.message.flags = sign === '+' ? [...new Set([...old, ...given])] : sign === '-' ? old.filter(f => !given.includes(f)) : [...new Set(given)];
      entry.flags = flagsOf(entry.message);
      if (silent === '') send(`* ${seq} FETCH (${byUid ? `UID ${entry.message.uid} ` : ''}FLAGS (${entry.flags}))`);
    }
    host.changed();
    return 'OK stored';
  }

  function needWritable(): void {
    if (!selected) throw new Refused('BAD no mailbox selected');
    if (readOnly) throw new Refused('NO read-only');
  }

  function doCopy(args: Token[], byUid: boolean, move: boolean): string {
    const target = box(textOf(args[1]));
    const picked = chosen(textOf(args[0]), byUid).map(({ entry }) => entry.message);
    if (move) needWritable();
    const copies = picked.map(m => keep(target, m.raw, m.internalAt, [...m.flags]));
    const code = copies.length > 0 ? `[COPYUID ${target.uidValidity} ${picked.map(m => m.uid).join(',')} ${copies.map(m => m.uid).join(',')}] ` : '';
    if (move && selected) {
      const gone = new Set(picked);
      selected.messages = selected.messages.filter(m => !gone.has(m));
      if (code !== '') send(`* OK ${code}moved`);
    }
    host.changed();
    return `OK ${move ? '' : code}done`;
  }

  function expunge(only?: string): string {
    needWritable();
    const box = selected;
    if (!box) return 'OK';
    const test = only === undefined ? () => true : inSet(only, box.uidNext - 1);
    box.messages = box.messages.filter(m => !(m.flags.includes('\\Deleted') && test(m.uid)));
    host.changed();
    return 'OK expunged';
  }

  function doSearch(args: Token[], byUid: boolean): string {
    if (!selected) throw new Refused('BAD no mailbox selected');
    const test = searchTest(args, { seq: view.length, uid: view.at(-1)?.message.uid ?? 0 });
    const hits = view.map(({ message }, i) => ({ message, seq: i + 1 })).filter(test).map(h => (byUid ? h.message.uid : h.seq));
    send(`* SEARCH${hits.map(n => ` ${n}`).join('')}`);
    return 'OK searched';
  }

  function list(args: Token[], kind: 'LIST' | 'LSUB'): string {
    const pattern = textOf(args[1]);
    if (pattern === '') {
      send(`* ${kind} (\\Noselect) "/" ""`);
      return 'OK listed';
    }
    const match = new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/[*%]/g, '.*')}$`, 'i');
    for (const b of boxes ?? []) {
      if (match.test(b.name)) send(`* ${kind} (\\HasNoChildren${kind === 'LIST' && b.specialUse ? ` ${b.specialUse}` : ''}) "/" ${wire(b.name)}`);
    }
    return 'OK listed';
  }

  function status(args: Token[]): string {
    const b = box(textOf(args[0]));
    const figures: Record<string, number> = {
      MESSAGES: b.messages.length, RECENT: 0, UIDNEXT: b.uidNext, UIDVALIDITY: b.uidValidity,
      UNSEEN: b.messages.filter(m => !m.flags.includes('\\Seen')).length, SIZE: b.messages.reduce((sum, m) => sum + m.raw.length, 0),
    };
    const asked = itemsOf(args[1]).map(t => textOf(t).toUpperCase()).filter(k => figures[k] !== undefined);
    send(`* STATUS ${wire(b.name)} (${asked.map(k => `${k} ${figures[k]}`).join(' ')})`);
    return 'OK status';
  }

  function append(args: Token[]): string {
    const b = box(textOf(args[0]));
    const flags = args[1]?.kind === 'list' ? itemsOf(args[1]).map(textOf) : [];
    const dateArg = args.slice(1, -1).find(t => t.kind === 'string');
    const raw = textOf(args.at(-1));
    const message = keep(b, raw, (dateArg && readDate(textOf(dateArg))) ?? host.now(), flags);
    host.changed();
    return `OK [APPENDUID ${b.uidValidity} ${message.uid}] appended`;
  }

  function login(user: string, pass: string): string {
    boxes = host.login(user, pass);
    return boxes ? `OK [CAPABILITY ${capabilities}] welcome` : 'NO [AUTHENTICATIONFAILED] wrong name or password';
  }

  function plainLogin(base64: string): string {
    const [, user = '', pass = ''] = Buffer.from(base64, 'base64').toString('utf8').split('\0');
    return login(user, pass);
  }

  function run(tag: string, name: string, args: Token[]): string | undefined {
    switch (name) {
      case 'CAPABILITY': send(`* CAPABILITY ${capabilities}`); return 'OK done';
      case 'NOOP': case 'CHECK': return 'OK done';
      case 'ID': send('* ID ("name" "parley-demo")'); return 'OK done';
      case 'LOGOUT': send('* BYE see you'); return 'OK bye';
      case 'LOGIN': return login(utf8(args[0]), utf8(args[1]));
      case 'AUTHENTICATE':
        if (textOf(args[0]).toUpperCase() !== 'PLAIN') return 'NO only PLAIN';
        if (args[1]) return plainLogin(textOf(args[1]));
        authTag = tag;
        send('+ ');
        return undefined;
    }
    if (!boxes) return 'BAD log in first';
    switch (name) {
      case 'NAMESPACE': send('* NAMESPACE (("" "/")) NIL NIL'); return 'OK done';
      case 'LIST': case 'LSUB': return list(args, name);
      case 'SUBSCRIBE': case 'UNSUBSCRIBE': return 'OK done';
      case 'STATUS': return status(args);
      case 'CREATE':
        if (findMailbox(boxes, textOf(args[0]))) return 'NO [ALREADYEXISTS] exists';
        boxes.push(newMailbox(host.state, host.now(), textOf(args[0])));
        host.changed();
        return 'OK created';
      case 'SELECT': case 'EXAMINE': return open(textOf(args[0]), name === 'EXAMINE');
      case 'UNSELECT': case 'CLOSE':
        if (name === 'CLOSE' && !readOnly) expunge();
        selected = undefined;
        view = [];
        return 'OK closed';
      case 'APPEND': return append(args);
      case 'IDLE':
        idleTag = tag;
        send('+ idling');
        tellNews(true);
        return undefined;
      case 'EXPUNGE': return expunge();
      case 'UID': return selectedCommand(textOf(args[0]).toUpperCase(), args.slice(1), true);
      default: return selectedCommand(name, args, false);
    }
  }

  function selectedCommand(name: string, args: Token[], byUid: boolean): string {
    switch (name) {
      case 'FETCH': return doFetch(args, byUid);
      case 'STORE': return doStore(args, byUid);
      case 'SEARCH': return doSearch(args, byUid);
      case 'COPY': return doCopy(args, byUid, false);
      case 'MOVE': return doCopy(args, byUid, true);
      case 'EXPUNGE': return expunge(textOf(args[0]));
      default: return 'BAD unknown command';
    }
  }

  function onLine(line: string): void {
    if (idleTag !== undefined) {
      const tag = idleTag;
      idleTag = undefined;
      send(`${tag} ${line.toUpperCase() === 'DONE' ? 'OK idle ended' : 'BAD expected DONE'}`);
      return;
    }
    if (authTag !== undefined) {
      const tag = authTag;
      authTag = undefined;
      send(`${tag} ${plainLogin(line)}`);
      return;
    }
    const [, tag = '*', rest = ''] = /^(\S+) ([\s\S]*)$/.exec(line) ?? [];
    let name = '';
    let answer: string | undefined;
    try {
      const tokens = tokenize(rest);
      name = textOf(tokens[0]).toUpperCase();
      answer = run(tag, name, tokens.slice(1));
    } catch (error) {
      answer = error instanceof Refused ? error.message : `BAD ${error instanceof Error ? error.message : 'error'}`;
    }
    if (answer === undefined) return;
    tellNews(!['FETCH', 'STORE', 'SEARCH'].includes(name));
    send(`${tag} ${answer}`);
    if (name === 'LOGOUT') socket.end();
  }

  socket.on('data', chunk => {
    buffer += chunk.toString('latin1');
    if (buffer.length > bufferMax) {
      socket.destroy();
      return;
    }
    for (let read = readLine(buffer); ; read = readLine(buffer)) {
      if (read.state === 'needs-literal') send('+ go on');
      if (read.state !== 'complete') return;
      buffer = read.rest;
      onLine(read.line);
    }
  });
  socket.on('error', () => socket.destroy());
  send(`* OK [CAPABILITY ${capabilities}] ready`);

  return {
    poke() {
      if (idleTag !== undefined) tellNews(true);
    },
  };
}

const utf8 = (token: Token | undefined): string => Buffer.from(textOf(token), 'latin1').toString('utf8');
