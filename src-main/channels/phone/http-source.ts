import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errnoOf, http, messageOf, type Clock } from '../../kernel/index.ts';
import { readSignal, type CallSignal, type CallSource, type SourceState } from './signal.ts';

export interface HttpSourceOptions {
  /** 0 lets the system choose, for tests. */
  port: number;
  /** SHA-256 of the token, hex: the token itself is kept nowhere. */
  tokenHash: string;
  clock: Clock;
  onSignal(signal: CallSignal): void;
  onState(state: SourceState): void;
}

const PATH = '/calls';
/** A call event is a few hundred bytes. */
const MOST_BYTES = 16_384;
const LONGEST_WAIT_MS = 5_000;
const MOST_CONNECTIONS = 32;
/** A busy switchboard sends a few events a second; a loop in a dialplan sends thousands. */
const BURST = 100;
const PER_SECOND = 20;

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** One token for each event, refilled with time. */
export function createBucket(clock: Clock, burst: number, perSecond: number): () => boolean {
  let left = burst;
  let last = clock.now();
  return () => {
    const now = clock.now();
    left = Math.min(burst, left + Math.max(0, now - last) * perSecond / 1_000);
    last = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

interface Refusal { status: number; error: string }

/** Why a request is not even read, or null. Pure but for its arguments. */
export function refusalOf(head: { method?: string | undefined; url?: string | undefined; headers: IncomingMessage['headers'] }, port: number, tokenHash: string): Refusal | null {
  const { headers } = head;
  // Another name for this address is a web page that had it resolved to this machine.
  if (headers.host !== `127.0.0.1:${port}` && headers.host !== `localhost:${port}`) return { status: 421, error: 'This address is not known. Use 127.0.0.1.' };
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) return { status: 403, error: 'Call events come from a telephone system, never from a web page.' };
  if ((head.url ?? '').split('?')[0] !== PATH) return { status: 404, error: `There is nothing here. Call events go to ${PATH}.` };
  if (head.method !== 'POST') return { status: 405, error: 'Call events are sent with POST.' };
  const token = /^Bearer ([\x21-\x7e]{1,200})$/.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) return { status: 401, error: 'The token is missing. Send it as "Authorization: Bearer …".' };
  if (!timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(tokenHash))) return { status: 401, error: 'The token is not the one of this desk.' };
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return { status: 415, error: 'The body must be JSON, with Content-Type: application/json.' };
  if (Number(headers['content-length'] ?? 0) > MOST_BYTES) return { status: 413, error: `A call event is at most ${MOST_BYTES} bytes.` };
  return null;
}

/** Takes call events a telephone system posts. Listens on this machine only. Never throws: a port that is taken goes to `onState`. */
export function openHttpSource({ port: wanted, tokenHash, clock, onSignal, onState }: HttpSourceOptions): CallSource & { port(): number } {
  const mayCome = createBucket(clock, BURST, PER_SECOND);
  const server = http().createServer({ maxHeaderSize: 16_384, requestTimeout: LONGEST_WAIT_MS, headersTimeout: LONGEST_WAIT_MS }, (request, response) => void answer(request, response));
  server.maxConnections = MOST_CONNECTIONS;
  let port = wanted;

  function reply(response: ServerResponse, status: number, body: object, more: Record<string, string> = {}): void {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...(status >= 400 ? { connection: 'close' } : {}), ...more }).end(`${JSON.stringify(body)}\n`);
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      // Counted before the token is looked at, so that nobody tries tokens faster than that.
      if (!mayCome()) return reply(response, 429, { error: `More than ${PER_SECOND} events a second are not taken. Send this one again in a second.` }, { 'retry-after': '1' });
      const refusal = refusalOf(request, port, tokenHash);
      if (refusal) return reply(response, refusal.status, { error: refusal.error });
      const pieces: Buffer[] = [];
      let size = 0;
      for await (const piece of request as AsyncIterable<Buffer>) {
        size += piece.length;
        if (size > MOST_BYTES) return reply(response, 413, { error: `A call event is at most ${MOST_BYTES} bytes.` });
        pieces.push(piece);
      }
      let body: unknown;
      try {
        body = JSON.parse(Buffer.concat(pieces).toString('utf8'));
      } catch {
        return reply(response, 400, { error: 'The body is no JSON.' });
      }
      const signal = readSignal(body, clock.now());
      if (typeof signal === 'string') return reply(response, 422, { error: signal });
      onSignal(signal);
      reply(response, 202, { ok: true });
    } catch (error) {
      // The sender hung up, or storing failed: it may send again.
      if (!response.headersSent && !response.destroyed) reply(response, 503, { error: `The event could not be taken (${errnoOf(error) ?? 'fault'}). Send it again.` }, { 'retry-after': '2' });
      else response.destroy();
    }
  }

  onState({ state: 'connecting', status: '' });
  server.on('error', (error) => onState({
    state: 'failed', status: errnoOf(error) === 'EADDRINUSE' ? `Port ${port} is in use by another program. Choose another one.` : `Port ${port} cannot be listened on: ${messageOf(error)}.`,
  }));
  server.listen({ port: wanted, host: '127.0.0.1', exclusive: true }, () => {
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : wanted;
    onState({ state: 'live', status: `Takes call events at http://127.0.0.1:${port}${PATH}` });
  });
  return {
    port: () => port,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
      setImmediate(() => server.closeAllConnections());
    }),
  };
}
