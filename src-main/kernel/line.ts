import { packError, unpackError, type CarriedError } from './carried-error.ts';

/** What one end lets the other call. */
export type Callable = Record<string, (...args: never[]) => unknown>;
type Answer<F extends (...args: never[]) => unknown> = Awaited<ReturnType<F>>;

type Message =
  | { t: 'tell'; to: number; what: string; args: unknown[] }
  | { t: 'ask'; id: number; to: number; what: string; args: unknown[] }
  | { t: 'answer'; id: number; value: unknown }
  | { t: 'failure'; id: number; error: CarriedError };

export interface LinePort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** One end of a line between two threads. Each end has objects, by number, whose functions the other may call; messages keep their order. */
export interface Line<Far extends Callable> {
  ask<What extends keyof Far & string>(to: number, what: What, ...args: Parameters<Far[What]>): Promise<Answer<Far[What]>>;
  /** Without an answer. */
  tell<What extends keyof Far & string>(to: number, what: What, ...args: Parameters<Far[What]>): void;
  /** The other end is gone: what was asked of it fails with this, and so does what is asked from now on. */
  cut(reason: Error): void;
}

export function createLine<Far extends Callable>(port: LinePort, near: (to: number) => Callable | undefined): Line<Far> {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: unknown): void }>();
  let lastId = 0;
  let cutBy: Error | null = null;
  const post = (message: Message): void => {
    if (cutBy === null) port.postMessage(message);
  };
  const call = (to: number, what: string, args: unknown[]): unknown => {
    const object = near(to);
    if (object === undefined || !Object.hasOwn(object, what)) throw new Error(`nobody takes ${what}`);
    return (object[what] as (...args: unknown[]) => unknown)(...args);
  };
  port.on('message', (said) => {
    const message = said as Message;
    if (message.t === 'tell') {
      // An account may be closed while news of it is on its way.
      if (near(message.to) !== undefined) call(message.to, message.what, message.args);
    } else if (message.t === 'ask') {
      const { id, to, what, args } = message;
      const answer = async (): Promise<void> => post({ t: 'answer', id, value: await call(to, what, args) });
      // An answer that cannot cross is a failure as well.
      void answer().catch((error: unknown) => post({ t: 'failure', id, error: packError(error) }));
    } else {
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.t === 'answer') asked?.resolve(message.value as never);
      else asked?.reject(unpackError(message.error));
    }
  });
  return {
    ask: (to, what, ...args) =>
      new Promise((resolve, reject) => {
        if (cutBy !== null) return reject(cutBy);
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        post({ t: 'ask', id: lastId, to, what, args });
      }),
    tell: (to, what, ...args) => post({ t: 'tell', to, what, args }),
    cut(reason) {
      cutBy = reason;
      for (const { reject } of waiting.values()) reject(reason);
      waiting.clear();
    },
  };
}
