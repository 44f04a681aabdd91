import PostalMime from 'postal-mime';

/** Collects what a part consists of: lines without their ends, or blocks of lines, the ends between them as they came. */
interface Decoder {
  update(block: Uint8Array): void;
  finalize(): ArrayBuffer;
}

/** What of postal-mime is touched here; it is pinned to one version, and where any of it is missing nothing is changed. */
interface Parser {
  av: Uint8Array;
  readPos: number;
  currentNode: { state: string; contentDecoder: object | null; feed(line: Uint8Array): void };
  readLine(): { bytes: Uint8Array; done: boolean };
  processLine(line: Uint8Array, isFinal: boolean): Promise<void> | undefined;
}
interface Node {
  contentDecoder: object | null;
  setupContentDecoder(encoding: string): void;
}

const [LF, CR, DASH, EQUALS] = [0x0a, 0x0d, 0x2d, 0x3d];

const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A buffer nobody else has a part of: it will be handed to another thread. */
function own(parts: readonly Uint8Array[]): ArrayBuffer {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes.buffer;
}

const LINE_END = Buffer.from('\n');

function plain(): Decoder {
  const parts: Uint8Array[] = [];
  return {
    update: (block) => void parts.push(block.includes(CR) ? Buffer.from(view(block).toString('latin1').replace(/\r+\n/g, '\n'), 'latin1') : block, LINE_END),
    finalize: () => own(parts),
  };
}

function base64(): Decoder {
  const parts: string[] = [];
  return {
    update: (block) => void parts.push(view(block).toString('latin1')),
    finalize() {
      // Padding ends a unit: some mailers pad every line. A single letter left over stands for no byte.
      const units = parts.join('').replace(/[^a-zA-Z0-9+/=]+/g, '').split(/=+/);
      return own(units.map((unit) => Buffer.from(unit.length % 4 === 1 ? unit.slice(0, -1) : unit, 'base64')));
    },
  };
}

const nibble = (c: number): number => (c >= 0x30 && c <= 0x39 ? c - 0x30 : c >= 0x41 && c <= 0x46 ? c - 0x37 : c >= 0x61 && c <= 0x66 ? c - 0x57 : -1);

function quotedPrintable(): Decoder {
  const parts: Uint8Array[] = [];
  const decode = (line: Uint8Array, into: Uint8Array, start: number): number => {
    let at = start;
    const isSoft = line.at(-1) === EQUALS;
    const end = isSoft ? line.length - 1 : line.length;
    let from = 0;
    for (let i = line.indexOf(EQUALS); i >= 0 && i + 2 < end; i = line.indexOf(EQUALS, i + 1)) {
      const [high, low] = [nibble(line[i + 1] ?? 0), nibble(line[i + 2] ?? 0)];
      if (high < 0 || low < 0) continue;
      into.set(line.subarray(from, i), at);
      at += i - from;
      into[at++] = (high << 4) | low;
      i += 2;
      from = i + 1;
    }
    into.set(line.subarray(from, end), at);
    at += end - from;
    if (!isSoft) into[at++] = LF;
    return at;
  };
  return {
    update(block) {
      const into = new Uint8Array(block.length + 1);
      let at = 0;
      for (let from = 0; from <= block.length; ) {
        const lf = block.indexOf(LF, from);
        const next = lf < 0 ? block.length : lf;
        let end = next;
        while (lf >= 0 && end > from && block[end - 1] === CR) end -= 1;
        at = decode(block.subarray(from, end), into, at);
        from = next + 1;
      }
      parts.push(into.subarray(0, at));
    },
    finalize: () => own(parts),
  };
}

/** Where the block of lines from `from` on ends that cannot be a boundary; a line that may be one is alone. */
function blockEnd(bytes: Uint8Array, from: number): number {
  if (bytes[from] === DASH && bytes[from + 1] === DASH) return bytes.indexOf(LF, from);
  return view(bytes).indexOf('\n--', from, 'latin1');
}

/**
 * Lets postal-mime read mails by blocks instead of byte by byte and line by line, and join parts without a Blob, which in Node costs more
 * than reading the mail does. What it makes of a mail stays the same.
 */
export function shortenMime(): void {
  const parser = PostalMime.prototype as unknown as Partial<Parser>;
  const node = Object.getPrototypeOf((new PostalMime() as unknown as { currentNode?: object }).currentNode ?? {}) as Partial<Node>;
  const { readLine, processLine } = parser;
  if (readLine === undefined || processLine === undefined || node.setupContentDecoder === undefined) return;
  const ours = new WeakSet<object>();

  node.setupContentDecoder = function (this: Node, encoding) {
    this.contentDecoder = /base64/i.test(encoding) ? base64() : /quoted-printable/i.test(encoding) ? quotedPrintable() : plain();
    ours.add(this.contentDecoder);
  };
  parser.readLine = function (this: Parser) {
    const { av, readPos, currentNode } = this;
    const isBody = currentNode.state === 'body' && currentNode.contentDecoder !== null && ours.has(currentNode.contentDecoder);
    const lf = isBody ? blockEnd(av, readPos) : av.indexOf(LF, readPos);
    let end = lf < 0 ? av.length : lf;
    this.readPos = lf < 0 ? av.length : lf + 1;
    // The last block ends with the mail, whose last line may have an end or not.
    if (lf < 0 && isBody && av[end - 1] === LF) end -= 1;
    while (end > readPos && av[end - 1] === CR) end -= 1;
    return { bytes: av.subarray(readPos, end), done: this.readPos >= av.length };
  };
  parser.processLine = function (this: Parser, line, isFinal) {
    if (isFinal || (line.length > 2 && line[0] === DASH && line[1] === DASH)) return processLine.call(this, line, isFinal);
    this.currentNode.feed(line);
    return undefined;
  };
}
