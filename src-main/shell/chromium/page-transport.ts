import type { ToCore, ToWindow, Transport } from '../../../src-preload/contract/index.ts';
import type { Clock } from '../../kernel/index.ts';
import type { ToPage } from './wire.ts';

/** A screen shows a frame each 16 ms: more often than that only costs. */
const BATCH_MS = 16;
/** Characters in one protocol message: longer ones would hold up everything else on the pipe, files included. */
const PIECE_LENGTH = 1_000_000;

export interface PageTransport {
  readonly transport: Transport<ToWindow, ToCore>;
  /** A message came from the page. */
  receive(message: ToCore): void;
  /** Sends an answer of the shell itself. */
  answer(message: ToPage): void;
  close(): void;
}

/** `post` sends one piece of a JSON list; the list is whole when `isLast`. Pieces must arrive in order. */
export function createPageTransport(clock: Clock, post: (piece: string, isLast: boolean) => void): PageTransport {
  const listeners = new Set<(message: ToCore) => void>();
  let waiting: string[] = [];
  let sentAt = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | null = null;
  let isClosed = false;

  const flush = (): void => {
    cancel?.();
    cancel = null;
    if (isClosed || waiting.length === 0) return;
    const text = `[${waiting.join(',')}]`;
    waiting = [];
    sentAt = clock.now();
    for (const [piece, isLast] of pieces(text)) post(piece, isLast);
  };
  const add = (message: ToPage, isUrgent: boolean): void => {
    if (isClosed) return;
    waiting.push(JSON.stringify(message));
    // What waits goes out before an answer: an answer may say "as of seq 7", and the page must have seq 7 by then.
    const leftMs = isUrgent ? 0 : sentAt + BATCH_MS - clock.now();
    if (leftMs <= 0) flush();
    else cancel ??= clock.after(leftMs, flush);
  };

  return {
    transport: {
      send: (message) => add({ k: 'message', message }, message.t === 'reply'),
      listen(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    receive: (message) => listeners.forEach((listener) => listener(message)),
    answer: (message) => add(message, true),
    close() {
      isClosed = true;
      waiting = [];
      listeners.clear();
      cancel?.();
    },
  };
}

/** Cuts between characters: half of a surrogate pair alone does not survive the protocol's UTF-8. */
export function* pieces(text: string, length = PIECE_LENGTH): Generator<[piece: string, isLast: boolean]> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + length, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end += 1;
    yield [text.slice(start, end), end === text.length];
    start = end;
  }
}
