import { headerValues, parsePart } from './mime.ts';
import { inSet, readDate, textOf, type Token } from './parse.ts';
import type { ImapMessage } from './state.ts';

type Subject = { message: ImapMessage; seq: number };
type Test = (subject: Subject) => boolean;
const dayMs = 86_400_000;

/** Turns search keys (RFC 3501 section 6.4.4) into one test. Throws on a key it does not know. */
export function searchTest(tokens: readonly Token[], highest: { seq: number; uid: number }): Test {
  let at = 0;
  const next = (): Token => {
    const token = tokens[at];
    if (!token) throw new Error('missing search argument');
    at += 1;
    return token;
  };
  const flag = (name: string, want: boolean): Test => ({ message }) => message.flags.some(f => f.toLowerCase() === name) === want;
  const header = (name: string, value: string): Test => ({ message }) => headerValues(parsePart(message.raw).header, name).some(v => has(v, value));
  const internal = (test: (day: number, wanted: number) => boolean): Test => {
    const wanted = date(textOf(next()));
    return ({ message }) => test(Math.floor(message.internalAt / dayMs) * dayMs, wanted);
  };
  const sent = (test: (day: number, wanted: number) => boolean): Test => {
    const wanted = date(textOf(next()));
    return ({ message }) => test(Math.floor(Date.parse(headerValues(parsePart(message.raw).header, 'date')[0] ?? '') / dayMs) * dayMs, wanted);
  };

  function key(): Test {
    const token = next();
    if (token.kind === 'list') return searchTest(token.items, highest);
    const word = token.text.toUpperCase();
    switch (word) {
      case 'ALL': return () => true;
      case 'SEEN': case 'ANSWERED': case 'FLAGGED': case 'DELETED': case 'DRAFT': return flag(`\\${word.toLowerCase()}`, true);
      case 'UNSEEN': case 'UNANSWERED': case 'UNFLAGGED': case 'UNDELETED': case 'UNDRAFT': return flag(`\\${word.slice(2).toLowerCase()}`, false);
      case 'NEW': case 'RECENT': return () => false;
      case 'OLD': return () => true;
      case 'KEYWORD': return flag(textOf(next()).toLowerCase(), true);
      case 'UNKEYWORD': return flag(textOf(next()).toLowerCase(), false);
      case 'FROM': case 'TO': case 'CC': case 'BCC': case 'SUBJECT': return header(word, textOf(next()));
      case 'HEADER': return header(textOf(next()), textOf(next()));
      case 'BODY': { const v = textOf(next()); return ({ message }) => has(parsePart(message.raw).body, v); }
      case 'TEXT': { const v = textOf(next()); return ({ message }) => has(message.raw, v); }
      case 'SINCE': return internal((day, wanted) => day >= wanted);
      case 'BEFORE': return internal((day, wanted) => day < wanted);
      case 'ON': return internal((day, wanted) => day === wanted);
      case 'SENTSINCE': return sent((day, wanted) => day >= wanted);
      case 'SENTBEFORE': return sent((day, wanted) => day < wanted);
      case 'SENTON': return sent((day, wanted) => day === wanted);
      case 'LARGER': { const n = Number(textOf(next())); return ({ message }) => message.raw.length > n; }
      case 'SMALLER': { const n = Number(textOf(next())); return ({ message }) => message.raw.length < n; }
      case 'UID': { const test = inSet(textOf(next()), highest.uid); return ({ message }) => test(message.uid); }
      case 'NOT': { const inner = key(); return s => !inner(s); }
      case 'OR': { const a = key(); const b = key(); return s => a(s) || b(s); }
    }
    if (!/^[\d:,*]+$/.test(word)) throw new Error(`unknown search key ${word}`);
    const test = inSet(word, highest.seq);
    return ({ seq }) => test(seq);
  }

  if (textOf(tokens[0]).toUpperCase() === 'CHARSET') at = 2;
  const tests: Test[] = [];
  while (at < tokens.length) tests.push(key());
  return subject => tests.every(t => t(subject));
}

const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

function date(text: string): number {
  const at = readDate(text);
  if (at === undefined) throw new Error('bad date');
  return at;
}
