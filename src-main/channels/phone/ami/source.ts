import { createHash } from 'node:crypto';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { backoffMs, messageOf, type Clock, type Random } from '../../../kernel/index.ts';
import type { CallSignal, CallSource, SourceState } from '../signal.ts';
import { createAmiCalls } from './calls.ts';
import { amiAction, createAmiReader, type AmiMessage } from './messages.ts';

export interface AmiConfig {
  host: string;
  port: number;
  /** none is for this machine only. */
  security: 'none' | 'tls';
  user: string;
  /** Only calls that ring one of them; empty for all. */
  extensions: readonly string[];
}

export interface AmiSourceOptions {
  config: AmiConfig;
  secret(): Promise<string>;
  clock: Clock;
  random: Random;
  onSignal(signal: CallSignal): void;
  onState(state: SourceState): void;
}

const ANSWER_WITHIN_MS = 10_000;
const PING_EVERY_MS = 30_000;
const LONGEST_PAUSE_MS = 60_000;

export const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);

/** A refusal no second try will change. */
class Refused extends Error {}

/** Listens to an Asterisk on a connection of its own, and comes back whatever happens to it. Never throws. */
export function openAmiSource({ config, secret, clock, random, onSignal, onState }: AmiSourceOptions): CallSource {
  const calls = createAmiCalls(config.extensions);
  const where = `${config.host}:${config.port}`;
  let isStopped = false;
  let attempt = 0;
  let socket: Socket | null = null;
  let cancelRetry: () => void = () => {};

  const connect = (): void => {
    if (isStopped) return;
    if (config.security === 'none' && !isLoopback(config.host)) return onState({ state: 'failed', status: 'Without TLS only an Asterisk on this machine is spoken to.' });
    onState({ state: 'connecting', status: `Connecting to ${where}` });
    session().then(() => retry('Asterisk closed the connection'), (error: unknown) => {
      if (error instanceof Refused) onState({ state: 'failed', status: error.message });
      else retry(messageOf(error));
    });
  };
  const retry = (why: string): void => {
    if (isStopped) return;
    const pause = backoffMs(attempt, random, 1_000, LONGEST_PAUSE_MS);
    attempt += 1;
    onState({ state: 'waiting', status: `${where}: ${why}. Trying again in ${Math.max(1, Math.round(pause / 1_000))} s` });
    cancelRetry = clock.after(pause, connect);
  };

  /** One connection from its greeting to its end. */
  function session(): Promise<void> {
    return new Promise((resolve, reject) => {
      const line = config.security === 'tls' ? connectTls({ host: config.host, port: config.port, servername: config.host }) : connectPlain({ host: config.host, port: config.port });
      socket = line;
      line.setEncoding('utf8');
      const waiting = new Map<string, (answer: AmiMessage) => void>();
      const there = new Set<string>();
      let lastId = 0;
      let cancelWatch: () => void = () => {};
      let cancelPing: () => void = () => {};
      const finish = (error: Error | null): void => {
        cancelWatch();
        cancelPing();
        line.destroy();
        if (socket === line) socket = null;
        if (error) reject(error);
        else resolve();
      };
      const expect = (): void => {
        cancelWatch();
        cancelWatch = clock.after(ANSWER_WITHIN_MS, () => finish(new Error('it does not answer')));
      };
      const act = (fields: Record<string, string>): Promise<AmiMessage> => {
        lastId += 1;
        const id = String(lastId);
        expect();
        line.write(amiAction({ ...fields, ActionID: id }));
        return new Promise((settle) => waiting.set(id, settle));
      };
      const ping = (): void => {
        cancelPing = clock.after(PING_EVERY_MS, () => void act({ Action: 'Ping' }).then(ping));
      };
      const login = async (): Promise<void> => {
        const key = await secret();
        const challenge = await act({ Action: 'Challenge', AuthType: 'MD5' });
        const word = challenge.get('challenge');
        const answer = challenge.get('response') === 'Success' && word !== undefined
          ? await act({ Action: 'Login', AuthType: 'MD5', Username: config.user, Key: createHash('md5').update(word + key).digest('hex'), Events: 'call' })
          // An Asterisk that offers no challenge gets the secret itself: the line is this machine's own or TLS.
          : await act({ Action: 'Login', Username: config.user, Secret: key, Events: 'call' });
        if (answer.get('response') !== 'Success') throw new Refused(`${where} does not take this user and secret (${answer.get('message') ?? 'no reason given'}).`);
        attempt = 0;
        onState({ state: 'live', status: `Listens to Asterisk at ${where}` });
        await act({ Action: 'CoreShowChannels' });
        ping();
      };
      const read = createAmiReader(() => void login().catch((error: unknown) => finish(error instanceof Error ? error : new Error(messageOf(error)))), (message) => {
        const event = message.get('event');
        if (event === undefined) {
          const id = message.get('actionid') ?? '';
          const settle = waiting.get(id);
          waiting.delete(id);
          if (waiting.size === 0) cancelWatch();
          return settle?.(message);
        }
        if (event === 'CoreShowChannel') there.add(message.get('linkedid') ?? '');
        else if (event === 'CoreShowChannelsComplete') for (const signal of calls.stillThere(there, clock.now())) onSignal(signal);
        else for (const signal of calls.take(message, clock.now())) onSignal(signal);
      });
      expect();
      line.on('data', (piece) => {
        try {
          read(String(piece));
        } catch (error) {
          finish(error instanceof Error ? error : new Error(messageOf(error)));
        }
      });
      line.once('error', (error) => finish(error));
      line.once('close', () => finish(null));
    });
  }

  connect();
  return {
    async stop() {
      isStopped = true;
      cancelRetry();
      socket?.destroy();
    },
  };
}
