export interface Part {
  readonly type: 'text' | 'quote' | 'signature';
  readonly text: string;
}

// Attribution lines mail programs write above a quote, in the languages our customers write.
const ATTRIBUTIONS = [
  /^\s*On .{4,200} wrote:\s*$/iu,
  /^\s*Am .{4,200} schrieb.{0,120}:\s*$/iu,
  /^\s*Le .{4,200} a écrit\s*:\s*$/iu,
  /^\s*El .{4,200} escribió:\s*$/iu,
  /^\s*Em .{4,200} escreveu:\s*$/iu,
  /^\s*Pada .{4,200} menulis:\s*$/iu,
  /^.{4,200} (?:ने लिखा|लिखा):?\s*$/u,
  /^.{4,200} লিখেছেন(?::|\u0983)?\s*$/u,
];
const ORIGINAL = /^\s*-{2,}\s*(?:original message|forwarded message|mensagem original|ursprüngliche nachricht|mesej asal)\s*-{2,}\s*$/iu;
const OUTLOOK = /^\s*(?:from|de|von|daripada):\s.+$/iu;
const OUTLOOK_NEXT = /^\s*(?:sent|date|enviado|gesendet|dihantar|to|para):\s.+$/iu;
const QUOTED = /^\s*>/u;
const DELIMITER = /^--\s?$/u;

const isAttribution = (line: string): boolean => ATTRIBUTIONS.some((pattern) => pattern.test(line));

/** True when everything below this line is a copy of an earlier message. */
const opensCopy = (lines: readonly string[], at: number): boolean =>
  ORIGINAL.test(lines[at] ?? '') || (OUTLOOK.test(lines[at] ?? '') && OUTLOOK_NEXT.test(lines[at + 1] ?? ''));

/** Splits a mail into what was written, what was quoted, and the signature. Nothing is lost: the parts joined are the text. */
export function fold(text: string): readonly Part[] {
  const lines = text.split('\n');
  const kinds: Part['type'][] = [];
  let rest: Part['type'] | null = null;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (rest === null && opensCopy(lines, at)) rest = 'quote';
    else if (rest === null && DELIMITER.test(line)) rest = 'signature';
    else if (rest === 'signature' && (isAttribution(line) || opensCopy(lines, at))) rest = 'quote';
    kinds.push(rest ?? lineKind(lines, at));
  }
  const parts = group(lines, kinds);
  return parts.some((part) => part.type === 'text' && part.text.trim() !== '') ? parts : [{ type: 'text', text }];
}

function lineKind(lines: readonly string[], at: number): Part['type'] {
  const line = lines[at] ?? '';
  if (QUOTED.test(line)) return 'quote';
  const next = lines.slice(at + 1).find((other) => other.trim() !== '');
  return isAttribution(line) && (next === undefined || QUOTED.test(next)) ? 'quote' : 'text';
}

function group(lines: readonly string[], kinds: readonly Part['type'][]): readonly Part[] {
  const parts: { type: Part['type']; lines: string[] }[] = [];
  lines.forEach((line, at) => {
    const type = kinds[at] ?? 'text';
    const last = parts.at(-1);
    // Blank lines between two quoted runs belong to the quote.
    if (last?.type === type || (last?.type === 'quote' && line.trim() === '' && type === 'text' && kinds[at + 1] === 'quote')) last.lines.push(line);
    else parts.push({ type, lines: [line] });
  });
  return parts.map((part) => ({ type: part.type, text: part.lines.join('\n') }));
}
