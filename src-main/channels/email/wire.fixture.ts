import { connect, createServer, type Socket } from 'node:net';

/**
 * The wire between client and IMAP server, taken apart as RFC 9051 2.2 says: lines, and the literals inside them. Nothing is guessed, so
 * a real server can be made to look as if an answer had got lost, or answers had overtaken each other.
 */
export interface Wire {
  port: number;
  /** Leaves out one of the answers that carry a mail, in the next read that has any. */
  lose(which: 'first' | 'middle' | 'last' | 'only'): void;
  /** Hands out the answers that carry mails, of each read from now on, in reverse. */
  reverse(): void;
  /** Acts once, when the next answer that carries a mail is at the door: those after it are made by the server later. */
  during(act: () => Promise<void> | void): void;
  /** Leaves out the next line of the server that matches. */
  loseLine(pattern: RegExp): void;
  /** Answers left out or moved so far. */
  altered(): number;
  close(): Promise<void>;
}

interface Segment { bytes: Buffer; /** A line that ends with what announces a literal is not the end of what is said. */ isEnd: boolean }

const LITERAL = /\{(\d+)\+?\}\r\n$/;

function segmenter(): (chunk: Buffer) => Segment[] {
  let line: Buffer = Buffer.alloc(0);
  let literal = 0;
  return (chunk) => {
    const segments: Segment[] = [];
    for (let at = 0; at < chunk.length; ) {
      if (literal > 0) {
        const bytes = chunk.subarray(at, at + literal);
        segments.push({ bytes, isEnd: false });
        literal -= bytes.length;
        at += bytes.length;
        continue;
      }
      const end = chunk.indexOf('\n', at);
      const piece = chunk.subarray(at, end < 0 ? chunk.length : end + 1);
      line = line.length === 0 ? piece : Buffer.concat([line, piece]);
      at += piece.length;
      if (end < 0) continue;
      const length = LITERAL.exec(line.subarray(-24).toString('latin1'))?.[1];
      literal = Number(length ?? 0);
      segments.push({ bytes: line, isEnd: length === undefined });
      line = Buffer.alloc(0);
    }
    return segments;
  };
}

/** `* 12 FETCH (UID 40 … BODY[]<0> {2048}`: an answer that carries a mail, not one about its flags alone. */
const CARRIES_MAIL = /^\* \d+ FETCH .*BODY\[/s;
const UNTAGGED = /^[*+] /;

export async function startWire(target: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let losing: 'first' | 'middle' | 'last' | 'only' | null = null;
  let isReversing = false;
  let meanwhile: (() => Promise<void> | void) | null = null;
  let losingLine: RegExp | null = null;
  let altered = 0;

  const rearranged = (mails: Buffer[]): Buffer[] => {
    let passed = mails;
    if (losing !== null && mails.length > 0) {
      const lost = losing === 'first' ? 0 : losing === 'last' ? mails.length - 1 : mails.length >> 1;
      passed = mails.filter((_, n) => n !== lost);
      losing = null;
      altered += 1;
    }
    if (isReversing && passed.length > 1) {
      passed = passed.toReversed();
      altered += passed.length;
    }
    return passed;
  };

  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port: target, noDelay: true });
    near.setNoDelay(true);
    const end = (): void => {
      near.destroy();
      far.destroy();
      sockets.delete(near);
      sockets.delete(far);
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', end).on('close', end);
    }
    near.on('data', (chunk: Buffer) => far.write(chunk));
    let said: Buffer[] = [];
    let mails: Buffer[] = [];
    const take = async ({ bytes, isEnd }: Segment): Promise<void> => {
      said.push(bytes);
      if (!isEnd) return;
      const answer = Buffer.concat(said);
      const first = said[0]?.toString('latin1') ?? '';
      said = [];
      if (CARRIES_MAIL.test(first)) {
        const act = meanwhile;
        meanwhile = null;
        await act?.();
        if (losing === null && !isReversing && mails.length === 0) near.write(answer);
        else mails.push(answer);
        return;
      }
      // The read is over with the line that bears the command's tag; only then is it known which answer was the last.
      if (!UNTAGGED.test(first)) {
        for (const mail of rearranged(mails)) near.write(mail);
        mails = [];
      }
      if (losingLine?.test(first) === true) {
        losingLine = null;
        altered += 1;
        return;
      }
      near.write(answer);
    };
    const cut = segmenter();
    // One after another, for acts may wait.
    let turn = Promise.resolve();
    far.on('data', (chunk: Buffer) => {
      const segments = cut(chunk);
      turn = turn.then(async () => {
        for (const segment of segments) await take(segment);
      }).catch(end);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    lose: (which) => void (losing = which),
    reverse: () => void (isReversing = true),
    during: (act) => void (meanwhile = act),
    loseLine: (pattern) => void (losingLine = pattern),
    altered: () => altered,
    close: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    }),
  };
}
