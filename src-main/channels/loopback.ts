import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { errnoOf, http, ParleyError } from '../kernel/index.ts';

/** Where a browser comes back to after a sign-in (RFC 8252 section 7.3). Listens on this machine only, until it is closed. */
export interface Loopback {
  redirectUri: string;
  /** The query of the one redirect that carried the right `state`. Never settles when `close` came first. */
  answer: Promise<URLSearchParams>;
  close(): Promise<void>;
}

const PATH = '/callback';
/** A redirect is one short GET: whoever sends more or dawdles is no browser of ours. */
const LONGEST_URL = 4_096;
const LONGEST_WAIT_MS = 5_000;
const MOST_CONNECTIONS = 16;

const page = (title: string, words: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><meta name="color-scheme" content="light dark"><body style="font:16px/1.5 system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 1em"><h1 style="font-size:20px">${title}</h1><p>${words}</p></body></html>`;

const HEADERS = {
  'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', connection: 'close',
};

/** Listens on the first free one of `ports`: providers compare the redirect address to the letter, so it cannot be any port. */
export async function openLoopback(ports: readonly number[], state: string, name: '127.0.0.1' | 'localhost' = '127.0.0.1'): Promise<Loopback> {
  const answered = Promise.withResolvers<URLSearchParams>();
  const server = http().createServer({ maxHeaderSize: 16_384, requestTimeout: LONGEST_WAIT_MS, headersTimeout: LONGEST_WAIT_MS }, (request, response) => answer(request, response));
  server.maxConnections = MOST_CONNECTIONS;
  const port = await listenOnOne(server, ports);
  const host = `${name}:${port}`;
  let isAnswered = false;

  function answer(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const reply = (status: number, title: string, words: string): void => void response.writeHead(status, HEADERS).end(page(title, words));
    const target = request.url ?? '';
    // Another name for this address is a page elsewhere that had it resolved to this machine.
    if (request.headers.host !== host) return reply(421, 'Not here', 'This address is not known.');
    if (request.method !== 'GET' || target.length > LONGEST_URL || !URL.canParse(target, `http://${host}`)) return reply(400, 'Not here', 'This is no sign-in.');
    const url = new URL(target, `http://${host}`);
    if (url.pathname !== PATH) return reply(404, 'Not here', 'There is nothing at this address.');
    const states = url.searchParams.getAll('state');
    if (states.length !== 1 || !isSame(states[0] ?? '', state)) return reply(400, 'Not this sign-in', 'This page does not belong to the sign-in Parley waits for. Nothing was changed.');
    if (isAnswered) return reply(409, 'Already received', 'Go back to Parley’s window.');
    isAnswered = true;
    if (url.searchParams.has('code')) reply(200, 'Parley has received the sign-in', 'You can close this page and go back to Parley’s window.');
    else reply(200, 'The sign-in was not given', 'Nothing was changed. You can close this page and go back to Parley’s window.');
    answered.resolve(url.searchParams);
  }

  return {
    redirectUri: `http://${host}${PATH}`,
    answer: answered.promise,
    close: () => new Promise((resolve) => {
      // What is being answered goes out first; idle and half-open connections are cut.
      server.close(() => resolve());
      server.closeIdleConnections();
      setImmediate(() => server.closeAllConnections());
    }),
  };
}

async function listenOnOne(server: Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    const problem = await new Promise<unknown>((resolve) => {
      server.once('error', resolve);
      server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        server.off('error', resolve);
        resolve(null);
      });
    });
    if (problem === null) return port;
    if (errnoOf(problem) !== 'EADDRINUSE' && errnoOf(problem) !== 'EACCES') throw problem;
  }
  throw new ParleyError('unavailable', `The ports a sign-in comes back to (${ports.join(', ')}) are all in use by other programs on this machine.`);
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
