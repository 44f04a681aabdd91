/** Bytes that two threads see. */
export interface SharedBytes {
  bytes: Uint8Array;
  /** Its place is used again: nobody may read it after this. */
  release(): void;
}

/** Keeps mails where the parser's thread sees them, in a few chunks that are used again and again. */
export interface RawChunks {
  put(raw: Uint8Array): SharedBytes;
}

interface Chunk { memory: Uint8Array; used: number; open: number }

const CHUNK_BYTES = 1024 * 1024;
/** Larger mails are rare, and would leave most of a chunk empty. */
const MOST_BYTES = CHUNK_BYTES / 4;
/** Free chunks that are kept; more were in use only once. */
const MOST_FREE = 16;

/**
 * As buffers of their own, mails that wait for their turn outlive two collections of young objects, and V8 lets 64 MB of such gather
 * before it looks at old ones: on both sides memory would grow with the number of mails.
 */
export function createRawChunks(): RawChunks {
  const fresh = (bytes: number): Chunk => ({ memory: new Uint8Array(new SharedArrayBuffer(bytes)), used: 0, open: 0 });
  const free: Chunk[] = [];
  let current: Chunk | null = null;
  return {
    put(raw) {
      const isLarge = raw.length > MOST_BYTES;
      if (!isLarge && (current === null || current.used + raw.length > CHUNK_BYTES)) current = free.pop() ?? fresh(CHUNK_BYTES);
      const chunk = isLarge || current === null ? fresh(raw.length) : current;
      const bytes = chunk.memory.subarray(chunk.used, chunk.used + raw.length);
      bytes.set(raw);
      chunk.used += raw.length;
      chunk.open += 1;
      return {
        bytes,
        release() {
          chunk.open -= 1;
          if (isLarge || chunk.open > 0) return;
          chunk.used = 0;
          if (chunk !== current && free.length < MOST_FREE) free.push(chunk);
        },
      };
    },
  };
}
