import type { CommandName, Envelope, Input, Output, Push, ToCore, ToWindow, Transport } from './contract/index.ts';
import { commandNames } from './contract/names.ts';

export type Invoke = { readonly [N in CommandName]: (input: Input<N>) => Promise<Envelope<Output<N>>> };

/** The one thing a window sees of the rest of the console: `window.parley`. */
export interface Bridge {
  readonly shell: 'electron' | 'chromium' | 'headless';
  readonly invoke: Invoke;
  /** Listens to pushes; returns the function that stops. Pushes before the first listener are kept for it. */
  readonly onPush: (listener: (push: Push) => void) => () => void;
  /** The path on this machine of a file the person picked or dropped; null when the shell cannot tell. */
  readonly pathOf: (file: File) => Promise<string | null>;
}

/** Most pushes kept before a listener is there; more mean a window that never started. */
const MAX_EARLY = 1_000;

export function createBridge(transport: Transport<ToCore, ToWindow>, shell: Bridge['shell'], pathOf: Bridge['pathOf']): Bridge {
  let lastId = 0;
  const waiting = new Map<number, (result: Envelope<unknown>) => void>();
  const listeners = new Set<(push: Push) => void>();
  const early: Push[] = [];

  transport.listen((message) => {
    if (message.t === 'reply') {
      const settle = waiting.get(message.id);
      waiting.delete(message.id);
      settle?.(message.result);
    } else if (listeners.size > 0) {
      for (const listener of listeners) listener(message.push);
    } else if (early.length < MAX_EARLY) {
      early.push(message.push);
    }
  });

  const call = (name: CommandName) => (input: unknown) =>
    new Promise<Envelope<unknown>>((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      transport.send({ t: 'call', id: lastId, name, input });
    });

  const invoke = Object.freeze(Object.fromEntries(commandNames.map((name) => [name, call(name)]))) as Invoke;
  return Object.freeze({
    shell,
    invoke,
    onPush: (listener: (push: Push) => void) => {
      listeners.add(listener);
      for (const push of early.splice(0)) listener(push);
      return () => void listeners.delete(listener);
    },
    pathOf,
  });
}
