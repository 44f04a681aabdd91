/** One message of Asterisk's manager interface: its fields, names in lower case. A repeated name keeps its first value. */
export type AmiMessage = ReadonlyMap<string, string>;

/** Longer than any event: something else speaks on this port. */
const LONGEST_MESSAGE = 65_536;

/** Puts lines together that come in pieces, and lines to messages: an empty line ends one. Throws on what cannot be the manager interface. */
export function createAmiReader(onGreeting: (line: string) => void, onMessage: (message: AmiMessage) => void): (piece: string) => void {
  let rest = '';
  let fields = new Map<string, string>();
  let size = 0;
  let isGreeted = false;
  const take = (line: string): void => {
    if (!isGreeted) {
      if (!line.startsWith('Asterisk Call Manager')) throw new Error('this is no Asterisk manager interface');
      isGreeted = true;
      return onGreeting(line);
    }
    if (line === '') {
      const message = fields;
      fields = new Map();
      size = 0;
      if (message.size > 0) onMessage(message);
      return;
    }
    size += line.length;
    if (size > LONGEST_MESSAGE) throw new Error('a message of the manager interface is too long');
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name !== '' && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  };
  return (piece) => {
    rest += piece;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = rest.slice(0, end).replace(/\r$/, '');
      rest = rest.slice(end + 1);
      take(line);
    }
    if (rest.length > LONGEST_MESSAGE) throw new Error('a line of the manager interface is too long');
  };
}

/** Writes an action. Line breaks in a value would begin a field of their own. */
export const amiAction = (fields: Record<string, string>): string =>
  `${Object.entries(fields).map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}\r\n`).join('')}\r\n`;
