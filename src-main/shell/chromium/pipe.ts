import type { Readable, Writable } from 'node:stream';
import { createEmitter, type Emitter } from '../../kernel/index.ts';
import type { CdpEvent, CdpMethod, CdpMethods } from './protocol.ts';

/** The browser said no, or is gone. Expected while a page goes away under a call; see `isGone`. */
export class CdpError extends Error {
  readonly method: CdpMethod;
  constructor(method: CdpMethod, message: string) {
    super(`${method}: ${message}`);
    this.name = 'CdpError';
    this.method = method;
  }
}

export interface Cdp {
  send<M extends CdpMethod>(method: M, params: CdpMethods[M]['in'], sessionId?: string): Promise<CdpMethods[M]['out']>;
  readonly events: Pick<Emitter<CdpEvent>, 'on'>;
}

interface Reply {
  id: number;
  result?: unknown;
  error?: { message: string };
}
interface Waiting {
  method: CdpMethod;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Speaks the protocol over the browser's two pipes: JSON texts, each ended by a zero byte, in pieces of any size. */
export function connectPipe(output: Writable, input: Readable, onError: (error: unknown) => void): Cdp {
  let lastId = 0;
  let isClosed = false;
  const waiting = new Map<number, Waiting>();
  const events = createEmitter<CdpEvent>(onError);

  const close = (): void => {
    isClosed = true;
    for (const { method, reject } of waiting.values()) reject(new CdpError(method, 'the browser is gone'));
    waiting.clear();
  };
  const take = (text: string): void => {
    const message = JSON.parse(text) as Reply | CdpEvent;
    if (!('id' in message)) return events.emit(message);
    const caller = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) caller?.reject(new CdpError(caller.method, message.error.message));
    else caller?.resolve(message.result);
  };

  // Pieces are kept and joined once: joining at each piece would copy a reply of several MB hundreds of times. Bytes are
  // decoded only when whole, because a piece may end inside a character.
  let pieces: Buffer[] = [];
  input.on('data', (data: Buffer) => {
    let start = 0;
    for (let end = data.indexOf(0); end >= 0; end = data.indexOf(0, start)) {
      pieces.push(data.subarray(start, end));
      const whole = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
      pieces = [];
      start = end + 1;
      take(whole?.toString('utf8') ?? '');
    }
    if (start < data.length) pieces.push(data.subarray(start));
  });
  input.once('close', close);
  for (const stream of [input, output]) {
    // EPIPE when the browser dies under a write: `close` tells everybody who waits.
    stream.on('error', close);
  }

  return {
    events,
    send<M extends CdpMethod>(method: M, params: CdpMethods[M]['in'], sessionId?: string) {
      return new Promise<CdpMethods[M]['out']>((resolve, reject) => {
        if (isClosed) return reject(new CdpError(method, 'the browser is gone'));
        lastId += 1;
        waiting.set(lastId, { method, resolve: resolve as (value: unknown) => void, reject });
        output.write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
      });
    },
  };
}
