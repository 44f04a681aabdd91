/** A parsed piece of a command line (RFC 3501 section 9). `text` is bytes as latin-1 characters. */
export type Token = { kind: 'atom' | 'string'; text: string } | { kind: 'list'; items: Token[] };

/** What `readLine` found at the start of the buffer. */
export type Read =
  | { state: 'complete'; line: string; rest: string }
  | { state: 'needs-literal' }
  | { state: 'incomplete' };

/** Takes one command with its literals off the buffer; `needs-literal` when the client waits for `+` before it goes on. */
export function readLine(buffer: string): Read {
  let from = 0;
  for (;;) {
    const end = buffer.indexOf('\r\n', from);
    if (end < 0) return { state: 'incomplete' };
    const literal = /\{(\d+)(\+?)\}$/.exec(buffer.slice(from, end));
    if (!literal) return { state: 'complete', line: buffer.slice(0, end), rest: buffer.slice(end + 2) };
    const size = Number(literal[1]);
    from = end + 2 + size;
    if (buffer.length < from) return literal[2] === '' && buffer.length === end + 2 ? { state: 'needs-literal' } : { state: 'incomplete' };
  }
}

/** Splits a command line into tokens. Throws on unbalanced input. */
export function tokenize(line: string): Token[] {
  let at = 0;

  function list(until: string | undefined): Token[] {
    const items: Token[] = [];
    for (;;) {
      while (line[at] === ' ') at += 1;
      const c = line[at];
      if (c === until || c === undefined) {
        if (c !== until) throw new Error('unbalanced');
        at += 1;
        return items;
      }
      items.push(one(c));
    }
  }

  function one(c: string): Token {
    if (c === '(') {
      at += 1;
      return { kind: 'list', items: list(')') };
    }
    if (c === '"') return quoted();
    const literal = c === '{' ? /^\{(\d+)\+?\}\r\n/.exec(line.slice(at, at + 24)) : null;
    if (literal) {
      const start = at + literal[0].length;
      at = start + Number(literal[1]);
      return { kind: 'string', text: line.slice(start, at) };
    }
    const start = at;
    // BODY[HEADER.FIELDS (FROM TO)]<0.100> is one atom although it holds spaces and parentheses.
    for (let depth = 0; at < line.length; at += 1) {
      const ch = line[at];
      if (ch === '[') depth += 1;
      else if (ch === ']') depth -= 1;
      else if (depth === 0 && (ch === ' ' || ch === '(' || ch === ')')) break;
    }
    if (at === start) throw new Error('unexpected');
    return { kind: 'atom', text: line.slice(start, at) };
  }

  function quoted(): Token {
    const found = /^"((?:[^"\\]|\\.)*)"/.exec(line.slice(at));
    if (!found) throw new Error('unbalanced quote');
    at += found[0].length;
    return { kind: 'string', text: (found[1] ?? '').replace(/\\(.)/g, '$1') };
  }

  return list(undefined);
}

export const textOf = (token: Token | undefined): string => (token === undefined || token.kind === 'list' ? '' : token.text);
export const itemsOf = (token: Token | undefined): Token[] => (token?.kind === 'list' ? token.items : token ? [token] : []);

/** Members of a sequence or UID set such as `1:4,9:*` (RFC 3501 `sequence-set`). */
export function inSet(set: string, highest: number): (n: number) => boolean {
  const ranges = set.split(',').map(part => {
    const [a = '', b = a] = part.split(':');
    const value = (s: string): number => (s === '*' ? highest : Number(s));
    return [Math.min(value(a), value(b)), Math.max(value(a), value(b))] as const;
  });
  return n => ranges.some(([low, high]) => n >= low && n <= high);
}

const plain = /^[\x20-\x7e]*$/;

/** An IMAP string for the wire: quoted where possible, else a literal; `undefined` is NIL. */
export function wire(text: string | undefined): string {
  if (text === undefined) return 'NIL';
  if (!plain.test(text) || text.length > 900) return `{${text.length}}\r\n${text}`;
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** INTERNALDATE text, always in UTC. */
export function wireDate(ms: number): string {
  const d = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `"${String(d.getUTCDate()).padStart(2, ' ')}-${months[d.getUTCMonth()]}-${d.getUTCFullYear()} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} +0000"`;
}

/** Reads `15-Jun-2026` or `15-Jun-2026 10:00:00 +0200` into ms UTC; `undefined` when it is no date. */
export function readDate(text: string): number | undefined {
  const m = /^\s*(\d{1,2})-([A-Za-z]{3})-(\d{4})(?: (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d))?$/.exec(text);
  if (!m) return undefined;
  const month = months.findIndex(name => name.toLowerCase() === (m[2] ?? '').toLowerCase());
  const at = Date.parse(`${m[3]}-${String(month + 1).padStart(2, '0')}-${(m[1] ?? '').padStart(2, '0')}T${m[4] ?? '00:00:00'}${m[5] ?? '+00'}:${m[6] ?? '00'}`);
  return Number.isNaN(at) ? undefined : at;
}
