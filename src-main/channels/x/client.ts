import type { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import type { IClientSettings, TwitterApi, TwitterApiTokens, TwitterResponse } from 'twitter-api-v2';
import { http, https, messageOf, ParleyError, type Clock } from '../../kernel/index.ts';
import { malformedProblem, problemOf, rawOf, refusedRead, stoppedProblem, type XProblem } from './errors.ts';
import { twitterApi } from './library.ts';
import { rhythm } from './prices.ts';

/** Either an OAuth 2 access token or the four strings of OAuth 1.0a. */
export type XToken = string | TwitterApiTokens;

type XQuery = Record<string, string | number | undefined>;

export interface XRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base URL: "/2/users/:id/mentions"; `:name` is filled from `params`. */
  path: string;
  params?: Record<string, string>;
  query?: XQuery;
  body?: Record<string, unknown>;
  /** Body as multipart/form-data: pieces of files. */
  isForm?: boolean;
  /** Body as application/x-www-form-urlencoded and no Authorization header (token endpoint). */
  isTokenRequest?: boolean;
}

export type XHeaders = Record<string, string | string[] | undefined>;
export type XResult = { ok: true; body: object; headers: XHeaders } | { ok: false; problem: XProblem; headers: XHeaders };

export interface XClient {
  request(token: XToken | null, request: XRequest): Promise<XResult>;
  /** Cuts reads at once; what is being written is cut too, so wait for sends first. */
  close(): void;
}

/** Where the library believes it is: signatures cover this address, whatever the request is sent to. */
const SIGNED_ORIGIN = 'https://api.x.com';

/**
 * Checks an API address: https, or plain http on this machine only, because every request carries a credential. A path prefix is
 * kept. Throws ParleyError bad_input.
 */
export function parseBase(apiBase: string): URL {
  let url: URL;
  try {
    url = new URL(apiBase);
  } catch {
    throw new ParleyError('bad_input', `“${apiBase}” is not a web address.`);
  }
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
    throw new ParleyError('bad_input', 'The API address must start with https:// (http:// only for this machine itself).');
  }
  if (url.username || url.password || url.search || url.hash) throw new ParleyError('bad_input', 'The API address must hold nothing but host, port and path.');
  return url;
}

interface Trace {
  socket: Duplex | null;
  mayHaveArrived: boolean;
  cause: string | null;
  end: 'open' | 'late' | 'closed' | 'too_large';
}

/** Requests to one API base. Never rejects: every failure is a problem. Throws ParleyError bad_input for a bad base. */
export function makeClient(apiBase: string, clock: Clock): XClient {
  const base = parseBase(apiBase);
  const to = base.href.replace(/\/+$/, '');
  const open = new Set<Trace>();
  let isClosed = false;

  async function request(token: XToken | null, { method, path, params, query, body, isForm = false, isTokenRequest = false }: XRequest): Promise<XResult> {
    if (isClosed) return { ok: false, problem: stoppedProblem(false), headers: {} };
    const trace: Trace = { socket: null, mayHaveArrived: false, cause: null, end: 'open' };
    open.add(trace);
    const cancelDeadline = clock.after(rhythm.requestMs, () => cut(trace, 'late'));
    try {
      const api = apiFor(token, agentFor(base.protocol === 'http:', trace), to);
      const options = {
        fullResponse: true as const, timeout: rhythm.idleTimeoutMs, ...(params ? { params } : {}),
        ...(isForm ? { forceBodyMode: 'form-data' as const } : {}),
        ...(isTokenRequest ? { forceBodyMode: 'url' as const, enableAuth: false } : {}),
      };
      const url = SIGNED_ORIGIN + path;
      const answer = await ask(api, method, url, { ...query }, { ...body }, options);
      if (typeof answer.data !== 'object' || answer.data === null || Array.isArray(answer.data)) {
        return { ok: false, problem: malformedProblem(`a ${typeof answer.data} instead of JSON`), headers: answer.headers };
      }
      const refusal = method === 'GET' ? refusedRead(answer.data) : null;
      if (refusal) return { ok: false, problem: problemOf(refusal, clock.now()), headers: answer.headers };
      return { ok: true, body: answer.data, headers: answer.headers };
    } catch (error) {
      if (trace.end === 'closed') return { ok: false, problem: stoppedProblem(trace.mayHaveArrived), headers: {} };
      const raw = rawOf(error, trace);
      return { ok: false, problem: problemOf(raw, clock.now()), headers: raw.kind === 'answer' ? raw.headers : {} };
    } finally {
      cancelDeadline();
      open.delete(trace);
    }
  }

  return {
    request,
    close() {
      isClosed = true;
      for (const trace of open) cut(trace, 'closed');
    },
  };
}

interface Options { fullResponse: true; timeout: number }

function ask(api: TwitterApi, method: XRequest['method'], url: string, query: XQuery, body: Record<string, unknown>, options: Options): Promise<TwitterResponse<unknown>> {
  switch (method) {
    case 'GET': return api.get<unknown>(url, query, options);
    case 'POST': return api.post<unknown>(url, body, options);
    case 'PUT': return api.put<unknown>(url, body, options);
    case 'DELETE': return api.delete<unknown>(url, query, options);
  }
}

const CUT_CAUSES = { late: 'no complete answer in time', closed: 'closed here', too_large: 'answer too large' } as const;

function cut(trace: Trace, end: 'late' | 'closed' | 'too_large'): void {
  if (trace.end !== 'open') return;
  trace.end = end;
  trace.cause = CUT_CAUSES[end];
  trace.socket?.destroy();
}

/** One client object per request: it caches users and tokens, and the trace belongs to one request. */
function apiFor(token: XToken | null, httpAgent: Agent, to: string): TwitterApi {
  const settings: Partial<IClientSettings> = {
    httpAgent,
    // The library has no error handler on its decompressors: one broken gzip answer would end the process.
    compression: false,
    plugins: [{
      // After signing, so neither the address nor a path prefix enters the signature.
      onBeforeRequest({ computedParams }) {
        computedParams.url = new URL(computedParams.url.href.replace(SIGNED_ORIGIN, () => to));
      },
    }],
  };
  const { TwitterApi: Client } = twitterApi();
  if (token === null) return new Client(undefined, settings);
  return typeof token === 'string' ? new Client(token, settings) : new Client(token, settings);
}

/**
 * One fresh connection a request, watched from its start. On a kept one the server may just have hung up, and then nobody could tell
 * whether a post went out. The library calls https.request; Node lets the agent's protocol decide.
 */
function agentFor(isPlain: boolean, trace: Trace): Agent {
  const agent = isPlain ? new (http().Agent)({ keepAlive: false }) : new (https().Agent)({ keepAlive: false });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    // The library hands over "[::1]" as URLs write it; sockets want it bare.
    const socket = connect({ ...options, host: options.host?.replace(/^\[|\]$/g, '') ?? null }, callback);
    if (!socket) return socket;
    trace.socket = socket;
    if (trace.end !== 'open') socket.destroy();
    // Node hands the request to the socket only once it is connected, over TLS once it is encrypted.
    socket.once(isPlain ? 'connect' : 'secureConnect', () => (trace.mayHaveArrived = true));
    socket.on('error', (error: unknown) => (trace.cause ??= causeOf(error)));
    let size = 0;
    socket.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > rhythm.answerBytes) cut(trace, 'too_large');
    });
    return socket;
  };
  return agent;
}

function causeOf(error: unknown): string {
  // Several addresses tried: the aggregate's own message is empty.
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return messageOf(inner).slice(0, 300);
}
