/** A change of a text area: what goes in where, and what is selected then. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly start: number;
  readonly end: number;
}

export interface Selection {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type Format = 'bold' | 'link' | 'list' | 'numbers' | 'quote';

const ITEM = /^(\s*)(?:[-+*]|(\d{1,9})[.)])\s+/;

/** Puts ** around what is selected, or takes it away where it stands already. */
function bold({ text, start, end }: Selection): Edit {
  const words = text.slice(start, end);
  if (words.length >= 4 && words.startsWith('**') && words.endsWith('**')) return { from: start, to: end, insert: words.slice(2, -2), start, end: end - 4 };
  if (text.slice(start - 2, start) === '**' && text.slice(end, end + 2) === '**') return { from: start - 2, to: end + 2, insert: words, start: start - 2, end: end - 2 };
  // Signs beside a blank are no signs.
  const lead = /^\s*/.exec(words)?.[0].length ?? 0;
  const core = words.trim();
  const from = start + (core === '' ? 0 : lead);
  return { from, to: core === '' ? end : from + core.length, insert: `**${core}**`, start: from + 2, end: from + 2 + core.length };
}

const URL_ALONE = /^(?:https?:\/\/|mailto:)\S+$/i;

/** Selected words wait for their address, a selected address for its words. */
function link({ text, start, end }: Selection): Edit {
  const words = text.slice(start, end).trim();
  if (URL_ALONE.test(words)) return { from: start, to: end, insert: `[](${words})`, start: start + 1, end: start + 1 };
  const insert = `[${words}](https://)`;
  return words === '' ? { from: start, to: end, insert, start: start + 1, end: start + 1 } : { from: start, to: end, insert, start: start + words.length + 3, end: start + insert.length - 1 };
}

/** The whole lines that are touched, each begun as `prefix` says; a second time takes it away. */
function lines({ text, start, end }: Selection, has: RegExp, prefix: (index: number) => string): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', Math.max(from, end > start && text[end - 1] === '\n' ? end - 1 : end));
  const to = next < 0 ? text.length : next;
  const each = text.slice(from, to).split('\n');
  const isOn = each.every((line) => line.trim() === '' || has.test(line)) && each.some((line) => line.trim() !== '');
  let count = 0;
  const changed = each.map((line) => {
    if (isOn) return line.replace(has, '');
    if (line.trim() === '' && each.length > 1) return line;
    count += 1;
    return prefix(count) + (has.source === QUOTED.source ? line : line.replace(ITEM, ''));
  }).join('\n');
  const at = from + changed.length;
  return { from, to, insert: changed, start: start === end ? at : from, end: at };
}
const QUOTED = /^\s{0,3}> ?/;

/** What a key or button does to the text. */
export function formatted(format: Format, selection: Selection): Edit {
  switch (format) {
    case 'bold': return bold(selection);
    case 'link': return link(selection);
    case 'list': return lines(selection, /^\s*[-+*]\s+/, () => '- ');
    case 'numbers': return lines(selection, /^\s*\d{1,9}[.)]\s+/, (index) => `${index}. `);
    case 'quote': return lines(selection, QUOTED, () => '> ');
  }
}

/** Enter in a list begins its next item; on an empty item it ends the list. Null: an ordinary new line. */
export function nextItem({ text, start, end }: Selection): Edit | null {
  if (start !== end) return null;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(from, start);
  const found = ITEM.exec(line);
  if (found === null || (text[start] !== undefined && text[start] !== '\n')) return null;
  if (found[0].length === line.length) return { from, to: start, insert: '', start: from, end: from };
  const number = found[2] === undefined ? null : Number(found[2]) + 1;
  const insert = `\n${found[1] ?? ''}${number === null ? found[0].trim() : `${number}.`} `;
  return { from: start, to: start, insert, start: start + insert.length, end: start + insert.length };
}

/** Which format a press asks for. Mod+K is the console's own key everywhere: a link takes Shift, too. */
export function formatOf(press: { readonly key: string; readonly code: string; readonly ctrlKey: boolean; readonly metaKey: boolean; readonly shiftKey: boolean; readonly altKey: boolean }): Format | null {
  if (!(press.ctrlKey || press.metaKey) || press.altKey) return null;
  const letter = press.key.toLowerCase();
  if (!press.shiftKey) return letter === 'b' ? 'bold' : null;
  if (letter === 'k') return 'link';
  // The sign above a digit differs from keyboard to keyboard; the key does not.
  return press.code === 'Digit8' ? 'list' : press.code === 'Digit7' ? 'numbers' : press.code === 'Digit9' ? 'quote' : null;
}
