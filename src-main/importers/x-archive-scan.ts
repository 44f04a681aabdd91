/** The text is no archive file from here on. `place` is for a person: "entry 12 (byte 3456)". */
export class ScanError extends Error {
  readonly place: string;
  constructor(place: string, message: string) {
    super(message);
    this.name = 'ScanError';
    this.place = place;
  }
}

export interface Scanned {
  /** From 0. */
  index: number;
  /** The object as JSON text; null when it was larger than `maxBytes` and not kept. */
  json: string | null;
  /** Byte of the file it begins at. */
  start: number;
}

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST, COMMA] = Buffer.from('"\\{}[],');
const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/**
 * Cuts `window.YTD.tweets.part0 = [ {…}, {…} ]` into its objects without ever holding more than one: such a file may have gigabytes.
 * Throws ScanError where it stops being such a list; objects before that place were given out.
 */
export async function* scanObjects(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Scanned> {
  const state = { index: 0, depth: 0, inString: false, isEscaped: false, isOpen: false, isClosed: false, afterObject: false };
  let kept: Buffer[] = [];
  let size = 0;
  let start = 0;
  let offset = 0;
  let head = '';
  const place = (at: number): string => `entry ${state.index + 1} (byte ${at})`;

  for await (const chunk of chunks) {
    let from = state.depth > 0 ? 0 : -1;
    for (let i = 0; i < chunk.length; i += 1) {
      const byte = chunk[i] ?? 0;
      if (!state.isOpen) {
        if (byte === OPEN_LIST) state.isOpen = true;
        else head += String.fromCharCode(byte);
        if (head.length > 200 || (state.isOpen && !/^(?:\xef\xbb\xbf)?\s*window\.[\w.]+\s*=\s*$/.test(head))) throw new ScanError('its beginning', 'it does not begin as a file of X’s archive');
      } else if (state.depth === 0) {
        if (isSpace(byte) || (state.isClosed && byte === 0x3b)) continue;
        if (state.isClosed) throw new ScanError(`byte ${offset + i}`, 'something follows its end');
        if (byte === OPEN_OBJECT && !state.afterObject) {
          state.depth = 1;
          from = i;
          start = offset + i;
          state.afterObject = true;
        } else if (byte === COMMA && state.afterObject) state.afterObject = false;
        else if (byte === CLOSE_LIST) state.isClosed = true;
        else throw new ScanError(place(offset + i), 'an object was expected');
      } else if (state.inString) {
        if (state.isEscaped) state.isEscaped = false;
        else if (byte === BACKSLASH) state.isEscaped = true;
        else if (byte === QUOTE) state.inString = false;
      } else if (byte === QUOTE) state.inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) state.depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        state.depth -= 1;
        if (state.depth > 0) continue;
        keep(chunk.subarray(from, i + 1));
        yield { index: state.index, json: size <= maxBytes ? Buffer.concat(kept).toString('utf8') : null, start };
        kept = [];
        size = 0;
        from = -1;
        state.index += 1;
      }
    }
    if (state.depth > 0) keep(chunk.subarray(from));
    offset += chunk.length;
  }
  if (!state.isOpen) throw new ScanError('its beginning', 'it does not begin as a file of X’s archive');
  if (!state.isClosed) throw new ScanError(place(offset), 'it ends in the middle');

  function keep(piece: Buffer): void {
    size += piece.length;
    if (size <= maxBytes) kept.push(piece);
    else kept = [];
  }
}
