import type { ClientRequest } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import { http, https, messageOf, type Clock, type Log } from '../../kernel/index.ts';
import { createSeen, parseActivity, reconnectMs, type ActivityEvent, type StreamFailure } from './activity-state.ts';
import { parseBase } from './client.ts';
import { activity as terms } from './prices.ts';

export interface ActivityStreamDeps {
  apiBase: string;
  /** Of the developer app. */
  bearer: string;
  clock: Clock;
  log: Log;
  /** Makes sure that X knows what to send; told before every connection. Never rejects. */
  subscribe(): Promise<void>;
  /** Every event once. */
  onEvent(event: ActivityEvent): void;
  /** X refuses the app's token, or takes it again. */
  onRefused(isRefused: boolean): void;
}

export interface ActivityStream {
  open(): void;
  stop(): void;
}

/** Keeps X's activity stream open: one connection, opened again however it ends. Whatever it says is a hint; nothing is read from it. */
export function createActivityStream(deps: ActivityStreamDeps): ActivityStream {
  const { clock, log } = deps;
  const url = `${parseBase(deps.apiBase).href.replace(/\/+$/, '')}/2/activity/stream`;
  const seen = createSeen(terms.rememberedEvents);
  let isWanted = false;
  let request: ClientRequest | null = null;
  let cancelTimer = (): void => {};
  let failures = { kind: 'line' as StreamFailure, count: 0 };

  const later = (ms: number, run: () => void): void => {
    cancelTimer();
    cancelTimer = clock.after(ms, run);
  };

  function fail(kind: StreamFailure, cause: string, notBefore = 0): void {
    if (!isWanted) return;
    request?.destroy();
    request = null;
    failures = { kind, count: failures.kind === kind ? failures.count + 1 : 1 };
    const ms = Math.max(reconnectMs(kind, failures.count), notBefore - clock.now());
    log.info('x.activityEnded', { kind, cause, retryMs: ms });
    later(ms, () => void connect());
  }

  async function connect(): Promise<void> {
    await deps.subscribe();
    if (!isWanted) return;
    const one = (url.startsWith('http:') ? http() : https()).get(url, { agent: false, headers: { authorization: `Bearer ${deps.bearer}`, accept: 'application/json' } });
    request = one;
    const openedAt = clock.now();
    const isCurrent = (): boolean => request === one;
    const hear = (): void => later(terms.silenceMs, () => isCurrent() && fail('line', 'silence'));
    hear();
    // Stays for good: a destroyed request may still report an error.
    one.on('error', (error) => isCurrent() && fail('line', messageOf(error).slice(0, 200)));
    one.on('response', (answer) => {
      answer.on('error', (error) => isCurrent() && fail('line', messageOf(error).slice(0, 200)));
      if (!isCurrent()) return;
      const { statusCode = 0 } = answer;
      if (statusCode !== 200) {
        deps.onRefused(statusCode === 401 || statusCode === 403);
        const reset = Number(answer.headers['x-rate-limit-reset']);
        const isUsedUp = answer.headers['x-rate-limit-remaining'] === '0' && Number.isFinite(reset);
        return fail(statusCode === 429 ? 'limited' : 'refused', `status ${statusCode}`, statusCode === 429 && isUsedUp ? reset * 1_000 : 0);
      }
      deps.onRefused(false);
      log.info('x.activityOpen');
      const decoder = new StringDecoder('utf8');
      let rest = '';
      answer.on('data', (bytes: Buffer) => {
        if (!isCurrent()) return;
        hear();
        // A line that breaks at once each time is no good line, whatever it said before.
        if (clock.now() - openedAt >= terms.steadyMs) failures = { kind: 'line', count: 0 };
        const lines = (rest + decoder.write(bytes)).split(/\r?\n/);
        rest = lines.pop() ?? '';
        if (rest.length > terms.lineCharacters) return fail('line', 'a line without an end');
        for (const line of lines) {
          const event = line === '' ? null : parseActivity(line);
          if (event && seen.isNew(event.uuid)) deps.onEvent(event);
        }
      });
      answer.on('end', () => isCurrent() && fail('line', 'ended'));
    });
  }

  return {
    open() {
      if (isWanted) return;
      isWanted = true;
      void connect();
    },
    stop() {
      isWanted = false;
      cancelTimer();
      request?.destroy();
      request = null;
    },
  };
}
