import type { Envelope } from './common.ts';
import type { Push } from './changes.ts';

/** What crosses a transport, whichever it is. Everything is plain JSON. */
export type ToCore = { t: 'call'; id: number; name: string; input: unknown };
export type ToWindow =
  | { t: 'reply'; id: number; result: Envelope<unknown> }
  | { t: 'push'; push: Push };

/** Two functions are a transport: a MessagePort, the Chromium pipe, or two closures in a test. */
export interface Transport<Out, In> {
  send(message: Out): void;
  /** Returns the function that stops listening. */
  listen(listener: (message: In) => void): () => void;
}
