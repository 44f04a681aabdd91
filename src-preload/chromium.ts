import type { FromPage, PreloadSettings, ToPage } from '../src-main/shell/chromium/wire.ts';
import type { ToWindow } from './contract/index.ts';
import { createBridge } from './bridge.ts';

// Runs before any script of any document in the console's browser, iframes included, with `PARLEY` put around it by the shell.
declare const PARLEY: PreloadSettings;

const holder = window as unknown as Record<string, unknown>;
const binding = holder[PARLEY.binding];
// From here on the binding lives in this closure only; in an iframe it is gone altogether.
delete holder[PARLEY.binding];
if (window.top === window && location.origin === PARLEY.origin && typeof binding === 'function') connect(binding as (payload: string) => void);

function connect(sendText: (payload: string) => void): void {
  const send = (message: FromPage): void => sendText(JSON.stringify(message));
  const listeners = new Set<(message: ToWindow) => void>();
  const paths = new Map<number, { file: File; settle(path: string | null): void }>();
  let lastToken = 0;
  let text = '';

  const take = (message: ToPage): void => {
    if (message.k === 'message') return listeners.forEach((listener) => listener(message.message));
    paths.get(message.token)?.settle(message.path);
    paths.delete(message.token);
  };
  const port = Object.freeze({
    take(piece: string, isLast: boolean): void {
      text += piece;
      if (!isLast) return;
      const list = JSON.parse(text) as ToPage[];
      text = '';
      for (const message of list) {
        try {
          take(message);
        } catch (error) {
          // One bad listener must not cost the messages behind it.
          reportError(error);
        }
      }
    },
    file: (token: number): File | null => paths.get(token)?.file ?? null,
  });

  const bridge = createBridge(
    {
      send: (message) => send({ k: 'message', message }),
      listen(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    PARLEY.shell,
    (file) =>
      new Promise((settle) => {
        lastToken += 1;
        paths.set(lastToken, { file, settle });
        send({ k: 'path', token: lastToken });
      }),
  );
  Object.defineProperty(window, 'parley', { value: bridge, enumerable: true });
  // The shell takes it away again as soon as it hears the hello.
  Object.defineProperty(window, PARLEY.binding, { value: port, configurable: true });
  send({ k: 'hello' });
}
